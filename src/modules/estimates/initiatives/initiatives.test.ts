import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { initiatives, systems } from './definitions.ts'

const { app, installation } = await start({ pack: 'hongkong' })

const page = async (path: string) => {
  const { statusCode, body } = await app.inject({ url: path, headers: { accept: 'text/html' } })
  assert.equal(statusCode, 200, path)
  return body
}

test('“Go to it” leads to the system itself, where a module holds more than one', async () => {
  const wayIn = (body: string) => /class="button" href="([^"]+)"/.exec(body)?.[1]
  assert.equal(wayIn(await page('/en/systems/s19')), '/en/initiatives')
  assert.equal(wayIn(await page('/en/systems/s28')), '/en/estimates')
  assert.equal(wayIn(await page('/en/initiatives/2023-24/47/smart-city-blueprint')), '/en/initiatives')
  assert.equal(wayIn(await page('/en/systems/s16')), '/en/account')
  assert.equal(wayIn(await page('/en/systems/s17')), '/en/services/it-innovation-lab-grant')
  assert.equal(wayIn(await page('/en/systems/s18')), undefined)
})

test('a system that runs names pages that prove it, and they exist', async () => {
  const { systems } = (await app.inject({ url: '/systems' })).json() as {
    systems: { id: string; modules: { running: boolean }[] }[]
  }
  const running = systems.filter(({ modules }) => modules.some((each) => each.running))
  assert.ok(running.length > 0)
  for (const { id } of running) {
    const { evidence } = (await app.inject({ url: `/systems/${id}` })).json() as { evidence: { address: string }[] }
    assert.ok(evidence.length > 0, `${id} names no evidence`)
    for (const { address } of evidence) await page(`/en${address}`)
  }
})

test('an initiative that ended is said to be our reading, and claims no matter of its year', async () => {
  const ended = installation.pack.list(initiatives).filter(({ status }) => status === 'ended')
  assert.ok(ended.length > 0)
  for (const { document, id, matters, statusLine } of ended) {
    assert.ok(
      matters.every(({ list }) => list === 'done'),
      id,
    )
    const body = await page(`/en/initiatives/${document}/${id}`)
    assert.ok(body.replace(/<[^>]+>/g, '').includes(`our reading: line ${statusLine} names it`), id)
  }
})

for (const [path, list] of [
  ['/systems/s99', '/systems'],
  ['/initiatives/2023-24/47/none', '/initiatives'],
  ['/estimates/2023-24/99', '/estimates'],
] as const)
  test(`the page that says that ${path} does not exist leads to the list of those that do`, async () => {
    const { statusCode, body } = await app.inject({ url: `/en${path}`, headers: { accept: 'text/html' } })
    assert.equal(statusCode, 404)
    assert.ok(body.includes(`<a href="/en${list}">See the list</a>`), body)
    await page(`/en${list}`)
  })

