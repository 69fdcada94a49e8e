import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { linkStep } from '../channels/outbound.ts'
import { namesIn, readAnswer } from '../consents/answer.rules.ts'
import { AsOneself, AsOneselfPage } from '../consents/as-oneself.page.tsx'
import { actsForAnother } from '../consents/as-oneself.ts'
import { AskedAnswer, Without } from '../consents/asked-fields.tsx'
import { findConsent } from '../consents/consents.sql.ts'
import { Wait, WaitPage } from '../consents/wait.page.tsx'
import { leadOn } from '../sign-in/lead-on.ts'
import { Asked, ServicePage } from './interaction.page.tsx'
import { firstStep, isAnswered, originOf, pathOfInteraction } from './interaction.rules.ts'
import { agree, allowForm, answerOnce, openInteractions, Uid } from './interaction-steps.ts'
import type { OpenProvider } from './provider.ts'

const address = '/sign-in/services/:uid'

/** What a client asks a person, and what the person answers. */
export const interactionRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app
    const { pack } = installation

    const { getInteraction, look, waitOf, pageOf, finish, refuse } = openInteractions(app, provider)

    const show = {
      config: { access: 'public', event: 'identity.high-risk-refused' },
      schema: {
        summary: 'What a service asks before one is signed in to it: each field with the value that would be sent',
        params: Type.Object({ uid: Uid }),
        querystring: Type.Object({ without: Without }),
        response: { 200: Asked, 403: Type.Union([AsOneself, Wait]) },
      },
    }
    app.get(address, show, async (request, reply) => {
      const waiting = await getInteraction(request, request.params.uid)
      const { interaction, client, consent } = waiting
      const { person, language } = request
      const path = pathOfInteraction(interaction.uid)
      const acting = actsForAnother(request, { client, origin: originOf(interaction), path })
      if (acting) {
        allowForm(reply, acting.origin)
        return reply.code(403).page(acting, AsOneselfPage)
      }
      const first =
        firstStep(interaction, client, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      if (isAnswered(pack, interaction, consent)) return leadOn(reply, interaction.returnTo)
      const wait = await waitOf(request, { interaction, client }, consent)
      if (wait) {
        allowForm(reply, originOf(interaction))
        return reply.code(403).page(wait, WaitPage)
      }
      const looked = await look(request, { interaction, client })
      const without = namesIn(request.query.without)
      return reply.page(pageOf(request, reply, { interaction, client, looked }, { without }), ServicePage)
    })

    const answer = {
      config: {
        access: 'signed-in',
        event: ['identity.consent-given', 'identity.service-refused', 'identity.high-risk-refused'],
        // To refuse: whoever acts for somebody else agrees to nothing.
        onBehalf: true,
      } as const,
      schema: {
        summary: 'Agree to what a service asks, field by field, or refuse',
        params: Type.Object({ uid: Uid }),
        body: AskedAnswer,
        response: { 303: Type.Null(), 403: Wait, 409: Asked, 422: Asked },
      },
    }
    app.post(address, answer, async (request, reply) => {
      const { open, interaction, client } = await getInteraction(request, request.params.uid)
      const { person, body, language } = request
      if (body.answer === 'refuse') return refuse(request, reply, { open, interaction, client })
      const action = pathOfInteraction(interaction.uid)
      const first = person!.onBehalfOf
        ? action
        : (firstStep(interaction, client, person) ?? (await linkStep(installation, interaction.uid, client, person!)))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      const looked = await look(request, { interaction, client })
      const read = readAnswer(looked, body, action)
      if ('next' in read) return reply.redirect(withLanguage(pack.government, language, read.next), 303)
      if ('again' in read)
        return reply
          .code(read.status)
          .page(pageOf(request, reply, { interaction, client, looked }, read.again), ServicePage)
      const { chosen } = read
      const consent = await findConsent(app.sql, person!.id, client.id)
      const wait = await waitOf(request, { interaction, client }, consent)
      if (wait) {
        allowForm(reply, originOf(interaction))
        return reply.code(403).page(wait, WaitPage)
      }
      await app.sql.begin(async (sql) => {
        await answerOnce(sql, interaction, 'agree')
        await agree(sql, request, { interaction, client, looked, chosen })
      })
      return finish(request, reply, { open, interaction, client })
    })
  }
