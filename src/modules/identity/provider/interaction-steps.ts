import type { FastifyReply, FastifyRequest } from 'fastify'
import type { InteractionResults, Provider } from 'oidc-provider'
import { Type } from 'typebox'
import { acrOf, type Installation, type Person, type Routes, recordAct, type Sql, say } from '#platform'
import { type Again, askedData, labelsOf, purposesOf, sentencesOfRows } from '../consents/answer.rules.ts'
import { type Chosen, fieldOfKey, joined } from '../consents/asked.rules.ts'
import { findConsent, insertConsent, lockConsents } from '../consents/consents.sql.ts'
import { type Looked, lookAt } from '../consents/look.ts'
import { waitFor } from '../consents/wait.ts'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { profileFields } from '../profile/definitions.ts'
import { leadOn } from '../sign-in/lead-on.ts'
import { type Client, findClientAndConsent } from './clients.sql.ts'
import { sentencesOf } from './interaction.page.tsx'
import {
  acrsWanted,
  actsIn,
  aroundOf,
  claimsIn,
  detailsIn,
  fieldsOf,
  type Interaction,
  isCovered,
  levelWanted,
  originOf,
  pathOfInteraction,
  scopesIn,
  sentencesFor,
} from './interaction.rules.ts'
import { isBoundTo } from './interaction-cookie.ts'
import type { OpenProvider } from './provider.ts'
import { findRecord, hashOf, insertOnce } from './records.sql.ts'

/** How an address names a request that waits in a browser. */
export const Uid = Type.String({ pattern: '^[A-Za-z0-9_-]{20,60}$', maxLength: 60 })

export type Waiting = { open: Provider; interaction: Interaction; client: Client }
type Agreeing = Pick<Waiting, 'interaction'> & { open: Provider; client: Pick<Client, 'id'> }
type Shown = Pick<Waiting, 'interaction' | 'client'> & { looked: Looked }

/** What the page that asks and the answer to it share. */
export function openInteractions(app: Parameters<Routes>[0], provider: OpenProvider) {
  const { installation } = app
  const { pack } = installation

  /**
   * The request of a client that this browser is in the middle of, with what its person agreed to before; refuses as
   * `interaction-gone`.
   */
  async function getInteraction(request: FastifyRequest, uid: string) {
    const open = await provider.get()
    const interaction = isBoundTo(request, uid) ? await open.Interaction.find(uid) : undefined
    if (!interaction) throw problem('interaction-gone')
    // It began in a session of the provider, which is still that of the same person.
    const { session } = interaction
    const began = session?.uid ? await open.Session.findByUid(session.uid) : undefined
    if (session?.uid && began?.accountId !== session.accountId) throw problem('interaction-gone')
    const found = await findClientAndConsent(app.sql, String(interaction.params.client_id), request.person?.id)
    if (!found) throw problem('interaction-gone')
    if (found.client.state === 'suspended') throw problem('service-suspended')
    return { open, interaction, ...found }
  }

  const look = (request: FastifyRequest, { interaction, client }: Pick<Waiting, 'interaction' | 'client'>) =>
    lookAt(app.sql, installation, request.person!.id, fieldsOf(pack, interaction), aroundOf(interaction, client))

  /** What keeps this session from being asked, where a high-risk service would be told something new. */
  async function waitOf(
    request: FastifyRequest,
    waiting: Pick<Waiting, 'interaction' | 'client'>,
    consent: Parameters<typeof isCovered>[2],
  ) {
    const { interaction } = waiting
    if (isCovered(pack, interaction, consent)) return undefined
    return waitForClient(installation, request, { ...waiting, action: pathOfInteraction(interaction.uid) })
  }

  /** What the page shows; a browser holds where its form leads against where it may go. */
  function pageOf(request: FastifyRequest, reply: FastifyReply, { interaction, client, looked }: Shown, again: Again) {
    allowForm(reply, originOf(interaction))
    return {
      uid: interaction.uid,
      service: client.name,
      organisation: pack.organisations.find(({ id }) => id === client.organisation)?.name ?? null,
      origin: originOf(interaction),
      person: request.person!.name,
      sentences: sentencesFor(interaction),
      sandbox: client.state === 'sandbox',
      ...askedData(looked, again),
    }
  }

  /** Back to the provider, with who the person is and what was agreed. Nothing here is lost if the process ends. */
  async function finish(request: FastifyRequest, reply: FastifyReply, waiting: Waiting) {
    await agreed(waiting, request.person!)
    return leadOn(reply, waiting.interaction.returnTo)
  }

  /** Back to the provider, which tells the client that the person did not agree. */
  async function refuse(request: FastifyRequest, reply: FastifyReply, waiting: Waiting) {
    await app.sql.begin(async (sql) => {
      await answerOnce(sql, waiting.interaction, 'refuse')
      await recordAct(sql, request, { event: 'identity.service-refused', subject: `client/${waiting.client.id}` })
    })
    await refused(waiting, request.person!)
    return leadOn(reply, waiting.interaction.returnTo)
  }

  return { getInteraction, look, waitOf, pageOf, finish, refuse }
}

/** Answers a request with who the person is, and that they agreed; the provider goes on with it at `returnTo`. */
export async function agreed(waiting: Agreeing, person: Person): Promise<void> {
  const { acr, amr, authTime: ts } = authenticationOf(person)
  const login = { accountId: person.id, acr, amr, ts, remember: true }
  const { jti: grantId } = await saveGrant(person, waiting)
  await settle(waiting, { login, consent: { grantId } })
}

/**
 * Answers a request with that the person did not agree, or does not reach the level without which nobody is told of a login
 * (OpenID Connect Core Error Code unmet_authentication_requirements 1.0).
 */
