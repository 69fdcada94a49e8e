import { check, checkTests, openScope, type Scope } from './check.rules.ts'
import { assertNames, withoutPrefixes } from './compile.rules.ts'
import { type Complaint, listed, sentences } from './complaints.rules.ts'
import type { Frame } from './functions.rules.ts'
import type { Node, Test } from './nodes.rules.ts'
import { openFrame, type Run, type RunTest, runOf, runTests } from './run.rules.ts'
import { readTree, type Tree } from './tree.rules.ts'
import { fits, isScalar, limits, type Names, type Value, type Values, wordOf } from './types.rules.ts'

/**
 * A decision table as a definition has it (DMN 1.5, §8): inputs are expressions, each row has a condition for each of them, in their
 * order, and an expression for each output. The reason of a row is a code, for which a definition has the sentences.
 */
export type Table = {
  /** How many rows may match: one at most, the first of them, or all (DMN 1.5, §8.2). */
  readonly hit: 'unique' | 'first' | 'collect'
  readonly inputs: readonly string[]
  readonly outputs: Names
  readonly rows: readonly Row[]
}
export type Row = {
  readonly when: readonly string[]
  readonly gives: { readonly [output: string]: string }
  readonly reason?: string
}

/** Where in a table a complaint is: rows and inputs are counted from 0. */
type TablePlace =
  | { readonly part: 'table' }
  | { readonly part: 'input'; readonly input: number }
  | { readonly part: 'row'; readonly row: number }
  | { readonly part: 'when'; readonly row: number; readonly input: number }
  | { readonly part: 'gives'; readonly row: number; readonly output: string }
export type TableComplaint = Complaint & { readonly place: TablePlace }

/** A row that matched, with what it says. */
export type Match = {
  readonly row: number
  readonly reason?: string
  readonly outputs: { readonly [output: string]: Value }
}

/**
 * What a table decides, with all that explains it: the values of its inputs and the rows that matched. A table of which one row may
 * match decides nothing where several do; they are told as a conflict.
 */
export type Decision = {
  readonly outcome: 'matched' | 'none' | 'conflict'
  readonly inputs: readonly Value[]
  readonly matches: readonly Match[]
}

/** A condition of a row: none for `-`, which everything fulfils. */
export type Cell = { readonly tests: readonly Test[]; readonly negated: boolean } | undefined

export type CompiledTable = {
  readonly table: Table
  readonly reads: readonly string[]
  /** Decides for the answers of a person; too much work throws RulesExceeded. */
  readonly evaluate: (values: Values) => Decision
  readonly inputs: readonly Node[]
  readonly cells: readonly (readonly Cell[])[]
}

type Draft = { readonly scopes: Scope[]; readonly complaints: TableComplaint[]; readonly names: Names }

/** Compiles a decision table. What an officer can mend comes back as complaints, each with its place. */
export function compileTable(
  table: Table,
  names: Names,
): { readonly compiled: CompiledTable } | { readonly complaints: readonly TableComplaint[] } {
  assertNames(names)
  assertNames(table.outputs)
  const draft: Draft = { scopes: [], complaints: [], names }
  complainOfShape(table, draft)
  if (draft.complaints.length > 0) return { complaints: draft.complaints.slice(0, limits.complaints) }
  const inputs = table.inputs.map((text, input) =>
    inPlace(draft, { part: 'input', input }, text, 'Expression', (tree, scope) => checkInput(tree, scope)),
  )
  const cells = table.rows.map(({ when }, row) =>
    when.map((text, input) => {
      const of = inputs[input]
      return (
        of &&
        inPlace(draft, { part: 'when', row, input }, text, 'UnaryTests', (tree, scope) => ({
          cell: checkCell(tree, of, scope),
        }))
      )
    }),
  )
  const outputs = table.rows.map((row, at) => outputsOf(row, at, table, draft))
  if (draft.complaints.length > 0) return { complaints: draft.complaints.slice(0, limits.complaints) }
  const ready = { inputs: inputs as Node[], cells: cells.map((row) => row.map((each) => each?.cell)) }
  const slots = Math.max(0, ...draft.scopes.map(({ state }) => state.slots))
  const reads = withoutPrefixes(new Set(draft.scopes.flatMap(({ state }) => [...state.reads])))
  const evaluate = evaluatorOfTable(table, ready, outputs as Outputs[], slots)
  return { compiled: { table, reads, evaluate, ...ready } }
}

function complainOfShape({ inputs, outputs, rows }: Table, { complaints }: Draft): void {
  const columns = inputs.length + Object.keys(outputs).length
  const add = (place: TablePlace, text: Complaint['text'], values: NonNullable<Complaint['values']>) =>
    complaints.push({ from: 0, to: 0, text, values, place })
  if (rows.length > limits.rows)
    add({ part: 'table' }, sentences.tooManyRows, { count: rows.length, most: limits.rows })
  if (columns > limits.columns)
    add({ part: 'table' }, sentences.tooManyColumns, { count: columns, most: limits.columns })
  for (const [row, { when }] of rows.entries())
    if (when.length !== inputs.length)
      add({ part: 'row', row }, sentences.wrongCells, { count: when.length, wanted: inputs.length })
}

