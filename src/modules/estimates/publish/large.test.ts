import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { english } from '../testing/texts.ts'
import { aMapping, aText, multipart } from '../testing/uploads.ts'
import type { EstimatesData, HeadData, YearData } from './shapes.ts'

/* Whatever was imported, a page stays small: sums of hundreds of terms, tables of hundreds of rows, years of many Heads. */

const { app, as } = await start({ pack: 'hongkong' })
const officer = await as('estimates:import-document', 'estimates:explain-difference')
const rowsOfHead = 400
const headsOfYear = 120
const at = '/estimates/2012-13/900'

const page = async (path: string) => {
  const response = await app.inject({ url: `/en${path}`, headers: { accept: 'text/html' } })
  assert.equal(response.statusCode, 200, `${path} answers ${response.statusCode}`)
  return response.body
}
const data = async <Data>(path: string): Promise<Data> => (await app.inject({ url: path })).json()
const count = (body: string, pattern: RegExp) => [...body.matchAll(pattern)].length
const numbersUpTo = (end: number) => Array.from({ length: end }, (_, at) => at + 1)

async function send(lines: readonly string[], rows: 'programmes' | 'subheads'): Promise<void> {
  const table = ['year,head,title,programme,name,actual,original,revised,estimate', ...lines].join('\n')
  const { field, name, content } = aMapping()
  const form = multipart([
    { field: 'file', name: 'heads.csv', content: table },
    { field, name, content: String(content).replace('rows: programmes', `rows: ${rows}`) },
  ])
  const headers = { ...form.headers, ...officer }
  const { payload } = form
  const response = await app.inject({ method: 'POST', url: '/estimates/import', headers, payload })
  assert.equal(response.statusCode, 201, response.body)
}

const amounts = (one: number) => [1, 2, 3, 4].map((column) => (one * column).toFixed(1)).join(',')
await send(
  [
    ...numbersUpTo(rowsOfHead).map((row) => `2012-13,900,Quays,${100 + row},Quay ${row} of many,${amounts(row)}`),
    `2012-13,900,Quays,total,,${amounts((rowsOfHead * (rowsOfHead + 1)) / 2)}`,
  ],
  'subheads',
)
await send(
  numbersUpTo(headsOfYear).flatMap((head) => [
    `2010-11,${head},Office ${head} for lamps,1,Lamps,${amounts(head)}`,
    // One total is wrong.
    `2010-11,${head},Office ${head} for lamps,total,,${amounts(head === 77 ? 78 : head)}`,
  ]),
  'programmes',
)

test('a Head of 400 rows under one total is a page of bounded size, in HTML and as data', async () => {
  const body = await page(at)
  assert.ok(body.length < 3_000_000, `${body.length} bytes`)
  const twin = (await app.inject({ url: at })).body
  assert.ok(twin.length < 2000 * rowsOfHead, `${twin.length} bytes`)
})

