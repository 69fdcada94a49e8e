import type { Installation, Person } from '#platform'
import type { askedData } from '../consents/answer.rules.ts'
import { lookAt } from '../consents/look.ts'
import { problem } from '../problems.ts'
import { type Client, findClient } from '../provider/clients.sql.ts'
import { aroundOf, fieldsOf, type Interaction, sentencesFor } from '../provider/interaction.rules.ts'
import { authenticationOf, saveGrant, type Waiting } from '../provider/interaction-steps.ts'
import type { Request } from './requests.page.tsx'
import { type AuthenticationRequest, findRequest } from './requests.sql.ts'

type Asked = { asked: AuthenticationRequest; client: Client; interaction: Interaction }

/** The request as the pages of consent know one; refuses as `request-gone` what is answered, late, or another's. */
export async function getRequest(installation: Installation, personId: string, handle: string): Promise<Asked> {
  const { sql } = installation
  const asked = await findRequest(sql, personId, handle)
  const client = asked && (await findClient(sql, asked.clientId))
  if (!client || client.state === 'suspended') throw problem('request-gone')
  // Nobody is led anywhere: the host of the service is where its keys are (CIBA Core 1.0, §4).
  const [own] = (client.metadata.redirect_uris ?? []) as string[]
  const params = { ...asked.params, redirect_uri: own ?? client.metadata.jwks_uri }
  return { asked, client, interaction: { uid: handle, params } as unknown as Interaction }
}

/** What is asked, each field with the value that would be told. */
export const lookAtRequest = (installation: Installation, personId: string, { client, interaction }: Asked) =>
  lookAt(
    installation.sql,
    installation,
    personId,
    fieldsOf(installation.pack, interaction),
    aroundOf(interaction, client),
  )

export const pageOf = (
  { pack }: Installation,
  { asked, client, interaction }: Asked,
  data: ReturnType<typeof askedData>,
): Request => ({
  handle: asked.handle,
  service: client.name,
  organisation: pack.organisations.find(({ id }) => id === client.organisation)?.name ?? null,
  message: String(asked.params.binding_message),
  sentences: sentencesFor(interaction),
  expiresAt: asked.expiresAt,
  sandbox: client.state === 'sandbox',
  ...data,
})

/** Gives the service what it waits for. If the process ends before, the request runs out, and staff begin again. */
export async function tell(id: string, person: Person, waiting: Waiting): Promise<void> {
  const grant = await saveGrant(person, waiting)
  await waiting.open.backchannelResult(id, grant, authenticationOf(person))
}
