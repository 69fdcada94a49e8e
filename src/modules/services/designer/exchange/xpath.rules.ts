/*
 * Expressions of XLSForm: XPath 1.0 with `${name}` for an answer and functions of ODK XForms (https://getodk.github.io/xforms-spec).
 * Only what forms commonly have is read. There is no path into a document, as our answers are none.
 */
import { type Text, texts, type Values } from '#platform'

export const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]
type BinaryOperator = Comparison | 'and' | 'or' | '+' | '-' | '*' | 'div'

export type XPath =
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'answer'; readonly name: string }
  /** `.`: the answer that a constraint is about. */
  | { readonly is: 'self' }
  | { readonly is: 'call'; readonly name: string; readonly given: readonly XPath[] }
  | { readonly is: 'binary'; readonly operator: BinaryOperator; readonly left: XPath; readonly right: XPath }

export const sentences = texts({
  tooLong: { en: 'it is longer than {max} characters', 'zh-Hant': '超過 {max} 個字元' },
  tooDeep: { en: 'too much is nested in it', 'zh-Hant': '嵌套過深' },
  unreadable: { en: 'it cannot be read from “{part}” on', 'zh-Hant': '由「{part}」起無法讀取' },
  ends: { en: 'it ends too early', 'zh-Hant': '算式尚未完結' },
  noFunction: { en: '“{name}” has nothing that matches here', 'zh-Hant': '沒有與「{name}」對應的寫法' },
  unknown: { en: 'the answer “{name}” was not taken over', 'zh-Hant': '答案「{name}」未有匯入' },
  ofList: { en: '“{name}” is asked several times, in a list', 'zh-Hant': '「{name}」在清單中會問多次' },
  noChoice: { en: '“{name}” has no choice “{value}”', 'zh-Hant': '「{name}」沒有選項「{value}」' },
  compared: { en: '“{one}” and “{other}” are compared', 'zh-Hant': '「{one}」與「{other}」作比較' },
  calculated: { en: '“{one}” and “{other}” are calculated with', 'zh-Hant': '以「{one}」與「{other}」計算' },
  noCondition: { en: '“{part}” is no condition', 'zh-Hant': '「{part}」不是條件' },
  self: { en: '“.” is used outside a constraint', 'zh-Hant': '「.」用於限制以外' },
})

/** What has no counterpart, with why. It is caught where an expression is taken over, and becomes a note. */
export class NotTaken extends Error {
  override name = 'NotTaken'
  readonly text: Text
  readonly values: Values
  constructor(text: Text, values: Values = {}) {
    super(text.en)
    this.text = text
    this.values = values
  }
}

const charactersMax = 2000
const depthMax = 40

type Token = {
  readonly kind: 'number' | 'text' | 'answer' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const forms =
  /\s*(?:(?<number>\d+(?:\.\d*)?|\.\d+)|(?<text>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)|\$\{\s*(?<answer>[^\s{}]+)\s*\}|(?<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)|(?<sign>!=|<=|>=|[=<>+*(),.]|[-−]))/uy

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = forms.lastIndex) {
    forms.lastIndex = at
    const groups = forms.exec(text)?.groups
    if (!groups) throw new NotTaken(sentences.unreadable, { part: text.slice(at, end).trimStart().slice(0, 20) })
    const [kind, found] = Object.entries(groups).find(([, each]) => each !== undefined) as [Token['kind'], string]
    tokens.push({ kind, text: kind === 'text' ? found.slice(1, -1) : found === '−' ? '-' : found, at })
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

/** Loosest first. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div'],
]

/** Reads an expression. Throws `NotTaken` where it has what we have not. */
export function readXPath(text: string): XPath {
  if (text.length > charactersMax) throw new NotTaken(sentences.tooLong, { max: charactersMax })
  const tokens = tokensOf(text)
  let place = 0
  const next = () => tokens[place]!
  const whole = level(0, 0)
  return next().kind === 'end' ? whole : unreadable()

  function unreadable(): never {
    const { kind, at } = next()
    if (kind === 'end') throw new NotTaken(sentences.ends)
    throw new NotTaken(sentences.unreadable, { part: text.slice(at).trim().slice(0, 20) })
  }
  function take(sign: string): boolean {
    const found = next().kind === 'sign' && next().text === sign
    if (found) place += 1
    return found
  }
  function level(loosest: number, depth: number): XPath {
    if (depth > depthMax) throw new NotTaken(sentences.tooDeep)
    const operators = levels[loosest]
    if (!operators) return one(depth)
    let left = level(loosest + 1, depth)
    for (;;) {
      const { kind, text: found } = next()
      const operator = operators.find((each) => each === found)
      if (!operator || (kind !== 'sign' && kind !== 'name')) return left
      place += 1
      left = { is: 'binary', operator, left, right: level(loosest + 1, depth) }
    }
  }
  function one(depth: number): XPath {
    if (depth > depthMax) throw new NotTaken(sentences.tooDeep)
    const { kind, text: found } = next()
    if (kind === 'end') unreadable()
    if (take('(')) {
      const inner = level(0, depth + 1)
      return take(')') ? inner : unreadable()
    }
    if (take('-')) return { is: 'binary', operator: '-', left: { is: 'number', text: '0' }, right: one(depth + 1) }
    if (take('.')) return { is: 'self' }
    if (kind === 'sign') unreadable()
    place += 1
    if (kind === 'number') return { is: 'number', text: found }
    if (kind === 'text') return { is: 'text', value: found }
    if (kind === 'answer') return { is: 'answer', name: found }
    return call(found, depth)
  }
  function call(name: string, depth: number): XPath {
    if (!take('(')) throw new NotTaken(sentences.noFunction, { name })
    const given: XPath[] = []
    if (take(')')) return { is: 'call', name, given }
    do given.push(level(0, depth + 1))
    while (take(','))
    return take(')') ? { is: 'call', name, given } : unreadable()
  }
}
