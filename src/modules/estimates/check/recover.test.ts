import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCell, aDocument, aTable, inMillions, notes, type RowShape, withoutLastColumn } from '../testing/documents.ts'
import { chinese, imported } from '../testing/texts.ts'
import type { EstimatesDocument } from '../types.ts'
import { checkDocument, toReport } from './check.ts'

const failing = (document: EstimatesDocument) =>
  checkDocument(document)
    .identities.filter(({ outcome }) => outcome === 'fails')
    .map(({ id }) => id)
const recovered = (document: EstimatesDocument) =>
  Object.fromEntries(
    checkDocument(document)
      .cells.filter(({ status }) => status !== 'printed')
      .map(({ subject, status, steps }) => [subject, [status, steps]]),
  )

test('a lost column comes back: what identities prove is derived, and the nil that a row suggests is inferred', () => {
  assert.deepEqual(recovered(aDocument([aTable(withoutLastColumn)], notes)), {
    'subhead:000': ['derived', 1357294],
    'group:recurrent': ['derived', 1357294],
    'subhead:700': ['inferred', 452530],
    'group:non-recurrent': ['inferred', 452530],
    'account:operating': ['inferred', 1809824],
    'group:minor': ['inferred', 0],
    'account:capital': ['inferred', 0],
    head: ['derived', 1809824],
  })
})

test('what rests on an inference names it beside the identities', () => {
  const cells = checkDocument(aDocument([aTable(withoutLastColumn)], notes)).cells
  const general = cells.find(({ subject, status }) => subject === 'subhead:700' && status === 'inferred')!
  assert.ok(general.because.includes('nil/subheads/group:minor/provision/2023-24.estimate'))
  assert.ok(general.because.includes('same/subhead:000/provision/2023-24.estimate/subheads~notes'))
  assert.ok(general.because.includes('same/head/provision/2023-24.estimate/subheads~notes'))
  const proved = cells.find(({ subject, status }) => subject === 'subhead:000' && status === 'derived')!
  assert.deepEqual(proved.because, ['same/subhead:000/provision/2023-24.estimate/subheads~notes'])
})

test('the report says of each recovered number whether it is derived or inferred, and on which assumption it rests', () => {
  const document = aDocument([aTable(withoutLastColumn)], notes)
  const check = checkDocument(document)
  const { derived } = toReport(document, check, 'en')
  const statusOf = new Map(check.cells.map(({ id, status }) => [id, status]))
  assert.deepEqual(
    derived.map(({ status }) => status),
    derived.map(({ identity }) => statusOf.get(identity)),
  )
  const general = derived.find(({ identity }) => identity.startsWith('subheads/subhead:700/'))
  assert.equal(general?.status, 'inferred')
  assert.match(general.sentence, /If .* is nil, it is \$452,530 thousand/)
})

test('an identity that was used to recover a number does not count as holding', () => {
  const check = checkDocument(aDocument([aTable(withoutLastColumn)], notes))
  const lastColumn = check.identities.filter(({ id, kind }) => kind === 'sum' && id.endsWith('2023-24.estimate'))
  assert.deepEqual([...new Set(lastColumn.map(({ outcome, reason }) => `${outcome} ${reason}`))], ['unknown defines'])
})

test('checking the recovered cells again finds the same: what was recovered is not evidence', () => {
  const document = aDocument([aTable(withoutLastColumn)], notes)
  const once = checkDocument(document)
  assert.deepEqual(checkDocument({ ...document, cells: once.cells }), once)
})

test('a nil that would contradict another number is not inferred', () => {
  const more = [
    ...notes,
    aCell({ place: 'notes', subject: 'account:operating', unit: 'dollar', steps: 1_800_000_000, line: 52 }),
  ]
  const found = recovered(aDocument([aTable(withoutLastColumn)], more))
  assert.deepEqual(found['group:minor'], ['derived', 9824])
  assert.deepEqual(found['subhead:700'], ['derived', 442706])
  const twoItems: RowShape[] = [
    ['line:1', [], [1, '—', '—', null]],
    ['line:2', [], [2, '—', '—', null]],
    ['head', ['line:1', 'line:2'], [3, '—', '—', 5]],
  ]
  assert.deepEqual(recovered(aDocument([aTable(twoItems)])), {
    'line:1': ['ambiguous', null],
    'line:2': ['ambiguous', null],
  })
})

test('a row that was not nil before is not taken to be nil, and its range is told', () => {
  const rows: RowShape[] = [
    ['line:1', [], [1, '—', 7, null]],
    ['line:2', [], [2, 4, 3, null]],
    ['head', ['line:1', 'line:2'], [3, 4, 10, 5]],
  ]
  const check = checkDocument(aDocument([aTable(rows)]))
  assert.deepEqual(
    check.ranges.map(({ from, to }) => [from, to]),
    [
      ['0', '5'],
      ['0', '5'],
    ],
  )
  assert.equal(check.identities.find(({ id }) => id === 'sum/subheads/head/2023-24.estimate')?.reason, 'lost')
})