test('numbers of a long table open to their provenance in place, where a long sum leads to all of its terms', async () => {
  const body = await page(at)
  const rows = count(body, /<tr id="subhead-/g)
  assert.ok(rows >= 100 && rows < rowsOfHead, `${rows} rows`)
  // The total is shown too, and each row has four numbers.
  assert.ok(count(body, /<details class="provenance"/g) >= 4 * (rows + 1))
  const panel = body.split('<details class="provenance"').find((each) => each.includes('Quay 100 of many, provision'))!
  assert.match(panel, /and 393 more/)
  assert.match(panel, /equation__label">[^<]*(?:<[^>]+>)*[^<]*Quay 100 of many/)
  const [, total] = /href="\/en([^"]*\/cells\/subheads\/head\/[^"]*)"[^>]*>and 393 more/.exec(panel)!
  assert.ok((await page(total!)).includes('Quay 100 of many'))
  assert.ok((await page(`${total}?page=4`)).includes('Quay 400 of many'))
})

test('every row of a long table is on a page of its own, with its numbers', async () => {
  assert.match(await page(at), /href="\/en\/estimates\/2012-13\/900\/rows\/subheads"[^>]*>All 401 rows/)
  const body = await page(`${at}/rows/subheads?page=4`)
  assert.match(body, /Quay 400 of many/)
  assert.doesNotMatch(body, /<tr id="subhead-400"/)
  assert.equal(count(body, /<tr id="subhead-/g), 100)
  assert.ok(count(body, /<details class="provenance"/g) >= 400)
  assert.equal((await app.inject({ url: `${at}/rows/nothing` })).statusCode, 404)
})

test('what is printed of a Head holds every row, and numbers that do not open', async () => {
  const body = await page(`${at}?figures=false`)
  assert.equal(count(body, /<tr id="subhead-/g), rowsOfHead)
  assert.doesNotMatch(body, /All 401 rows|class="provenance"/)
})

test('a year of many Heads is paged, and the front page leads to it', async () => {
  const { years } = await data<EstimatesData>('/estimates')
  assert.deepEqual(
    years.map(({ year, count, heads }) => [year, count, heads.length]),
    [
      ['2023-24', 1, 1],
      ['2012-13', 1, 1],
      ['2010-11', headsOfYear, 10],
    ],
  )
  assert.match(await page('/estimates'), /href="\/en\/estimates\/2010-11"[^>]*>All 120 Heads/)
  const second = await data<YearData>('/estimates/2010-11?page=2')
  assert.deepEqual([second.page, second.pages, second.heads[0]?.head, second.heads.length], [2, 3, '51', 50])
  assert.match(await page('/estimates/2010-11?page=2'), /href="\/en\/estimates\/2010-11\?page=3"/)
  assert.equal((await data<YearData>('/estimates/2010-11?page=99')).page, 3)
})

const filters: [query: string, heads: string[]][] = [
  ['77', ['77']],
  ['077', ['77']],
  ['Head 77', ['77']],
  ['OFFICE 120', ['120']],
  ['zebra', []],
]
for (const [query, heads] of filters)
  test(`looking for “${query}” among the Heads of a year finds ${heads.join() || 'none'}`, async () => {
    const found = await data<YearData>(`/estimates/2010-11?q=${encodeURIComponent(query)}`)
    assert.deepEqual([found.heads.map(({ head }) => head), found.found, found.count], [heads, heads.length, 120])
  })

test('the filter is a form that works by itself', async () => {
  const body = await page('/estimates/2010-11?q=Office+5')
  assert.match(body, /<form action="\/en\/estimates\/2010-11">/)
  assert.match(body, /name="q" value="Office 5"/)
})

test('a list says at once what somebody signed', async () => {
  const countsOf = async () => (await data<YearData>('/estimates/2010-11?q=77')).heads[0]!.counts
  const before = await countsOf()
  assert.ok(before.fails > 0)
  const checks = await data<HeadData>('/estimates/2010-11/77/checks')
  const failing = checks.identities.find(({ id, outcome }) => outcome === 'fails' && checks.differences[id])!
  const response = await app.inject({
    method: 'POST',
    url: '/en/estimates/2010-11/77/explain',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...officer },
    payload: new URLSearchParams({
      identity: failing.id,
      difference: checks.differences[failing.id]!,
      reason: 'other',
      explanation: 'One lamp is counted twice.',
      source: 'Paper 1',
    }).toString(),
  })
  assert.equal(response.statusCode, 303, response.body)
  const after = await countsOf()
  assert.deepEqual([after.fails, after.explained], [before.fails - 1, before.explained + 1])
})

test('a search folds what it looks through once, and finds what is imported afterwards', async (context) => {
  const titles = async (text: string) => {
    const response = await app.inject({ url: `/en/search?q=${text}` })
    assert.equal(response.statusCode, 200)
    return response.body
  }
  const before = await titles('lamps')
  assert.match(before, /Office 1 for lamps/)
  const folding = context.mock.method(String.prototype, 'normalize')
  assert.equal(await titles('lamps'), before)
  assert.ok(folding.mock.callCount() < rowsOfHead, `${folding.mock.callCount()} texts`)
  folding.mock.restore()
  await send([`2011-12,1,Office of beacons,1,Beacons,${amounts(1)}`], 'programmes')
  assert.match(await titles('beacons'), /Office of beacons/)
})

test('a print of more rows than a browser can lay out says how many it holds, and leads to the rest', async () => {
  const head = '\t\t2023 (Actual)\t2024 (Actual)\t2025 (Estimate)\n'
  const rows = numbersUpTo(2100).map((row) => `Sluices of quay ${row} lit .....\t${row}\t${row}\t${row}\n`)
  const form = multipart([aText(english().replace(head, head + rows.join('')))])
  const headers = { ...form.headers, ...officer }
  await app.inject({ method: 'POST', url: '/estimates/import', headers, payload: form.payload })
  const body = await page('/estimates/2025-26/33?figures=false')
  const [, shown] = /This print holds the first (\d+) rows and the totals\./.exec(body)!
  assert.equal(count(body, /Sluices of quay \d+ lit/g), Number(shown))
  assert.ok(Number(shown) > 1500)
})
