import { nearest } from '#platform'
import {
  type Complaint,
  type Complaints,
  filled,
  findWrongSign,
  gather,
  instead,
  listed,
  sentences,
} from './complaints.rules.ts'
import { functions, isWhole } from './functions.rules.ts'
import { readLiteral } from './literals.rules.ts'
import { type Comparator, type Loop, type Node, type Operator, partsOf, type Test } from './nodes.rules.ts'
import { comparators, mayCompare, partsOfKinds, typeOfArithmetic } from './operators.rules.ts'
import { complainOfRefused } from './refused.rules.ts'
import { foldNode } from './run.rules.ts'
import type { Tree } from './tree.rules.ts'
import { type Kind, type Names, type Type, unify, wordOf, wordOfKind } from './types.rules.ts'

/** What is known where a part of an expression stands: names from outside, and the things that loops have in hand. */
export type Scope = { readonly names: Names; readonly inner: readonly Local[]; readonly state: State }
type Local = { readonly name: string; readonly slot: number; readonly type: Type; readonly path?: string }
/** `item` of a filter, whose fields are names of their own (DMN 1.5, §10.3.2.5). */
const itemName = 'item'
export type State = { readonly complaints: Complaints; slots: number; readonly reads: Set<string> }

export const openScope = (names: Names): Scope => ({
  names,
  inner: [],
  state: { complaints: gather(), slots: 0, reads: new Set() },
})

export const complaintsOf = ({ state }: Scope): readonly Complaint[] => state.complaints.all

/** Names are one word of letters, digits and _, so that no name can be taken for an operator or for two names. */
const nameForm = /^\p{L}[\p{L}\p{N}_]*$/u
const keywords = new Set(
  'if then else for in return some every satisfies and or not between instance of function external true false null date time duration'.split(
    ' ',
  ),
)
export const isName = (name: string): boolean => nameForm.test(name) && name.length <= 60 && !keywords.has(name)

/** Makes sense of a part of an expression; undefined where complaints were made of it. */
export function check(tree: Tree, scope: Scope): Node | undefined {
  const node = checkWhole(tree, scope)
  return node && foldNode(node)
}

function checkWhole(tree: Tree, scope: Scope): Node | undefined {
  const { complaints } = scope.state
  switch (tree.name) {
    case 'ParenthesizedExpression':
    case 'PositiveUnaryTest':
    case 'Expression':
      return check(tree.parts.find(({ name }) => name !== '(' && name !== ')')!, scope)
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'DateTimeLiteral':
    case 'null':
      return readLiteral(tree, complaints)
    case 'VariableName':
      return checkName(tree, scope)
    case 'PathExpression':
      return checkPath(tree, scope)
    case 'Conjunction':
    case 'Disjunction':
      return checkLogic(tree, scope)
    case 'Comparison':
      return checkComparison(tree, scope)
    case 'ArithmeticExpression':
      return checkArithmetic(tree, scope)
    case 'IfExpression':
      return checkIf(tree, scope)
    case 'QuantifiedExpression':
    case 'ForExpression':
      return checkLoops(tree, scope)
    case 'FilterExpression':
      return checkFilter(tree, scope)
    case 'List':
      return checkList(tree, scope)
    case 'FunctionInvocation':
      return checkCall(tree, scope)
    default:
      return complainOfRefused(tree, complaints)
  }
}

/** A part that must be of a kind. */
function checkAs(tree: Tree, kind: Kind, scope: Scope): Node | undefined {
  const node = check(tree, scope)
  if (!node || node.type.kind === kind) return node
  return scope.state.complaints.at(tree, sentences.expected, { given: wordOf(node.type), wanted: wordOfKind(kind) })
}

const wordsIn = (tree: Tree): string => tree.parts.map(({ text }) => text).join(' ')

function checkName(tree: Tree, scope: Scope): Node | undefined {
  const name = wordsIn(tree)
  const at = { from: tree.from, to: tree.to }
  for (const local of scope.inner.toReversed()) {
    const self: Node = { is: 'local', slot: local.slot, type: local.type, at, ...(local.path && { path: local.path }) }
    if (local.name === itemName && local.type.kind === 'group' && Object.hasOwn(local.type.fields, name))
      return readField(self, name, scope)
    if (local.name === name) return self
  }
  if (Object.hasOwn(scope.names, name)) {
    scope.state.reads.add(name)
    return { is: 'read', names: [name], type: scope.names[name]!, at, path: name }
  }
  return complainOfName(tree, name, scope)
}