test('a lost number that only a rounded print knows is ambiguous between its limits', () => {
  const rows: RowShape[] = [['head', [], [1, 2, 3, null]]]
  const check = checkDocument(aDocument([aTable(rows)], [inMillions(18098, 'analysis')]))
  assert.deepEqual(check.ranges, [
    { cell: 'subheads/head/provision/2023-24.estimate', from: '1,809,750', to: '1,809,849' },
  ])
})

test('a lost number that nothing speaks of is missing', () => {
  assert.deepEqual(recovered(aDocument([aTable([['line:1', [], [1, 2, 3, null]]])])), { 'line:1': ['missing', null] })
})

test('numbers that only two equations together determine are derived', () => {
  const rows: RowShape[] = [
    ['line:1', [], [1, 2, 3, null]],
    ['line:2', [], [1, 2, 3, null]],
    ['line:3', [], [1, 2, 3, 4]],
    ['group:a', ['line:1', 'line:2'], [2, 4, 6, 10]],
    ['group:b', ['line:1', 'line:3'], [2, 4, 6, 7]],
  ]
  assert.deepEqual(recovered(aDocument([aTable(rows)])), { 'line:1': ['derived', 3], 'line:2': ['derived', 7] })
  // x + y, x + z and y + z with all three lost: no equation alone says anything.
  const triangle: RowShape[] = [
    ['x', [], [1, 2, 3, null]],
    ['y', [], [1, 2, 3, null]],
    ['z', [], [1, 2, 3, null]],
    ['xy', ['x', 'y'], [2, 4, 6, 10]],
    ['xz', ['x', 'z'], [2, 4, 6, 12]],
    ['yz', ['y', 'z'], [2, 4, 6, 14]],
  ]
  assert.deepEqual(recovered(aDocument([aTable(triangle)])), {
    x: ['derived', 4],
    y: ['derived', 6],
    z: ['derived', 8],
  })
})

test('recovered numbers that contradict each other fail', () => {
  const rows: RowShape[] = [
    ['line:1', [], [1, 2, 3, null]],
    ['line:2', [], [1, 2, 3, 4]],
    ['a', ['line:1', 'line:2'], [2, 4, 6, 10]],
    ['b', ['line:1', 'line:2'], [2, 4, 6, 11]],
  ]
  assert.equal(failing(aDocument([aTable(rows)])).length, 1)
  const impossible: RowShape[] = [
    ['x', [], [1, 2, 3, null]],
    ['y', [], [1, 2, 3, null]],
    ['a', ['x', 'y'], [2, 4, 6, 10]],
    ['b', ['x', 'y'], [2, 4, 6, 11]],
  ]
  const check = checkDocument(aDocument([aTable(impossible)]))
  assert.ok(check.identities.some(({ outcome, reason }) => outcome === 'fails' && reason === 'impossible'))
})

test('a lost total in millions is inferred from its exact amount, as its column may be forced; its rows prove it', () => {
  const analysis = (one: number | null, two: number | null) =>
    aTable(
      [
        ['programme:1', [], [1, 2, 3, one]],
        ['programme:2', [], [1, 2, 3, two]],
        ['head', ['programme:1', 'programme:2'], [2, 4, 6, null]],
      ],
      { place: 'analysis', unit: 'million', decimals: 1, line: 30 },
    )
  const exact = aTable([['head', [], [200, 400, 600, 1809824]]])
  const inferred = checkDocument(aDocument([exact, analysis(8000, null)]))
  const total = 'analysis/head/provision/2023-24.estimate'
  assert.deepEqual(recovered(aDocument([exact, analysis(8000, null)])), {
    'programme:2': ['inferred', 10098],
    head: ['inferred', 18098],
  })
  assert.ok(
    inferred.cells
      .find(({ subject, steps }) => subject === 'programme:2' && steps === 10098)
      ?.because.includes(`rounded/${total}`),
  )
  assert.deepEqual(recovered(aDocument([exact, analysis(8000, 10099)])), { head: ['derived', 18099] })
})

test('a recovered total is excused from rounding only where every number behind it is held by another', () => {
  const total = 'same/head/provision/2023-24.estimate/analysis~subheads'
  const outcome = (two: number, places: 'alone' | 'held') => {
    const rows: RowShape[] = [
      ['programme:1', [], [1, 2, 3, 8000]],
      ['programme:2', [], [1, 2, 3, two]],
      ['head', ['programme:1', 'programme:2'], [2, 4, 6, null]],
    ]
    const millions = { unit: 'million', decimals: 1 } as const
    const again = rows.slice(0, 2).map((row, at) => {
      const own = { ...millions, place: 'programme', id: `programme.${at + 1}`, line: 50 + at } as const
      return aTable([row], own)
    })
    const exact = aTable([
      ['subhead:000', [], [200, 400, 600, 1809824]],
      ['head', ['subhead:000'], [200, 400, 600, 1809824]],
    ])
    const analysis = aTable(rows, { ...millions, place: 'analysis', line: 30 })
    const check = checkDocument(aDocument([exact, analysis, ...(places === 'held' ? again : [])]))
    return check.identities.find(({ id }) => id === total)?.outcome
  }
  assert.equal(outcome(10098, 'alone'), 'holds')
  assert.equal(outcome(10099, 'held'), 'rounding')
  // Here nothing else holds the row: it may be the row that is wrong, and the total would hide it.
  assert.equal(outcome(10099, 'alone'), 'fails')
  assert.equal(outcome(10100, 'held'), 'fails')
})

