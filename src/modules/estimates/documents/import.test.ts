import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import type { EstimatesData } from '../publish/shapes.ts'
import { chinese } from '../testing/texts.ts'
import { aLargeTable, aMapping, anEnglishText, aTable, aText, multipart } from '../testing/uploads.ts'

const { app, sql, as } = await start()
const officer = await as('estimates:import-document')
const html = { accept: 'text/html' }

const send = (
  parts: Parameters<typeof multipart>[0],
  headers: Record<string, string> = officer,
  url = '/eng/estimates/import',
) => {
  const form = multipart(parts)
  return app.inject({
    method: 'POST',
    url,
    headers: { ...form.headers, ...headers },
    payload: form.payload,
  })
}
/** Everything that an import may change, as counts. */
const state = async () => {
  const [row] = await sql<[Record<string, number>]>`
    select (select count(*)::int from estimates.document) as documents, (select count(*)::int from estimates.cell) as cells,
      (select count(*)::int from estimates.import) as imports, (select count(*)::int from estimates.publication) as publications,
      (select count(*)::int from platform.audit_event where event = 'estimates.document-imported') as acts`
  return { ...row }
}

test('a text that an officer sends is read, checked, published and written in the audit trail', async () => {
  const before = await state()
  const response = await send([aText()], { ...officer, ...html })
  assert.equal(response.statusCode, 303)
  const result = await app.inject({ url: response.headers.location as string, headers: { ...officer, ...html } })
  assert.match(result.body, /head-071\.txt/)
  assert.match(result.body, /line(s)? \d+/)
  const after = await state()
  assert.equal(after.documents, before.documents! + 1)
  assert.equal(after.acts, before.acts! + 1)
  const head = await app.inject({ url: '/estimates/2025-26/71' })
  assert.equal(head.json().source.kind, 'text')
})

test('the result of an import lists every finding of the document with its lines', async () => {
  const sent = await send([aText()])
  const result = await app.inject({ url: `/estimates/imports/${sent.json().import}`, headers: officer })
  const { documents } = result.json()
  const head = await app.inject({ url: '/estimates/2025-26/71' })
  assert.deepEqual(documents[0].findings, head.json().document.findings)
  assert.ok(documents[0].findings.length > 0)
  const page = await app.inject({
    url: `/eng/estimates/imports/${sent.json().import}`,
    headers: { ...officer, ...html },
  })
  const { fails, derived, cannotBeChecked } = documents[0]
  const rows = page.body.match(/<tbody>.*?<\/tbody>/gs)!.join('')
  assert.equal(
    rows.match(/<tr/g)?.length,
    fails.length + derived.length + cannotBeChecked.length + documents[0].findings.length,
  )
})

test('the page of an import opens with what fails, and what holds comes last', async () => {
  const wrong = chinese().replace('430,351', '430,352')
  const { location } = (await send([aText(wrong)], { ...officer, ...html })).headers
  const { body } = await app.inject({ url: location as string, headers: { ...officer, ...html } })
  const order = [
    'Of the identities',
    'Fails (',
    'recovered (',
    'another is possible (',
    'Lost (',
    'provably so (',
    'Identities that hold',
  ]
  const places = order.map((words) => body.indexOf(words))
  assert.ok(!places.includes(-1), String(places))
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  )
  assert.match(body, /430,352/)
  assert.match(body, /Likely at fault/)
})

test('of many Heads those that fail come first, on as many pages as they need', async () => {
  const table = aLargeTable(42 * 8)
  const content = String(table.content).replace(/^(1906-07,83,.*,)3\.3,/m, '$19.9,')
  const sent = await send([{ ...table, content }, aMapping()])
  assert.equal(sent.statusCode, 201, sent.body)
  const first = (
    await app.inject({ url: `/eng/estimates/imports/${sent.json().import}.json`, headers: officer })
  ).json()
  assert.deepEqual([first.heads, first.pages, first.documents.length, first.counts.fails], [84, 5, 20, 1])
  assert.deepEqual([first.documents[0].head, first.documents[0].fails.length], ['83', 1])
  const at = `/eng/estimates/imports/${sent.json().import}?page=5`
  const last = await app.inject({ url: at, headers: { ...officer, ...html } })
  assert.match(last.body, /aria-current="page"[^>]*>5</)
  assert.doesNotMatch(last.body, /Head 83,/)
})

