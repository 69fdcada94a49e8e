import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCell, aDocument, aTable, commitments, inMillions, type RowShape, subheads } from '../testing/documents.ts'
import type { Cell, EstimatesDocument } from '../types.ts'
import { checkDocument } from './check.ts'

const outcomes = (document: EstimatesDocument) =>
  Object.fromEntries(checkDocument(document).identities.map(({ id, outcome }) => [id, outcome]))
const failing = (document: EstimatesDocument) =>
  checkDocument(document)
    .identities.filter(({ outcome }) => outcome === 'fails')
    .map(({ id }) => id)
test('totals and subtotals are checked column by column, and hold', () => {
  const found = outcomes(aDocument([aTable(subheads)]))
  assert.equal(Object.keys(found).length, 5 * 4)
  assert.ok(Object.values(found).every((outcome) => outcome === 'holds'))
  assert.equal(found['sum/subheads/account:operating/2022-23.revised'], 'holds')
})

test('a wrong subtotal fails upwards and downwards, and the one number that repairs both is named', () => {
  const wrong = subheads.map(
    ([subject, sumOf, steps]): RowShape => [
      subject,
      sumOf,
      subject === 'account:operating' ? [1204641, ...steps.slice(1)] : steps,
    ],
  )
  const document = aDocument([aTable(wrong)])
  const check = checkDocument(document)
  assert.deepEqual(failing(document), [
    'sum/subheads/account:operating/2021-22.actual',
    'sum/subheads/head/2021-22.actual',
  ])
  assert.deepEqual(check.suspicions, [
    {
      identities: ['sum/subheads/account:operating/2021-22.actual', 'sum/subheads/head/2021-22.actual'],
      suspects: [{ cell: 'subheads/account:operating/provision/2021-22.actual', value: '1,204,631' }],
    },
  ])
  assert.deepEqual(check.differences, {
    'sum/subheads/account:operating/2021-22.actual': '10',
    'sum/subheads/head/2021-22.actual': '-10',
  })
})

test('two separate mistakes are two groups, each with its own suspects', () => {
  const wrong = subheads.map(
    ([subject, sumOf, steps]): RowShape => [
      subject,
      sumOf,
      subject === 'account:operating' ? [1204641, 1716267, 1495193, 1809824] : steps,
    ],
  )
  assert.equal(checkDocument(aDocument([aTable(wrong)])).suspicions.length, 2)
})

test('an amount in dollars is held against thousands to the last digit, and must end in 000', () => {
  const document = (steps: number) =>
    aDocument(
      [aTable([['head', [], [1, 2, 3, 1809824]]])],
      [aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps })],
    )
  assert.deepEqual(failing(document(1_809_824_000)), [])
  assert.deepEqual(failing(document(1_809_824_400)), [
    'same/head/provision/2023-24.estimate/notes~subheads',
    'same/notes/head/provision/2023-24.estimate/whole-thousands',
  ])
})

// biome-ignore format: matrix
const rounded = [
  // what is printed: in millions                    total  parts  cover  in thousands: total, parts    outcomes: table, cover
  ['the exact amount rounds to the total',           18098, 18098, 18098, 1809824, 1809824,             'holds holds'],
  ['the column was forced up by one unit',           18099, 18099, 18098, 1809824, 1809824,             'rounding holds'],
  ['the cover follows the forced column',            18099, 18099, 18099, 1809824, 1809824,             'rounding rounding'],
  ['the cover follows neither',                      18099, 18099, 18097, 1809824, 1809824,             'rounding fails'],
  ['the column was forced down by one unit',         18097, 18097, 18097, 1809824, 1809824,             'rounding rounding'],
  ['two units are too many',                         18100, 18100, 18100, 1809824, 1809824,             'fails fails'],
  ['the total does not add up, so no excuse',        18099, 18098, 18098, 1809824, 1809824,             'fails holds'],
  ['the exact amount does not add up, so no excuse', 18099, 18099, 18099, 1809824, 1809825,             'fails fails'],
  ['the exact amount stands alone, so no excuse',    18099, 18099, 18099, 1809824, null,                'fails fails'],
] as const

for (const [what, total, parts, cover, exact, exactParts, outcome] of rounded)
  test(`across units, ${what}: ${outcome}`, () => {
    const rows: RowShape[] = [
      ['programme:1', [], [1, 2, 3, 8000]],
      ['programme:2', [], [1, 2, 3, parts - 8000]],
      ['head', ['programme:1', 'programme:2'], [2, 4, 6, total]],
    ]
    const analysis = aTable(rows, { place: 'analysis', unit: 'million', decimals: 1, line: 30 })
    const inThousands: RowShape[] =
      exactParts === null
        ? [['head', [], [200, 400, 600, exact]]]
        : [
            ['subhead:000', [], [150, 300, 500, 1500000]],
            ['subhead:700', [], [50, 100, 100, exactParts - 1500000]],
            ['head', ['subhead:000', 'subhead:700'], [200, 400, 600, exact]],
          ]
    const found = outcomes(aDocument([aTable(inThousands), analysis], [inMillions(cover)]))
    const same = 'same/head/provision/2023-24.estimate'
    assert.equal(`${found[`${same}/analysis~subheads`]} ${found[`${same}/cover~subheads`]}`, outcome)
  })

