import type { Provider } from 'oidc-provider'
import { type Installation, type Person, queueJob, type Sql } from '#platform'
import type { askedData } from '../consents/answer.rules.ts'
import { lookAt } from '../consents/look.ts'
import { problem } from '../problems.ts'
import { type Client, findClient } from '../provider/clients.sql.ts'
import { aroundOf, fieldsOf, type Interaction, sentencesFor } from '../provider/interaction.rules.ts'
import { authenticationOf, saveGrant, type Waiting } from '../provider/interaction-steps.ts'
import { type Put, writeRecords } from '../provider/records.sql.ts'
import { beginWork } from '../provider/work.ts'
import { identifierIn, pingJob } from './ping.ts'
import type { Request } from './requests.page.tsx'
import { type AuthenticationRequest, findRequest } from './requests.sql.ts'

type Authentication = ReturnType<typeof authenticationOf>
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

/**
 * What the provider will keep of an answer, for `keepAnswer`: as the library's `backchannelResult` has it, but that would
 * keep it apart from the act, and call the service while the person waits, and once.
 */
export async function answerTo(
  { vault }: Installation,
  { asked }: Asked,
  open: Provider,
  end: () => Promise<{ error: string; errorDescription: string } | ({ grantId: string } & Authentication)>,
): Promise<Put[]> {
  const { work, answer } = beginWork(async () => {
    const request = await open.BackchannelAuthenticationRequest.find(identifierIn(vault, asked.secret))
    if (!request) throw problem('request-gone')
    await Object.assign(request, await end()).save()
  })
  await answer
  return [...work.puts.values()]
}

/** What the service gets where the person agreed. */
export async function agreement(person: Person, waiting: Waiting) {
  const { jti } = await saveGrant(person, waiting)
  return { grantId: jti, ...authenticationOf(person) }
}

export const refusal = async () => ({ error: 'access_denied', errorDescription: 'the person did not agree' })

/** Keeps the answer in the transaction of the act, and has the service told, if it is not one that asks by itself. */
export async function keepAnswer(sql: Sql, { asked, client }: Asked, answer: readonly Put[]): Promise<void> {
  await writeRecords(sql, { puts: answer })
  if (client.metadata.backchannel_token_delivery_mode === 'ping') await queueJob(sql, pingJob, { handle: asked.handle })
}
