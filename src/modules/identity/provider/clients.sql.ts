import type { AdapterPayload } from 'oidc-provider'
import { type Installation, keepReads, type Sql, type Text } from '#platform'
import type { Consent } from '../consents/consents.sql.ts'
import { powersOf, scopesFor } from '../developers/powers.ts'

type Vault = Installation['vault']

/** A client as it is kept. `metadata` is that of RFC 7591. */
export type Client = {
  id: string
  name: Text
  organisation: string | null
  ownerId: string | null
  metadata: Record<string, unknown>
  highRisk: boolean
  channel: string | null
  state: 'sandbox' | 'live' | 'suspended'
  /** What of high risk an officer approved. */
  powers: string[]
  /** When an officer approved it for use outside of trials. */
  liveAt: string | null
  suspendedBy: 'developer' | 'officer' | 'pack' | null
  fromPack: boolean
  createdAt: string
  changedAt: string
}

type Row = Client & { secret: Buffer | null; deletedAt: string | null }

/** How long a process relies on what it read of a client; a change counts everywhere after as long. */
const keptMs = 2000
const keptMax = 1000

export type ClientSource = ReturnType<typeof openClientSource>

/**
 * What the provider needs of each client that may ask; undefined for one that is suspended, or is not there. `scopes` are what the provider knows
 * to grant: a client gets of it what is open to all, and what was approved for it.
 */
export const openClientSource = ({ sql, vault }: Pick<Installation, 'sql' | 'vault'>, scopes: readonly string[]) =>
  keepReads(
    async (id): Promise<AdapterPayload | undefined> => {
      const row = id.includes('\0') ? undefined : await findRow(sql, id)
      return row && mayAsk(row) ? metadataOf(vault, row, scopes) : undefined
    },
    { keptMs, keptMax },
  )

const columns = (sql: Sql) => sql`
  client.id, client.name, client.organisation, client.owner_id, client.metadata, client.high_risk, client.channel,
  client.state, client.powers, client.live_at, client.suspended_by, client.from_pack, client.created_at,
  client.changed_at`