test('a number recovered in two ways that disagree fails, and names the numbers on both ways', () => {
  // The revised total is lost. The notes give it as 198,094,000 − change, the analysis as 173.5 million.
  const revised = { when: '2022-23', phase: 'revised' } as const
  const found = (change: number) => {
    const lost = aTable([['head', [], [155708, 189275, null, 198094]]])
    const millions = aTable(
      [
        ['programme:1', [], [886, 974, 919, 1052]],
        ['programme:2', [], [671, 919, 816, 929]],
        ['head', ['programme:1', 'programme:2'], [1557, 1893, 1735, 1981]],
      ],
      { place: 'analysis', unit: 'million', decimals: 1, line: 30 },
    )
    const more = [
      aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps: 198_094_000, line: 51 }),
      aCell({
        place: 'notes',
        subject: 'head',
        measure: 'provision-change',
        base: revised,
        unit: 'dollar',
        steps: change,
        line: 52,
      }),
    ]
    const document = aDocument([lost, millions], more)
    return { document, check: checkDocument(document) }
  }
  assert.deepEqual(failing(found(24_612_000).document), [])
  const { document, check } = found(24_712_000)
  assert.deepEqual(failing(document), ['same/head/provision/2022-23.revised/analysis~subheads'])
  const wrong = check.identities.find(({ outcome }) => outcome === 'fails')!
  assert.deepEqual(
    wrong.lines.map(({ from }) => from),
    [32, 10, 51, 52],
  )
  assert.deepEqual(
    check.suspicions[0]!.suspects.map(({ cell }) => cell),
    ['notes/head/provision-change/2023-24.estimate~2022-23.revised'],
  )
})

test('a lost number that could only be below nil, or between two prints, fails instead of being recovered', () => {
  const belowNil: RowShape[] = [
    ['line:1', [], [1, 2, 3, null]],
    ['line:2', [], [1, 2, 3, 9]],
    ['head', ['line:1', 'line:2'], [2, 4, 6, 5]],
  ]
  const reasons = (document: EstimatesDocument) =>
    checkDocument(document).identities.flatMap(({ outcome, reason }) => (outcome === 'fails' ? [reason] : []))
  assert.deepEqual(reasons(aDocument([aTable(belowNil)])), ['impossible'])
  assert.deepEqual(recovered(aDocument([aTable(belowNil)])), { 'line:1': ['ambiguous', null] })
  // Where the table prints something below nil, it may.
  const withNegatives = belowNil.map(
    ([subject, parts, steps]): RowShape => [subject, parts, subject === 'line:1' ? [-1, ...steps.slice(1)] : steps],
  )
  assert.deepEqual(recovered(aDocument([aTable(withNegatives)])), { 'line:1': ['derived', -4] })
  const halves: RowShape[] = [
    ['x', [], [1, 2, 3, null]],
    ['y', [], [1, 2, 3, null]],
    ['z', [], [1, 2, 3, null]],
    ['xy', ['x', 'y'], [2, 4, 6, 10]],
    ['xz', ['x', 'z'], [2, 4, 6, 12]],
    ['yz', ['y', 'z'], [2, 4, 6, 15]],
  ]
  assert.deepEqual(reasons(aDocument([aTable(halves)])), ['impossible', 'impossible', 'impossible'])
})

test('whichever column a table of the Chinese document lost, no number is misplaced and none is recovered wrongly', () => {
  const text = chinese()
  const whole = imported(text)
  const steps = new Map(whole.cells.map((cell) => [cell.id, cell.steps]))
  for (const id of ['subheads', 'breakdown.000', 'commitments'])
    for (const lost of [1, 2, 3, 4]) {
      const { lines: at, columns } = whole.tables.find((table) => table.id === id)!
      const without = text.split('\n').map((line, index) => {
        const cells = line.split('\t')
        const numbers = cells.filter((cell, position) => position > 0 && /^(?:[\d,]+[§†]?|—)$/.test(cell)).length
        const isRow = at.from <= index + 1 && index < at.to && numbers === columns.length
        return isRow ? cells.toSpliced(-lost, 1).join('\t') : line
      })
      const check = checkDocument(imported(without.join('\n')))
      const where = `${id}, column ${lost} from the right`
      assert.deepEqual(check.differences, {}, where)
      for (const cell of check.cells)
        if (cell.status === 'printed' || cell.status === 'derived')
          if (steps.get(cell.id) !== null) assert.equal(cell.steps, steps.get(cell.id), `${cell.id}: ${where}`)
    }
})