test('an indicator in dollars and cents is no voted money, and need not be a whole number of thousands', () => {
  const cost: RowShape[] = [['indicator:1.1', [], [179]]]
  const indicators = aTable(cost, {
    place: 'indicators',
    unit: 'dollar',
    decimals: 1,
    columns: [{ measure: 'indicator' }],
  })
  const document = aDocument(
    [aTable(subheads), indicators],
    [aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps: 1_809_824_400 })],
  )
  assert.deepEqual(failing(document), [
    'same/head/provision/2023-24.estimate/notes~subheads',
    'same/notes/head/provision/2023-24.estimate/whole-thousands',
  ])
})

test('the cover has no column to add up: its last digit off by one fails', () => {
  assert.deepEqual(failing(aDocument([aTable(subheads)], [inMillions(18098)])), [])
  assert.deepEqual(failing(aDocument([aTable(subheads)], [inMillions(18099)])), [
    'same/head/provision/2023-24.estimate/cover~subheads',
  ])
})

const revised = { when: '2022-23', phase: 'revised' } as const
const change = (steps: number) =>
  aCell({
    place: 'prose',
    subject: 'programme:1',
    measure: 'provision-change',
    base: revised,
    unit: 'ten-thousand',
    steps,
    line: 60,
  })
const rate = (steps: number, nil = false) =>
  aCell({
    place: 'prose',
    subject: 'programme:1',
    measure: 'provision-rate',
    base: revised,
    unit: 'rate',
    decimals: 1,
    steps,
    nil,
    line: 61,
  })
const programme = (before: number, now: number) =>
  aTable([['programme:1', [], [1, 2, before, now]]], { place: 'programme', unit: 'million', decimals: 1 })

// biome-ignore format: matrix
const explanations = [
  // printed change and rate                   before  now     fails
  [[change(-7110), rate(-69)],                 10312,  9601,   0],
  [[change(-7111), rate(-69)],                 10312,  9601,   1],
  [[change(-7110), rate(-70)],                 10312,  9601,   1],
  [[change(7110), rate(-69)],                  10312,  9601,   1],
  [[rate(0, true)],                            10312,  10312,  0],
  [[rate(0, true)],                            10312,  10313,  1],
  [[rate(0)],                                  10312,  10313,  0],
  [[rate(1500)],                               960,    2400,   0],
] as const

for (const [printed, before, now, fails] of explanations)
  test(`prose is held against the table: ${printed.map((cell) => cell.printed)} from ${before} to ${now} leaves ${fails} failing`, () => {
    assert.equal(failing(aDocument([programme(before, now)], printed)).length, fails)
  })

test('a rate is that of the printed millions, although the thousands would give another', () => {
  const total = aTable([['head', [], [12085, 17163, 14952, 18098]]], {
    place: 'analysis',
    unit: 'million',
    decimals: 1,
  })
  const original = { when: '2022-23', phase: 'original' } as const
  const printed = aCell({
    place: 'analysis',
    subject: 'head',
    measure: 'provision-rate',
    base: original,
    unit: 'rate',
    decimals: 1,
    steps: 54,
  })
  const document = aDocument([total, aTable(subheads, { line: 30 })], [printed])
  assert.equal(outcomes(document)['rate/analysis/head/2023-24.estimate~2022-23.original'], 'holds')
})

test('a rate of nothing, and a change of an amount that the document has not, cannot be checked', () => {
  const check = checkDocument(aDocument([programme(0, 9601)], [rate(0)]))
  assert.deepEqual(
    check.identities.map(({ outcome, reason }) => [outcome, reason]),
    [['unknown', 'nothing-to-compare']],
  )
  const alone = checkDocument(aDocument([], [change(-7110)]))
  assert.deepEqual(
    alone.identities.map(({ outcome, reason }) => [outcome, reason]),
    [['unknown', 'no-counterpart']],
  )
})

test('commitments add up across and down, and agree with the subhead that pays for them', () => {
  const found = outcomes(aDocument([aTable(subheads), commitments()]))
  for (const id of [
    'commitment/commitment:801/2023-24',
    'commitment/commitments/2023-24',
    'spending/subhead:700/2022-23.revised',
    'bound/subhead:700/2023-24.estimate/balance',
    'sum/commitments/commitments/balance/2023-24.estimate',
  ])
    assert.equal(found[id], 'holds', id)
  assert.equal(Object.keys(found).length, 20 + 4 + 4 + 2)
})

