// What a search finds: by other words of the same meaning, in either script, with typing mistakes, in whole sentences.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { type Service, services } from '../definitions/service.ts'
import { publish } from '../versions/versions.ts'
import { catalogueOf } from './catalogue.ts'
import { makeIndex } from './index.rules.ts'
import { searchServices } from './search.ts'
import { askedIn, tokensOf } from './words.rules.ts'

const service = (id: string, en: string, hant: string, rest = '') => ({
  id,
  title: { en, 'zh-Hant': hant },
  keywords: [],
  topics: [],
  rest: [{ en: rest, 'zh-Hant': rest }],
})
const index = await makeIndex(
  [
    service('taxi', 'Taxi licence', '的士牌照'),
    service('card', 'Replace an identity card', '補領身份證'),
    service('elderly', 'Grants for outreach', '長者外展資助', 'A taxi is not paid for.'),
    service('school', 'School equipment', '學校器材'),
  ],
  [
    ['taxi', 'cab', '的士', '計程車', '出租車'],
    ['HKID', 'identity card', '身份證'],
    ['elderly', 'senior', '長者', '老人'],
    ['grant', 'subsidy', '資助', '津貼'],
  ],
)

for (const [query, expected] of [
  ['的士', 'taxi'],
  ['計程車', 'taxi'],
  ['出租车牌照', 'taxi'],
  ['TAXI', 'taxi'],
  ['ｔａｘｉ', 'taxi'],
  ['cabs', 'taxi'],
  ['taxi licnce', 'taxi'],
  ['how do I get a taxi licence?', 'taxi'],
  ['如何申請的士牌', 'taxi'],
  ['hkid', 'card'],
  ['身份证', 'card'],
  ['老人津貼', 'elderly'],
  ['senior subsidies', 'elderly'],
  ['subsidy', 'elderly'],
  ['學校', 'school'],
  ['equip', 'school'],
] as const)
  test(`“${query}” finds ${expected} first`, () => assert.equal(index.find(query, 10)[0], expected))

test('a short word is not taken for another, and what nobody offers is not found', () => {
  for (const query of ['cat', '火箭', 'rocket', '', ' !? ', 'tax return'])
    assert.deepEqual(index.find(query, 10), [], query)
})

test('a word in the title weighs more than one in what is told', () => {
  assert.deepEqual(index.find('taxi', 10), ['taxi', 'elderly'])
  assert.deepEqual(index.find('taxi', 1), ['taxi'])
})

test('Chinese is held by signs and pairs, Latin words without the s of many', () => {
  assert.deepEqual(tokensOf('身份证 grants 5g'), ['身', '份', '证', '身份', '份证', 'grant', '5g'])
})

test('words that everybody uses are looked for only where there are no others', () => {
  assert.deepEqual(
    askedIn('how do I apply for a grant').map(({ tokens }) => tokens),
    [['grant']],
  )
  assert.deepEqual(
    askedIn('申請').map(({ tokens }) => tokens),
    [['申请']],
  )
})

test('what is published is found at once or after the new index is made, while the old one answers', async () => {
  const { sql, installation } = await start()
  const find = (text: string) => searchServices(installation, { text, language: 'en', limit: 10 })
  const paths = async (text: string) => (await find(text)).map(({ path }) => path)
  assert.deepEqual(await paths('補助'), ['/services/tide-grant'])
  const { apply: _, ...tide } = installation.pack.get(services, 'tide-grant')
  const leaflet: Service = {
    ...tide,
    id: 'kites',
    title: { en: 'Kites', 'zh-Hant': '風箏' },
    keywords: [],
    channels: [{ kind: 'counter' }],
  }
  await sql.begin((transaction) => publish(transaction, { definition: leaflet, now: installation.now(), by: null }))
  catalogueOf(installation).forget()
  const old = await paths('潮汐')
  assert.ok(old.includes('/services/tide-grant') && !old.includes('/services/kites'), 'the old index still answers')
  for (let tries = 0; tries < 500 && (await paths('风筝')).length === 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.deepEqual(await paths('风筝'), ['/services/kites'])
})