async function findRow(sql: Sql, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)}, client.secret, client.deleted_at
    from identity.client
    where id = ${id}`
  return row
}

/** One that is suspended asks for nothing; nor does one that was registered for a secret which nobody has made yet. */
const mayAsk = ({ state, secret, metadata }: Row): boolean =>
  state !== 'suspended' && (secret !== null || !String(metadata.token_endpoint_auth_method).startsWith('client_secret'))

const metadataOf = (vault: Vault, row: Row, scopes: readonly string[]) =>
  ({
    ...profileOf(row),
    client_id: row.id,
    client_name: row.name.en,
    ...(row.secret && { client_secret: vault.open('client', row.secret, `client/${row.id}`).toString() }),
    high_risk: row.highRisk,
    ...(row.state === 'sandbox' && { sandbox: true }),
    ...limitsOf(row, scopes),
    ...(row.channel && { channel: row.channel }),
  }) as AdapterPayload

/** Deny by default: what is of high risk only where it was approved. A client that the operator wrote stands for itself. */
function limitsOf(row: Row, scopes: readonly string[]) {
  const powers = powersOf(row)
  return powers && { powers, scope: scopesFor(powers, scopes).join(' ') }
}

/** What follows from a client's risk, whatever its metadata say (FAPI 2.0 Security Profile, §5.3). */
function profileOf({ metadata, highRisk }: Row): Record<string, unknown> {
  if (!highRisk) return metadata
  return {
    ...metadata,
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: metadata.tls_client_certificate_bound_access_tokens !== true,
    token_endpoint_auth_method: metadata.token_endpoint_auth_method ?? 'private_key_jwt',
    id_token_signed_response_alg: metadata.id_token_signed_response_alg ?? 'ES256',
  }
}

/** A client that was not deleted. */
export async function findClient(sql: Sql, id: string): Promise<Client | undefined> {
  const row = await findRow(sql, id)
  if (!row || row.deletedAt) return undefined
  const { secret: _, deletedAt: __, ...client } = row
  return client
}

/** A client that was not deleted, and what a person agreed with it that counts now. */
export async function findClientAndConsent(sql: Sql, id: string, personId: string | undefined) {
  const [row] = await sql<(Row & { consent: Pick<Consent, 'scopes' | 'fields' | 'refused'> | null })[]>`
    select ${columns(sql)},
      case when consent.id is not null then jsonb_build_object(
        'scopes', consent.scopes, 'fields', consent.fields, 'refused', consent.refused) end as consent
    from identity.client
    left join identity.consent on consent.client_id = client.id and consent.person_id = ${personId ?? null}
      and consent.withdrawn_at is null and coalesce(consent.expires_at > now(), true)
    where client.id = ${id} and client.deleted_at is null`
  if (!row) return undefined
  const { consent, ...client } = row
  return { client: client as Client, consent }
}

export type NewClient = Pick<Client, 'id' | 'name' | 'metadata' | 'state'> &
  Partial<Pick<Client, 'organisation' | 'ownerId' | 'highRisk' | 'channel'>> & { secret?: string }

const sealed = (vault: Vault, id: string, secret: string | undefined) =>
  secret === undefined ? null : vault.seal('client', secret, `client/${id}`)

/** Registers a client. An identifier that is taken violates `client_pkey`. */
export async function insertClient(sql: Sql, vault: Vault, client: NewClient): Promise<void> {
  const { id, name, metadata, state, organisation, ownerId, highRisk, channel, secret } = client
  await sql`
    insert into identity.client (id, name, organisation, owner_id, metadata, secret, high_risk, channel, state)
    values (${id}, ${sql.json(name)}, ${organisation ?? null}, ${ownerId ?? null}, ${sql.json(metadata as never)},
            ${sealed(vault, id, secret)}, ${highRisk ?? false}, ${channel ?? null}, ${state})`
}

const listMax = 200

/** The clients of a developer, newest first. */
export async function listClientsOf(sql: Sql, ownerId: string): Promise<Client[]> {
  return sql<Client[]>`
    select ${columns(sql)}
    from identity.client
    where owner_id = ${ownerId} and deleted_at is null
    order by created_at desc, id
    limit ${listMax}`
}

export type ClientError = {
  at: string
  route: string
  error: string
  reason: string
  request: string | null
  /** Whether it came with the client’s own proof, or from its developer’s browser; others anybody can send. */
  proven: boolean
  /** How often the same was refused; the rest is of the last time. */
  count: number
}
const errorsMax = 100
const ofKindMax = 50
const shownMax = 500

/** A reason without what its sender may have chosen: an origin, and whatever stands quoted, in brackets or as a number. */
const withoutOwnWords = (reason: string) => reason.replace(/(^origin |["'(\d]).*/s, '')

/**
 * Keeps a refusal for the client's developer, beside those that are like it, and forgets those before the last hundred of
 * the proven and the last fifty of each error among the others. What strangers send they can send in any number, but not in
 * any kind: so they push out nothing but what is very much like it.
 */
export async function insertClientError(
  sql: Sql,
  clientId: string,
  { personId, ...refused }: Omit<ClientError, 'at' | 'count'> & { personId: string | undefined },
): Promise<void> {
  const [route, error, reason] = [refused.route.slice(0, 60), refused.error.slice(0, 100), refused.reason.slice(0, 500)]
  await sql`
    with asked as (
      select id, proven, case when proven then ${reason} else ${withoutOwnWords(reason)} end as alike
      from identity.client,
        lateral (select ${refused.proven} or coalesce(owner_id = ${personId ?? null}, false) as proven) as sent
      where id = ${clientId}
    ), gone as (
      delete from identity.client_error
      where id in (
        select earlier.id
        from asked
        join identity.client_error as earlier on earlier.client_id = asked.id and earlier.proven = asked.proven
          and (asked.proven or (earlier.route, earlier.error) = (${route}, ${error}))
        where (earlier.route, earlier.error, earlier.alike) <> (${route}, ${error}, asked.alike)
        order by earlier.at desc, earlier.id desc
        offset (select case when proven then ${errorsMax} else ${ofKindMax} end::int - 1 from asked)
      )
    )
    insert into identity.client_error (client_id, proven, route, error, alike, reason, request)
    select id, proven, ${route}, ${error}, alike, ${reason}, ${refused.request}
    from asked
    on conflict (client_id, proven, route, error, md5(alike)) do update
    set count = client_error.count + 1, at = excluded.at, reason = excluded.reason, request = excluded.request`
}

/** The last refusals of a client: those proven first, and each newest first. */
export async function listClientErrors(sql: Sql, clientId: string): Promise<ClientError[]> {
  return sql<ClientError[]>`
    select at, route, error, reason, request, proven, count
    from identity.client_error
    where client_id = ${clientId}
    order by proven desc, at desc, id desc
    limit ${shownMax}`
}