function complainOfName(tree: Tree, name: string, { names, inner, state }: Scope): undefined {
  const wrong = findWrongSign(name)
  if (wrong) {
    const from = tree.from + tree.text.indexOf(wrong.wrong)
    return state.complaints.at({ from, to: from + wrong.wrong.length }, sentences.wrongSign, wrong)
  }
  if (/^not /.test(name)) return state.complaints.at(tree, sentences.notWithoutBrackets)
  if (Object.hasOwn(functions, name)) return state.complaints.at(tree, sentences.isFunction, { name })
  const known = [
    ...inner.flatMap((local) => [local.name, ...(local.type.kind === 'group' ? Object.keys(local.type.fields) : [])]),
    ...Object.keys(names),
  ]
  const near = nearest(name, known)
  if (near) return state.complaints.at(tree, sentences.nearName, { name, near })
  return state.complaints.at(tree, sentences.unknownName, { name, names: listed(known) || '–' })
}

function readField(of: Node, name: string, { state }: Scope): Node {
  const { fields } = of.type as Type & { kind: 'group' }
  const path = of.path === undefined ? undefined : `${of.path}.${name}`
  if (path !== undefined) state.reads.add(path)
  const common = { type: fields[name]!, at: of.at, ...(path !== undefined && { path }) }
  if (of.is === 'read') return { is: 'read', names: [...of.names, name], ...common }
  return { is: 'field', of, name, ...common }
}

function checkPath(tree: Tree, scope: Scope): Node | undefined {
  const of = check(tree.parts[0]!, scope)
  if (!of) return undefined
  const name = wordsIn(tree.parts.at(-1)!)
  const at = { from: tree.from, to: tree.to }
  const isList = of.type.kind === 'list'
  // The path of a list is that of each of its things (DMN 1.5, §10.3.2.5).
  const one: Type = of.type.kind === 'list' ? of.type.of : of.type
  const known = one.kind === 'group' ? one.fields : (partsOfKinds[one.kind] ?? {})
  if (!Object.hasOwn(known, name)) {
    const words = { one: wordOf(one), name }
    const names = Object.keys(known)
    if (names.length === 0) return scope.state.complaints.at(tree, sentences.noParts, words)
    const near = nearest(name, names)
    if (near) return scope.state.complaints.at(tree.parts.at(-1)!, sentences.nearName, { name, near })
    return scope.state.complaints.at(tree.parts.at(-1)!, sentences.noField, { ...words, names: listed(names) })
  }
  if (!isList && one.kind === 'group') return { ...readField(of, name, scope), at }
  if (!isList) return { is: 'part', of, name, type: known[name]!, at }
  const path = of.path !== undefined && one.kind === 'group' ? `${of.path}.${name}` : undefined
  if (path !== undefined) scope.state.reads.add(path)
  const slot = scope.state.slots++
  const each: Node = { is: 'local', slot, type: one, at }
  const body: Node =
    one.kind === 'group'
      ? { is: 'field', of: each, name, type: known[name]!, at }
      : { is: 'part', of: each, name, type: known[name]!, at }
  const type: Type = { kind: 'list', of: known[name]! }
  return { is: 'for', loops: [{ slot, list: of }], body, type, at, ...(path !== undefined && { path }) }
}

const truth: Type = { kind: 'boolean' }

function checkLogic(tree: Tree, scope: Scope): Node | undefined {
  const left = checkAs(tree.parts[0]!, 'boolean', scope)
  const right = checkAs(tree.parts[2]!, 'boolean', scope)
  return left && right && { is: tree.name === 'Conjunction' ? 'and' : 'or', left, right, type: truth, at: tree }
}

function checkComparison(tree: Tree, scope: Scope): Node | undefined {
  const [first, operator, ...rest] = tree.parts
  if (operator!.name === 'CompareOp') {
    const [second] = rest
    // `==` and `<>` read as two signs one after the other.
    if (second!.name === 'SimplePositiveUnaryTest')
      return scope.state.complaints.at({ from: operator!.from, to: second!.to }, sentences.refused, {
        what: `${operator!.text}${second!.parts[0]!.text}`,
        instead: filled(instead.equals, 'signs', comparators.join(', ')),
      })
    const [left, right] = [check(first!, scope), check(second!, scope)]
    const comparator = operator!.text as Comparator
    if (!left || !right || !mayCompare(left, comparator, right, scope.state.complaints)) return undefined
    return { is: 'compare', operator: comparator, left, right, type: truth, at: tree }
  }
  const of = check(first!, scope)
  if (operator!.name === 'between') {
    const [low, high] = [check(rest[0]!, scope), check(rest[2]!, scope)]
    if (
      !of ||
      !low ||
      !high ||
      !mayCompare(of, '>=', low, scope.state.complaints) ||
      !mayCompare(of, '<=', high, scope.state.complaints)
    )
      return undefined
    return { is: 'in', of, tests: [{ is: 'range', low, high, withLow: true, withHigh: true }], type: truth, at: tree }
  }
  const list = rest.find(({ name }) => name === 'PositiveUnaryTests')?.parts ?? rest.slice(0, 1)
  const tests = of && checkTests(list, of, scope)
  return of && tests && { is: 'in', of, tests, type: truth, at: tree }
}

