import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cell, CheckReport, EstimatesDocument } from '../types.ts'
import { checkDocument, type DocumentCheck } from './check.ts'
import { head47Bytes, readHead47, withoutHead47 } from './head-47.ts'

/*
 * Every digit of every number that takes part in an equality is changed in the source text to each of the nine other
 * digits; the text is imported and checked again. Something must fail, and point at the changed line. The only digits
 * for which that is impossible are computed beforehand, from the printed characters alone.
 */

type Mutation = { cell: Cell; digit: number; becomes: string; at: number }

test('every changed digit of a number in an equality fails and is located, but for those that vanish by rounding', {
  skip: withoutHead47,
}, (t) => {
  const text = head47Bytes().toString('utf8')
  const document = readHead47()
  const check = checkDocument(document)
  assert.deepEqual(check.differences, {})
  const vanishing = vanishingDigits(document, check)
  const undetected: string[] = []
  let [mutations, named] = [0, 0]
  for (const mutation of mutationsOf(text, document, takingPart(check))) {
    mutations += 1
    const { cell, at, becomes } = mutation
    const found = checkText(`${text.slice(0, at)}${becomes}${text.slice(at + 1)}`, cell)
    const fails = found.identities.filter(({ outcome }) => outcome === 'fails')
    if (fails.length === 0) {
      undetected.push(written(mutation))
      continue
    }
    const located = fails.some(({ lines }) =>
      lines.some(({ from, to }) => from <= cell.lines.from && cell.lines.from <= to),
    )
    assert.ok(located, `${written(mutation)} fails elsewhere only`)
    if (names(found, cell)) named += 1
  }
  t.diagnostic(`${mutations} changed digits: ${mutations - undetected.length} fail, ${named} are named as a suspect`)
  t.diagnostic(`${undetected.length} cannot be noticed by arithmetic: ${undetected.join('; ')}`)
  assert.ok(mutations > 5000)
  assert.deepEqual(undetected.toSorted(), vanishing.toSorted())
  assert.equal(named, mutations - undetected.length)
})

/** Cells of equalities that are checked: an inequality or an identity that is used up proves nothing about a digit. */
function takingPart({ identities }: CheckReport): Set<string> {
  const equalities = identities.filter(({ kind, outcome }) => kind !== 'bound' && outcome !== 'unknown')
  return new Set(equalities.flatMap(({ claimed, operands }) => [claimed, ...operands.map(({ cell }) => cell)]))
}

function* mutationsOf(text: string, { cells }: EstimatesDocument, ids: ReadonlySet<string>): Generator<Mutation> {
  const starts = [0]
  for (const [at, character] of [...text].entries()) if (character === '\n') starts.push(at + 1)
  assert.equal(text.length, [...text].length, 'positions are counted in characters')
  const seen = new Map<string, number>()
  for (const cell of cells) {
    if (cell.printed === null || cell.nil || !ids.has(cell.id)) continue
    const { from, to } = cell.lines
    const segment = text.slice(starts[from - 1], starts[to] ?? text.length)
    const places = [
      ...segment.matchAll(new RegExp(`(?<![\\d,.])${cell.printed.replace(/[.+]/g, '\\$&')}(?!\\d|[,.]\\d)`, 'g')),
    ]
    // Equal numbers on a line stand in the order of their cells; one print may give two cells (posts at both dates).
    const key = `${from} ${cell.printed}`
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    const place = places[Math.min(count, places.length - 1)]
    assert.ok(place, `${cell.id}: ${cell.printed} does not stand in line ${from}`)
    for (const [digit, character] of [...cell.printed].entries())
      for (const becomes of '0123456789')
        if (/\d/.test(character) && character !== becomes)
          yield { cell, digit, becomes, at: starts[from - 1]! + place.index + digit }
  }
}

/** Imports and checks a changed text; the changed number must have been read as such, or the test would prove nothing. */
function checkText(text: string, { id, steps }: Cell): DocumentCheck {
  const document = readHead47(Buffer.from(text))
  const now = document.cells.find((cell) => cell.id === id)
  assert.ok(now && now.steps !== null && now.steps !== steps, `${id} is not read as changed`)
  return checkDocument(document)
}

/** The suspects hold the changed number, with the value that it had. One print of two cells is named once. */
const names = ({ suspicions }: DocumentCheck, cell: Cell) =>
  suspicions.some(({ suspects }) =>
    suspects.some((suspect) => {
      const [place, subject, measure] = suspect.cell.split('/')
      return (
        suspect.cell === cell.id ||
        (place === 'cover' && cell.place === 'cover' && subject === cell.subject && measure === cell.measure)
      )
    }),
  )

const written = ({ cell, digit, becomes }: Pick<Mutation, 'cell' | 'digit' | 'becomes'>) =>
  `${cell.printed} → ${cell.printed!.slice(0, digit)}${becomes}${cell.printed!.slice(digit + 1)}`

/**
 * The independent argument. A digit can vanish only in a number that no equality holds to its last step: one that is
 * always the more precise side of a comparison across units, or only an amount that a rate is made from. On the real
 * text that is one number, 519,066,000 dollars, whose only other print is 5.191 億. A changed digit stays unseen exactly
 * if the amount still rounds to 5.191 億 and still is a whole number of thousands, as every amount in dollars must be.
 */
function vanishingDigits(document: EstimatesDocument, check: CheckReport): string[] {
  const held = new Set<string>()
  for (const { kind, id, outcome, claimed, operands } of check.identities) {
    if (outcome !== 'holds' || kind === 'bound' || id.endsWith('/whole-thousands')) continue
    held.add(claimed)
    const [first] = operands
    const units = [claimed, first!.cell].map((one) => document.cells.find((cell) => cell.id === one)!.unit)
    const toTheLastStep =
      kind === 'same'
        ? units[0] === units[1] || units.every((unit) => unit === 'dollar' || unit === 'thousand')
        : kind !== 'rate'
    if (toTheLastStep) for (const { cell } of operands) held.add(cell)
  }
  const loose = document.cells.filter(({ id }) => takingPart(check).has(id) && !held.has(id))
  assert.deepEqual(
    loose.map(({ printed }) => printed),
    ['519,066,000'],
  )
  const [cell] = loose
  const unseen: string[] = []
  for (const [digit, character] of [...cell!.printed!].entries())
    for (const becomes of '0123456789') {
      if (!/\d/.test(character) || character === becomes) continue
      const amount = BigInt(
        `${cell!.printed!.slice(0, digit)}${becomes}${cell!.printed!.slice(digit + 1)}`.replaceAll(',', ''),
      )
      if (amount % 1000n === 0n && (amount + 50_000n) / 100_000n === 5191n)
        unseen.push(written({ cell: cell!, digit, becomes }))
    }
  return unseen
}
