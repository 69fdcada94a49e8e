import type { FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { acrOf, type Installation } from '#platform'
import { askedFields } from '../consents/asked.rules.ts'
import type { Looked } from '../consents/look.ts'
import { problem } from '../problems.ts'
import { profileFields } from '../profile/definitions.ts'
import { type Client, findClient } from '../provider/clients.sql.ts'
import { claimsIn, detailsIn, type Interaction, scopesIn, sentencesFor } from '../provider/interaction.rules.ts'
import type { Request } from './requests.page.tsx'
import { type AuthenticationRequest, findRequest } from './requests.sql.ts'

export type Asked = { asked: AuthenticationRequest; client: Client; interaction: Interaction }

/** The request as the pages of consent know one; refuses as `request-gone` what is answered, late, or another's. */
export async function getRequest(installation: Installation, personId: string, handle: string): Promise<Asked> {
  const { sql } = installation
  const asked = await findRequest(sql, personId, handle)
  const client = asked && (await findClient(sql, asked.clientId))
  if (!client || client.state === 'suspended') throw problem('request-gone')
  const [own] = (client.metadata.redirect_uris ?? []) as string[]
  const params = { ...asked.params, redirect_uri: own ?? installation.address }
  return { asked, client, interaction: { uid: handle, params } as unknown as Interaction }
}

export const fieldsOf = ({ pack }: Installation, interaction: Interaction) =>
  askedFields(profileFields(pack), scopesIn(interaction), claimsIn(interaction))

export const dataOf = (
  { pack }: Installation,
  { asked, client, interaction }: Asked,
  looked: Looked,
  wrong: Partial<Request>,
): Request => ({
  handle: asked.handle,
  service: client.name,
  organisation: pack.organisations.find(({ id }) => id === client.organisation)?.name ?? null,
  message: String(asked.params.binding_message),
  sentences: sentencesFor(interaction),
  expiresAt: asked.expiresAt,
  ...looked,
  without: [],
  open: [],
  changed: false,
  ...wrong,
})

/** Gives the service what it waits for. If the process ends before, the request runs out, and staff begin again. */
export async function tell(
  open: Provider,
  id: string,
  {
    interaction,
    client,
    person,
  }: Pick<Asked, 'interaction' | 'client'> & { person: NonNullable<FastifyRequest['person']> },
): Promise<void> {
  const claims = claimsIn(interaction)
  const grant = new open.Grant({ accountId: person.id, clientId: client.id })
  grant.addOIDCScope(scopesIn(interaction).join(' '))
  grant.addOIDCClaims(Object.keys({ ...claims.id_token, ...claims.userinfo }))
  for (const detail of detailsIn(interaction)) grant.addRar(detail)
  await grant.save()
  await open.backchannelResult(id, grant, {
    acr: acrOf(person.level),
    amr: [...person.methods],
    authTime: Math.floor(Date.parse(person.authenticatedAt) / 1000),
  })
}
