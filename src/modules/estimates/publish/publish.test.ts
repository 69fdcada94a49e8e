import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from '#platform'
import { start } from '#test'
import { english, realBytes, withoutRealText } from '../testing/texts.ts'
import { aMapping, anEnglishText, aTable, aText, multipart } from '../testing/uploads.ts'
import { announce } from './announce.ts'
import type { HeadData } from './head-data.ts'
import type { ComparedLine } from './shapes.ts'

const { app, as, sql } = await start({ pack: 'hongkong' })
const officer = await as('estimates:import-document', 'estimates:explain-difference')
const html = { accept: 'text/html' }
const at = '/estimates/2023-24/47'

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.inject({ url: path, headers: { ...html, ...headers } })
  assert.equal(response.statusCode, 200, `${path} answers ${response.statusCode}`)
  return response.body
}
const data = async (path: string) => (await app.inject({ url: `${path}.json` })).json()
const send = async (...parts: Parameters<typeof multipart>[0]) => {
  const form = multipart(parts)
  const response = await app.inject({
    method: 'POST',
    url: '/estimates/import',
    headers: { ...form.headers, ...officer },
    payload: form.payload,
  })
  assert.ok(response.statusCode < 300, response.body)
  return response.json().import as number
}
/** The English Head of some years later, with the numbers of today. */
const yearsOn = (years: number) =>
  english().replace(/\b20(\d\d)(?:–(\d\d))?\b/g, (_, first, last) =>
    [`20${Number(first) + years}`, ...(last ? [Number(last) + years] : [])].join('–'),
  )
const plain = (markup: string) => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

const parts = [
  '',
  '/checks',
  '/findings',
  '/subheads',
  '/commitments',
  '/establishment',
  '/compare',
  '/programmes/1',
  '/cells/cover/head/provision/2023-24.estimate',
]

for (const part of parts)
  test(`${at}${part} is a page in three languages with one data twin`, async () => {
    const twin = await data(at + part)
    for (const language of ['tc', 'en', 'sc']) {
      const body = await page(`/${language}${at}${part}`)
      assert.equal(body.match(/<h1\b/g)?.length, 1)
      // Without the clips of charts: two equal pictures have equal ones.
      const ids = [...body.matchAll(/ id="(?!c[0-9a-f]{12}-)([^"]+)"/g)].map(([, id]) => id)
      assert.deepEqual(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        [],
        'an id stands twice',
      )
      assert.deepEqual((await app.inject({ url: `/${language}${at}${part}.json` })).json(), twin)
    }
  })

test('the list names every Head with its estimate and how many identities hold', async () => {
  const body = plain(await page('/tc/estimates'))
  assert.match(body, /總目 47 政府總部：政府資訊科技總監辦公室 18\.098 億元/)
  assert.match(plain(await page('/en/estimates')), /Head 47 Government Secretariat.*\$1,809\.8 million.*hold/)
  assert.match(plain(await page('/en/estimates/2023-24')), /Head 47/)
})

test('what is not loaded is refused by its own code', async () => {
  const cases = [
    ['/estimates/1999-00', 'year-not-found'],
    ['/estimates/2023-24/48', 'document-not-found'],
    [`${at}/programmes/9`, 'part-not-found'],
    [`${at}/cells/cover/head/provision/1999-00.estimate`, 'cell-not-found'],
    ['/estimates/2023-24/48/head.pdf', 'document-not-found'],
    [`${at}/tables/nothing.csv`, 'part-not-found'],
  ]
  for (const [path, code] of cases) {
    const response = await app.inject({ url: path! })
    assert.deepEqual([response.statusCode, response.json().type], [404, `/problems/estimates.${code}`])
  }
})

test('from the figures alone, the sentence that explains each change stands in the form of the Estimates', async () => {
  const chinese = plain(await page(`/tc${at}`))
  for (const sentence of ['減少 7,110 萬元(6.9%)', '增加 2.427 億元(66.1%)', '增加 1.430 億元(147.4%)'])
    assert.ok(chinese.includes(sentence), sentence)
  const english = plain(await page(`/en${at}`))
  for (const sentence of [
    'a decrease of $71.1 million (6.9%)',
    'an increase of $242.7 million (66.1%)',
    'an increase of $143.0 million (147.4%)',
  ])
    assert.ok(english.includes(sentence), sentence)
})

