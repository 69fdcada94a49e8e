import { type Complaints, sentences } from './complaints.rules.ts'
import { isDate, readDuration } from './dates.rules.ts'
import { digitsOf } from './decimals.rules.ts'
import type { Node } from './nodes.rules.ts'
import { complainOfRefused } from './refused.rules.ts'
import type { Tree } from './tree.rules.ts'
import { limits } from './types.rules.ts'

/** What stands in the text as a value (DMN 1.5, §10.3.1.2, rules 31 to 35, 60, 64 and 65). */
export function readLiteral(tree: Tree, complaints: Complaints): Node | undefined {
  const at = { from: tree.from, to: tree.to }
  if (tree.name === 'null') return { is: 'literal', value: null, type: { kind: 'null' }, at }
  if (tree.name === 'BooleanLiteral')
    return { is: 'literal', value: tree.text === 'true', type: { kind: 'boolean' }, at }
  if (tree.name === 'NumericLiteral') {
    const value = Number(tree.text.replace(/\s+/g, '')) + 0
    if (!Number.isFinite(value) || digitsOf(tree.text) > limits.digits)
      return complaints.at(tree, sentences.badNumber, { value: tree.text.slice(0, 40), most: limits.digits })
    return {
      is: 'literal',
      value,
      type: { kind: 'number', ...(Number.isInteger(value) && { whole: true }), min: value, max: value },
      at,
    }
  }
  if (tree.name === 'StringLiteral') {
    const value = readText(tree, complaints)
    return value === undefined
      ? undefined
      : { is: 'literal', value, type: { kind: 'choice', values: [value], written: true }, at }
  }
  return readTime(tree, complaints)
}

const escapes: Record<string, string> = { '"': '"', '\\': '\\', "'": "'", n: '\n', r: '\r', t: '\t' }

function readText(tree: Tree, complaints: Complaints): string | undefined {
  let good = true
  const value = tree.text
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|[\s\S])?/g, (_, sign: string = '') => {
      if (sign.length === 5) return String.fromCharCode(Number.parseInt(sign.slice(1), 16))
      const code = sign.length === 7 ? Number.parseInt(sign.slice(1), 16) : Number.NaN
      if (code <= 0x10ffff) return String.fromCodePoint(code)
      good &&= Object.hasOwn(escapes, sign)
      return escapes[sign] ?? ''
    })
  return good ? value : complaints.at(tree, sentences.badText)
}

/** `@"2026-11-28"`, `date("2026-11-28")` and `duration("P1Y")`. */
function readTime(tree: Tree, complaints: Complaints): Node | undefined {
  const at = { from: tree.from, to: tree.to }
  const [first, , parameters] = tree.parts
  const name = first!.name === 'AtLiteral' ? '@' : first!.parts.map(({ text }) => text).join(' ')
  if (name !== '@' && name !== 'date' && name !== 'duration') return complainOfRefused(tree, complaints)
  const literal = name === '@' ? first!.parts[0] : parameters!.parts.length === 1 ? parameters!.parts[0] : undefined
  if (literal?.name !== 'StringLiteral') {
    const usage = name === 'duration' ? 'duration("P1Y6M")' : 'date("2026-11-28")'
    return complaints.at(tree, sentences.needsLiteral, { name, usage })
  }
  const value = literal.text.slice(1, -1)
  const isDuration = name === 'duration' || (name === '@' && /^-?P/.test(value))
  if (isDuration) {
    const duration = readDuration(value)
    if (duration) return { is: 'literal', value: duration.value, type: { kind: duration.kind }, at }
    return complaints.at(literal, sentences.badDuration, { value: value.slice(0, 40) })
  }
  const exists: boolean = isDate(value)
  if (exists) return { is: 'literal', value, type: { kind: 'date' }, at }
  return complaints.at(literal, sentences.badDate, { value: value.slice(0, 40) })
}
