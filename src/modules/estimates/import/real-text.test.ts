import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Value } from 'typebox/value'
import { cellAt, found, imported, realBytes, rowsOf, show, withoutRealText } from '../testing/texts.ts'
import { EstimatesDocument } from '../types.ts'

describe('the real text of a Head', { skip: withoutRealText }, () => {
  const document = withoutRealText ? undefined! : imported(realBytes())

  test('is a valid document with every table, and nothing in it is unknown', () => {
    assert.equal(Value.Check(EstimatesDocument, document), true)
    assert.deepEqual([document.year, document.head, document.language], ['2023-24', '47', 'zh-Hant'])
    assert.deepEqual(
      document.tables.map(({ id, rows, columns }) => [id, rows.length, columns.length]),
      [
        ['programme.1', 1, 4],
        ['targets.1', 1, 4],
        ['indicators.1', 8, 6],
        ['programme.2', 1, 4],
        ['programme.3', 1, 4],
        ['analysis', 5, 4],
        ['subheads', 14, 4],
        ['breakdown.000', 14, 4],
        ['commitments', 6, 4],
      ],
    )
    assert.equal(document.cells.length, 183)
    assert.deepEqual(
      document.findings.filter(({ kind }) => kind === 'unknown'),
      [],
    )
  })

  test('has every row of the subhead table, with its sums, and a hole where the lost column was', () => {
    assert.deepEqual(rowsOf(document, 'subheads'), [
      'group account:operating: · | · | · | ·',
      'group group:recurrent: · | · | · | ·',
      'line subhead:000: 1,070,782 | 1,305,321 | 1,295,321 | ∅',
      'subtotal group:recurrent: 1,070,782 | 1,305,321 | 1,295,321 | ∅ ← subhead:000',
      'group group:non-recurrent: · | · | · | ·',
      'line subhead:700: 133,849 | 410,946 | 199,862 | ∅',
      'subtotal group:non-recurrent: 133,849 | 410,946 | 199,862 | ∅ ← subhead:700',
      'subtotal account:operating: 1,204,631 | 1,716,267 | 1,495,183 | ∅ ← group:recurrent + group:non-recurrent',
      'group account:capital: · | · | · | ·',
      'group group:plant: · | · | · | ·',
      'line subhead:plant.1: 3,875 | — | — | ∅',
      'subtotal group:plant: 3,875 | — | — | ∅ ← subhead:plant.1',
      'subtotal account:capital: 3,875 | — | — | ∅ ← group:plant',
      'total head: 1,208,506 | 1,716,267 | 1,495,183 | ∅ ← account:operating + account:capital',
    ])
    const holes = document.cells.filter(({ status }) => status !== 'printed')
    assert.deepEqual([holes.length, ...new Set(holes.map(({ status }) => status))], [9, 'missing'])
  })

  test('has the indicators under two sets of years, and the group as parent of its four rows', () => {
    assert.deepEqual(rowsOf(document, 'indicators.1'), [
      'line indicator:1.1: 67 | 67 | 67 | · | · | ·',
      'group group:indicators.1.1: · | · | · | · | · | ·',
      'line indicator:1.2: 74.2 | 74.9 | 75.0 | · | · | ·',
      'line indicator:1.3: 100 | 100 | 100 | · | · | ·',
      'line indicator:1.4: 99.2 | 99.2 | 100 | · | · | ·',
      'line indicator:1.5: 99.6 | 99.6 | 99.0 | · | · | ·',
      'line indicator:1.6: · | · | · | 2,345.1 | 2,790.9 | 3,851.4',
      'line indicator:1.7: · | · | · | 2,168.0 | 2,624.9 | 3,466.3',
    ])
    const table = document.tables.find(({ id }) => id === 'indicators.1')!
    assert.deepEqual(
      table.columns.map(({ period }) => `${period.when}.${period.phase}`),
      ['2021.actual', '2022.actual', '2023.estimate', '2021-22.actual', '2022-23.revised', '2023-24.estimate'],
    )
    assert.deepEqual(
      table.rows.map(({ group }) => group ?? '–'),
      [
        '–',
        '–',
        'group:indicators.1.1',
        'group:indicators.1.1',
        'group:indicators.1.1',
        'group:indicators.1.1',
        '–',
        '–',
      ],
    )
  })

  test('has the breakdown of the subhead and the commitments', () => {
    const breakdown = rowsOf(document, 'breakdown.000')
    assert.equal(
      breakdown.at(-1),
      `total subhead:000: 1,070,782 | 1,305,321 | 1,295,321 | 1,357,294 ← ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `line:000.${n}`).join(' + ')}`,
    )
    assert.deepEqual(rowsOf(document, 'commitments').slice(2), [
      'line commitment:801: 25,300 | 12,201 | 3,200 | 9,899',
      'line commitment:802: 50,000 | — | — | 50,000',
      'line commitment:894: 1,100,000 | 211,431 | 196,662 | 691,907',
      'total commitments: 1,175,300 | 223,632 | 199,862 | 751,806 ← commitment:801 + commitment:802 + commitment:894',
    ])
    assert.deepEqual(
      document.footnotes.map(({ mark, subjects, lines }) => [mark, ...subjects, lines.from]),
      [
        ['#', 'commitment:802', 269],
        ['¶', 'commitment:894', 271],
      ],
    )
  })

  // biome-ignore format: matrix
  const figures: [id: string, shown: string][] = [
    ['cover/head/provision/2023-24.estimate', '7 18.098 = 18098/3 hundred-million'],
    ['cover/head/posts/2023-03-31.asAt', '8 709 = 709/0 post'],
    ['cover/head/posts/2024-03-31.asAt', '8 735 = 735/0 post'],
    ['cover/head/posts-change/2024-03-31.asAt~2023-03-31.asAt', '8 26 = 26/0 post'],
    ['cover/head/salary-ceiling/2023-24.estimate', '8 5.191 = 5191/3 hundred-million'],
    ['cover/head/directorate-posts/2024-03-31.asAt', '9 15 = 15/0 post'],
    ['cover/commitments/balance/2023-24.estimate', '10 7.518 = 7518/3 hundred-million'],
    ['programme/programme:1/provision/2022-23.revised', '29 1,031.2 = 10312/1 million'],
    ['programme/programme:1/provision-rate/2022-23.revised~2022-23.original', '29 -0.6% = -6/1 rate'],
    ['programme/programme:1/provision-rate/2023-24.estimate~2022-23.revised', '29 -6.9% = -69/1 rate'],
    ['programme/programme:1/provision-rate/2023-24.estimate~2022-23.original', '30 7.5 = -75/1 rate'],
    ['targets/target:1.1/target/2023-24.plan', '60 100 = 100/0 share'],
    ['targets/target:1.1/target/2023.plan', '60 100 = 100/0 share'],
    ['indicators/indicator:1.2/indicator/2021.actual', '67 74.2 = 742/1 share'],
    ['indicators/indicator:1.6/indicator/2023-24.estimate', '72 3,851.4 = 38514/1 million'],
    ['programme/programme:2/provision-rate/2023-24.estimate~2022-23.original', '91 4.7 = 47/1 rate'],
    ['programme/programme:3/provision-rate/2023-24.estimate~2022-23.revised', '122 +147.4% = 1474/1 rate'],
    ['analysis/programme:3/provision/2023-24.estimate', '166 240.0 = 2400/1 million'],
    ['analysis/head/provision/2023-24.estimate', '167 1,809.8 = 18098/1 million'],
    ['analysis/head/provision-rate/2023-24.estimate~2022-23.revised', '167 +21.0% = 210/1 rate'],
    ['analysis/head/provision-rate/2023-24.estimate~2022-23.original', '169 5.4 = 54/1 rate'],
    ['prose/programme:1/provision-change/2023-24.estimate~2022-23.revised', '176 7,110 = -7110/0 ten-thousand'],
    ['prose/programme:1/provision-rate/2023-24.estimate~2022-23.revised', '176 6.9 = -69/1 rate'],
    ['prose/programme:1/all-posts-change/2024-03-31.asAt~2023-03-31.asAt', '176 26 = 26/0 post'],
    ['prose/programme:2/provision-change/2023-24.estimate~2022-23.revised', '181 2.427 = 2427/3 hundred-million'],
    ['prose/programme:2/all-posts-change/2024-03-31.asAt~2023-03-31.asAt', '181 2 = -2/0 post'],
    ['prose/programme:3/provision-change/2023-24.estimate~2022-23.revised', '186 1.430 = 1430/3 hundred-million'],
    ['subheads/subhead:000/provision/2021-22.actual', '210 1,070,782 = 1070782/0 thousand'],
    ['subheads/subhead:plant.1/provision/2022-23.revised', '218 — = 0/0 thousand nil'],
    ['subheads/subhead:plant.1/provision/2023-24.estimate', '218 ∅ = missing'],
    ['subheads/head/provision/2022-23.original', '221 1,716,267 = 1716267/0 thousand'],
    ['notes/head/provision/2023-24.estimate', '227 1,809,824,000 = 1809824000/0 dollar'],
    ['notes/head/provision-change/2023-24.estimate~2022-23.revised', '227 314,641,000 = 314641000/0 dollar'],
    ['notes/head/provision-change/2023-24.estimate~2021-22.actual', '227 601,318,000 = 601318000/0 dollar'],
    ['notes/subhead:000/provision/2023-24.estimate', '233 1,357,294,000 = 1357294000/0 dollar'],
    ['notes/head/all-posts/2023-03-31.asAt', '235 724 = 724/0 post'],
    ['notes/head/all-posts-change/2024-03-31.asAt~2023-03-31.asAt', '235 26 = 26/0 post'],
    ['notes/head/salary-ceiling/2023-24.estimate', '235 519,066,000 = 519066000/0 dollar'],
    ['breakdown/line:000.9/provision/2022-23.original', '252 101,100 = 101100/0 thousand'],
    ['commitments/commitment:802/approved/2023-24.estimate', '265 50,000 = 50000/0 thousand'],
    ['commitments/commitment:801/accumulated/2022-03-31.accumulated', '264 12,201 = 12201/0 thousand'],
    ['commitments/commitments/revised-spending/2022-23.revised', '267 199,862 = 199862/0 thousand'],
    ['footnote/commitment:894/approved-before/2023-24.estimate', '271 8 = 8/0 hundred-million'],
    ['footnote/commitment:894/approved-increase/2023-24.estimate', '271 3 = 3/0 hundred-million'],
  ]
  for (const [id, shown] of figures) {
    test(`knows ${id} with its line`, () => {
      assert.equal(show(cellAt(document, id)), shown)
    })
  }

  test('keeps the prose: aims, lists whole across page breaks, explanations, the area that serves all programmes', () => {
    const shape = document.programmes.map(({ number, aim, description, done, attention, explanation }) => [
      number,
      aim!.number,
      description.map((one) => one.number).join(),
      done!.number,
      done!.items.length,
      attention!.number,
      attention!.items.length,
      explanation!.lines.from,
    ])
    assert.deepEqual(shape, [
      [1, 2, '3,5', 4, 10, 6, 8, 176],
      [2, 7, '8', 9, 5, 10, 5, 181],
      [3, 11, '12', 13, 8, 14, 9, 186],
    ])
    assert.deepEqual(
      document.policyAreas.map(({ number, programmes }) => [number, ...programmes]),
      [[17, 1, 2, 3]],
    )
    assert.deepEqual(
      document.notes.map(({ number }) => number ?? '–'),
      ['–', 2, 3, 4],
    )
    assert.equal(document.controllingOfficer?.lines.from, 5)
    assert.deepEqual(
      document.charts.map(({ kind, lines }) => `${kind} ${lines.from}-${lines.to}`),
      ['provision 189-190', 'staff 194-195', 'establishment 199-200'],
    )
  })

  // biome-ignore format: matrix
  const losses: [what: string, finding: string][] = [
    ['the last column of the subhead table', 'column-lost 210-221'],
    ['the code of the uncoded row', 'code-lost 218'],
    ['the blank column of the indicators', 'blank-column-dropped 64'],
    ['the second header of the indicators', 'header-inside-table 71'],
    ['the chart of provision', 'chart-provision-lost 189-190'],
    ['the staff of each programme', 'chart-staff-lost 194-195'],
    ['the chart of the establishment', 'chart-establishment-lost 199-200'],
    ['the policy area between two programmes', 'policy-area-placed 18'],
    ['the page header inside a list', 'page-header-removed 50'],
    ['the page header as a plain line', 'page-header-removed 204'],
    ['the list cut by a page header', 'list-over-header 49-51'],
    ['the list one level deeper', 'list-over-nesting 53'],
    ['the list cut by a blank line', 'list-over-blank 141'],
    ['paragraph 5 inside the list', 'paragraph-detached 55'],
    ['paragraph 6 inside the list', 'paragraph-detached 77'],
    ['paragraph 14 as a heading', 'paragraph-detached 147'],
    ['paragraph 1 of the report', 'paragraph-implied 34'],
    ['paragraph 1 of the notes', 'paragraph-implied 233'],
    ['the percentage over two cells', 'percentage-joined 30'],
    ['the percentage over two lines', 'percentage-joined 169-170'],
    ['the percentages glued to amounts', 'percentages-detached 167'],
    ['the leaders', 'leaders-stripped 7'],
    ['the tags', 'tags-stripped 163'],
    ['the escaped dollars', 'escapes-stripped 207'],
    ['the marks glued to numbers', 'marks-detached 265-266'],
    ['the simplified character', 'glyph-simplified 69'],
    ['the wrapped name', 'name-joined 249'],
    ['the wrapped total', 'name-joined 219'],
    ['the fused header', 'header-fused 259-261'],
    ['the heading of programme 2', 'heading-styles 87'],
    ['the heading of programme 3', 'heading-styles 119'],
    ['the bold aim', 'heading-styles 93'],
    ['the note that looks like a heading', 'note-read 269'],
    ['the total without a name', 'label-empty 167'],
    ['the two names of one plan', 'names-nearly-equal 104'],
  ]
  for (const [what, finding] of losses) {
    test(`reports ${what}`, () => {
      assert.ok(found(document).includes(finding), `no ${finding}`)
    })
  }

  test('says why it is the last column that is lost', () => {
    const { values } = document.findings.find(({ code }) => code === 'column-lost')!
    assert.match(String(values.column), /^2023-24/)
    assert.deepEqual([values.expected, values.found, values.rows, values.broken], [4, 3, 9, 0])
    assert.ok(Number(values.held) >= 10 && Number(values.otherBroken) > 0)
  })

  test('has no finding on its targets, where nothing is lost', () => {
    const { lines } = document.tables.find(({ id }) => id === 'targets.1')!
    assert.deepEqual(
      document.findings.filter((one) => one.lines.from <= lines.to && one.lines.to >= lines.from),
      [],
    )
  })

  test('gives the same document each time, whatever its line ends', () => {
    assert.deepEqual(imported(realBytes()), document)
    const windows = imported(Buffer.from(`\ufeff${Buffer.from(realBytes()).toString().replaceAll('\n', '\r\n')}`))
    assert.deepEqual({ ...windows, source: document.source }, document)
  })

  test('never takes another column for the lost one when a single digit is wrong, in a figure or in a heading', () => {
    const text = Buffer.from(realBytes()).toString()
    // Every fifth digit, as all of them take seven seconds.
    const digits = [...text.matchAll(/\d/g)].filter((_, index) => index % 5 === 0).map(({ index }) => index)
    for (const at of digits) {
      const wrong = (Number(text[at]) + 1) % 10
      const mutant = imported(`${text.slice(0, at)}${wrong}${text.slice(at + 1)}`)
      const holes = mutant.cells.filter(({ place, printed }) => place === 'subheads' && printed === null)
      const phases = new Set(holes.map(({ status, period }) => `${status} ${period.phase}`))
      // A misprinted heading hides its column, lost or not; the others must stay what they are.
      const line = text.slice(0, at).split('\n').length
      assert.deepEqual(
        [...phases].filter((phase) => phase !== 'missing estimate'),
        [],
        `line ${line}`,
      )
    }
  })
})
