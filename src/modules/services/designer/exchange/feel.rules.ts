import type { Type } from '../../rules/types.rules.ts'
import { type Comparison, comparisons, NotTaken, readXPath, sentences, type XPath } from './xpath.rules.ts'

/** What an answer of the form that is taken over became. */
export type Answer = {
  /** Its name here. */
  readonly id: string
  readonly type: Type
  /** The list of things in which it is asked. */
  readonly list?: string
  /** For a choice: the options by their names there. */
  readonly options?: ReadonlyMap<string, string>
}
export type Answers = ReadonlyMap<string, Answer>

/** FEEL, and how tightly it holds together: what is looser than its place needs brackets. */
type Feel = { readonly text: string; readonly type: Type; readonly binds: number }
const binds = { or: 1, and: 2, compare: 3, sum: 4, product: 5, whole: 6 } as const

const number: Type = { kind: 'number' }
const whole: Type = { kind: 'number', whole: true, min: 0 }
const truth: Type = { kind: 'boolean' }
const date: Type = { kind: 'date' }

/**
 * A condition of XLSForm in our language of conditions, with the same meaning where answers are missing: XPath takes what was not
 * answered as empty text, which is less than nothing and as long as nothing; here it is null. Throws `NotTaken`.
 */
export function conditionOf(xpath: string, answers: Answers): string {
  return truthOf(answers, readXPath(xpath), false).text
}

/** Several conditions that must all be true. */
export const allOf = (conditions: readonly string[]): string =>
  conditions.map((each) => (conditions.length > 1 && / or |^if /.test(each) ? `(${each})` : each)).join(' and ')

/** A calculation of XLSForm, with what it gives. Throws `NotTaken`. */
export function calculationOf(xpath: string, answers: Answers): { text: string; type: Type } {
  return termOf(answers, readXPath(xpath))
}

const quoted = (text: string): string => JSON.stringify(text)
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

const turned: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/** What a comparison of two numbers gives. */
const holds = (one: number, operator: Comparison, other: number): boolean =>
  ({
    '=': one === other,
    '!=': one !== other,
    '<': one < other,
    '<=': one <= other,
    '>': one > other,
    '>=': one >= other,
  })[operator]

function find(answers: Answers, name: string): Answer {
  const answer = answers.get(name)
  if (!answer) throw new NotTaken(sentences.unknown, { name })
  return answer
}
function single(answers: Answers, name: string): Answer {
  const answer = find(answers, name)
  if (answer.list !== undefined) throw new NotTaken(sentences.ofList, { name })
  return answer
}
const inside = ({ text, binds: has }: Feel, needs: number): string => (has < needs ? `(${text})` : text)

/** `doubt`: whether null would count as more than false, as it does within `not`. */
function truthOf(answers: Answers, node: XPath, doubt: boolean): Feel {
  if (node.is === 'binary') {
    const { operator, left, right } = node
    if (operator === 'and' || operator === 'or') {
      const parts = [left, right].map((each) => inside(truthOf(answers, each, doubt), binds[operator]))
      return { text: parts.join(` ${operator} `), type: truth, binds: binds[operator] }
    }
    const comparison = comparisons.find((each) => each === operator)
    if (comparison) return compared(answers, left, comparison, right, doubt)
  }
  if (node.is === 'answer') {
    const { id, type } = single(answers, node.name)
    return type.kind === 'boolean' && !doubt
      ? { text: id, type, binds: binds.whole }
      : { text: `${id} ${type.kind === 'boolean' ? '= true' : '!= null'}`, type: truth, binds: binds.compare }
  }
  if (node.is === 'call') return truthOfCall(answers, node, doubt)
  throw new NotTaken(sentences.noCondition, { part: wordsOf(node) })
}

function truthOfCall(answers: Answers, { name, given }: XPath & { is: 'call' }, doubt: boolean): Feel {
  const [one, other, third] = given
  if ((name === 'true' || name === 'false') && given.length === 0)
    return { text: name, type: truth, binds: binds.whole }
  if (name === 'not' && one && given.length === 1)
    return { text: `not(${truthOf(answers, one, true).text})`, type: truth, binds: binds.whole }
  if (name === 'selected' && one?.is === 'answer' && other && given.length === 2)
    return selected(answers, one.name, wordOf(other), doubt)
  if (name === 'if' && one && other && third && given.length === 3) {
    const parts = [truthOf(answers, one, false), truthOf(answers, other, doubt), truthOf(answers, third, doubt)].map(
      ({ text }) => text,
    )
    return { text: `if ${parts[0]} then ${parts[1]} else ${parts[2]}`, type: truth, binds: 0 }
  }
  throw new NotTaken(sentences.noFunction, { name: `${name}()` })
}

function selected(answers: Answers, name: string, value: string, doubt: boolean): Feel {
  const { id, type } = single(answers, name)
  const option = quoted(optionOf(answers, name, value))
  if (type.kind === 'choice') return { text: `${id} = ${option}`, type: truth, binds: binds.compare }
  const text = `list contains(${id}, ${option})`
  return doubt
    ? { text: `${id} != null and ${text}`, type: truth, binds: binds.and }
    : { text, type: truth, binds: binds.whole }
}

