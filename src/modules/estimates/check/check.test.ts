import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import type { Cell, EstimatesDocument } from '../types.ts'
import { checkDocument, DocumentCheck, type ExplainedException, Report, toReport } from './check.ts'
import { aCell, aDocument, aTable, type RowShape } from './made-document.ts'

// The subhead table of the real document, as printed before its last column was lost.
// biome-ignore format: matrix
const subheads: RowShape[] = [
  ['subhead:000',         [],                                          [1070782, 1305321, 1295321, 1357294]],
  ['group:recurrent',     ['subhead:000'],                             [1070782, 1305321, 1295321, 1357294]],
  ['subhead:700',         [],                                          [ 133849,  410946,  199862,  452530]],
  ['group:non-recurrent', ['subhead:700'],                             [ 133849,  410946,  199862,  452530]],
  ['account:operating',   ['group:recurrent', 'group:non-recurrent'],  [1204631, 1716267, 1495183, 1809824]],
  ['group:minor',         [],                                          [   3875,     '—',     '—',     '—']],
  ['account:capital',     ['group:minor'],                             [   3875,     '—',     '—',     '—']],
  ['head',                ['account:operating', 'account:capital'],    [1208506, 1716267, 1495183, 1809824]],
]
const withoutLastColumn = subheads.map(
  ([subject, sumOf, steps]): RowShape => [subject, sumOf, [...steps.slice(0, 3), null]],
)

const notes = [
  aCell({ place: 'notes', subject: 'subhead:000', unit: 'dollar', steps: 1_357_294_000, line: 50 }),
  aCell({ place: 'notes', subject: 'head', unit: 'dollar', steps: 1_809_824_000, line: 51 }),
]
const inMillions = (steps: number, place: Cell['place'] = 'cover', line = 1) =>
  aCell({
    place,
    subject: 'head',
    unit: place === 'cover' ? 'hundred-million' : 'million',
    decimals: place === 'cover' ? 3 : 1,
    steps,
    line,
  })

const outcomes = (document: EstimatesDocument) =>
  Object.fromEntries(checkDocument(document).identities.map(({ id, outcome }) => [id, outcome]))
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

test('a lost column comes back: what identities prove is derived, and the nil that a row suggests is inferred', () => {
  assert.deepEqual(recovered(aDocument([aTable(withoutLastColumn)], notes)), {
    'subhead:000': ['derived', 1357294],
    'group:recurrent': ['derived', 1357294],
    'subhead:700': ['derived', 452530],
    'group:non-recurrent': ['derived', 452530],
    'account:operating': ['derived', 1809824],
    'group:minor': ['inferred', 0],
    'account:capital': ['inferred', 0],
    head: ['derived', 1809824],
  })
})