/** Every link of a page by the text that it shows. */
const linksOf = (body: string): { address: string; text: string }[] =>
  [...body.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(([, address = '', text = '']) => ({
    address,
    text: text.replace(/<[^>]+>/g, ''),
  }))
const plain = (body: string) => body.replace(/<[^>]+>/g, '').replaceAll('&#39;', '’')

const at = '/estimates/2023-24/47'
// biome-ignore format: table
const amountsOf = [
  ['school-it', true, [
    ['Approved commitment', '$1,100,000 thousand', `${at}/cells/commitments/commitment:894/approved/2023-24.estimate`],
    ['Balance of commitment', '$691,907 thousand', `${at}/cells/commitments/commitment:894/balance/2023-24.estimate`],
  ]],
  ['web3', true, [
    ['Approved commitment', '$50,000 thousand', `${at}/cells/commitments/commitment:802/approved/2023-24.estimate`],
    ['Balance of commitment', '$50,000 thousand', `${at}/cells/commitments/commitment:802/balance/2023-24.estimate`],
  ]],
  ['hosting-platform', true, [
    ['Estimate 2023-24', '$37,079 thousand', `${at}/cells/breakdown/line:000.9/provision/2023-24.estimate`],
  ]],
  ['know-it', false, [
    ['Approved commitment', '$1,100,000 thousand', `${at}/cells/commitments/commitment:894/approved/2023-24.estimate`],
  ]],
  ['iam-smart', false, [
    ['The whole programme, Estimate 2023-24', '$609.7 million', `${at}/cells/programme/programme:2/provision/2023-24.estimate`],
  ]],
] as const

for (const [id, whole, amounts] of amountsOf)
  test(`the amounts of ${id} are printed, lead to their numbers, and ${whole ? 'are' : 'are not said to be'} its own`, async () => {
    const body = await page(`/en/initiatives/2023-24/47/${id}`)
    const { line } = (await app.inject({ url: `/initiatives/2023-24/47/${id}.json` })).json()
    for (const [label, text, path] of amounts) {
      assert.ok(plain(body).includes(`${label}: ${text}`), plain(body))
      assert.ok(
        linksOf(body).some((link) => link.address === `/en${path}` && link.text === text),
        path,
      )
      const told = [...line.amounts, line.provision].find((amount: { path: string }) => amount.path === path)
      assert.equal(told?.text.en, text)
      assert.ok(plain(await page(`/en${path}`)).includes(text))
    }
    assert.equal(line.whole, whole)
    assert.equal(plain(body).includes('of which the document does not say how much is for this'), !whole)
  })

test('the list gives each initiative its money and its systems, and each programme its provision', async () => {
  const body = await page('/en/initiatives')
  const row = (id: string) => body.split('<tr').find((each) => each.includes(`/initiatives/2023-24/47/${id}"`)) ?? ''
  assert.match(plain(row('school-it')), /Approved commitment: \$1,100,000 thousand; Balance of commitment: \$691,907/)
  assert.match(row('school-it'), /href="\/en\/systems\/s17"/)
  assert.doesNotMatch(plain(row('iam-smart')), /\$/)
  assert.match(plain(body), /Programme \(2\): IT Infrastructure and StandardsEstimate 2023-24: \$609\.7 million/)
})

test('a link to a programme, a subhead or an item leads to that one, and its row is there', async () => {
  const own = installation.pack.list(initiatives).map(({ document, id }) => `/en/initiatives/${document}/${id}`)
  const pages = await Promise.all(['/en/initiatives', '/en/systems/s17', '/en/systems/s7', ...own].map(page))
  const wanted = (text: string): RegExp | undefined => {
    const [, programme, item, inside, subhead] =
      /^Programme \((\d+)\)|^Subhead \d+, item (\d+)$|^Subhead (\d+), “|^Subhead (\d+)$/.exec(text) ?? []
    if (programme) return RegExp(`/programmes/${programme}$`)
    if (item) return RegExp(`/commitments#commitment-${item}$`)
    if (inside) return RegExp(`/subheads#line-${inside}-\\d+$`)
    return subhead ? RegExp(`/subheads#subhead-${subhead}$`) : undefined
  }
  const links = pages.flatMap(linksOf).filter(({ text }) => wanted(text))
  assert.ok(links.length > 3 * own.length)
  for (const { address, text } of links) assert.match(address, wanted(text)!, text)
  for (const address of new Set(links.map((link) => link.address))) {
    const [path = '', anchor] = address.split('#')
    const body = await page(path)
    if (anchor) assert.ok(body.includes(`id="${anchor}"`), address)
  }
  assert.match(await page('/en/systems/s17'), /<a href="\/en\/estimates\/2023-24\/47\/programmes\/2">Head 47/)
})

/** The tables of a page: caption, headings and rows, as text. */
const tablesOf = (body: string): { caption: string; headings: string[]; rows: string[][] }[] =>
  [...body.matchAll(/<table.*?<\/table>/gs)].map(([table]) => {
    const all = (tag: RegExp, text: string) => [...text.matchAll(tag)].map(([, inner = '']) => plain(inner).trim())
    const [head = '', rows = ''] = table.split('<tbody>')
    return {
      caption: all(/<caption[^>]*>(.*?)<\/caption>/gs, head).join(),
      headings: all(/<th[^>]*>(.*?)<\/th>/gs, head),
      rows: [...rows.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) => all(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs, row)),
    }
  })

