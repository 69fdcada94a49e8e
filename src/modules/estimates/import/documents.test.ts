import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Value } from 'typebox/value'
import { cellAt, chinese, english, found, imported, rowsOf, show } from '../testing/texts.ts'
import { EstimatesDocument } from '../types.ts'

const unknown = (document: EstimatesDocument) => document.findings.filter(({ kind }) => kind === 'unknown')

describe('our Chinese document, with traps of its own', () => {
  const document = imported(chinese())

  test('is valid, of its own Head and year, and nothing in it is unknown', () => {
    assert.equal(Value.Check(EstimatesDocument, document), true)
    assert.deepEqual([document.year, document.head, document.language], ['2025-26', '71', 'zh-Hant'])
    assert.deepEqual(unknown(document), [])
  })

  test('loses the first column of the analysis, where positions say the last one', () => {
    assert.deepEqual(rowsOf(document, 'analysis').slice(1), [
      'line programme:1: ∅ | 178.4 | 175.9 | 196.2',
      'line programme:2: ∅ | 131.7 | 126.0 | 152.9',
      'line programme:3: ∅ | 70.2 | 68.3 | 81.3',
      'total head: ∅ | 380.3 | 370.2 | 430.4 ← programme:1 + programme:2 + programme:3',
    ])
    assert.deepEqual(found(document, 'column-lost'), ['column-lost 123-126'])
  })

  test('joins names and totals that wrap over lines, and a table that a page header cuts', () => {
    const table = document.tables.find(({ id }) => id === 'subheads')!
    const row = (subject: string, role: string) =>
      table.rows.find((one) => one.subject === subject && one.role === role)!
    assert.deepEqual(
      [row('subhead:603', 'line').label, row('subhead:603', 'line').lines],
      ['機器、車輛及設備 （大額項目）', { from: 171, to: 172 }],
    )
    assert.deepEqual(
      [row('group:plant', 'subtotal').label, row('group:plant', 'subtotal').sumOf],
      ['機器、設備及工程開支總額', ['subhead:603', 'subhead:plant.1']],
    )
    assert.deepEqual(found(document, 'table-over-header'), ['table-over-header 162-164'])
    const breakdown = document.tables.find(({ id }) => id === 'breakdown.000')!
    assert.equal(breakdown.rows.find(({ subject }) => subject === 'line:000.7')!.label, '館藏購置及館藏修復')
    assert.equal(document.programmes[2]!.name, '閱讀推廣及社區伙伴')
  })

  test('reads full-width digits and keeps how they are printed', () => {
    assert.equal(show(cellAt(document, 'cover/head/posts/2025-03-31.asAt')), '7 ４１２ = 412/0 post')
    assert.equal(show(cellAt(document, 'cover/head/posts-change/2026-03-31.asAt~2025-03-31.asAt')), '7 ３ = -3/0 post')
    assert.equal(
      show(cellAt(document, 'indicators/indicator:1.2/indicator/2023.actual')),
      '65 8,１０６ = 8106/0 number',
    )
    assert.equal(
      show(cellAt(document, 'prose/programme:2/all-posts-change/2026-03-31.asAt~2025-03-31.asAt')),
      '139 兩 = 2/0 post',
    )
  })

  test('tells nil from lost', () => {
    assert.equal(
      show(cellAt(document, 'subheads/subhead:plant.1/provision/2025-26.estimate')),
      '173 — = 0/0 thousand nil',
    )
    assert.equal(show(cellAt(document, 'targets/target:1.2/target/2024.actual')), '58 ∅ = missing')
    assert.deepEqual(found(document, 'cell-lost'), ['cell-lost 58'])
  })

  test('keeps a number that begins a list item, and takes the paragraph number that only looks like one', () => {
    const { done, description } = document.programmes[0]!
    assert.equal(done!.items[1]!.text, '2 間社區圖書館完成翻新，並重新開放；')
    assert.deepEqual(
      description.map(({ number }) => number),
      [3, 5],
    )
  })

  test('gives each policy area its programmes, and the shared one those without their own', () => {
    assert.deepEqual(
      document.policyAreas.map(({ number, programmes }) => [number, ...programmes]),
      [
        [18, 1],
        [4, 2, 3],
      ],
    )
  })

  test('binds notes to marks other than the usual ones, with amounts below 億', () => {
    assert.deepEqual(
      document.footnotes.map(({ mark, subjects }) => [mark, ...subjects]),
      [
        ['§', 'commitment:805'],
        ['†', 'commitment:871'],
      ],
    )
    assert.equal(
      show(cellAt(document, 'footnote/commitment:871/approved-before/2025-26.estimate')),
      '224 7,600 = 7600/0 ten-thousand',
    )
  })

  test('finds the two names of one plan, and puts back a simplified character', () => {
    const pairs = document.findings
      .filter(({ code }) => code === 'names-nearly-equal')
      .map(({ values }) => [values.one, values.other])
    assert.deepEqual(pairs, [['學校閱讀能力支援計劃', '小學閱讀能力支援計劃']])
    assert.deepEqual(found(document, 'glyph-simplified'), ['glyph-simplified 66'])
  })
})

