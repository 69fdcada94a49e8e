import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { chinese } from '../testing/texts.ts'
import { aText, multipart } from '../testing/uploads.ts'
import type { HeadData } from './shapes.ts'

const { app, as } = await start({ pack: 'hongkong' })
const officer = await as('estimates:explain-difference', 'estimates:import-document')
const page = async (url: string) => {
  const { body } = await app.inject({ url, headers: { accept: 'text/html' } })
  return body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
const send = async (url: string, { headers, payload }: { headers: object; payload: Buffer | string }) => {
  const { statusCode, body } = await app.inject({ method: 'POST', url, headers: { ...headers, ...officer }, payload })
  assert.ok(statusCode === 201 || statusCode === 303, body)
}

test('the page of a number says of its neighbours what their own pages say', async () => {
  const at = '/estimates/2023-24/47/cells/subheads/head/provision'
  const own = (await app.inject({ url: `${at}/2021-22.actual` })).json<HeadData>()
  assert.ok(own.identities.length > 0)
  assert.ok(own.identities.every(({ outcome }) => outcome === 'holds'))
  const { identities, beside } = (await app.inject({ url: `${at}/2023-24.estimate` })).json<
    HeadData & { beside: HeadData['identities'] }
  >()
  const told = new Set([...identities, ...beside].map(({ id }) => id))
  for (const { id } of own.identities) assert.ok(told.has(id), id)
  assert.doesNotMatch(await page(`/en${at}/2023-24.estimate`), /No identity speaks of it/)
})

test('what was computed is written in the unit of what was printed', async () => {
  // The programme's revised estimate is one million more than its change in words was made from.
  await send('/estimates/import', multipart([aText(chinese().replaceAll('175.9', '176.9'))]))
  const at = '/estimates/2025-26/71'
  const fails = await page(`/en${at}/checks?outcome=fails`)
  assert.match(fails, /\$19\.3 million as computed/)
  assert.match(await page(`/tc${at}/checks?outcome=fails`), /1,930 萬元/)
  assert.doesNotMatch(fails, /[^\d.]1,930 /)
})

test('a difference that is explained counts as explained, and as nothing that holds', async () => {
  const at = '/estimates/2025-26/71'
  const { identities, differences, counts } = (await app.inject({ url: `${at}/checks` })).json<HeadData>()
  const { id } = identities.find(({ outcome }) => outcome === 'fails')!
  await send(`${at}/explain`, {
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({
      identity: id,
      difference: differences[id],
      reason: 'restatement',
      explanation: 'Counted again',
      source: 'Paper 1',
    }),
  })
  const list = await page('/en/estimates')
  assert.match(list, new RegExp(`${counts.fails - 1} fail ${counts.holds + counts.rounding} hold 1 explained`))
})

test('what is inferred says which number it assumes, and what of it', async () => {
  const own = await page('/en/estimates/2023-24/47/cells/subheads/subhead:700/provision/2023-24.estimate')
  assert.match(own, /likely but not proved: that .*Minor plant, vehicles and equipment.* is nil/)
})