test('importing twice is the same as once', async () => {
  await send([aText()])
  const before = await state()
  const response = await send([aText()])
  assert.equal(response.statusCode, 200)
  assert.equal(response.json().changed, 0)
  assert.deepEqual(await state(), before)
  const page = await send([aText()], { ...officer, ...html })
  assert.match(page.headers.location as string, /outcome=again$/)
})

test('an import is announced once; later its page says who sent it, when, and which of its Heads still count', async () => {
  const people = await as('estimates:import-document')
  const piers = (changed: string) =>
    ['2025-26,61,Piers,1,Ferries,1.0,1.0,1.0,1.0', `2025-26,62,Piers,1,Lamps,${changed},2.0,2.0,2.0`].join('\n')
  const header = String(aTable().content).split('\n')[0]
  const table = (rows: string) => ({ ...aTable(), content: `${header}\n${rows}` })
  const { location } = (await send([table(piers('2.0')), aMapping()], { ...people, ...html })).headers
  const read = async (url: string) => (await app.inject({ url, headers: { ...people, ...html } })).body
  const address = String(location).replace('?outcome=new', '')
  assert.notEqual(address, location)
  assert.match(await read(String(location)), /role="status".*2 Heads count from now on/s)
  const later = await read(address)
  assert.doesNotMatch(later, /role="status"|from now on/s)
  assert.match(later, /<dt>Imported by<\/dt><dd>test-[^<]*<\/dd>.*<dt>When<\/dt><dd><time .*<dd>All 2<\/dd>/s)
  assert.doesNotMatch(later, /A newer import replaced/)
  const signedIn = await app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ben-ledger' } })
  const ben = { cookie: String(signedIn.headers['set-cookie']).split(';')[0]! }
  assert.equal((await send([table(piers('9.0').split('\n')[1]!), aMapping()], { ...ben, ...html })).statusCode, 303)
  const { imports } = (await app.inject({ url: '/estimates/import', headers: people })).json()
  assert.match(await read(`/eng/estimates/imports/${imports[0].id}`), /<dt>Imported by<\/dt><dd>Ben Ledger<\/dd>/)
  for (const old of [address, String(location)]) {
    const page = await read(old)
    assert.doesNotMatch(page, /role="status"|from now on/)
    assert.match(page, /<dd>1 of 2; newer imports replaced the others<\/dd>/)
    assert.equal(page.match(/A newer import replaced this Head/g)?.length, 1)
  }
  const { documents } = (await app.inject({ url: address.replace('/eng', ''), headers: people })).json()
  assert.deepEqual(
    documents.map(({ head, isCurrent }: { head: string; isCurrent: boolean }) => [head, isCurrent]),
    [
      ['61', true],
      ['62', false],
    ],
  )
})

test('two imports of the same file at once are the same as one', async () => {
  const before = await state()
  const answers = await Promise.all([send([anEnglishText()]), send([anEnglishText()]), send([anEnglishText()])])
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 200, 201])
  const after = await state()
  assert.deepEqual(
    [after.documents! - before.documents!, after.publications! - before.publications!, after.acts! - before.acts!],
    [1, 1, 1],
  )
})

test('an earlier import counts again when it is imported again', async () => {
  const corrected = chinese().replace(/\n*$/, '\n\n')
  const changed = chinese().replaceAll('電車局', '電車處')
  await send([aText(corrected)])
  await send([aText(changed)])
  const response = await send([aText(corrected)])
  assert.equal(response.statusCode, 201)
  const before = await state()
  assert.equal((await send([aText(corrected)])).statusCode, 200)
  assert.deepEqual(await state(), before)
})

test('a table with its mapping brings every year and Head of the file', async () => {
  const response = await send([aTable(), aMapping()])
  assert.equal(response.statusCode, 201, response.body)
  assert.equal(response.json().changed, 2)
  const { years } = (await app.inject({ url: '/estimates' })).json() as EstimatesData
  assert.deepEqual(
    years
      .flatMap(({ heads }) => heads)
      .filter(({ head }) => head === '88')
      .map(({ year }) => year),
    ['2025-26', '2024-25'],
  )
})