/** Tests of a value, of which one must hold. */
export function checkTests(trees: readonly Tree[], of: Node, scope: Scope): readonly Test[] | undefined {
  const tests = trees.map((each) => checkTest(each.name === 'PositiveUnaryTest' ? each.parts[0]! : each, of, scope))
  return tests.every((each) => each !== undefined) ? tests : undefined
}

function checkTest(tree: Tree, of: Node, scope: Scope): Test | undefined {
  if (tree.name === 'SimplePositiveUnaryTest') {
    const [first, second] = tree.parts
    if (first!.name === 'Interval') return checkRange(first!, of, scope)
    const operator = first!.text as Comparator
    const other = check(second!, scope)
    return other && mayCompare(of, operator, other, scope.state.complaints)
      ? { is: 'compare', operator, with: other }
      : undefined
  }
  // One test alone in brackets reads as an expression in brackets.
  if (tree.name === 'ParenthesizedExpression' && tree.parts[1]!.name === 'SimplePositiveUnaryTest')
    return checkTest(tree.parts[1]!, of, scope)
  const other = check(tree, scope)
  if (!other) return undefined
  if (other.type.kind !== 'list')
    return mayCompare(of, '=', other, scope.state.complaints)
      ? { is: 'compare', operator: '=', with: other }
      : undefined
  return mayCompare(of, '=', { ...other, type: other.type.of }, scope.state.complaints)
    ? { is: 'among', list: other }
    : undefined
}

function checkRange(tree: Tree, of: Node, scope: Scope): Test | undefined {
  const [open, lowest, , highest, close] = tree.parts
  const [low, high] = [check(lowest!, scope), check(highest!, scope)]
  if (
    !low ||
    !high ||
    !mayCompare(of, '>=', low, scope.state.complaints) ||
    !mayCompare(of, '<=', high, scope.state.complaints)
  )
    return undefined
  return { is: 'range', low, high, withLow: open!.name === '[', withHigh: close!.name === ']' }
}

function checkArithmetic(tree: Tree, scope: Scope): Node | undefined {
  const { complaints } = scope.state
  if (tree.parts.length === 2) {
    const right = check(tree.parts[1]!, scope)
    if (!right) return undefined
    const { kind } = right.type
    if (kind !== 'number' && kind !== 'months' && kind !== 'days')
      return complaints.at(tree, sentences.expected, { given: wordOf(right.type), wanted: wordOfKind('number') })
    const type: Type = kind === 'number' ? { kind, ...(isWhole(right.type) && { whole: true }) } : right.type
    const zero: Node = { is: 'literal', value: 0, type: right.type, at: tree }
    return { is: 'arithmetic', operator: '-', left: zero, right, type, at: tree }
  }
  const [first, sign, second] = tree.parts
  const operator = sign!.text
  if (operator === '**' || operator === '^')
    return complaints.at(sign!, sentences.refused, { what: operator, instead: instead.powers })
  const [left, right] = [check(first!, scope), check(second!, scope)]
  if (!left || !right) return undefined
  const type = typeOfArithmetic(left.type, operator as Operator, right.type)
  if (type) return { is: 'arithmetic', operator: operator as Operator, left, right, type, at: tree }
  const dated = left.type.kind === 'date' || right.type.kind === 'date'
  return complaints.at(tree, sentences.notArithmetic, {
    operator,
    one: wordOf(left.type),
    other: wordOf(right.type),
    instead: dated ? instead.dates : instead.sameKinds,
  })
}

function checkIf(tree: Tree, scope: Scope): Node | undefined {
  const [, first, , second, , third] = tree.parts
  const test = checkAs(first!, 'boolean', scope)
  const [yes, no] = [check(second!, scope), check(third!, scope)]
  if (!test || !yes || !no) return undefined
  const type = unify(yes.type, no.type)
  if (type) return { is: 'if', test, yes, no, type, at: tree }
  const words = { one: wordOf(yes.type), other: wordOf(no.type) }
  return scope.state.complaints.at(no.at, sentences.branches, words)
}

