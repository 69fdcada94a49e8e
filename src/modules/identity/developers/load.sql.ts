import type { JWK } from 'jose'
import type { Sql } from '#platform'
import type { PackClient } from './definitions.ts'
import { metadataOf } from './registration.ts'

/**
 * Brings the clients of the pack into the table. Idempotent, and safe in two processes at once: it writes only what
 * differs, never a secret, and never a client that somebody registered. One that the pack no longer has is suspended; one
 * that an officer stopped stays stopped.
 */
export async function loadPackClients(sql: Sql, clients: readonly PackClient[]): Promise<void> {
  const rows = clients.map((client) => ({
    id: client.id,
    name: client.name,
    organisation: client.organisation,
    metadata: metadataIn(client),
    high_risk: (client.powers ?? []).length > 0,
    powers: client.powers ?? [],
    state: client.state,
  }))
  await sql`
    update identity.client
    set state = 'suspended', suspended_by = 'pack', changed_at = now()
    where from_pack and state <> 'suspended' and deleted_at is null and id <> all(${rows.map(({ id }) => id)})`
  await sql`
    insert into identity.client as client (id, name, organisation, metadata, high_risk, powers, state, live_at, from_pack)
    select id, name, organisation, metadata, high_risk, powers, state, case when state = 'live' then now() end, true
    from jsonb_to_recordset(${sql.json(rows as never)}) as pack (
      id text, name jsonb, organisation text, metadata jsonb, high_risk boolean, powers text[], state text)
    on conflict (id) do update
    set name = excluded.name, organisation = excluded.organisation, metadata = excluded.metadata,
      high_risk = excluded.high_risk, powers = excluded.powers,
      state = case when client.suspended_by = 'officer' then client.state else excluded.state end,
      suspended_by = case when client.suspended_by = 'officer' then client.suspended_by end,
      live_at = case when excluded.state = 'live' then coalesce(client.live_at, excluded.live_at) end,
      changed_at = now()
    where client.from_pack
      and (client.name, client.organisation, client.metadata, client.high_risk, client.powers)
        is distinct from (excluded.name, excluded.organisation, excluded.metadata, excluded.high_risk, excluded.powers)
      or client.from_pack and client.suspended_by is distinct from 'officer' and client.state <> excluded.state`
}

function metadataIn({
  kind,
  addresses = [],
  signOutAddresses = [],
  keys,
  keysAddress,
  notificationAddress,
}: PackClient) {
  if (kind !== 'counter')
    return metadataOf(kind, { addresses, signOut: signOutAddresses, keys: keys && { keys: keys as JWK[] } })
  // CIBA Core 1.0, §4: nobody is led back; its keys are at an address, which also says whom pairwise names are for.
  return {
    redirect_uris: [],
    response_types: [],
    grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: keysAddress,
    ...(notificationAddress && {
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: notificationAddress,
    }),
  }
}
