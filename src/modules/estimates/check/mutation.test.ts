import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { importTables } from '../mapping/import-tables.ts'
import type { Mapping } from '../mapping/mapping.ts'
import { chinese, english, imported, realBytes, withoutRealText } from '../testing/texts.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import { exactOf } from './amounts.ts'
import { checkDocument, type DocumentCheck } from './check.ts'

/*
 * Every digit of every number that takes part in an equality is changed in the source; the source is imported and checked
 * again. Something must fail, name the changed number with its line, and have it among the suspects. The only changes for
 * which that is impossible are computed beforehand from the printed characters: those that round to the same print. Each
 * digit becomes its successor and one other, chosen by its place; TEST_CAMPAIGN=1 tries all nine. Then a digit is taken
 * out, one is put in, and two neighbours change places: a sample of these, or in the campaign all.
 */

const isCampaign = process.env.TEST_CAMPAIGN === '1'
const sampleOf = isCampaign ? 1 : 20

type Read = (text: string) => EstimatesDocument | Promise<EstimatesDocument>

const mapping: Mapping = {
  rows: 'programmes',
  language: 'en',
  columns: {
    year: 'year',
    head: 'head',
    code: 'code',
    name: 'name',
    actual: 'actual',
    original: 'original',
    revised: 'revised',
    estimate: 'estimate',
  },
  unit: 'million',
  decimals: 1,
  total: ['total'],
}
const table = `year,head,code,name,actual,original,revised,estimate
"2023-24","47","1","Within government","816.2","1,037.8","1,031.2 (-0.6%)","960.1 (-6.9%)"
"2023-24","47","2","Infrastructure","298.5","582.5","367.0 (-37.0%)","609.7 (+66.1%)"
"2023-24","47","3","Community","93.8","96.0","97.0 (+1.0%)","240.0 (+147.4%)"
"2023-24","47","total","","1,208.5","1,716.3","1,495.2 (-12.9%)","1,809.8 (+21.0%)"
`
const readTable: Read = async (text) => {
  const result = await importTables(Buffer.from(text), 'heads.csv', mapping)
  if ('refusal' in result) assert.fail(result.refusal.code)
  assert.equal(result.documents.length, 1)
  return result.documents[0]!
}

/** `loose`: numbers that no equality holds to the last step, only a rounder print. `unseen`: changes of one digit of them. */
// biome-ignore format: matrix
const sources: [name: string, text: string | undefined, read: Read, loose: string[], unseen: number][] = [
  ['the real text',        withoutRealText ? undefined : Buffer.from(realBytes()).toString(), imported, ['519,066,000'],               13],
  ['our Chinese document', chinese(),                                                         imported, ['161.3', '118.4', '61.9', '238,412,000'], 13],
  ['our English document', english(),                                                         imported, ['24,612,000', '109,588,000'], 26],
  ['a table by mapping',   table,                                                             readTable, [],                           0],
]

for (const [name, text, read, expected, count] of sources)
  describe(`in ${name}`, { skip: text === undefined && withoutRealText }, () => {
    test('a changed digit fails, is located and named, but for those that round to the same print', async (t) => {
      const scene = await sceneOf(text!, read)
      assert.deepEqual(
        scene.loose.map(({ printed }) => printed),
        expected,
      )
      const possible = scene.loose.flatMap((cell) => changesOf(cell.printed!).filter((one) => scene.rounds(cell, one)))
      assert.equal(possible.length, count)
      const unseen: string[] = []
      let tried = 0
      for (const figure of scene.figures)
        for (const printed of changesOf(figure.cell.printed!, isCampaign ? undefined : figure.at)) {
          tried += 1
          if (!(await isCaught(scene, figure, printed))) unseen.push(`${figure.cell.printed} → ${printed}`)
        }
      t.diagnostic(`${tried} changed digits; ${unseen.length} round to the same print: ${unseen.join('; ')}`)
      assert.ok(tried >= scene.figures.length * (isCampaign ? 18 : 4))
      if (isCampaign) assert.equal(unseen.length, count)
    })

    test('so does a digit taken out or put in, and two that changed places', async (t) => {
      const scene = await sceneOf(text!, read)
      let [all, tried] = [0, 0]
      for (const figure of scene.figures)
        for (const printed of shiftsOf(figure.cell.printed!)) {
          all += 1
          if ((all + 7) % sampleOf !== 0) continue
          tried += 1
          await isCaught(scene, figure, printed)
        }
      t.diagnostic(`${tried} of ${all}`)
      assert.ok(tried > 5)
    })
  })