const wrong = {
  nothing: [[], 'Choose the file'],
  'an empty file': [[aText('')], 'The file is empty'],
  'a web page': [[aText('<!doctype html><html><body>Head 47</body></html>')], 'a web page'],
  'UTF-16': [[aText(Buffer.from('\ufeff總目 47', 'utf16le'))], 'UTF-16'],
  'binary data': [[aText(Buffer.from([1, 2, 0, 0, 7, 9, 0, 3]))], 'binary'],
  'another document': [[aText('A letter about the weather.\n')], 'not a Head of the Estimates'],
  'a text cut in a table': [
    [aText(chinese().slice(0, chinese().indexOf('經營帳目總額')))],
    'ends in the middle of a table',
  ],
  'a table without a mapping': [[aTable()], 'needs a mapping'],
  'a wrong mapping': [
    [aTable(), { field: 'mapping', name: 'm.yaml', content: 'rows: programmes\nunit: pounds\n' }],
    'The mapping cannot be used',
  ],
} as const

for (const [name, [parts, sentence]] of Object.entries(wrong))
  test(`${name} gets one clear error and changes nothing`, async () => {
    const before = await state()
    const page = await send(parts as never, { ...officer, ...html })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, new RegExp(sentence))
    assert.match(page.body, /<title>Error: /)
    assert.equal(page.body.match(/class="error-summary"/g)?.length, 1)
    const data = await send(parts as never)
    assert.equal(data.json().type, '/problems/estimates.file-refused')
    assert.deepEqual(await state(), before)
  })

test('every mistake of a mapping is told with its line, in the language of the person', async () => {
  const wrongMapping = { field: 'mapping', name: 'm.yaml', content: 'rows: 綱領\nlanguage: en\nunit: pounds\n' }
  // biome-ignore format: matrix
  const languages = [
    ['eng',  'en',      'Line 1: “rows” is “綱領”. Write one of programmes, subheads.', '“unit” is “pounds”', 'Nothing was changed.'],
    ['han',  'zh-HK',   '第 1 行：「rows」寫作「綱領」。須為以下之一：programmes, subheads。', '「unit」寫作「pounds」', '沒有作出任何改動。'],
    ['jian', 'zh-Hans', '第 1 行：“rows”写作“綱領”。须为以下之一：programmes, subheads。', '“unit”写作“pounds”', '没有作出任何改动。'],
  ] as const
  for (const [address, accepted, rows, unit, nothing] of languages) {
    const page = await send([aTable(), wrongMapping], { ...officer, ...html }, `/${address}/estimates/import`)
    const cells = page.body.match(/<tbody>.*?<\/tbody>/s)![0]
    assert.ok(cells.includes(rows.replace(/^.*?[:：] ?/, '')) && cells.includes(unit), cells)
    const data = await send([aTable(), wrongMapping], { ...officer, 'accept-language': accepted }, '/estimates/import')
    assert.match(data.headers['content-type'] as string, /problem\+json/)
    const { title } = data.json()
    assert.ok(title.includes(rows) && title.includes(unit) && title.endsWith(nothing), title)
  }
})

test('a file larger than the limit is refused and changes nothing', async () => {
  const before = await state()
  const response = await send([aText(Buffer.alloc(26_000_000, 'x'))], { ...officer, ...html })
  assert.equal(response.statusCode, 422)
  assert.match(response.body, /larger than 20 MB/)
  assert.deepEqual(await state(), before)
})

test('nobody imports without the permission, and nothing is left of the attempt', async () => {
  const before = await state()
  assert.equal((await send([aText(`${chinese()}\n`)], {})).statusCode, 401)
  assert.equal((await send([aText(`${chinese()}\n`)], await as('estimates:explain-difference'))).statusCode, 403)
  assert.equal((await app.inject({ url: '/estimates/import' })).statusCode, 401)
  assert.equal((await app.inject({ url: '/estimates/imports/1' })).statusCode, 401)
  assert.deepEqual(await state(), before)
})

test('not even the application can change a document that was imported', async () => {
  await assert.rejects(sql`update estimates.cell set steps = 1`, { code: '42501' })
  await assert.rejects(sql`delete from estimates.document`, { code: '42501' })
  await assert.rejects(sql`update estimates.publication set document_id = 1`, { code: '42501' })
})