function checkLoops(tree: Tree, scope: Scope): Node | undefined {
  const loops: Loop[] = []
  let within = scope
  let good = true
  for (const each of tree.parts.find(({ name }) => name === 'InExpressions')!.parts) {
    const [name, , source] = each.parts
    const opened = openLoop(wordsIn(name!), name!, source!, within)
    if (!opened) good = false
    else {
      loops.push(opened.loop)
      within = { ...within, inner: [...within.inner, opened.local] }
    }
  }
  const last = tree.parts.at(-1)!
  if (!good) return undefined
  if (tree.name === 'QuantifiedExpression') {
    const test = checkAs(last, 'boolean', within)
    return test && { is: tree.parts[0]!.name === 'some' ? 'some' : 'every', loops, test, type: truth, at: tree }
  }
  const body = check(last, within)
  return body && { is: 'for', loops, body, type: { kind: 'list', of: body.type }, at: tree }
}

function openLoop(name: string, at: Tree, source: Tree, scope: Scope): { loop: Loop; local: Local } | undefined {
  const { complaints } = scope.state
  if (source.parts.length > 1) return complaints.at(source, sentences.refused, { what: '..', instead: instead.loops })
  const list = checkListed(source.parts[0]!, scope)
  const taken = Object.hasOwn(scope.names, name) || scope.inner.some((local) => local.name === name)
  if (!isName(name) || name === itemName || taken) return complaints.at(at, sentences.badLoopName, { name })
  if (!list) return undefined
  const slot = scope.state.slots++
  const { of } = list.type as Type & { kind: 'list' }
  return { loop: { slot, list }, local: { name, slot, type: of, ...(list.path !== undefined && { path: list.path }) } }
}

function checkListed(tree: Tree, scope: Scope): Node | undefined {
  const list = check(tree, scope)
  if (!list || list.type.kind === 'list') return list
  return scope.state.complaints.at(tree, sentences.notList, { given: wordOf(list.type) })
}

function checkFilter(tree: Tree, scope: Scope): Node | undefined {
  const of = checkListed(tree.parts[0]!, scope)
  if (!of) return undefined
  const { of: one } = of.type as Type & { kind: 'list' }
  const slot = scope.state.slots++
  const item: Local = { name: itemName, slot, type: one, ...(of.path !== undefined && { path: of.path }) }
  const test = check(tree.parts[2]!, { ...scope, inner: [...scope.inner, item] })
  if (!test) return undefined
  const path = of.path === undefined ? {} : { path: of.path }
  // A number picks one thing by its place (DMN 1.5, table 68); which is no matter of the thing itself.
  if (test.type.kind === 'number' && !usesSlot(test, slot))
    return { is: 'index', of, index: test, type: one, at: tree, ...path }
  if (test.type.kind === 'boolean') return { is: 'filter', of, slot, test, type: of.type, at: tree, ...path }
  return scope.state.complaints.at(test.at, sentences.expected, {
    given: wordOf(test.type),
    wanted: wordOfKind('boolean'),
  })
}

const usesSlot = (node: Node, slot: number): boolean =>
  (node.is === 'local' && node.slot === slot) || partsOf(node).some((part) => usesSlot(part, slot))

function checkList(tree: Tree, scope: Scope): Node | undefined {
  const items = tree.parts.slice(1, -1).map((each) => check(each, scope))
  let of: Type | undefined = { kind: 'null' }
  for (const each of items) {
    if (!each) return undefined
    const together = unify(of, each.type)
    const words = { one: wordOf(of), other: wordOf(each.type) }
    if (!together) return scope.state.complaints.at(each.at, sentences.branches, words)
    of = together
  }
  return { is: 'list', items: items as Node[], type: { kind: 'list', of }, at: tree }
}

function checkCall(tree: Tree, scope: Scope): Node | undefined {
  const { complaints } = scope.state
  const [target, , parameters] = tree.parts
  const name = wordsIn(target!)
  if (!Object.hasOwn(functions, name)) return complainOfRefused(tree, complaints)
  if (parameters!.name === 'NamedParameters')
    return complaints.at(parameters!, sentences.refused, { what: parameters!.text, instead: instead.named })
  const { usage, least, most, check: checkGiven } = functions[name]!
  const given = parameters!.parts.map((each) => check(each, scope))
  if (given.length < least || given.length > most)
    return complaints.at(tree, sentences.arguments, { name, count: least, given: given.length, usage })
  if (!given.every((each) => each !== undefined)) return undefined
  const wrong = (node: Node, wanted: Kind) =>
    complaints.at(node.at, sentences.expectedOf, {
      name,
      given: wordOf(node.type),
      wanted: wordOfKind(wanted),
      usage,
    })
  const type = checkGiven(given, wrong, complaints)
  return type && { is: 'call', name, given, type, at: tree }
}