/** A number in the source: the offset of its first printed character. */
type Figure = { cell: Cell; at: number }
type Scene = {
  text: string
  read: Read
  figures: Figure[]
  loose: Cell[]
  /** Whether the number printed otherwise still rounds to every other print of it. */
  rounds: (cell: Cell, printed: string) => boolean
}

async function sceneOf(text: string, read: Read): Promise<Scene> {
  const document = await read(text)
  const check = checkDocument(document)
  assert.ok(check.identities.every(({ outcome }) => outcome === 'holds' || outcome === 'unknown'))
  const taking = takingPart(check)
  const starts = [0]
  for (let at = 0; at < text.length; at++) if (text[at] === '\n') starts.push(at + 1)
  const figures: Figure[] = []
  for (const cell of document.cells) {
    if (cell.printed === null || cell.nil || !taking.has(cell.id)) continue
    const from = starts[cell.lines.from - 1]!
    const at = await placeOf(text, from, text.slice(from, starts[cell.lines.to] ?? text.length), cell, read)
    if (at !== undefined) figures.push({ cell, at })
  }
  const loose = looseOf(document, check, taking)
  return { text, read, figures, loose, rounds: (cell, printed) => roundsAlike(document, check, cell, printed) }
}

/** Changes the number in the source. Says whether something failed; if so it must be the changed number's fault. */
async function isCaught({ text, read, loose, rounds }: Scene, { cell, at }: Figure, printed: string): Promise<boolean> {
  const what = `${cell.id}: ${cell.printed} → ${printed}`
  const document = await read(text.slice(0, at) + printed + text.slice(at + cell.printed!.length))
  const now = document.cells.find(({ id }) => id === cell.id)
  // A number of one digit that is taken out is gone; one with a nought more at its end or beginning is the same.
  if (now === undefined && [...cell.printed!].filter(digitsLike).length === 1) return true
  if (now && now.steps !== null && exactOf(now) === exactOf(cell)) return true
  const check = checkDocument(document)
  const fails = check.identities.filter(({ outcome }) => outcome === 'fails')
  const isAtLine = ({ lines }: (typeof fails)[number]) =>
    lines.some(({ from, to }) => from <= cell.lines.from && cell.lines.from <= to)
  if (now === undefined) {
    // It stood beside an amount, and together they are no number.
    assert.ok(
      fails.some((one) => one.reason === 'unreadable' && isAtLine(one)),
      `${what} is not read`,
    )
    return true
  }
  const isUnseen = loose.some(({ id }) => id === cell.id) && now.steps !== null && rounds(cell, now.printed!)
  assert.equal(fails.length === 0, isUnseen, what)
  if (isUnseen) return false
  const behind = new Map(check.derivations.map((one) => [one.cell, one.terms.map((term) => term.cell)]))
  const isThis = isPrintOf(now, document)
  const isNamed = fails.some(
    (one) =>
      [one.claimed, ...one.operands.map((operand) => operand.cell)].some(
        (id) => isThis(id) || (behind.get(id) ?? []).some(isThis),
      ) && isAtLine(one),
  )
  assert.ok(isNamed, `${what} fails elsewhere only: ${fails.map(({ id }) => id).join(', ')}`)
  const isSuspect = check.suspicions.some(({ suspects }) => suspects.some((one) => isThis(one.cell)))
  assert.ok(isSuspect, `${what} is not among the suspects`)
  return true
}

/** Prose prints two cells as one number (“15 directorate posts on both days”): either stands for it. */
function isPrintOf({ id, place, subject, measure, printed }: Cell, { cells }: EstimatesDocument) {
  const same = cells.filter(
    (one) => one.place === place && one.subject === subject && one.measure === measure && one.printed === printed,
  )
  const ids = new Set([id, ...(place === 'cover' ? same.map((one) => one.id) : [])])
  return (other: string) => ids.has(other)
}

/** Cells of equalities that are checked: an inequality or an identity that is used up proves nothing about a digit. */
function takingPart({ identities, derivations }: DocumentCheck): Set<string> {
  const equalities = identities.filter(({ kind, outcome }) => kind !== 'bound' && outcome !== 'unknown')
  const taking = new Set(equalities.flatMap(({ claimed, operands }) => [claimed, ...operands.map(({ cell }) => cell)]))
  for (const { cell, terms } of derivations) if (taking.has(cell)) for (const term of terms) taking.add(term.cell)
  return taking
}