test('targets and indicators stand under their printed headings, with a table for each set of them', async () => {
  const [targets] = tablesOf(await page('/en/initiatives/2023-24/47/government-data-centre'))
  assert.equal(targets?.caption, 'Targets')
  assert.deepEqual(targets?.headings.slice(1), ['Target', '2021 Actual', '2022 Actual', '2023 Plan'])
  assert.deepEqual(targets?.rows[0]?.slice(1), ['100', '100', '100', '100'])

  const body = await page('/en/initiatives/2023-24/47/it-projects')
  const tables = tablesOf(body)
  assert.deepEqual(
    tables.map(({ headings }) => headings.slice(1)),
    [
      ['2021 Actual', '2022 Actual', '2023 Estimate'],
      ['2021-22 Actual', '2022-23 Revised', '2023-24 Estimate'],
    ],
  )
  for (const { rows } of tables) for (const row of rows) assert.ok(row.every(Boolean), row.join(' | '))
  const path = '/en/estimates/2023-24/47/cells/indicators/indicator:1.6/indicator/2023-24.estimate'
  assert.ok(linksOf(body).some(({ address, text }) => address === path && text === '3,851.4'))
  await page(path)
})

test('initiatives are under way, only systems run', async () => {
  for (const path of ['/en/initiatives', '/en/initiatives/2023-24/47/iam-smart', '/en/systems/s16']) {
    const body = plain(await page(path))
    assert.ok(body.includes('Under way'), path)
    assert.doesNotMatch(body.replaceAll(/Running here|Not running yet/g, ''), /running/i, path)
  }
  assert.ok(plain(await page('/tc/initiatives/2023-24/47/iam-smart')).includes('進行中'))
})

test('no page of a system or an initiative shows an identifier, in any language', async () => {
  const { pack } = installation
  const figures = new Set(pack.list(initiatives).flatMap(({ figures }) => figures))
  const addresses = [
    ...pack.list(systems).map(({ id }) => `/systems/${id}`),
    ...pack.list(initiatives).map(({ document, id }) => `/initiatives/${document}/${id}`),
  ]
  for (const address of addresses)
    for (const language of ['en', 'tc', 'sc']) {
      const body = plain(await page(`/${language}${address}`))
      for (const id of figures) assert.ok(!body.includes(id), `${language}${address} shows ${id}`)
    }
  assert.match(plain(await page('/en/systems/s7')), /No live figure measures it yet/)
})

test('an English note is in English, and says who reads the document so', () => {
  for (const { id, note } of installation.pack.list(initiatives)) {
    assert.doesNotMatch(note?.en ?? '', /\p{Script=Han}/u, id)
    assert.doesNotMatch(note?.en ?? '', /\bwe\b/i, id)
  }
})

test('the way back to the Estimates has the name that it has on a Head', async () => {
  const crumbs = (body: string) =>
    linksOf(/<nav[^>]*class="breadcrumbs?".*?<\/nav>/s.exec(body)?.[0] ?? '').filter(({ text }) => text !== 'Home')
  const [head] = crumbs(await page(`/en${at}`))
  assert.equal(head?.text, 'Estimates')
  for (const path of ['/en/initiatives', '/en/systems', '/en/systems/s1', '/en/initiatives/2023-24/47/school-it'])
    assert.deepEqual(crumbs(await page(path))[0], head, path)
})

test('pages of systems and initiatives are marked as where the money goes', async () => {
  for (const path of ['/systems', '/systems/s28', '/initiatives', '/initiatives/2023-24/47/school-it'])
    assert.match(await page(`/en${path}`), /<a href="\/en\/estimates" aria-current="true">Follow the money/, path)
})