export function refused(waiting: Pick<Waiting, 'interaction'>, person: Person | undefined): Promise<void> {
  const { interaction } = waiting
  const low = person !== undefined && person.level < levelWanted(interaction)
  return settle(
    waiting,
    low && acrsWanted(interaction).essential
      ? { error: 'unmet_authentication_requirements', error_description: 'the person is not at this level' }
      : { error: 'access_denied', error_description: 'the person did not agree' },
  )
}

/** Keeps what came of a request. */
async function settle({ interaction }: Pick<Waiting, 'interaction'>, result: InteractionResults): Promise<void> {
  interaction.result = 'error' in result ? result : { ...interaction.lastSubmission, ...result }
  await interaction.persist()
}

/**
 * Holds a request to its first answer, in the transaction of that: who clicks the other button meanwhile, in another tab,
 * waits here and is refused as `interaction-answered`. The same answer again, as by two clicks, leads on as the first did.
 */
export async function answerOnce(
  sql: Sql,
  { uid, exp, iat }: Pick<Interaction, 'uid' | 'exp' | 'iat'>,
  answer: 'agree' | 'refuse',
): Promise<void> {
  const [model, id] = ['InteractionAnswer', hashOf(uid)]
  const key = { model, id: id.toString('hex') }
  if (await insertOnce(sql, { key, payload: { answer }, seconds: exp - iat })) return
  const first = await findRecord(sql, model, id)
  if (first?.payload.answer !== answer) throw problem('interaction-answered')
}

/** Keeps with the provider what the person agreed to: which of the claims are told is asked of the consent at each use. */
export async function saveGrant(person: Person, { open, interaction, client }: Agreeing) {
  const claims = claimsIn(interaction)
  const grant = new open.Grant({ accountId: person.id, clientId: client.id })
  const acts = actsIn(interaction)
  grant.addOIDCScope(
    scopesIn(interaction)
      .filter((scope) => !acts.includes(scope))
      .join(' '),
  )
  if (acts.length > 0) grant.addResourceScope(String(interaction.params.resource), acts.join(' '))
  grant.addOIDCClaims(Object.keys({ ...claims.id_token, ...claims.userinfo }))
  for (const detail of detailsIn(interaction)) grant.addRar(detail)
  await grant.save()
  return grant
}

/** How surely, by what and when the person signed in. */
export const authenticationOf = (person: Person) => ({
  acr: acrOf(person.level),
  amr: [...person.methods],
  authTime: Math.floor(Date.parse(person.authenticatedAt) / 1000),
})

/** What keeps this session from a high-risk service that would be told something new; `action` leads back to the request. */
export function waitForClient(
  installation: Installation,
  request: FastifyRequest,
  { interaction, client, action }: Pick<Waiting, 'interaction' | 'client'> & { action: string },
) {
  const { sql, pack } = installation
  const names = fieldsOf(pack, interaction).map(({ name }) => name)
  const scope = joined([...sentencesFor(interaction), ...labelsOf(profileFields(pack), names)])
  return waitFor(sql, installation, request, { client, scope, action })
}

type Agreed = Shown & { chosen: Chosen }

/** Keeps what was agreed to beside what was before, with its receipt, and tells the person of what is new. Returns the consent. */
export async function agree(
  sql: Sql,
  request: FastifyRequest,
  { interaction, client, looked, chosen }: Agreed,
): Promise<string> {
  const { id: personId } = request.person!
  const { language } = request
  await lockConsents(sql, personId, client.id)
  const known = await findConsent(sql, personId, client.id)
  const scopes = scopesIn(interaction)
  const answered = [...chosen.agreed, ...chosen.refused]
  const kept = (keys: readonly string[] = []) => keys.filter((key) => !answered.includes(key))
  const told = looked.rows.filter((row) => chosen.agreed.some((key) => fieldOfKey(key) === row.name))
  const purpose = purposesOf(told, language)
  const message = interaction.params.binding_message as string | undefined
  const id = await insertConsent(sql, {
    personId,
    clientId: client.id,
    scopes: [...new Set([...(known?.scopes ?? []), ...scopes])],
    fields: [...kept(known?.fields), ...chosen.agreed],
    refused: [...kept(known?.refused), ...chosen.refused],
    receipt: {
      service: client.name,
      origin: originOf(interaction),
      language,
      sentences: [...sentencesFor(interaction).map((text) => say(text, language)), ...sentencesOfRows(told, language)],
      ...(purpose && { purpose }),
      ...(message && { message }),
      ...(request.person!.organisation && { organisation: request.person!.organisation }),
    },
  })
  const detail = { scopes: scopes.join(' '), fields: chosen.agreed.join(' ') }
  await recordAct(sql, request, { event: 'identity.consent-given', subject: `account/consents/${id}`, detail })
  const undo = `/account/consents/${id}`
  if (!known) {
    await sendAlert(sql, { personId, kind: 'new-service', values: { service: client.name }, undo })
    return id
  }
  const added = [
    ...sentencesOf(scopes.filter((scope) => !known.scopes.includes(scope))),
    ...labelsOf(
      told,
      chosen.agreed.filter((key) => !known.fields.includes(key)),
    ),
  ]
  if (added.length > 0) {
    const values = { service: client.name, scope: joined(added) }
    await sendAlert(sql, { personId, kind: 'new-scope', values, undo })
  }
  return id
}

/** Chromium holds the redirect after a form against where the form may go. */
export function allowForm(reply: FastifyReply, origin: string): void {
  reply.header('content-security-policy', withForm(String(reply.getHeader('content-security-policy')), origin))
}

/** A content security policy by which forms may lead to `origin` too. */
export const withForm = (policy: string, origin: string): string =>
  policy.replace("form-action 'self'", `form-action 'self' ${origin}`)
