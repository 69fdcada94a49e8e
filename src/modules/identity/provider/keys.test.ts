import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { aClient, discover, login } from '../../../../test/logins.ts'
import { aListeningSite } from '../../../../test/relying-party.ts'
import { openCustody, rotateKeys } from './keys.sql.ts'

const first = await aListeningSite()
const { site, sql, installation } = first
const custody = openCustody(installation.vault)
await aClient(first, 'tide-tables')
const config = await discover(site, 'tide-tables')

const listed = async () => {
  const { keys } = (await (await fetch(`${site}/id/jwks`)).json()) as { keys: { kid: string; kty: string }[] }
  return keys.map(({ kid }) => kid)
}

test('keys are rotated under load, and no login fails, nor does anybody who holds the list of before', async ({
  mock,
}) => {
  const keys = createRemoteJWKSet(new URL(`${site}/id/jwks`), { cooldownDuration: 0 })
  await login(site, config)
  // A service that read the list before the rotation, and reads it no more.
  const list = await (await fetch(`${site}/id/jwks`)).json()
  const used = new Set<string>()
  const underWay = Promise.withResolvers<void>()
  const worker = async () => {
    for (let each = 0; used.size < 2 && each < 100; each++) {
      const { tokens } = await login(site, config)
      await jwtVerify(tokens.id_token!, keys, { issuer: `${site}/id`, audience: 'tide-tables' })
      used.add(decodeProtectedHeader(tokens.id_token!).kid!)
      underWay.resolve()
    }
  }
  const working = Promise.all([worker(), worker(), worker()])
  await Promise.race([underWay.promise, working])
  const now = await rotateKeys(sql, custody)
  // A process goes on with the keys that it knows for a few seconds.
  const clock = performance.now.bind(performance)
  mock.method(performance, 'now', () => clock() + 60_000)
  await working
  assert.equal(used.size, 2)
  const known = (list as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
  for (const kid of [...now!, ...used]) assert.ok(known.includes(kid), kid)
})

test('keys that nobody can know yet do not sign', async () => {
  const before = await listed()
  assert.equal(await rotateKeys(sql, custody), undefined)
  assert.deepEqual(await listed(), before)
  assert.equal((await rotateKeys(sql, custody, 0))?.length, 3)
})

test('a retired key stays in the list for a day, and then goes', async () => {
  const retired = await sql<{ kid: string }[]>`select kid from identity.provider_key where state = 'retired'`
  assert.ok(retired.length > 0)
  await sql`update identity.provider_key set retired_at = now() - interval '25 hours' where state = 'retired'`
  await rotateKeys(sql, custody, 0)
  const left = await sql<{ kid: string }[]>`select kid from identity.provider_key`
  for (const { kid } of retired) assert.ok(!left.some((each) => each.kid === kid))
})

test('the database holds no key that anybody could use', async () => {
  const rows = await sql<{ privateKey: Buffer }[]>`select private_key from identity.provider_key`
  assert.ok(rows.length > 0)
  for (const { privateKey } of rows) assert.ok(!/"(d|kty)"/.test(privateKey.toString('latin1')))
})