test('a footnote that raises a commitment makes the approved sum', () => {
  const footnote = (measure: Cell['measure'], steps: number) =>
    aCell({ place: 'footnote', subject: 'commitment:894', measure, unit: 'hundred-million', steps, line: 70 })
  assert.deepEqual(
    failing(aDocument([commitments()], [footnote('approved-before', 8), footnote('approved-increase', 3)])),
    [],
  )
  assert.deepEqual(
    failing(aDocument([commitments()], [footnote('approved-before', 8), footnote('approved-increase', 4)])),
    ['supplement/commitment:894/2023-24'],
  )
})

const day = (year: number) => ({ when: `${year}-03-31`, phase: 'asAt' }) as const
const posts = (
  subject: string,
  measure: Cell['measure'],
  steps: number,
  place: Cell['place'] = 'cover',
  shape: Partial<Cell> = {},
) =>
  aCell({
    place,
    subject,
    measure,
    unit: 'post',
    steps,
    period: day(2024),
    ...(measure.endsWith('change') && { base: day(2023) }),
    ...shape,
  })
const someProgrammes = (count: number): Partial<EstimatesDocument> => ({
  programmes: Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    name: '',
    aim: null,
    description: [],
    done: null,
    attention: null,
    explanation: null,
    lines: { from: 1, to: 1 },
  })),
})
const establishment = [
  posts('head', 'posts', 709, 'cover', { period: day(2023) }),
  posts('head', 'posts', 735),
  posts('head', 'posts-change', 26),
  posts('head', 'directorate-posts', 15, 'cover', { period: day(2023) }),
  posts('head', 'directorate-posts', 15),
  posts('head', 'all-posts', 724, 'notes', { period: day(2023) }),
  posts('head', 'all-posts-change', 26, 'notes'),
  posts('programme:1', 'all-posts-change', 26, 'prose'),
  posts('programme:2', 'all-posts-change', -2, 'prose'),
  posts('programme:3', 'all-posts-change', 2, 'prose'),
]

test('posts agree: at both ends of the year, with the directorate, and over the programmes', () => {
  const document = aDocument(
    [],
    establishment.map((cell) => ({ ...cell, id: `${cell.id}/${cell.period.when}` })),
    someProgrammes(3),
  )
  assert.deepEqual(outcomes(document), {
    'posts/head/posts/2024-03-31/change': 'holds',
    'posts/head/all-posts/2023-03-31': 'holds',
    'posts/head/all-posts-change/2024-03-31': 'holds',
    'posts/programmes/all-posts-change/2024-03-31': 'holds',
  })
  for (const [at, cell] of document.cells.entries()) {
    const cells = document.cells.with(at, { ...cell, steps: cell.steps! + 1 })
    assert.notEqual(failing({ ...document, cells }).length, 0, `${cell.id} can be wrong and nobody sees it`)
  }
})

test('what is contracted out is at most what is done', () => {
  const indicators = (outsourced: number) => {
    const rows: RowShape[] = [
      ['indicator:1.6', [], [23451], { label: 'value of work undertaken during the year' }],
      ['indicator:1.7', [], [outsourced], { label: 'value of work outsourced during the year' }],
    ]
    return aDocument([
      aTable(rows, { place: 'indicators', unit: 'million', decimals: 1, columns: [{ measure: 'indicator' }] }),
    ])
  }
  assert.deepEqual(failing(indicators(21680)), [])
  assert.equal(failing(indicators(23452)).length, 1)
})

test('a table of 3,500 rows is checked in well under a second, also when every subtotal is wrong', () => {
  const rows: RowShape[] = []
  const groups = Array.from({ length: 70 }, (_, group) => `group:${group}`)
  for (const [group, name] of groups.entries()) {
    const lines = Array.from({ length: 50 }, (_, line) => `line:${group}.${line}`)
    for (const [line, subject] of lines.entries())
      rows.push([subject, [], [line, group, line + group, line === 7 ? null : 1]])
    rows.push([name, lines, [1225, group * 50, 1225 + group * 50, 50]])
  }
  rows.push(['head', groups, [1225 * 70, 50 * 2415, 1225 * 70 + 50 * 2415, 3500]])
  const sound = aDocument([aTable(rows, { line: 1 })])
  const broken = {
    ...sound,
    cells: sound.cells.map((cell) => (cell.subject.startsWith('group:') ? { ...cell, steps: cell.steps! + 3 } : cell)),
  }
  for (const [document, fails] of [
    [sound, 0],
    [broken, 280 - 70 + 4],
  ] as const) {
    const check = checkDocument(document)
    assert.equal(check.identities.filter(({ outcome }) => outcome === 'fails').length, fails)
  }
})
