import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { announce } from './announce.ts'
import { search } from './search.ts'

const hongkong = await start({ pack: 'hongkong' })
const testland = await start()

const found = async (text: string, language: 'en' | 'zh-Hant' | 'zh-Hans' = 'en') =>
  (await search(hongkong.installation, { text, language, limit: 50 })).map(({ path }) => path)

const queries = [
  ['Web3 ecosystem', '/estimates/2023-24/47/commitments#commitment-802'],
  ['提速推動香港 Web3', '/estimates/2023-24/47/commitments#commitment-802'],
  ['提速推动香港 Web3', '/estimates/2023-24/47/commitments#commitment-802'],
  ['IT Infrastructure', '/estimates/2023-24/47/programmes/2'],
  ['資訊科技基建', '/estimates/2023-24/47/programmes/2'],
  ['资讯科技基建', '/estimates/2023-24/47/programmes/2'],
  ['Head 47', '/estimates/2023-24/47'],
  ['總目 47', '/estimates/2023-24/47'],
  ['運作開支', '/estimates/2023-24/47/subheads#subhead-000'],
  ['General non-recurrent', '/estimates/2023-24/47/subheads#subhead-700'],
  ['609.7', '/estimates/2023-24/47/cells/programme/programme:2/provision/2023-24.estimate'],
  ['$1,809,824,000', '/estimates/2023-24/47/cells/notes/head/provision/2023-24.estimate'],
  ['IT Infrastructure!', '/estimates/2023-24/47/programmes/2'],
  ['completed on schedule', '/estimates/2023-24/47/programmes/1#indicator-1-2'],
] as const

for (const [text, path] of queries)
  test(`a search for “${text}” finds ${path}`, async () => {
    assert.ok((await found(text)).includes(path), (await found(text)).join('\n'))
  })

test('a number that is printed twice is told apart by its places', async () => {
  const printed = await search(hongkong.installation, { text: '609.7', language: 'en', limit: 50 })
  assert.deepEqual(
    printed.map(({ excerpt }) => excerpt),
    [
      'Estimates 2023-24 · Head 47 · the programme’s table, line 90',
      'Estimates 2023-24 · Head 47 · the analysis of provision, line 165',
    ],
  )
})

test('a search for a year finds its Heads first', async () => {
  assert.equal((await found('2023-24'))[0], '/estimates/2023-24/47')
})

test('what a search finds exists, with its anchor', async () => {
  for (const path of await found('資訊科技', 'zh-Hant')) {
    const [page, anchor] = path.split('#')
    const response = await hongkong.app.inject({ url: `/tc${page}`, headers: { accept: 'text/html' } })
    assert.equal(response.statusCode, 200, path)
    if (anchor) assert.ok(response.body.includes(`id="${anchor}"`), path)
  }
})

test('the end of npm start says that every identity of Head 47 holds', async () => {
  const [line] = await announce(hongkong.installation, 'en')
  assert.match(
    line!,
    /^Estimates 2023-24, Head 47: \d+ identities checked, all hold; 9 lost numbers recovered, 6 of them inferred\.$/,
  )
  const [chinese] = await announce(hongkong.installation, 'zh-Hant')
  assert.match(chinese!, /全部相符；找回 9 個缺失數字，其中 6 個屬推斷。$/)
})

test('the end of npm start names the Head that fails first, with the page that shows why', async () => {
  const lines = await announce(testland.installation, 'en')
  assert.match(
    lines[0]!,
    /Head 9: \d+ identities checked, 1 fails\. See \/estimates\/2030-31\/9\/checks\?outcome=fails/,
  )
})

test('figures of the Estimates count identities, documents and money, each with a page as evidence', async () => {
  const read = async (id: string) => (await hongkong.app.figures.find(`estimates.${id}`))?.value
  assert.equal(await read('documents'), 1)
  assert.equal(await read('provision'), 1_809_824_000)
  assert.equal(await read('identities-fail'), 0)
  assert.equal(await read('identities-hold'), await read('identities-checked'))
  assert.equal((await testland.app.figures.find('estimates.identities-fail'))?.value, 1)
  for (const { id, evidence } of (await hongkong.app.figures.readAll()).filter((each) =>
    each.id.startsWith('estimates.'),
  ))
    assert.equal((await hongkong.app.inject({ url: evidence })).statusCode, 200, id)
})
