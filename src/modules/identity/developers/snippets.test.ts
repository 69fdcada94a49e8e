import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actingIn } from '../../../../test/acting.ts'
import { aFolder, serve, signInTo, typed } from '../../../../test/programs.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { freePort } from '../../../../test/running/praya.ts'
import { makeKey, privateKeyFile, secretPlace } from './snippets.ts'

const started = await aListeningSite()
const { site } = started
const { somebody, post, get } = actingIn(started)
const ann = await somebody({ level: 1 })

async function register(kind: string, keys = '') {
  const address = `http://localhost:${await freePort()}`
  const form = { nameEn: 'Tide tables', kind, keys, addresses: `${address}/callback` }
  const answer = await post(ann, '/developers/clients', form)
  assert.equal(answer.statusCode, 303, answer.body)
  const path = String(answer.headers.location).replace(/^\/\w+|\?.*$/g, '')
  return { address, path, ...(await get(ann, path)).json() }
}

for (const kind of ['secret', 'key', 'public'])
  test(`the TypeScript of the page signs a person in, as it stands: ${kind}`, async () => {
    const folder = aFolder()
    const keys = kind === 'key' ? await typed(folder, makeKey) : ''
    if (kind === 'key') assert.ok(!keys.includes('"d"'), 'only the public part is printed')
    const { address, snippets } = await register(kind, keys)
    await serve(folder, 'sign-in.mts', snippets.typescript, address)
    const { status, text } = await signInTo(address, site)
    assert.equal(status, 200, text)
    assert.match(text, /^Ada Quay is signed in as [\w-]{43}, at urn:praya:level:1\n$/)
  })

test('the TypeScript of a client of high risk pushes its requests and binds its tokens', async () => {
  const folder = aFolder()
  const { path, address, client } = await register('key', await typed(folder, makeKey))
  await started.sql`update identity.client set high_risk = true, powers = '{document}' where id = ${client.id}`
  const { snippets } = (await get(ann, path)).json()
  await serve(folder, 'sign-in.mts', snippets.typescript, address)
  assert.match((await signInTo(address, site)).text, /^Ada Quay is signed in as/)
  assert.match(await typed(folder, snippets.curl), /"pushed_authorization_request_endpoint"/)
})

test('curl of the page finds the issuer and gets a token', async () => {
  const { snippets, issuer } = await register('secret')
  const said = await typed(aFolder(), snippets.curl)
  assert.ok(said.includes(`"issuer":"${issuer}"`), said)
  assert.match(said, /"access_token":"[\w-]+"/)
})

test('curl of the page makes a request that the provider takes, for a client without a secret too', async () => {
  for (const kind of ['public', 'key']) {
    const folder = aFolder()
    const { snippets } = await register(kind, kind === 'key' ? await typed(folder, makeKey) : '')
    const [begin] = snippets.curl.split('# The browser comes back')
    const url = (await typed(folder, begin)).trim().split('\n').at(-1)!
    const response = await fetch(url, { redirect: 'manual' })
    assert.equal(response.status, 303, url)
    assert.match(decodeURIComponent(response.headers.get('location')!), /\/sign-in\/services\//)
  }
})

test('no program holds a secret once it is kept, and each says where to put it', async () => {
  const { path, secret } = await register('secret')
  await post(ann, `${path}/secret/kept`)
  const { snippets } = (await get(ann, path)).json()
  for (const program of Object.values<string>(snippets)) {
    assert.ok(!program.includes(secret))
    assert.ok(program.includes(secretPlace))
  }
  assert.ok(!JSON.stringify(await register('public')).includes(privateKeyFile))
})
