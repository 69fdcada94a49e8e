import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'

const { app, installation } = await start()
const hongkong = await start({ pack: 'hongkong' })

const page = async (url: string) => (await hongkong.app.inject({ url, headers: { accept: 'text/html' } })).body

test('the home page shows the figures that the pack chose, in its order', async () => {
  const { board } = installation.pack.government
  const { figures } = (await app.inject({ url: '/' })).json() as { figures: { id: string; evidence: string }[] }
  assert.deepEqual(
    figures.map(({ id }) => id),
    [...board],
  )
  const { body } = await app.inject({ url: '/eng/', headers: { accept: 'text/html' } })
  for (const { id, evidence } of figures)
    assert.ok(body.includes(`href="/eng${evidence}"`), `${id} leads nowhere from the home page`)
})

test('the index of the home page holds every audience and moment of life, and each leads somewhere', async () => {
  const body = await page('/en/')
  const { audiences, lifeEvents } = hongkong.installation.pack
  const index = body.slice(body.indexOf('class="index"'))
  for (const { name } of [...audiences, ...lifeEvents]) assert.ok(index.includes(`>${name.en}</a>`), name.en)
  for (const [, href] of index.matchAll(/href="(\/en\/[^"]*)"/g))
    assert.equal((await hongkong.app.inject({ url: href!, headers: { accept: 'text/html' } })).statusCode, 200, href)
})

test('a demonstration is not signed in the name of the government', async () => {
  const footer = (body: string) => /<footer.*?<p>(.*?)<\/p>/.exec(body)?.[1]
  const { name } = hongkong.installation.pack.government
  assert.equal(footer(await page('/en/')), `A demonstration. Not a site of the ${name.en}.`)
  const real = await start({ pack: 'hongkong', demonstration: false })
  const { body } = await real.app.inject({ url: '/en/', headers: { accept: 'text/html' } })
  assert.equal(footer(body), name.en)
})

test('marks around the words of a search make no difference', async () => {
  const found = async (text: string) =>
    (await hongkong.app.inject({ url: `/search?q=${encodeURIComponent(text)}` })).json().results
  assert.ok((await found('open data')).length > 0)
  assert.deepEqual(await found('“Open Data!”'), await found('open data'))
  assert.deepEqual(await found('!?'), [])
})