test('every number of the Head opens its provenance in place, without a script', async () => {
  const body = await page(`/tc${at}`)
  const { document } = (await data(at)) as HeadData
  const details = [...body.matchAll(/<details class="provenance"/g)].length
  const shown = document.cells.filter(({ place }) => place !== 'prose' && place !== 'notes' && place !== 'footnote')
  assert.equal(details, shown.length)
  assert.match(body, /第 213 行/)
})

test('a number has an address of its own that tells where it was printed, how it checks and what it is made of', async () => {
  const body = plain(await page(`/en${at}/cells/subheads/subhead:700/provision/2023-24.estimate`))
  assert.match(body, /\$452,530 thousand/)
  assert.match(body, /Not in the source: it was lost/)
  // It follows only if the capital account is nil, which is likely and not proved.
  assert.match(body, /Inferred, not proved/)
  assert.match(body, /1,809,824/)
  assert.match(body, /1,357,294/)
  assert.match(body, /line 213/)
})

test('the margin calls inferred what follows from an assumption, and derived what does not', async () => {
  const body = await page(`/en${at}/subheads`)
  const saysOf = (row: string) => new RegExp(`id="${row}"[\\s\\S]*?2023-24 (derived|inferred)`).exec(body)?.[1]
  assert.deepEqual(['subhead-000', 'subhead-700', 'subhead-plant-1'].map(saysOf), ['derived', 'inferred', 'inferred'])
})

test('below zero an amount has a minus sign, a percentage stays as printed, and data keeps a hyphen', async () => {
  const body = plain(await page(`/en${at}`))
  assert.match(body, /−77\.7/)
  assert.match(body, /A net decrease of 2 posts in 2023-24/)
  assert.match(body, /-6\.9%/)
  assert.match((await app.inject({ url: `/en${at}/charts/change.csv` })).body, /,-77\.7/)
})

test('the ledger lists each identity once under an anchor of its own, and filters by outcome', async () => {
  const { identities, counts } = (await data(`${at}/checks`)) as HeadData
  const body = await page(`/en${at}/checks`)
  assert.equal(body.match(/<article class="identity"/g)?.length, identities.length)
  const unknown = await page(`/en${at}/checks?outcome=unknown`)
  assert.equal(unknown.match(/<article class="identity"/g)?.length, counts.unknown)
  assert.equal((await app.inject({ url: `${at}/checks?outcome=nonsense` })).statusCode, 400)
})

test('each line leads to the systems that it pays for, and a commitment is found by its anchor', async () => {
  const body = await page(`/tc${at}/commitments`)
  assert.match(body, /id="commitment-802"[\s\S]*href="\/tc\/systems\/s27"/)
  assert.match(await page(`/tc${at}/programmes/1`), /href="\/tc\/systems\/s2"/)
})

test('charts show what the figures allow, and staff by programme says that the source lost it', async () => {
  const body = plain(await page(`/en${at}`))
  assert.match(body, /Programme \(1\) takes 53\.1% of the provision for 2023-24/)
  assert.match(body, /an increase of \$93\.5 million \(5\.4%\)/)
  assert.match(body, /The number of staff of each programme is not in it/)
  const csv = (await app.inject({ url: `/en${at}/charts/change.csv` })).body
  assert.match(csv, /\(1\) Use of IT in Government,-77\.7/)
})

test('with only the Chinese text, English pages name things in English and mark the Chinese sentences', {
  skip: withoutRealText,
}, async () => {
  await send(aText(realBytes(), 'head-047-2023-24.zh-Hant.txt'))
  // The page is kept for some seconds; another query is another page.
  const body = await page(`/en${at}?figures=true`)
  assert.match(body, /Only the Chinese text of this Head was imported/)
  assert.match(body, /<span lang="zh-Hant">本綱領的宗旨/)
  assert.match(plain(body), /Use of IT in Government/)
  const outside = plain(
    body.replace(/<span lang="zh-Hant">[^<]*<\/span>/g, '').replace(/<nav class="languages"[\s\S]*?<\/nav>/, ''),
  )
  const stray = outside.replace(/繁體|简体/g, '').match(/[\p{Script=Han}]+/gu) ?? []
  assert.deepEqual(stray, [], 'Chinese without its language')
  const chinese = await page(`/tc${at}?figures=true`)
  assert.match(chinese, /本綱領的宗旨是適當運用資訊及通訊科技/)
  assert.match(await page(`/sc${at}?figures=true`), /本纲领的宗旨是适当运用/)
})

