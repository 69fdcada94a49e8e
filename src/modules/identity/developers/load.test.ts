import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadPack } from '#pack'
import { projectFolder, say } from '#platform'
import { start } from '#test'
import { insertClient } from '../provider/clients.sql.ts'
import { type PackClient, packClients } from './definitions.ts'
import { loadPackClients } from './load.sql.ts'

const { sql, installation } = await start()
const found = async (id: string) => {
  const [row] = await sql`
    select name ->> 'en' as name, metadata -> 'redirect_uris' ->> 0 as address, state, suspended_by, from_pack, secret,
      changed_at
    from identity.client
    where id = ${id}`
  return row
}
const tides: PackClient = {
  id: 'tides',
  name: { en: 'Tides', 'zh-Hant': '潮汐' },
  organisation: 'tide-station',
  state: 'live',
  kind: 'public',
  addresses: ['https://tides.example/callback'],
}
const others = installation.pack.list(packClients)

test('the pack’s own client is there when the installation has started', async () => {
  const client = await found('first-try')
  assert.deepEqual([client!.state, client!.fromPack, client!.secret], ['sandbox', true, null])
})

test('a client follows the pack, is written only when it differs, and is suspended when the pack leaves it out', async () => {
  await loadPackClients(sql, [...others, tides])
  const first = await found('tides')
  assert.deepEqual([first!.name, first!.state], ['Tides', 'live'])
  await Promise.all([1, 2, 3].map(() => loadPackClients(sql, [...others, tides])))
  assert.deepEqual((await found('tides'))!.changedAt, first!.changedAt)
  await sql`update identity.client set secret = 'sealed' where id = 'tides'`
  await loadPackClients(sql, [...others, { ...tides, addresses: ['https://tides.example/new'] }])
  const second = await found('tides')
  assert.equal(second!.address, 'https://tides.example/new')
  assert.equal(String(second!.secret), 'sealed', 'a secret is not the pack’s to write')
  await loadPackClients(sql, others)
  const third = await found('tides')
  assert.deepEqual([third!.state, third!.suspendedBy], ['suspended', 'pack'])
  await loadPackClients(sql, [...others, tides])
  assert.equal((await found('tides'))!.state, 'live')
})

test('whom an officer stopped, no pack starts; and no pack takes what somebody registered', async () => {
  await loadPackClients(sql, [...others, tides])
  await sql`update identity.client set state = 'suspended', suspended_by = 'officer' where id = 'tides'`
  await loadPackClients(sql, [...others, { ...tides, name: { en: 'Tides again', 'zh-Hant': '潮汐' } }])
  const stopped = await found('tides')
  assert.deepEqual([stopped!.state, stopped!.suspendedBy, stopped!.name], ['suspended', 'officer', 'Tides again'])
  const name = { en: 'Mine', 'zh-Hant': '我的' }
  await insertClient(sql, installation.vault, { id: 'mine', name, metadata: {}, state: 'sandbox' })
  await loadPackClients(sql, [...others, { ...tides, id: 'mine' }])
  assert.deepEqual([(await found('mine'))!.name, (await found('mine'))!.fromPack], ['Mine', false])
})

test('a pack whose client could not be trusted is no pack', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'praya-pack-'))
  after(() => rm(folder, { recursive: true, force: true }))
  await cp(fileURLToPath(new URL('governments/testland', projectFolder)), folder, { recursive: true })
  const client = (more: string) => `
- id: tides
  name: { en: Tides, zh-Hant: 潮汐 }
  organisation: tide-station
  state: live
  kind: public
${more}
`
  // biome-ignore format: matrix
  const cases = [
    ['  addresses: [https://tides.example/callback]',                    null],
    ['  addresses: [http://localhost:3000/callback]',                    /everybody can reach/],
    ['  addresses: [http://tides.example/callback]',                     /not safe/],
    ['  addresses: [https://*.example/callback]',                        /has a \*/],
    ['  addresses: []',                                                  /./],
    ['  addresses: [https://tides.example/callback]\n  powers: [filling]', /public keys/],
    ['  addresses: [https://tides.example/callback]\n  powers: [all]',   /./],
    ['  addresses: [https://tides.example/callback]\n  secret: hello',   /secret/],
  ] as const
  const definitions = [packClients]
  for (const [more, wrong] of cases) {
    await writeFile(join(folder, 'clients.yaml'), client(more))
    const { mistakes } = await loadPack(folder, definitions, { strangers: 'ignore' })
    const said = mistakes.map(({ text, values }) => say(text, 'en', values)).join('\n')
    if (wrong === null) assert.equal(said, '', more)
    else assert.match(said, wrong, more)
  }
})

test('a counter of the pack begins requests by its own key, and people are not led back to it', async () => {
  const { addresses: _, ...rest } = tides
  const counter: PackClient = { ...rest, id: 'counter', kind: 'counter', keysAddress: 'https://counter.example/jwks' }
  await loadPackClients(sql, [...others, counter])
  const [row] = await sql<{ metadata: Record<string, unknown> }[]>`
    select metadata from identity.client where id = 'counter'`
  assert.deepEqual(row!.metadata, {
    redirect_uris: [],
    response_types: [],
    grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: 'https://counter.example/jwks',
  })
  const told = { ...counter, notificationAddress: 'https://counter.example/answered' }
  await loadPackClients(sql, [...others, told])
  const [ping] = await sql<{ metadata: Record<string, unknown> }[]>`
    select metadata from identity.client where id = 'counter'`
  assert.equal(ping!.metadata.backchannel_token_delivery_mode, 'ping')
  assert.equal(ping!.metadata.backchannel_client_notification_endpoint, told.notificationAddress)
  const complaints = (client: PackClient) => [...packClients.check!([client], {} as never)].map(({ key }) => key)
  assert.deepEqual(complaints(counter), [])
  assert.deepEqual(complaints(told), [])
  assert.deepEqual(complaints({ ...tides, notificationAddress: told.notificationAddress }), ['notificationAddress'])
  assert.deepEqual(complaints({ ...counter, addresses: ['https://counter.example/'] }), ['kind'])
  assert.deepEqual(complaints({ ...counter, kind: 'public' }), ['kind'])
})
