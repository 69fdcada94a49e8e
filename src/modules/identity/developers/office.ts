import type { FastifyRequest } from 'fastify'
import type { Installation, Sql } from '#platform'
import { sendMessage } from '../inbox/messages.ts'
import { nameForOthers } from '../people/name-for-others.ts'
import { findPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { type Client, findClient, listClientErrors } from '../provider/clients.sql.ts'
import { latestOfEach, shownErrors } from './errors.page.tsx'
import type { messageOf } from './messages.rules.ts'
import type { OfficeClient, OfficeMistake } from './office.page.tsx'
import { addressesOf, kindOf } from './registration.ts'
import { listRequestsOf } from './requests.sql.ts'

export const access = 'identity:approve-client'
/** As for everybody who decides about others. */
export const level = 2
/** Who decides has shown within the hour to be there. */
export const freshSeconds = 3600

/** The client in the address, whoever’s it is; refuses as `client-not-found`. */
export async function getClient(sql: Sql, request: FastifyRequest): Promise<Client> {
  const client = await findClient(sql, (request.params as { id: string }).id)
  if (!client) throw problem('client-not-found')
  return client
}

const errorsMax = 20

/** What the officer `personId` sees of a client: no secret, and not who exactly its developer is. */
export async function officeViewOf(
  installation: Installation,
  client: Client,
  personId: string,
  mistakes: OfficeMistake[] = [],
): Promise<OfficeClient> {
  const { sql } = installation
  const [requests, errors, owner] = await Promise.all([
    listRequestsOf(sql, client.id),
    listClientErrors(sql, client.id),
    client.ownerId ? findPerson(sql, client.ownerId) : undefined,
  ])
  const { id, name, state, suspendedBy, powers, liveAt, changedAt, fromPack, highRisk } = client
  return {
    client: { id, name, kind: kindOf(client), state, suspendedBy, powers, liveAt, changedAt, fromPack, highRisk },
    addresses: addressesOf(client),
    developer: owner ? await nameForOthers(sql, installation, owner) : null,
    own: client.ownerId === personId,
    requests: requests.map(({ askedBy: _, clientId: __, ...each }) => each),
    errors: shownErrors(latestOfEach(errors, errorsMax)),
    mistakes,
  }
}

/** Tells the developer, if there is one whose account is open, in the name of the officer’s organisation. */
export async function tellDeveloper(
  sql: Sql,
  { vault }: Installation,
  request: FastifyRequest,
  client: Client,
  content: ReturnType<typeof messageOf>,
): Promise<void> {
  const organisation = request.person!.organisation
  if (!organisation) throw problem('no-organisation')
  if (!client.ownerId || !(await findPerson(sql, client.ownerId))) return
  const link = `/developers/clients/${client.id}`
  await sendMessage(sql, { ...content, vault, personId: client.ownerId, organisation, link })
}