test('what rests on an inference names it beside the identities', () => {
  const cells = checkDocument(aDocument([aTable(withoutLastColumn)], notes)).cells
  const general = cells.find(({ subject, status }) => subject === 'subhead:700' && status === 'derived')!
  assert.ok(general.because.includes('nil/subheads/group:minor/provision/2023-24.estimate'))
  assert.ok(general.because.includes('same/subhead:000/provision/2023-24.estimate/subheads~notes'))
  assert.ok(general.because.includes('same/head/provision/2023-24.estimate/subheads~notes'))
  const proved = cells.find(({ subject, status }) => subject === 'subhead:000' && status === 'derived')!
  assert.deepEqual(proved.because, ['same/subhead:000/provision/2023-24.estimate/subheads~notes'])
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
  // what is printed                                                    outcome
  ['the exact amount rounds to the total',      18098, 18098, 1809824,  'holds'],
  ['the column was forced up by one unit',      18099, 18099, 1809824,  'rounding'],
  ['the column was forced down by one unit',    18097, 18097, 1809824,  'rounding'],
  ['two units are too many',                    18100, 18100, 1809824,  'fails'],
  ['the total does not add up, so no excuse',   18099, 18098, 1809824,  'fails'],
] as const

for (const [what, total, parts, exact, outcome] of rounded)
  test(`across units, ${what}: ${outcome}`, () => {
    const rows: RowShape[] = [
      ['programme:1', [], [1, 2, 3, 8000]],
      ['programme:2', [], [1, 2, 3, parts - 8000]],
      ['head', ['programme:1', 'programme:2'], [2, 4, 6, total]],
    ]
    const analysis = aTable(rows, { place: 'analysis', unit: 'million', decimals: 1, line: 30 })
    const document = aDocument([aTable([['head', [], [200, 400, 600, exact]]]), analysis])
    assert.equal(outcomes(document)['same/head/provision/2023-24.estimate/analysis~subheads'], outcome)
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

const commitmentColumns = [
  { measure: 'approved' },
  { measure: 'accumulated', period: { when: '2022-03-31', phase: 'accumulated' } },
  { measure: 'revised-spending', period: revised },
  { measure: 'balance' },
] as const
// biome-ignore format: matrix
const commitmentRows: RowShape[] = [
  ['subhead:700',    [],                                                      [],                                { role: 'group', code: '700' }],
  ['commitment:801', [],                                                      [  25300,  12201,   3200,   9899]],
  ['commitment:802', [],                                                      [  50000,    '—',    '—',  50000]],
  ['commitment:894', [],                                                      [1100000, 211431, 196662, 691907]],
  ['commitments',    ['commitment:801', 'commitment:802', 'commitment:894'],  [1175300, 223632, 199862, 751806]],
]
const commitments = () => aTable(commitmentRows, { place: 'commitments', columns: [...commitmentColumns], line: 40 })

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

const wrongCover = () => aDocument([aTable(subheads)], [inMillions(18131)])
const anException = (shape: Partial<ExplainedException> = {}): ExplainedException => ({
  identity: 'same/head/provision/2023-24.estimate/cover~subheads',
  difference: '0.033',
  reason: 'transfer',
  explanation: 'A post moved from another Head after printing.',
  source: 'Reply ITB001',
  signedBy: 'The controlling officer',
  signedAt: '2023-03-01T00:00:00.000Z',
  ...shape,
})

test('a signed explanation of exactly this difference turns a failure into an explained one', () => {
  const check = checkDocument(wrongCover(), { exceptions: [anException()] })
  assert.equal(check.identities.find(({ id }) => id === anException().identity)?.outcome, 'explained')
  const report = toReport(wrongCover(), check, 'en')
  assert.equal(report.fails.length, 0)
  assert.equal(report.holds, 21)
  assert.match(
    report.warnings[0]!.sentence,
    /Explained: A post moved .* \(Reply ITB001; signed by The controlling officer\)/,
  )
})

test('an explanation of another difference, or of an identity that holds, does not apply and says so', () => {
  for (const exception of [
    anException({ difference: '0.032' }),
    anException({ identity: 'sum/subheads/head/2021-22.actual' }),
  ]) {
    const check = checkDocument(wrongCover(), { exceptions: [exception] })
    assert.deepEqual([check.explained, check.stale], [[], [exception]])
    const report = toReport(wrongCover(), check, 'en')
    assert.equal(report.fails.length, 1)
    assert.deepEqual(
      report.warnings.map(({ kind }) => kind),
      ['exception'],
    )
  }
})

test('the report counts, says each thing in the language asked for, and fits its schema', () => {
  const document = aDocument([aTable(withoutLastColumn), commitments()], [...notes, inMillions(18099)])
  const check = checkDocument(document)
  assert.ok(Value.Check(DocumentCheck, check))
  for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
    const report = toReport(document, check, language)
    assert.ok(Value.Check(Report, report))
    const counted = report.holds + report.fails.length + report.cannotBeChecked.length
    assert.equal(counted, check.identities.length)
    assert.equal(report.derived.length, 8)
  }
  const [fails] = toReport(document, check, 'zh-Hant').fails
  assert.equal(
    fails!.sentence,
    '總目 47撥款，2023-24 (預算)（見於總目開首和按分目列出的開支詳情）：1,809,824,000 元，四捨五入 = 18.098 億元，但刊印的是 18.099。',
  )
  assert.deepEqual(fails!.values, { stated: '18.099', computed: '18.098', difference: '0.001' })
  assert.deepEqual(fails!.suspects?.[0], {
    cell: 'cover/head/provision/2023-24.estimate',
    printed: '18.099',
    value: '18.098',
    sentence: '總目 47撥款，2023-24 (預算)，第 1 行：刊印 18.099；如為 18.098，所有等式成立。',
    lines: { from: 1, to: 1 },
  })
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
    const start = process.cpuUsage()
    const check = checkDocument(document)
    const { user, system } = process.cpuUsage(start)
    assert.equal(check.identities.filter(({ outcome }) => outcome === 'fails').length, fails)
    assert.ok((user + system) / 1000 < 900, `took ${(user + system) / 1000} ms`)
  }
})
