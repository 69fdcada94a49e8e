import { parser, trackVariables } from 'lezer-feel'
import { type Complaints, findWrongSign, sentences } from './complaints.rules.ts'
import { limits } from './types.rules.ts'

/** A part of an expression as the grammar of FEEL names it (DMN 1.5, §10.3.1.2), without comments. */
export type Tree = {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly text: string
  readonly parts: readonly Tree[]
}

type Syntax = ReturnType<typeof parser.parse>['topNode']

/**
 * A name with a word of the grammar in it, which the parser would otherwise take for “years” and “months duration” where it has
 * many ways to follow at once.
 */
const contextTracker = trackVariables({ 'years and months duration': true })
const grammars = {
  Expression: parser.configure({ contextTracker }),
  UnaryTests: parser.configure({ contextTracker, top: 'UnaryTests' }),
}

/** Reads a text by the grammar; undefined with a complaint where it is none, or more than may be. */
export function readTree(text: string, top: keyof typeof grammars, complaints: Complaints): Tree | undefined {
  const whole = { from: 0, to: text.length }
  if (text.trim() === '') return complaints.at(whole, sentences.empty)
  if (text.length > limits.expression)
    return complaints.at(whole, sentences.tooLong, { letters: text.length, most: limits.expression })
  const syntax = parsed(text, top)
  return syntax
    ? copy(syntax, text, complaints, 0)
    : complaints.at(whole, sentences.unreadable, { part: text.slice(0, 20) })
}

/** The parser follows names as it goes, and throws where a text leaves it between two of them, or nests deeper than it can follow. */
function parsed(text: string, top: keyof typeof grammars): Syntax | undefined {
  try {
    return grammars[top].parse(text).topNode
  } catch {
    return undefined
  }
}

function copy(node: Syntax, text: string, complaints: Complaints, depth: number): Tree | undefined {
  const { from, to } = node
  if (node.type.isError) return complainOfError(node, text, complaints)
  if (depth > limits.depth) return complaints.at({ from, to }, sentences.tooDeep)
  const parts: Tree[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isSkipped && !child.type.isError) continue
    const part = copy(child, text, complaints, depth + 1)
    // One mistake of spelling is enough: what follows it is read wrongly as a rule.
    if (!part) return undefined
    parts.push(part)
  }
  return { name: node.name, from, to, text: text.slice(from, to), parts }
}

function complainOfError({ from, to }: Syntax, text: string, complaints: Complaints): undefined {
  const rest = text.slice(from).trim()
  if (rest === '') return complaints.at({ from, to: Math.max(to, from) }, sentences.ends)
  const part = rest.slice(0, 20)
  const wrong = findWrongSign(part)
  if (wrong) {
    const at = text.indexOf(wrong.wrong, from)
    return complaints.at({ from: at, to: at + wrong.wrong.length }, sentences.wrongSign, wrong)
  }
  return complaints.at({ from, to: Math.max(to, Math.min(from + 1, text.length)) }, sentences.unreadable, { part })
}