/** Reads and checks one text of a table, and puts its place on whatever is wrong in it. */
function inPlace<Made>(
  draft: Draft,
  place: TablePlace,
  text: string,
  top: 'Expression' | 'UnaryTests',
  make: (tree: Tree, scope: Scope) => Made | undefined,
): Made | undefined {
  const scope = openScope(draft.names)
  draft.scopes.push(scope)
  const tree = readTree(text, top, scope.state.complaints)
  const made = tree && make(tree, scope)
  const room = limits.complaints - draft.complaints.length
  draft.complaints.push(...scope.state.complaints.all.slice(0, room).map((each) => ({ ...each, place })))
  return made
}

function checkInput(tree: Tree, scope: Scope): Node | undefined {
  const node = tree.parts.length === 1 ? check(tree.parts[0]!, scope) : undefined
  if (!node || isScalar(node.type)) return node
  return scope.state.complaints.at(tree, sentences.scalarInput, { given: wordOf(node.type) })
}

/** The condition of a row (DMN 1.5, §10.3.1.2, rule 15): tests of which one must hold, or none behind `not`. */
function checkCell(tree: Tree, of: Node, scope: Scope): Cell {
  const tests = tree.parts.find(({ name }) => name === 'PositiveUnaryTests')
  if (!tests) {
    if (tree.parts.length !== 1 || tree.parts[0]!.name !== 'Wildcard')
      scope.state.complaints.at(tree, sentences.wildcardAlone)
    return undefined
  }
  const made = checkTests(tests.parts, of, scope)
  return made && { tests: made, negated: tree.parts[0]!.name === 'not' }
}

type Outputs = readonly (readonly [output: string, node: Node])[]

function outputsOf(row: Row, at: number, { outputs }: Table, draft: Draft): Outputs {
  const known = Object.keys(outputs)
  for (const name of Object.keys(row.gives))
    if (!Object.hasOwn(outputs, name))
      draft.complaints.push({
        from: 0,
        to: 0,
        text: sentences.unknownOutput,
        values: { name, names: listed(known) || '–' },
        place: { part: 'gives', row: at, output: name },
      })
  return known.flatMap((name) => {
    const place = { part: 'gives', row: at, output: name } as const
    if (!Object.hasOwn(row.gives, name)) {
      draft.complaints.push({ from: 0, to: 0, text: sentences.noOutput, values: { name }, place })
      return []
    }
    const node = inPlace(draft, place, row.gives[name]!, 'Expression', (tree, scope) => {
      const made = check(tree.parts[0]!, scope)
      if (!made || fits(made.type, outputs[name]!)) return made
      const words = { given: wordOf(made.type), wanted: wordOf(outputs[name]!) }
      return scope.state.complaints.at(tree, sentences.wrongResult, words)
    })
    return node ? [[name, node] as const] : []
  })
}

export function runCell(cell: NonNullable<Cell>): RunTest {
  const test = runTests(cell.tests)
  if (!cell.negated) return test
  return (value, values, frame) => {
    const holds = test(value, values, frame)
    return holds === null ? null : !holds
  }
}

type ReadyRow = {
  readonly tests: readonly { readonly input: number; readonly test: RunTest }[]
  readonly outputs: readonly (readonly [string, Run])[]
  readonly row: Row
}

function evaluatorOfTable(
  { hit, rows }: Table,
  { inputs, cells }: Pick<CompiledTable, 'inputs' | 'cells'>,
  outputs: readonly Outputs[],
  slots: number,
): (values: Values) => Decision {
  const readers = inputs.map(runOf)
  const ready: readonly ReadyRow[] = rows.map((row, at) => ({
    tests: cells[at]!.flatMap((cell, input) => (cell ? [{ input, test: runCell(cell) }] : [])),
    outputs: outputs[at]!.map(([name, node]) => [name, runOf(node)] as const),
    row,
  }))
  return (values) => {
    const frame = openFrame(slots)
    const given = readers.map((read) => read(values, frame))
    const matches: Match[] = []
    for (let at = 0; at < ready.length; at += 1) {
      if (!matchesRow(ready[at]!, given, values, frame)) continue
      matches.push(matchOf(ready[at]!, at, values, frame))
      if (hit === 'first') break
    }
    const isConflict = hit === 'unique' && matches.length > 1
    return { outcome: isConflict ? 'conflict' : matches.length > 0 ? 'matched' : 'none', inputs: given, matches }
  }
}

function matchesRow({ tests }: ReadyRow, given: readonly Value[], values: Values, frame: Frame): boolean {
  for (let at = 0; at < tests.length; at += 1) {
    const { input, test } = tests[at]!
    if (test(given[input]!, values, frame) !== true) return false
  }
  return true
}

function matchOf({ outputs, row }: ReadyRow, at: number, values: Values, frame: Frame): Match {
  const said: Record<string, Value> = {}
  for (const [name, run] of outputs) said[name] = run(values, frame)
  return { row: at, ...(row.reason !== undefined && { reason: row.reason }), outputs: said }
}
