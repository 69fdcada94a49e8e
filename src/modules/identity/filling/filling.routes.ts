import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Routes, recordAct, type Sql, say, withLanguage } from '#platform'
import { namesIn, readAnswer, sentencesOfRows } from '../consents/answer.rules.ts'
import { AsOneself, AsOneselfPage } from '../consents/as-oneself.page.tsx'
import { actsForAnother } from '../consents/as-oneself.ts'
import { type Chosen, fieldOfKey } from '../consents/asked.rules.ts'
import { AskedAnswer, Without } from '../consents/asked-fields.tsx'
import { insertFillingShared } from '../consents/sharing.sql.ts'
import { Wait, WaitPage } from '../consents/wait.page.tsx'
import { problem } from '../problems.ts'
import { profileRulesOf } from '../profile/definitions.ts'
import { isByPhone } from '../provider/interaction.rules.ts'
import { allowForm } from '../provider/interaction-steps.ts'
import { issuerOf } from '../provider/provider.ts'
import { leadOn } from '../sign-in/lead-on.ts'
import { withNext } from '../sign-in/next.ts'
import { filledBy } from './filled.rules.ts'
import { FillingData, FillingPage } from './filling.page.tsx'
import { answerFilling, refuseFilling, type WaitingFilling } from './filling.sql.ts'
import { openFillings, type Shown } from './filling-steps.ts'
import { Handle } from './types.ts'

const ByHandle = Type.Object({ handle: Handle })

/** A form of a service, for whoever opens its link: what would be sent, field by field, and two answers. */
export const fillingRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation

  const { getFilling, look, pageOf, waitForForm } = openFillings(app)

  const show = {
    config: { access: 'public', event: 'identity.high-risk-refused' },
    schema: {
      summary: 'A form of a service: each field with the value that would be sent',
      params: ByHandle,
      querystring: Type.Object({ without: Without }),
      response: { 200: FillingData, 403: Type.Union([AsOneself, Wait]) },
    },
  }
  app.get('/filling/:handle', show, async (request, reply) => {
    const { handle } = request.params
    const { filling, client } = await getFilling(handle)
    if (!request.person) {
      const path = withNext('/sign-in', `/filling/${handle}`)
      return reply.redirect(withLanguage(pack.government, request.language, path), 303)
    }
    const { origin } = new URL(filling.redirect_uri)
    const acting = actsForAnother(request, { client, origin, path: `/filling/${handle}` })
    if (acting) {
      allowForm(reply, origin)
      return reply.code(403).page(acting, AsOneselfPage)
    }
    // Every form is high-risk.
    if (isByPhone(request.person.methods)) {
      const again = withNext('/sign-in/again', `/filling/${handle}`)
      return reply.redirect(withLanguage(pack.government, request.language, again), 303)
    }
    const wait = await waitForForm(request, handle, filling, client)
    if (wait) {
      allowForm(reply, origin)
      return reply.code(403).page(wait, WaitPage)
    }
    const looked = await look(request, filling, client)
    const without = namesIn(request.query.without)
    return reply.page(pageOf(reply, { handle, filling, client, looked }, { without }), FillingPage)
  })

  const answer = {
    config: {
      access: 'signed-in',
      event: ['identity.filling-agreed', 'identity.filling-refused', 'identity.high-risk-refused'],
      // To refuse: whoever acts for somebody else agrees to nothing.
      onBehalf: true,
    } as const,
    schema: {
      summary: 'Agree to what a form asks, field by field, or refuse',
      params: ByHandle,
      body: AskedAnswer,
      response: { 303: Type.Null(), 403: Wait, 409: FillingData, 422: FillingData },
    },
  }
  app.post('/filling/:handle', answer, async (request, reply) => {
    const { body, language } = request
    const { handle } = request.params
    const { filling, client } = await getFilling(handle)
    if (body.answer === 'refuse') {
      await app.sql.begin(async (sql) => {
        if (!(await refuseFilling(sql, handle))) throw problem('filling-gone')
        await recordAct(sql, request, { event: 'identity.filling-refused', subject: `client/${client.id}` })
      })
      return leadOn(reply, backTo(installation, filling, { error: 'access_denied' }))
    }
    if (request.person!.onBehalfOf || isByPhone(request.person!.methods))
      return reply.redirect(withLanguage(pack.government, language, `/filling/${handle}`), 303)
    const looked = await look(request, filling, client)
    const read = readAnswer(looked, body, `/filling/${handle}`)
    if ('next' in read) return reply.redirect(withLanguage(pack.government, language, read.next), 303)
    if ('again' in read)
      return reply.code(read.status).page(pageOf(reply, { handle, filling, client, looked }, read.again), FillingPage)
    const { chosen } = read
    if (chosen.agreed.length === 0) throw problem('filling-nothing')
    const wait = await waitForForm(request, handle, filling, client)
    if (wait) {
      allowForm(reply, new URL(filling.redirect_uri).origin)
      return reply.code(403).page(wait, WaitPage)
    }
    const code = await app.sql.begin((sql) =>
      agree(sql, installation, request, { handle, filling, client, looked, chosen }),
    )
    return leadOn(reply, backTo(installation, filling, { code }))
  })
}

/** Keeps the values for their service and a receipt for the person. Returns the code by which they are collected, once. */
async function agree(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { handle, filling, client, looked, chosen }: Shown & { chosen: Chosen },
): Promise<string> {
  const { language } = request
  const told = looked.rows.filter((row) => chosen.agreed.some((key) => fieldOfKey(key) === row.name))
  const sharingId = await insertFillingShared(sql, {
    personId: request.person!.id,
    clientId: client.id,
    fields: chosen.agreed,
    receipt: {
      service: client.name,
      origin: new URL(filling.redirect_uri).origin,
      language,
      sentences: sentencesOfRows(told, language),
      purpose: say(filling.purpose, language),
    },
  })
  const { trustFramework } = profileRulesOf(installation.pack)
  const filled = filledBy(told, { trustFramework, now: installation.now() })
  const code = await answerFilling(sql, installation, handle, { filled, sharingId })
  // Of two answers at once the second finds it answered, and nothing of it is kept.
  if (!code) throw problem('filling-gone')
  const detail = { client: client.id, fields: chosen.agreed.join(' ') }
  await recordAct(sql, request, { event: 'identity.filling-agreed', subject: `account/sharing/${sharingId}`, detail })
  return code
}

/** Back to the service, with what it knows its visitor by and who answers (RFC 9207). */
function backTo(
  installation: Installation,
  { redirect_uri: redirectUri, state }: WaitingFilling,
  answer: Record<string, string>,
): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ ...answer, state, iss: issuerOf(installation) }))
    url.searchParams.set(name, value)
  return url.href
}
