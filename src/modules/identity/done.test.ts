import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, type Somebody } from '../../../test/acting.ts'

const started = await start()
const { app } = started
const { somebody, post, session } = actingIn(started)
const html = { accept: 'text/html' }

const page = async ({ headers }: Somebody, url: string) =>
  (await app.inject({ url, headers: { ...headers, ...html } })).body
/** What stands first in the content of a page, if it says that something is done. */
const saidFirst = (body: string) =>
  /<main[^>]*><section class="banner banner--good"[^>]* role="status"><h2[^>]*>([^<]*)</.exec(body)?.[1]

// biome-ignore format: matrix
const acts: readonly [address: string, typed: object, said: string][] = [
  ['/account/profile/email',             { value: 'ada@quay.example' },       'You changed a field of your profile'],
  ['/account/profile/email/remove',      {},                                  'You changed a field of your profile'],
  ['/account/sessions/end-others',       {},                                  'You signed out every other browser'],
  ['/account/notifications/preferences', {},                                  'You changed how you are told of messages'],
  ['/account/notifications/quiet-hours', { from: '22:00', until: '7:00' },   'You changed how you are told of messages'],
  ['/account/notifications/address',     { address: 'ada@quay.example' },     'You changed how you are told of messages'],
  ['/account/inbox/code',                {},                                  'You took another inbox code'],
  ['/account/acting/code',               {},                                  'You made a code for a role or mandate'],
  ['/account/acting',                    { as: 'myself' },                    'You changed in whose name you act'],
  ['/account/level/counter',             {},                                  'You got a code for a counter'],
]
for (const [address, typed, said] of acts)
  test(`after a form is sent to ${address}, the next page says first “${said}”`, async () => {
    const who = await somebody()
    const sent = await post(who, `/eng${address}`, typed)
    assert.equal(sent.statusCode, 303, sent.body)
    const next = String(sent.headers.location)
    assert.equal(saidFirst(await page(who, next)), said)
    // In Chinese too, and not when the page is opened again by its own address.
    assert.match(saidFirst(await page(who, next.replace('/eng/', '/han/')))!, /^你\p{Script=Han}+$/u)
    assert.equal(saidFirst(await page(who, next.split('?')[0]!)), undefined)
  })

test('of several browsers one is signed out, and the page says so', async () => {
  const who = await somebody()
  await session(who.id)
  const { sessions } = (await app.inject({ url: '/account/sessions', headers: who.headers })).json()
  const other = sessions.find((each: { here: boolean }) => !each.here)
  const sent = await post(who, '/eng/account/sessions/end', { handle: other.handle })
  assert.equal(saidFirst(await page(who, String(sent.headers.location))), 'You signed out another browser')
})

for (const word of ['account-closed', 'passkey-added', '<script>', 'constructor', ''])
  test(`a page says nothing for a word that is none of its own: ${word}`, async () => {
    const who = await somebody()
    const body = await page(who, `/eng/account/profile?done=${encodeURIComponent(word)}`)
    assert.match(body, /<h1/)
    assert.equal(saidFirst(body), undefined)
  })
