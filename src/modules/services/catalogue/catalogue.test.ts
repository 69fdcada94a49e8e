// The catalogue: every published service has a page, stands under its topics and department, and is found in any language.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { type Service, services } from '../definitions/service.ts'
import { publish } from '../versions/versions.ts'
import { catalogueOf, openingOf } from './catalogue.ts'

const { app, sql, installation } = await start()
const hongkong = await start({ pack: 'hongkong' })
const tide = installation.pack.get(services, 'tide-grant')

const read = async (url: string) => (await app.inject({ url })).json()
const page = async (url: string) => (await app.inject({ url, headers: { accept: 'text/html' } })).body

async function offer(definition: Service): Promise<void> {
  await sql.begin((transaction) => publish(transaction, { definition, now: installation.now(), by: 'ben-ledger' }))
  catalogueOf(installation).forget()
}

const { apply: _, ...withoutForm } = tide
const leaflet: Service = {
  ...withoutForm,
  id: 'leaflet',
  title: { en: 'Leaflet about boats', 'zh-Hant': '船隻單張', 'zh-Hans': '船只单张' },
  organisation: 'counting-house',
  lifeEvents: [],
  keywords: [],
  related: ['tide-grant'],
  channels: [{ kind: 'counter' }],
  fee: { cents: 150 },
}
await offer(leaflet)

test('a service stands under its audience, its moments of life and its department, and nowhere else', async () => {
  const ids = async (url: string) => (await read(url)).services.map(({ id }: { id: string }) => id)
  assert.deepEqual(await ids('/services'), ['leaflet', 'tide-grant', 'tide-prize'])
  assert.deepEqual(await ids('/services/for/residents'), ['leaflet', 'tide-grant', 'tide-prize'])
  assert.deepEqual(await ids('/services/when/high-tide'), ['tide-grant'])
  assert.deepEqual(await ids('/services/departments/tide-station'), ['tide-grant', 'tide-prize'])
})

test('a department counts the services of those below it, and shows the way up', async () => {
  const { departments } = await read('/services/departments')
  const counted = departments.map(({ id, depth, services }: { id: string; depth: number; services: number }) => [
    ...[id, depth, services],
  ])
  assert.deepEqual(
    counted.filter(([id]: [string]) => ['counting-house', 'tide-station'].includes(id)),
    [
      ['counting-house', 0, 3],
      ['tide-station', 1, 2],
    ],
  )
  const { above } = await read('/services/departments/tide-station')
  assert.deepEqual(
    above.map(({ id }: { id: string }) => id),
    ['counting-house'],
  )
})

test('the page of a service says what a person needs to know, and leads to the form only where there is one', async () => {
  const body = await page('/eng/services/tide-grant')
  for (const said of [tide.takes.en, tide.who[0]!.en, tide.evidence[0]!.title.en, 'Free', 'Version 1 of this service'])
    assert.ok(body.includes(said), said)
  assert.match(body, /href="\/eng\/services\/tide-grant\/apply"/)
  assert.match(await page('/han/services/tide-grant'), /<h2>須備文件<\/h2><ul><li>活動計劃書/)
  const other = await page('/eng/services/leaflet')
  assert.doesNotMatch(other, /\/apply"/)
  assert.match(other, /\$1\.50/)
  assert.match(other, /href="\/eng\/services\/tide-grant"/)
})

test('a page shows what the newest version says, and which it is', async () => {
  await offer({ ...leaflet, title: { en: 'Leaflet about ferries', 'zh-Hant': '渡輪單張' } })
  const { title, version } = await read('/services/leaflet')
  assert.deepEqual([title.en, version.number], ['Leaflet about ferries', 2])
})

test('a service is open on its first and last day, and not on the days around them', () => {
  const opens = { from: '2026-03-01', until: '2026-03-31' }
  const at = (day: string) => openingOf({ ...(tide.apply && { apply: tide.apply }), opens }, day)
  assert.deepEqual(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(at), [
    'not-yet',
    'open',
    'open',
    'closed',
  ])
  assert.equal(openingOf({ opens }, '2026-03-15'), 'elsewhere')
})

test('what is not there is not found', async () => {
  for (const url of ['no-such-service', 'for/nobody', 'when/never', 'departments/nowhere'])
    assert.equal((await app.inject({ url: `/services/${url}` })).statusCode, 404, url)
})

test('a search finds a service by its words of any language, before what other modules find', async () => {
  for (const text of ['tide grant', '潮汐資助', '潮汐资助', '水浸資助', 'flood money']) {
    const { results } = await read(`/search?q=${encodeURIComponent(text)}`)
    assert.equal(results[0]?.path, '/services/tide-grant', text)
  }
})

test('the catalogue of a pack says what will appear, and its tree of departments stands', async () => {
  const { app, installation: here } = hongkong
  const html = async (url: string) => {
    const answer = await app.inject({ url, headers: { accept: 'text/html' } })
    assert.equal(answer.statusCode, 200, url)
    return answer.body
  }
  await html('/tc/services')
  for (const { id } of here.pack.organisations) await html(`/en/services/departments/${id}`)
  for (const { id } of here.pack.audiences) await html(`/sc/services/for/${id}`)
  for (const { id } of here.pack.lifeEvents) await html(`/tc/services/when/${id}`)
})