function optionOf(answers: Answers, name: string, value: string): string {
  const option = find(answers, name).options?.get(value)
  if (option === undefined) throw new NotTaken(sentences.noChoice, { name, value })
  return option
}

function compared(answers: Answers, left: XPath, operator: Comparison, right: XPath, doubt: boolean): Feel {
  const isWord = ({ is }: XPath) => is === 'text' || is === 'number'
  if (isWord(left) && !isWord(right)) return compared(answers, right, turned[operator], left, doubt)
  const equal = operator === '=' || operator === '!='
  if (right.is === 'text' && right.value === '' && equal && left.is === 'answer')
    return { text: `${single(answers, left.name).id} ${operator} null`, type: truth, binds: binds.compare }
  if (left.is === 'answer' && isWord(right)) {
    const { id, type, options } = single(answers, left.name)
    if (options && type.kind === 'choice' && equal)
      return {
        text: `${id} ${operator} ${quoted(optionOf(answers, left.name, wordOf(right)))}`,
        type: truth,
        binds: binds.compare,
      }
    if (type.kind === 'boolean' && equal) return isTrue(id, operator, wordOf(right))
  }
  const size = sizeOf(answers, left)
  if (size && right.is === 'number') return comparedSize(size, operator, Number(right.text), doubt)
  return comparedValues(answers, left, operator, right, doubt)
}

/** A box that was ticked says OK in XLSForm. */
function isTrue(id: string, operator: Comparison, word: string): Feel {
  const said = /^(ok|yes|true|1)$/i.test(word)
  if (!said && !/^(no|false|0)$/i.test(word)) throw new NotTaken(sentences.noChoice, { name: id, value: word })
  return { text: `${id} ${operator} ${said}`, type: truth, binds: binds.compare }
}

function sizeOf(answers: Answers, node: XPath): { id: string; text: string } | undefined {
  if (node.is !== 'call' || node.given.length !== 1) return undefined
  const [of] = node.given
  if (of?.is !== 'answer' || (node.name !== 'string-length' && node.name !== 'count-selected')) return undefined
  const { id, type } = single(answers, of.name)
  if (node.name === 'count-selected' && type.kind === 'list') return { id, text: `count(${id})` }
  return node.name === 'string-length' && type.kind === 'text' ? { id, text: `string length(${id})` } : undefined
}

function comparedSize(
  { id, text }: { id: string; text: string },
  operator: Comparison,
  than: number,
  doubt: boolean,
): Feel {
  const ofNothing = holds(0, operator, than)
  // Whether it is there at all is all that is asked.
  if ([1, 2, 3, 9999].every((size) => holds(size, operator, than) !== ofNothing))
    return { text: `${id} ${ofNothing ? '=' : '!='} null`, type: truth, binds: binds.compare }
  const comparison = `${text} ${operator} ${than}`
  if (ofNothing) return { text: `${id} = null or ${comparison}`, type: truth, binds: binds.or }
  return doubt
    ? { text: `${id} != null and ${comparison}`, type: truth, binds: binds.and }
    : { text: comparison, type: truth, binds: binds.compare }
}

function comparedValues(answers: Answers, left: XPath, operator: Comparison, right: XPath, doubt: boolean): Feel {
  let [one, other] = [termOf(answers, left), termOf(answers, right)]
  if (one.type.kind === 'date') other = asDay(right, other)
  else if (other.type.kind === 'date') one = asDay(left, one)
  else if (one.type.kind === 'number') other = asNumber(right, other)
  else if (other.type.kind === 'number' && one.type.kind === 'text' && right.is === 'number')
    other = { text: quoted(right.text), type: one.type, binds: binds.whole }
  const isText = ({ kind }: Type) => kind === 'text' || kind === 'choice'
  const equal = operator === '=' || operator === '!='
  const fit = isText(one.type)
    ? isText(other.type) && equal
    : one.type.kind === other.type.kind && one.type.kind !== 'list'
  if (!fit) throw new NotTaken(sentences.compared, { one: wordsOf(left), other: wordsOf(right) })
  const text = `${inside(one, binds.sum)} ${operator} ${inside(other, binds.sum)}`
  const asked = equal || !doubt ? [] : [...new Set([...answersIn(answers, left), ...answersIn(answers, right)])]
  if (asked.length === 0) return { text, type: truth, binds: binds.compare }
  return { text: [...asked.map((id) => `${id} != null`), text].join(' and '), type: truth, binds: binds.and }
}

const asDay = (node: XPath, feel: Feel): Feel =>
  node.is === 'text' && isDay(node.value)
    ? { text: `date(${quoted(node.value)})`, type: date, binds: binds.whole }
    : feel
const asNumber = (node: XPath, feel: Feel): Feel =>
  node.is === 'text' && isNumber(node.value) ? { text: node.value, type: number, binds: binds.whole } : feel

