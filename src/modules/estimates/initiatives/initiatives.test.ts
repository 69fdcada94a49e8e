import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { initiatives } from './definitions.ts'

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
  assert.equal(wayIn(await page('/en/systems/s16')), undefined)
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