test('an English text shows English names, and its own years', async () => {
  await send(anEnglishText())
  assert.match(plain(await page('/en/estimates/2025-26/33')), /Forecasts and Warnings/)
})

test('a number that cannot be read stands on the page of checks as it is printed', async () => {
  await send(aText(english().replace('2,210', '2,2l0'), 'damaged.txt'))
  const body = plain(await page('/en/estimates/2025-26/33/checks?outcome=fails'))
  assert.match(body, /Printed: “2,2l0”/)
  assert.match(body, /What is printed there is no number/)
})

test('a failure without a difference, as of a number that cannot be read, is not one to explain', async () => {
  const { identities, differences } = await data('/estimates/2025-26/33/checks')
  const failing = identities.filter((each: { outcome: string }) => each.outcome === 'fails')
  const unread = failing.find(({ id }: { id: string }) => differences[id] === undefined)
  const response = await app.inject({
    url: `/estimates/2025-26/33/explain?identity=${encodeURIComponent(unread.id)}`,
    headers: officer,
  })
  assert.equal(response.json().type, '/problems/estimates.number-unreadable')
})

test('two years of a Head stand side by side, each line saying whether both documents agree', async () => {
  await send(aTable(), aMapping())
  const body = plain(await page('/en/estimates/2025-26/88/compare?with=2024-25'))
  assert.match(body, /\(1\) Ferries 12\.0 12\.0 13\.0 Holds an increase of \$1\.0 million \(8\.3%\)/)
  assert.match(
    body,
    /\(2\) Lamps 6\.0 6\.5 7\.0 Fails Original in 2025-26: an increase of \$0\.5 million \(8\.3%\); Estimate in 2025-26: an increase of \$1\.0 million \(16\.7%\)/,
  )
  const { across } = await data('/estimates')
  assert.deepEqual(
    across.map(({ head, holds, fails }: Record<string, unknown>) => [head, holds, fails]),
    [['88', 1, 2]],
  )
})

test('a difference between two years can be explained and signed like any other', async () => {
  const identity = 'across-years/analysis/programme:2/2024-25'
  const form = await page(`/en/estimates/2025-26/88/explain?identity=${encodeURIComponent(identity)}`, officer)
  assert.match(form, /value="\$0\.5 million"/)
  const response = await app.inject({
    method: 'POST',
    url: '/en/estimates/2025-26/88/explain',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...officer },
    payload: new URLSearchParams({
      identity,
      difference: '0.5',
      reason: 'transfer',
      explanation: 'Lamps of another Head came here.',
      source: 'Paper 1',
    }).toString(),
  })
  assert.equal(response.statusCode, 303, response.body)
  const body = plain(await page('/en/estimates/2025-26/88/compare'))
  assert.match(body, /\(2\) Lamps 6\.0 6\.5 7\.0 Differs, explained/)
  assert.match(body, /Explained by .*: Lamps of another Head came here\. \(Paper 1\)/)
})

test('who signed is named in the language of the page', async () => {
  await sql`
    insert into estimates.explained_exception (year, head, identity, difference, reason, explanation, source, signed_by)
    values ('2025-26', '88', 'across-years/analysis/head/2024-25', '0.5', 'transfer', 'Lamps came.', 'Paper 2',
      '王小預 (wong-siu-yu)')`
  // Pages of who is signed in are not kept.
  assert.match(
    plain(await page('/en/estimates/2025-26/88/compare?with=2024-25', officer)),
    /Explained by Wong Siu Yu on /,
  )
  assert.match(plain(await page('/tc/estimates/2025-26/88/compare?with=2024-25', officer)), /由 王小預 於 /)
})

