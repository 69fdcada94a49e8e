import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aCell, aDocument, aTable, fourColumns, type RowShape } from '../testing/documents.ts'
import type { Cell, EstimatesDocument, Identity } from '../types.ts'
import { divideHalfUp } from './amounts.ts'
import { checkDocument } from './check.ts'

/*
 * Random documents whose numbers agree by construction: the generator adds, rounds and subtracts by itself, and so is
 * the oracle for what the checker finds, recovers and locates.
 */

const columns = [0, 1, 2, 3] as const
const sumColumns = (rows: readonly (readonly number[])[]) =>
  columns.map((at) => rows.reduce((sum, row) => sum + row[at]!, 0))

const line = fc.tuple(...columns.map(() => fc.integer({ min: 1, max: 3_000_000 })))
const shape = fc.record({
  groups: fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
  shares: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  commitments: fc.array(fc.tuple(fc.nat(500_000), fc.nat(500_000), fc.nat(500_000)), { minLength: 1, maxLength: 4 }),
})
type Shape = typeof shape extends fc.Arbitrary<infer Of> ? Of : never

/** Subheads in thousands; programmes in millions that add up to the rounded total; notes, prose and cover restate them. */
function consistent({ groups, shares, commitments }: Shape): EstimatesDocument {
  const rows: RowShape[] = []
  const totals = groups.map((lines, group) => {
    const subjects = lines.map((_, at) => `subhead:${group}${at}`)
    for (const [at, steps] of lines.entries()) rows.push([subjects[at]!, [], [...steps]])
    rows.push([`group:${group}`, subjects, sumColumns(lines)])
    return sumColumns(lines)
  })
  const head = sumColumns(totals)
  rows.push(['head', groups.map((_, group) => `group:${group}`), head])

  const rounded = head.map((thousands) => Number(divideHalfUp(BigInt(thousands), 100n)))
  const all = shares.reduce((sum, share) => sum + share, 0)
  const parts = shares.map((share) => rounded.map((steps) => Math.floor((steps * share) / all)))
  const rest = rounded.map((steps, at) => steps - sumColumns(parts)[at]!)
  parts[0] = parts[0]!.map((steps, at) => steps + rest[at]!)
  const programmes = parts.map((steps, at): RowShape => [`programme:${at + 1}`, [], steps])
  const total: RowShape = ['head', programmes.map(([subject]) => subject), rounded]

  const spent = commitments.map((parts) => [parts[0] + parts[1] + parts[2], ...parts])
  const commitmentRows: RowShape[] = spent.map((steps, at) => [`commitment:80${at}`, [], steps])
  commitmentRows.push(['commitments', commitmentRows.map(([subject]) => subject), sumColumns(spent)])

  return aDocument(
    [
      aTable(rows, { line: 100 }),
      aTable([...programmes, total], { place: 'analysis', unit: 'million', decimals: 1, line: 200 }),
      ...programmes.map((row, at) =>
        aTable([row], { place: 'programme', id: `programme.${at + 1}`, unit: 'million', decimals: 1, line: 300 + at }),
      ),
      aTable(commitmentRows, {
        place: 'commitments',
        line: 400,
        columns: [
          { measure: 'approved' },
          { measure: 'accumulated' },
          { measure: 'revised-spending', period: fourColumns[2] },
          { measure: 'balance' },
        ],
      }),
    ],
    prose(head, parts),
  )
}

function prose(head: readonly number[], programmes: readonly (readonly number[])[]): Cell[] {
  const base = fourColumns[2]
  const cells = [
    aCell({
      place: 'cover',
      subject: 'head',
      unit: 'hundred-million',
      decimals: 3,
      steps: Number(divideHalfUp(BigInt(head[3]!), 100n)),
      line: 1,
    }),
    aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps: head[3]! * 1000, line: 2 }),
    aCell({
      place: 'notes',
      subject: 'head',
      measure: 'provision-change',
      base,
      unit: 'dollar',
      steps: (head[3]! - head[2]!) * 1000,
      line: 3,
    }),
  ]
  for (const [at, steps] of programmes.entries()) {
    const subject = `programme:${at + 1}`
    const change = steps[3]! - steps[2]!
    cells.push(
      aCell({
        place: 'prose',
        subject,
        measure: 'provision-change',
        base,
        unit: 'ten-thousand',
        steps: change * 10,
        line: 10 + at,
      }),
    )
    if (steps[2]! > 0) {
      const rate = Number(divideHalfUp(BigInt(change) * 1000n, BigInt(steps[2]!)))
      cells.push(
        aCell({
          place: 'prose',
          subject,
          measure: 'provision-rate',
          base,
          unit: 'rate',
          decimals: 1,
          steps: rate,
          line: 10 + at,
        }),
      )
    }
  }
  return cells
}