/** Where the number stands: of equal numbers on its lines the one that, changed, changes it. Words have none. */
async function placeOf(text: string, from: number, segment: string, { id, printed, steps }: Cell, read: Read) {
  const first = [...printed!].findIndex(digitsLike)
  if (first === -1) return undefined
  const pattern = new RegExp(`(?<![\\d,.])${printed!.replace(/[.+]/g, '\\$&')}(?!\\d|[,.]\\d)`, 'g')
  for (const { index } of segment.matchAll(pattern)) {
    const at = from + index + first
    const document = await read(text.slice(0, at) + successorOf(text[at]!) + text.slice(at + 1))
    const now = document.cells.find((cell) => cell.id === id)
    if (now && now.steps !== null && now.steps !== steps) return from + index
  }
  return assert.fail(`${id}: ${printed} does not stand on its line`)
}

const [narrow, wide] = ['0123456789', '０１２３４５６７８９']
const digitsLike = (character: string) => [narrow, wide].find((digits) => digits.includes(character))
const successorOf = (character: string) => {
  const digits = digitsLike(character)!
  return digits[(digits.indexOf(character) + 1) % 10]!
}

/** Each digit as each other one; with a seed only as its successor and one more. */
function changesOf(printed: string, seed?: number): string[] {
  return [...printed].flatMap((character, at) => {
    const others = [...(digitsLike(character) ?? '')].filter((one) => one !== character)
    const rest = others.filter((one) => one !== successorOf(character))
    const chosen =
      seed === undefined || rest.length === 0
        ? others
        : [successorOf(character), rest[((seed + at) * 7) % rest.length]!]
    return chosen.map((one) => printed.slice(0, at) + one + printed.slice(at + 1))
  })
}

/** A digit taken out, one put in before it, and it in the place of the next. */
function shiftsOf(printed: string): string[] {
  return [...printed].flatMap((character, at) => {
    if (!digitsLike(character)) return []
    const [before, after] = [printed.slice(0, at), printed.slice(at + 1)]
    const next = [...after].findIndex(digitsLike)
    const swapped =
      next === -1 || after[next] === character
        ? []
        : [before + after[next]! + after.slice(0, next) + character + after.slice(next + 1)]
    return [before + after, `${before}1${character}${after}`, `${before}0${character}${after}`, ...swapped]
  })
}

/**
 * Numbers that no equality holds to the last step: always the more precise side of a comparison across units, or behind a
 * recovered number that is.
 */
function looseOf({ cells }: EstimatesDocument, check: DocumentCheck, taking: ReadonlySet<string>): Cell[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  const held = new Set<string>()
  for (const { kind, id, outcome, claimed, operands } of check.identities) {
    if (outcome !== 'holds' || kind === 'bound' || id.endsWith('/whole-thousands')) continue
    const units = [claimed, operands[0]!.cell].map((one) => byId.get(one)!.unit)
    const isExact =
      kind === 'same'
        ? units[0] === units[1] || units.every((unit) => unit === 'dollar' || unit === 'thousand')
        : kind !== 'rate'
    for (const cell of [claimed, ...(isExact ? operands.map((one) => one.cell) : [])]) held.add(cell)
  }
  return cells.filter(({ id, printed }) => printed !== null && taking.has(id) && !held.has(id))
}

/** In plain numbers, without the checker: the amount, put in every comparison, gives what is printed there. */
function roundsAlike({ cells }: EstimatesDocument, check: DocumentCheck, cell: Cell, printed: string): boolean {
  const byId = new Map(cells.map((one) => [one.id, one]))
  const dollars = (one: Cell) => (one.id === cell.id ? Number(printed.replaceAll(',', '')) : inDollars(one))
  const comparisons = check.identities.filter(({ kind, outcome }) => kind === 'same' && outcome === 'holds')
  const termsOf = (id: string) => check.derivations.find((one) => one.cell === id)?.terms ?? [{ cell: id, sign: 1 }]
  const amountOf = (id: string) => termsOf(id).reduce((sum, term) => sum + term.sign * dollars(byId.get(term.cell)!), 0)
  return comparisons.every(({ claimed, operands: [operand] }) => {
    if (!operand) return claimed !== cell.id || dollars(cell) % 1000 === 0
    if (![claimed, operand.cell].some((id) => termsOf(id).some((term) => term.cell === cell.id))) return true
    const step = stepInDollars(byId.get(claimed)!)
    return Math.round(amountOf(operand.cell) / step) === Math.round(amountOf(claimed) / step)
  })
}

const sizes: Readonly<Record<string, number>> = { dollar: 1, thousand: 1e3, million: 1e6, 'hundred-million': 1e8 }
const stepInDollars = ({ unit, decimals }: Cell) => sizes[unit]! / 10 ** decimals
const inDollars = (cell: Cell) => Math.round(cell.steps! * stepInDollars(cell))