test('in the bookmarks of a print no two words run together, wherever a heading breaks', async () => {
  const body = await page(`/en${at}?figures=false`)
  assert.match(body, /<small class="caption">Programme \(1\)\u00a0<\/small>/)
  assert.match(body, /Estimates 2023-24\u00a0<\/span>Government\u00a0<wbr\/?>Secretariat:\u00a0<wbr\/?>Office/)
})

test('names of the data are texts in both languages, so that the data does not depend on the page', async () => {
  const { title, names } = (await data(`${at}/programmes/1`)) as HeadData
  assert.equal(say(title, 'en'), 'Government Secretariat: Office of the Government Chief Information Officer')
  assert.deepEqual(names['programme:1'], { en: 'Use of IT in Government', 'zh-Hant': '政府內部資訊科技的使用' })
})

test('where a line is printed in several tables, each says whether it agrees with the year before', async () => {
  await send(anEnglishText())
  await send(aText(yearsOn(1), 'head-033-a-year-on.txt'))
  const { tables } = await data('/estimates/2026-27/33/compare')
  const silent = tables.flatMap(({ lines }: { lines: ComparedLine[] }) =>
    lines.filter(({ earlier, original, identity }) => earlier && original && !identity),
  )
  assert.deepEqual(silent, [])
  const programmes = tables.find(({ place }: { place: string }) => place === 'analysis').lines
  assert.deepEqual(new Set(programmes.map(({ identity }: ComparedLine) => identity?.outcome)), new Set(['fails']))
  const link = /href="\/en(\/estimates\/2026-27\/33\/explain\?identity=across-years%2Fprogramme[^"]*)"/
  const [, form] = link.exec(await page('/en/estimates/2026-27/33/compare', officer))!
  assert.match(await page(`/en${form}`, officer), /Difference: /)
})

test('lines that do not agree with the year before count: on the Head, in the figures and at the end of npm start', async () => {
  const { across } = await data('/estimates/2026-27/33')
  assert.ok(across.fails > 1)
  assert.match(
    plain(await page('/en/estimates/2026-27/33')),
    new RegExp(`${across.fails} lines do not agree with 2025-26`),
  )
  const lines = await announce(app.installation, 'en')
  assert.ok(
    lines.some((line) => line.includes(`Head 33: ${across.fails} lines do not agree with 2025-26. See /estimates`)),
  )
  const { years, across: all } = await data('/estimates')
  const sum = (list: { fails: number }[]) => list.reduce((some, { fails }) => some + fails, 0)
  const reading = await app.figures.find('estimates.identities-fail')
  assert.equal(reading?.value, sum(years) + sum(all))
})

test('a line says whether its own numbers agree, whatever other tables print of it', async () => {
  // In the programme’s own table it agrees with the year before, in the analysis of all programmes it does not.
  const text = yearsOn(2).replace('\t44.7\t52.1\t', '\t44.7\t49.3\t')
  assert.notEqual(text, yearsOn(2))
  await send(aText(text, 'head-033-two-years-on.txt'))
  const { tables } = await data('/estimates/2027-28/33/compare')
  const analysis = tables.find(({ place }: { place: string }) => place === 'analysis').lines as ComparedLine[]
  const line = analysis.find(({ earlier }) => earlier?.subject === 'programme:2')!
  assert.deepEqual([line.earlier?.steps, line.original?.steps, line.identity?.outcome], [493, 521, 'fails'])
})

test('what an import brought is named as the pack names it, in the language of the page', async () => {
  const table = String(aTable().content)
    .replaceAll(',88,Piers,', ',47,碼頭,')
    .replaceAll(/20(24|25)-/g, '19$1-')
  const mapping = aMapping()
  const content = String(mapping.content).replace('language: en', 'language: zh-Hant')
  const id = await send({ ...aTable(), content: table }, { ...mapping, content })
  const body = plain(await page(`/en/estimates/imports/${id}`, officer))
  assert.match(body, /Office of the Government Chief Information Officer/)
  assert.doesNotMatch(body, /碼頭/)
  assert.match(plain(await page(`/tc/estimates/imports/${id}`, officer)), /碼頭/)
})
