import { createHash } from 'node:crypto'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { errors, Provider } from 'oidc-provider'
import type { Installation, Sql } from '#platform'
import { type ClientSource, findClientMetadata } from './clients.sql.ts'
import { foundOf } from './found.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()

/** Models of which the library only ever asks whether they were used before. */
const replay = 'ReplayDetection'

/**
 * The provider's storage: one statement per call, nothing kept in memory. Everything that is a bearer secret is stored as
 * its hash, and sealed where the library needs it back.
 */
export function openRecords(installation: Installation, clients: ClientSource) {
  const { sql, vault } = installation
  return (model: string): Adapter => {
    if (model === 'Client') return clientAdapter(installation, clients)
    const read = async (row: Row | undefined): Promise<AdapterPayload | undefined> => {
      if (!row) return undefined
      const { payload, secret, consumedAt } = row
      const opened = JSON.parse(vault.open('provider-record', secret, model).toString()) as object
      return { ...payload, ...opened, ...(consumedAt !== null && { consumed: consumedAt }) }
    }
    return {
      async upsert(id, { consumed: _, ...payload }, expiresIn) {
        const { jti, uid, grantId, accountId, ...rest } = payload
        const secret = vault.seal('provider-record', JSON.stringify({ jti, uid, grantId, accountId }), model)
        const handle = model === 'Session' ? (foundOf(Provider.ctx)?.asking.sessionHandle ?? null) : null
        await sql`
          insert into identity.provider_record (model, id, payload, secret, grant_id, uid, account_id, session_handle, expires_at)
          values (${model}, ${hash(id)}, ${sql.json(rest as never)}, ${secret},
                  ${model === 'Grant' ? hash(id) : grantId ? hash(grantId) : null}, ${uid ? hash(uid) : null},
                  ${accountId ?? null}, (select handle from identity.session where handle = ${handle}),
                  now() + ${expiresIn ?? maximumSeconds} * interval '1 second')
          on conflict (model, id) do update
          set payload = excluded.payload, secret = excluded.secret, grant_id = excluded.grant_id, uid = excluded.uid,
              account_id = excluded.account_id, expires_at = excluded.expires_at,
              session_handle = coalesce(excluded.session_handle, provider_record.session_handle)`
      },
      async find(id) {
        return read(await findRecord(sql, model, hash(id)))
      },
      async findByUid(uid) {
        return read(await findRecordByUid(sql, model, hash(uid)))
      },
      // Only devices without a browser have user codes, and they are not served.
      async findByUserCode() {
        return undefined
      },
      // The library asks first whether it was used, and then uses it: of two that ask at once, here one loses, and as that
      // is a replay, everything that came of the grant ends (RFC 9700, §4.14.2; RFC 6749, §4.1.2).
      async consume(id) {
        const { count } = await sql`
          update identity.provider_record
          set consumed_at = now()
          where model = ${model} and id = ${hash(id)} and consumed_at is null`
        if (count > 0) return
        await sql`
          delete from identity.provider_record
          where grant_id = (select grant_id from identity.provider_record where model = ${model} and id = ${hash(id)})`
        throw new errors.InvalidGrant(`${model} already consumed`)
      },
      async destroy(id) {
        await sql`delete from identity.provider_record where model = ${model} and id = ${hash(id)}`
      },
      async revokeByGrantId(grantId) {
        await sql`delete from identity.provider_record where grant_id = ${hash(grantId)}`
      },
    }
  }
}

const maximumSeconds = 400 * 24 * 60 * 60

type Row = { payload: AdapterPayload; secret: Buffer; consumedAt: number | null }

async function findRecord(sql: Sql, model: string, id: Buffer): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select payload, secret, extract(epoch from consumed_at)::int as consumed_at
    from identity.provider_record
    where model = ${model} and id = ${id} and expires_at > now()`
  return row
}

async function findRecordByUid(sql: Sql, model: string, uid: Buffer): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select payload, secret, extract(epoch from consumed_at)::int as consumed_at
    from identity.provider_record
    where model = ${model} and uid = ${uid} and expires_at > now()`
  return row
}

/** Clients are rows of their own, changed by their developers and never by the library. */
function clientAdapter({ sql, vault }: Installation, clients: ClientSource): Adapter {
  const refuse = async () => {
    throw new Error(`${replay} and clients are not written through here`)
  }
  return {
    find: (id) => findClientMetadata(sql, vault, clients, id),
    upsert: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  }
}

/** A job: what nobody can use any more. */
export async function deleteExpiredRecords(sql: Sql): Promise<void> {
  await sql`delete from identity.provider_record where expires_at < now()`
}

/** Ends every grant of a person to a client, with all tokens that came of it. */
export async function revokeGrants(sql: Sql, personId: string, clientId: string): Promise<void> {
  await sql`
    delete from identity.provider_record
    where grant_id in (
      select grant_id
      from identity.provider_record
      where model = 'Grant' and account_id = ${personId} and payload ->> 'clientId' = ${clientId})`
}
