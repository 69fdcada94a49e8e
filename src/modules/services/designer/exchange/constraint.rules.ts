import type { Question } from '../../definitions/form.ts'
import { wordsOf } from './feel.rules.ts'
import { type Comparison, readXPath, type XPath } from './xpath.rules.ts'

export type Limits = Pick<Question, 'min' | 'max'>

/**
 * The limits that a constraint of XLSForm sets on its own answer, as `. >= 0 and . < 120`, and the parts of it that no limit of the
 * question can say, in words. Throws `NotTaken` where it cannot be read.
 */
export function limitsOf(xpath: string, question: Question): { limits: Limits; left: string[] } {
  const limits: Limits = {}
  const left: string[] = []
  for (const part of partsOf(readXPath(xpath))) {
    const limit = limitOf(part, question)
    if (!limit) left.push(wordsOf(part))
    for (const { least, most } of limit ?? []) {
      if (least !== undefined) limits.min = Math.max(limits.min ?? least, least)
      if (most !== undefined) limits.max = Math.min(limits.max ?? most, most)
    }
  }
  return { limits, left }
}

/** What must all be true. */
const partsOf = (node: XPath): XPath[] =>
  node.is === 'binary' && node.operator === 'and' ? [...partsOf(node.left), ...partsOf(node.right)] : [node]

type Limit = { least?: number; most?: number }

const turned: Partial<Record<string, Comparison>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function limitOf(node: XPath, question: Question): Limit[] | undefined {
  if (node.is !== 'binary') return undefined
  if (measureOf(node.right, question)) {
    const operator = turned[node.operator]
    return operator && limitOf({ is: 'binary', operator, left: node.right, right: node.left }, question)
  }
  const measure = measureOf(node.left, question)
  const bound = measure && (measure === 'days' ? daysOf(node.right) : numberOf(node.right))
  if (bound === undefined) return undefined
  // What comes in steps of one has a next one; a number with decimals has none.
  const step = measure === 'decimals' ? undefined : 1
  switch (node.operator) {
    case '=':
      return [{ least: bound, most: bound }]
    case '<=':
      return [{ most: bound }]
    case '>=':
      return [{ least: bound }]
    case '<':
      return step && [{ most: Math.ceil(bound) - step }]
    case '>':
      return step && [{ least: Math.floor(bound) + step }]
    default:
      return undefined
  }
}

type Measure = 'whole' | 'decimals' | 'days' | 'characters' | 'chosen'

/** What of the answer is measured, where the limits of its kind measure that. */
function measureOf(node: XPath, { kind, whole }: Question): Measure | undefined {
  if (node.is === 'self') {
    if (kind === 'number') return whole ? 'whole' : 'decimals'
    return kind === 'date' ? 'days' : undefined
  }
  if (node.is !== 'call' || node.given.length !== 1 || node.given[0]!.is !== 'self') return undefined
  if (node.name === 'string-length' && (kind === 'text' || kind === 'long-text')) return 'characters'
  return node.name === 'count-selected' && kind === 'choices' ? 'chosen' : undefined
}

function numberOf(node: XPath): number | undefined {
  if (node.is === 'number') return Number(node.text)
  if (node.is !== 'binary' || node.operator !== '-' || node.left.is !== 'number' || node.right.is !== 'number')
    return undefined
  return Number(node.left.text) - Number(node.right.text)
}

/** Days from today. A day of the calendar is none: the limits of our dates move on with time. */
function daysOf(node: XPath): number | undefined {
  if (node.is === 'call' && node.name === 'today' && node.given.length === 0) return 0
  if (node.is !== 'binary' || (node.operator !== '+' && node.operator !== '-')) return undefined
  const [base, days] = [daysOf(node.left), numberOf(node.right)]
  if (base === undefined || days === undefined) return undefined
  return node.operator === '+' ? base + days : base - days
}