describe('our English document, with traps of its own', () => {
  const document = imported(english())

  test('is valid, of its own Head and year, and nothing in it is unknown', () => {
    assert.equal(Value.Check(EstimatesDocument, document), true)
    assert.deepEqual([document.year, document.head, document.language], ['2025-26', '33', 'en'])
    assert.deepEqual(unknown(document), [])
  })

  test('loses the third column of the subhead table', () => {
    assert.deepEqual(
      rowsOf(document, 'subheads').filter((row) => !row.startsWith('group')),
      [
        'line subhead:000: 155,228 | 163,575 | ∅ | 165,944',
        'subtotal group:recurrent: 155,228 | 163,575 | ∅ | 165,944 ← subhead:000',
        'line subhead:700: — | 22,000 | ∅ | 31,500',
        'subtotal group:non-recurrent: — | 22,000 | ∅ | 31,500 ← subhead:700',
        'subtotal account:operating: 155,228 | 185,575 | ∅ | 197,444 ← group:recurrent + group:non-recurrent',
        'line subhead:603: — | 3,100 | ∅ | —',
        'line subhead:plant.1: 480 | 600 | ∅ | 650',
        'subtotal group:plant: 480 | 3,700 | ∅ | 650 ← subhead:603 + subhead:plant.1',
        'subtotal account:capital: 480 | 3,700 | ∅ | 650 ← group:plant',
        'total head: 155,708 | 189,275 | ∅ | 198,094 ← account:operating + account:capital',
      ],
    )
  })

  // biome-ignore format: matrix
  const figures: [id: string, shown: string][] = [
    ['cover/head/provision/2025-26.estimate', '5 198.1 = 1981/1 million'],
    ['cover/head/posts/2025-03-31.asAt', '7 187 = 187/0 post'],
    ['cover/head/posts-change/2026-03-31.asAt~2025-03-31.asAt', '7 five = 5/0 post'],
    ['cover/head/directorate-posts/2026-03-31.asAt', '8 four = 4/0 post'],
    ['cover/head/salary-ceiling/2025-26.estimate', '7 109.6 = 1096/1 million'],
    ['programme/programme:1/provision-rate/2025-26.estimate~2024-25.original', '33 8.0 = 80/1 rate'],
    ['programme/programme:2/provision-rate/2025-26.estimate~2024-25.revised', '82 — = 0/1 rate nil'],
    ['programme/programme:2/provision-rate/2025-26.estimate~2024-25.original', '83 5.4 = -54/1 rate'],
    ['indicators/indicator:1.2/indicator/2023.actual', '66 5\u2009007 = 5007/0 number'],
    ['indicators/indicator:1.5/indicator/2025-26.estimate', '71 26.5 = 265/1 million'],
    ['targets/target:1.2/target/2024.actual', '60 — = 0/0 share nil'],
    ['prose/programme:1/provision-change/2025-26.estimate~2024-25.revised', '132 13.3 = 133/1 million'],
    ['prose/programme:2/all-posts-change/2026-03-31.asAt~2025-03-31.asAt', '136 two = -2/0 post'],
    ['prose/programme:3/provision-rate/2025-26.estimate~2024-25.revised', '140 35.0 = 350/1 rate'],
    ['notes/head/provision/2025-26.estimate', '179 198,094,000 = 198094000/0 dollar'],
    ['notes/head/provision-change/2025-26.estimate~2023-24.actual', '179 42,386,000 = 42386000/0 dollar'],
    ['notes/subhead:000/provision/2025-26.estimate', '185 165,944,000 = 165944000/0 dollar'],
    ['notes/head/all-posts/2025-03-31.asAt', '187 191 = 191/0 post'],
    ['commitments/commitment:814/balance/2025-26.estimate', '215 13,700 = 13700/0 thousand'],
    ['footnote/commitment:814/approved-increase/2025-26.estimate', '221 6 = 6/0 million'],
  ]
  for (const [id, shown] of figures) {
    test(`knows ${id} with its line`, () => {
      assert.equal(show(cellAt(document, id)), shown)
    })
  }

  test('reads the commitments with their two columns of numbers, and the skipped paragraph', () => {
    const table = document.tables.find(({ id }) => id === 'commitments')!
    assert.deepEqual(
      table.rows.map(({ subject, code, marks }) => [subject, code ?? '–', ...marks]),
      [
        ['account:operating', '–'],
        ['subhead:700', '700'],
        ['commitment:812', '812', '‡'],
        ['commitment:814', '814', '^'],
        ['commitment:815', '815'],
        ['commitments', '–'],
      ],
    )
    assert.deepEqual(found(document, 'paragraph-skipped'), ['paragraph-skipped 113'])
  })

  test('keeps a number that begins a list item, though it is the next paragraph number', () => {
    assert.equal(document.programmes[0]!.done!.items[1]!.text, '5 automatic stations were moved to higher ground;')
    assert.equal(document.programmes[0]!.description.at(-1)!.number, 5)
  })

  test('finds the two names of one scheme', () => {
    const pairs = document.findings
      .filter(({ code }) => code === 'names-nearly-equal')
      .map(({ values }) => [values.one, values.other])
    assert.deepEqual(pairs, [['Harbour Chart Modernisation Scheme', 'Port Chart Modernisation Scheme']])
  })

  test('has the same lines after CRLF, and the same document twice', () => {
    const windows = imported(`\ufeff${english().replaceAll('\n', '\r\n')}`)
    assert.deepEqual({ ...windows, source: document.source }, document)
    assert.deepEqual(imported(english()), document)
  })
})
