import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Installation, Sql } from '#platform'

type Vault = Installation['vault']

/** One key of each kind signs; clients choose by algorithm: ES256, RS256 or PS256, EdDSA. */
const kinds = { EC: 'ES256', RSA: 'RS256', OKP: 'EdDSA' } as const
type Kind = keyof typeof kinds

/**
 * Who makes and opens the keys that sign tokens. Here they are made in the process and sealed in the database; a device
 * that keeps them to itself stands in the place of these two functions.
 */
export type Custody = {
  /** A new private key, sealed, with its identifier (RFC 7638). */
  create: (kind: Kind) => Promise<{ kid: string; sealed: Buffer }>
  open: (kid: string, sealed: Buffer) => JWK
}

export const openCustody = (vault: Vault): Custody => ({
  async create(kind) {
    const { privateKey } = await generateKeyPair(kinds[kind], {
      extractable: true,
      modulusLength: 2048,
      ...(kind === 'OKP' && { crv: 'Ed25519' }),
    })
    const jwk = await exportJWK(privateKey)
    const kid = await calculateJwkThumbprint(jwk)
    return { kid, sealed: vault.seal('provider-key', JSON.stringify(jwk), `provider-key/${kid}`) }
  },
  open: (kid, sealed) => ({
    ...(JSON.parse(vault.open('provider-key', sealed, `provider-key/${kid}`).toString()) as JWK),
    kid,
    use: 'sig',
  }),
})

/** How long a retired key stays published: nothing that it signed lives longer. */
const retiredHours = 24

type Row = { kid: string; kind: Kind; state: 'next' | 'current' | 'retired'; privateKey: Buffer }

/** The keys as they stand: first those that sign, then those that only verify, last those that will sign. */
export type KeySet = { version: string; keys: JWK[] }

/** A word that changes whenever a key does. One small statement. */
export async function findKeyVersion(sql: Sql): Promise<string> {
  const [row] = await sql<[{ version: string }]>`
    select coalesce(string_agg(kid || state, ' ' order by kid), '') as version
    from identity.provider_key`
  return row.version
}

async function listKeys(sql: Sql, custody: Custody): Promise<JWK[]> {
  const rows = await sql<Row[]>`
    select kid, kind, state, private_key
    from identity.provider_key
    order by array_position(array['current', 'retired', 'next'], state), retired_at desc, kid
    limit 100`
  return rows.map(({ kid, privateKey }) => custody.open(kid, privateKey))
}

/** The keys, made if there are none yet. Of several processes that find none, one makes them. */
export async function getKeySet(sql: Installation['sql'], custody: Custody): Promise<KeySet> {
  const version = await findKeyVersion(sql)
  if (version !== '') return { version, keys: await listKeys(sql, custody) }
  await sql.begin(async (transaction) => {
    await lockKeys(transaction)
    if ((await findKeyVersion(transaction)) !== '') return
    for (const kind of Object.keys(kinds) as Kind[])
      for (const state of ['current', 'next'] as const) await insertKey(transaction, custody, kind, state)
  })
  return getKeySet(sql, custody)
}

async function insertKey(sql: Sql, custody: Custody, kind: Kind, state: 'current' | 'next'): Promise<string> {
  const { kid, sealed } = await custody.create(kind)
  await sql`
    insert into identity.provider_key (kid, kind, state, private_key)
    values (${kid}, ${kind}, ${state}, ${sealed})`
  return kid
}

const lockKeys = (sql: Sql) => sql`select pg_advisory_xact_lock(hashtext('praya.identity.provider-key'))`

/** How long a key must have been published before it signs, so that whoever keeps a copy of the list has it. */
export const publishedSeconds = 120

/**
 * The next keys begin to sign, as everybody has known them since they were made; the ones before stay published until
 * nothing that they signed is alive; new next ones are made. Returns the identifiers that sign from now on, or undefined if
 * the next ones were made less than `least` seconds ago.
 */
export async function rotateKeys(
  sql: Installation['sql'],
  custody: Custody,
  least = publishedSeconds,
): Promise<string[] | undefined> {
  const { keys } = await getKeySet(sql, custody)
  return sql.begin(async (transaction) => {
    await lockKeys(transaction)
    // The first keys of an installation were made together, and are known together.
    const first = keys.length === 2 * Object.keys(kinds).length
    const [young] = await transaction<{ kid: string }[]>`
      select kid
      from identity.provider_key
      where state = 'next' and created_at > now() - ${least} * interval '1 second'
      limit 1`
    if (young && !first) return undefined
    await transaction`
      delete from identity.provider_key
      where state = 'retired' and retired_at < now() - ${retiredHours} * interval '1 hour'`
    await transaction`update identity.provider_key set state = 'retired', retired_at = now() where state = 'current'`
    const now = await transaction<{ kid: string }[]>`
      update identity.provider_key
      set state = 'current'
      where state = 'next'
      returning kid`
    for (const kind of Object.keys(kinds) as Kind[]) await insertKey(transaction, custody, kind, 'next')
    return now.map(({ kid }) => kid)
  })
}