const options = (numRuns: number) => ({ seed: 20230222, numRuns })
const outcomesOf = (identities: readonly Identity[]) => new Set(identities.map(({ outcome }) => outcome))
const lose = (cell: Cell): Cell => ({ ...cell, steps: null, printed: null, status: 'missing' })

test('in a document whose numbers agree, every identity holds and nothing is unknown', () => {
  fc.assert(
    fc.property(shape, (made) => {
      assert.deepEqual([...outcomesOf(checkDocument(consistent(made)).identities)], ['holds'])
    }),
    options(200),
  )
})

test('whatever is lost, nothing fails, and what is recovered is what was there', () => {
  fc.assert(
    fc.property(shape, fc.infiniteStream(fc.nat(9)), fc.integer({ min: 1, max: 9 }), (made, dice, threshold) => {
      const document = consistent(made)
      const cells = document.cells.map((cell) => (dice.next().value! < threshold ? lose(cell) : cell))
      const check = checkDocument({ ...document, cells })
      assert.ok(!outcomesOf(check.identities).has('fails'))
      for (const [at, { id, status, steps }] of check.cells.entries()) {
        // In these documents no column was forced, so that even what is only inferred must be right.
        if (status === 'derived' || status === 'inferred') assert.equal(steps, document.cells[at]!.steps, id)
        if (status === 'ambiguous' || status === 'missing') assert.equal(steps, null)
      }
      const steps = (text: string) => BigInt(text.replace(/[,.%+]/g, ''))
      for (const { cell, from, to } of check.ranges) {
        const was = BigInt(document.cells.find(({ id }) => id === cell)!.steps!)
        assert.ok(steps(from) <= was && was <= steps(to), `${cell}: ${was} is outside ${from} to ${to}`)
      }
    }),
    options(300),
  )
})

test('one number lost from an equation without rounding always comes back', () => {
  fc.assert(
    fc.property(shape, fc.nat(), (made, pick) => {
      const document = consistent(made)
      const exact = cellsOfExactIdentities(document)
      const at = document.cells.findIndex(({ id }) => id === exact[pick % exact.length])
      const check = checkDocument({ ...document, cells: document.cells.with(at, lose(document.cells[at]!)) })
      assert.equal(check.cells[at]!.status, 'derived')
      assert.equal(check.cells[at]!.steps, document.cells[at]!.steps)
      assert.ok(check.cells[at]!.because.length > 0)
    }),
    options(200),
  )
})

test('one wrong number in an equation without rounding fails, at its line, and is named with the right value', () => {
  fc.assert(
    fc.property(shape, fc.nat(), fc.integer({ min: 1, max: 400 }), fc.boolean(), (made, pick, by, up) => {
      const document = consistent(made)
      const exact = cellsOfExactIdentities(document)
      const at = document.cells.findIndex(({ id }) => id === exact[pick % exact.length])
      const right = document.cells[at]!
      // A wrong print in dollars may still be a whole number of thousands; a wrong one in 萬元 may round away nowhere.
      const steps = right.steps! + (up ? by : -by) * (right.unit === 'dollar' ? 1000 : 1)
      const check = checkDocument({ ...document, cells: document.cells.with(at, { ...right, steps }) })
      const fails = check.identities.filter(({ outcome }) => outcome === 'fails')
      assert.ok(fails.length > 0)
      assert.ok(
        fails.some(({ lines }) => lines.some(({ from, to }) => from <= right.lines.from && right.lines.from <= to)),
      )
      const suspects = check.suspicions.flatMap(({ suspects }) => suspects)
      const plain = (text: string | null | undefined) => (text ? BigInt(text.replace(/[,.%+]/g, '')) : undefined)
      assert.equal(plain(suspects.find(({ cell }) => cell === right.id)?.value), BigInt(right.steps!))
    }),
    options(300),
  )
})

/** Numbers that a sum, a commitment or a change in equal precision holds to the last digit. */
function cellsOfExactIdentities(document: EstimatesDocument): string[] {
  const strict = checkDocument(document).identities.filter(
    ({ kind }) => kind === 'sum' || kind === 'commitment' || kind === 'change',
  )
  return [...new Set(strict.flatMap(({ claimed, operands }) => [claimed, ...operands.map(({ cell }) => cell)]))]
}
