import type { FastifyRequest } from 'fastify'
import type { JWK } from 'jose'
import { Type } from 'typebox'
import type { Installation, Sql } from '#platform'
import { problem } from '../problems.ts'
import { type Client, findClient, listClientErrors } from '../provider/clients.sql.ts'
import { issuerOf } from '../provider/provider.ts'
import type { ClientView } from './client.page.tsx'
import { latestOfEach, shownErrors } from './errors.page.tsx'
import { addressesOf, kindOf } from './registration.ts'
import { listRequestsOf } from './requests.sql.ts'
import { findSecrets } from './secrets.sql.ts'
import { apache, curl, typescript } from './snippets.ts'

export const ClientParams = Type.Object({
  id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$', maxLength: 100 }),
})

/** The client in the address, if it belongs to who asks; refuses as `client-not-found`, as if there were none. */
export async function getOwnClient(sql: Sql, request: FastifyRequest): Promise<Client> {
  const { id } = request.params as { id: string }
  const client = await findClient(sql, id)
  if (!client || client.ownerId === null || client.ownerId !== request.person!.id) throw problem('client-not-found')
  return client
}

const latest = 5

/** Everything that a developer sees of a client. */
export async function viewOf(installation: Installation, client: Client): Promise<ClientView> {
  const { sql, vault, now } = installation
  const [{ shown, formerEndsAt }, errors, requests] = await Promise.all([
    findSecrets(sql, vault, client.id, now()),
    listClientErrors(sql, client.id),
    listRequestsOf(sql, client.id),
  ])
  const kind = kindOf(client)
  const keys = ((client.metadata.jwks as { keys: JWK[] } | undefined)?.keys ?? []) as JWK[]
  const issuer = issuerOf(installation)
  const addresses = addressesOf(client)
  const values = {
    issuer,
    clientId: client.id,
    kind,
    redirectUri: addresses[0]!,
    secret: shown,
    key: keys[0],
    highRisk: client.highRisk,
  }
  const { id, name, state, suspendedBy, powers, liveAt, createdAt, highRisk } = client
  return {
    client: { id, name, kind, state, suspendedBy, powers, liveAt, createdAt, highRisk },
    addresses,
    signOutAddresses: (client.metadata.post_logout_redirect_uris ?? []) as string[],
    issuer,
    keys: keys.map(({ kid, kty, crv }) => ({ kid: kid ?? '', kind: crv ?? kty ?? '' })),
    secret: shown,
    formerEndsAt,
    snippets: { typescript: typescript(values), apache: apache(values), curl: curl(values) },
    errors: shownErrors(latestOfEach(errors, latest)),
    errorCount: errors.length,
    request: requests[0] ?? null,
  }
}