function answersIn(answers: Answers, node: XPath): string[] {
  if (node.is === 'answer') return [find(answers, node.name).id]
  if (node.is === 'binary') return [...answersIn(answers, node.left), ...answersIn(answers, node.right)]
  return node.is === 'call' && node.name !== 'sum' && node.name !== 'count'
    ? node.given.flatMap((each) => answersIn(answers, each))
    : []
}

function termOf(answers: Answers, node: XPath): Feel {
  switch (node.is) {
    case 'number':
      return { text: plainNumber(node.text), type: /\./.test(node.text) ? number : whole, binds: binds.whole }
    case 'text':
      return { text: quoted(node.value), type: { kind: 'text' }, binds: binds.whole }
    case 'answer': {
      const { id, type } = single(answers, node.name)
      return { text: id, type, binds: binds.whole }
    }
    case 'self':
      throw new NotTaken(sentences.self)
    case 'call':
      return termOfCall(answers, node)
    case 'binary':
      return calculated(answers, node)
  }
}

function calculated(answers: Answers, node: XPath & { is: 'binary' }): Feel {
  const { operator, left, right } = node
  if (operator === 'and' || operator === 'or' || comparisons.some((each) => each === operator))
    return truthOf(answers, node, false)
  const [one, other] = [termOf(answers, left), termOf(answers, right)]
  const product = operator === '*' || operator === 'div'
  const level = product ? binds.product : binds.sum
  const sign = operator === 'div' ? '/' : operator
  const text = `${inside(one, level)} ${sign} ${inside(other, level + 1)}`
  if (one.type.kind === 'number' && other.type.kind === 'number') return { text, type: number, binds: level }
  if (one.type.kind === 'date' && !product) {
    if (right.is === 'number' && /^\d+$/.test(right.text))
      return { text: `${inside(one, level)} ${sign} duration("P${right.text}D")`, type: date, binds: level }
    if (other.type.kind === 'date' && operator === '-')
      return { text: `(${text}).days`, type: number, binds: binds.whole }
  }
  throw new NotTaken(sentences.calculated, { one: wordsOf(left), other: wordsOf(right) })
}

function termOfCall(answers: Answers, node: XPath & { is: 'call' }): Feel {
  const { name, given } = node
  const [one, other, third] = given
  const made = (text: string, type: Type): Feel => ({ text, type, binds: binds.whole })
  if (name === 'today' && !one) return made('today', date)
  if (name === 'date' && one?.is === 'text' && isDay(one.value)) return made(`date(${quoted(one.value)})`, date)
  const size = sizeOf(answers, node)
  if (size) return { text: `if ${size.id} = null then 0 else ${size.text}`, type: whole, binds: 0 }
  if (name === 'number' && one && given.length === 1 && termOf(answers, one).type.kind === 'number')
    return termOf(answers, one)
  if (name === 'int' && one && given.length === 1 && termOf(answers, one).type.kind === 'number') {
    const { text } = termOf(answers, one)
    return { text: `if ${text} < 0 then ceiling(${text}) else floor(${text})`, type: number, binds: 0 }
  }
  if (name === 'if' && one && other && third && given.length === 3) {
    const [yes, no] = [termOf(answers, other), termOf(answers, third)]
    if (yes.type.kind === no.type.kind)
      return {
        text: `if ${truthOf(answers, one, false).text} then ${yes.text} else ${no.text}`,
        type: yes.type,
        binds: 0,
      }
  }
  if (name === 'coalesce' && one?.is === 'answer' && other && given.length === 2) {
    const [first, second] = [termOf(answers, one), termOf(answers, other)]
    if (first.type.kind === second.type.kind)
      return { text: `if ${first.text} != null then ${first.text} else ${second.text}`, type: first.type, binds: 0 }
  }
  if ((name === 'sum' || name === 'min' || name === 'max') && one?.is === 'answer' && given.length === 1) {
    const { id, list, type } = find(answers, one.name)
    if (list !== undefined && type.kind === 'number') return made(`${name}(${list}.${id})`, number)
  }
  if (name === 'count' && one?.is === 'answer' && given.length === 1) {
    const { id, list } = find(answers, one.name)
    return made(`count(${list === undefined ? id : list})`, whole)
  }
  if (['true', 'false', 'not', 'selected'].includes(name)) return truthOfCall(answers, node, false)
  throw new NotTaken(sentences.noFunction, { name: `${name}()` })
}

/** XPath may leave out the digits on one side of the point. */
const plainNumber = (text: string): string => text.replace(/^\./, '0.').replace(/\.$/, '')

/** The word that stands in an expression. */
function wordOf(node: XPath): string {
  if (node.is === 'text') return node.value
  if (node.is === 'number') return node.text
  throw new NotTaken(sentences.noCondition, { part: wordsOf(node) })
}

/** A part of an expression about as it was written, for sentences. */
export function wordsOf(node: XPath): string {
  switch (node.is) {
    case 'number':
      return node.text
    case 'text':
      return `'${node.value}'`
    case 'answer':
      return `\${${node.name}}`
    case 'self':
      return '.'
    case 'call':
      return `${node.name}(${node.given.map(wordsOf).join(', ')})`
    case 'binary':
      return `${wordsOf(node.left)} ${node.operator} ${wordsOf(node.right)}`
  }
}
