import type { Type, Value } from './types.rules.ts'

export type Order = '<' | '<=' | '>' | '>='
export type Comparator = '=' | '!=' | Order
export type Operator = '+' | '-' | '*' | '/'

/** One thing that a value is tested for, behind `in` or in a cell of a table (DMN 1.5, §10.3.1.2, rules 7 to 16 and 49). */
export type Test =
  | { readonly is: 'compare'; readonly operator: Comparator; readonly with: Node }
  | {
      readonly is: 'range'
      readonly low: Node
      readonly high: Node
      readonly withLow: boolean
      readonly withHigh: boolean
    }
  | { readonly is: 'among'; readonly list: Node }

/** A list that is gone through, with the slot in which each of its things stands meanwhile. */
export type Loop = { readonly slot: number; readonly list: Node }

export type Place = { readonly from: number; readonly to: number }

type Shape =
  | { readonly is: 'literal'; readonly value: Value }
  | { readonly is: 'read'; readonly names: readonly string[] }
  | { readonly is: 'local'; readonly slot: number }
  | { readonly is: 'field'; readonly of: Node; readonly name: string }
  | { readonly is: 'part'; readonly of: Node; readonly name: string }
  | { readonly is: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly is: 'compare'; readonly operator: Comparator; readonly left: Node; readonly right: Node }
  | { readonly is: 'in'; readonly of: Node; readonly tests: readonly Test[] }
  | { readonly is: 'arithmetic'; readonly operator: Operator; readonly left: Node; readonly right: Node }
  | { readonly is: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly is: 'some' | 'every'; readonly loops: readonly Loop[]; readonly test: Node }
  | { readonly is: 'for'; readonly loops: readonly Loop[]; readonly body: Node }
  | { readonly is: 'filter'; readonly of: Node; readonly slot: number; readonly test: Node }
  | { readonly is: 'index'; readonly of: Node; readonly index: Node }
  | { readonly is: 'list'; readonly items: readonly Node[] }
  | { readonly is: 'call'; readonly name: string; readonly given: readonly Node[] }

/**
 * An expression that makes sense, with the type of what it gives. `path` is where in the answers it comes from, where that is one
 * place: what is read of each thing of a list has the path of the list before it.
 */
export type Node = Shape & { readonly type: Type; readonly at: Place; readonly path?: string }

/** What stands directly in a node. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.is) {
    case 'literal':
    case 'read':
    case 'local':
      return []
    case 'field':
    case 'part':
      return [node.of]
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right]
    case 'in':
      return [node.of, ...node.tests.flatMap(partsOfTest)]
    case 'if':
      return [node.test, node.yes, node.no]
    case 'some':
    case 'every':
      return [...node.loops.map(({ list }) => list), node.test]
    case 'for':
      return [...node.loops.map(({ list }) => list), node.body]
    case 'filter':
      return [node.of, node.test]
    case 'index':
      return [node.of, node.index]
    case 'list':
      return node.items
    case 'call':
      return node.given
  }
}

function partsOfTest(test: Test): readonly Node[] {
  if (test.is === 'compare') return [test.with]
  return test.is === 'range' ? [test.low, test.high] : [test.list]
}

/** How many nodes there are, which is what one evaluation costs without its loops. */
export const sizeOf = (node: Node): number => partsOf(node).reduce((sum, part) => sum + sizeOf(part), 1)

export const isLiteral = (node: Node): node is Node & { is: 'literal' } => node.is === 'literal'
