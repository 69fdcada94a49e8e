import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { linkStep } from '../channels/outbound.ts'
import { namesIn, readAnswer } from '../consents/answer.rules.ts'
import { AskedAnswer, Without } from '../consents/asked-fields.tsx'
import { findConsent } from '../consents/consents.sql.ts'
import { lookAt } from '../consents/look.ts'
import { Wait, WaitPage } from '../consents/wait.page.tsx'
import { leadOn } from '../sign-in/lead-on.ts'
import { Asked, ServicePage } from './interaction.page.tsx'
import { aroundOf, fieldsOf, firstStep, isAnswered, isCovered, originOf } from './interaction.rules.ts'
import { agree, allowForm, answerOnce, openInteractions, Uid, waitForClient } from './interaction-steps.ts'
import type { OpenProvider } from './provider.ts'

const path = '/sign-in/services'

/** What a client asks a person, and what the person answers. */
export const interactionRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app
    const { pack } = installation

    const { getInteraction, pageOf, finish, refuse } = openInteractions(app, provider)

    const show = {
      config: { access: 'public', event: 'identity.high-risk-refused' },
      schema: {
        summary: 'What a service asks before one is signed in to it: each field with the value that would be sent',
        params: Type.Object({ uid: Uid }),
        querystring: Type.Object({ without: Without }),
        response: { 200: Asked, 403: Wait },
      },
    }
    app.get(`${path}/:uid`, show, async (request, reply) => {
      const waiting = await getInteraction(request, request.params.uid)
      const { interaction, client, consent } = waiting
      const { person, language } = request
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      if (isAnswered(pack, interaction, consent)) return leadOn(reply, interaction.returnTo)
      const covered = isCovered(pack, interaction, consent)
      const action = `${path}/${interaction.uid}`
      const wait = covered ? undefined : await waitForClient(installation, request, { interaction, client, action })
      if (wait) {
        allowForm(reply, originOf(interaction))
        return reply.code(403).page(wait, WaitPage)
      }
      const looked = await lookAt(
        app.sql,
        installation,
        person!.id,
        fieldsOf(pack, interaction),
        aroundOf(interaction, client),
      )
      const without = namesIn(request.query.without)
      return reply.page(pageOf(request, reply, { interaction, client, looked }, { without }), ServicePage)
    })

    const answer = {
      config: {
        access: 'signed-in',
        event: ['identity.consent-given', 'identity.service-refused', 'identity.high-risk-refused'],
      },
      schema: {
        summary: 'Agree to what a service asks, field by field, or refuse',
        params: Type.Object({ uid: Uid }),
        body: AskedAnswer,
        response: { 303: Type.Null(), 403: Wait, 409: Asked, 422: Asked },
      },
    }
    app.post(`${path}/:uid`, answer, async (request, reply) => {
      const { open, interaction, client } = await getInteraction(request, request.params.uid)
      const { person, body, language } = request
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      if (body.answer === 'refuse') return refuse(request, reply, { open, interaction, client })
      const looked = await lookAt(
        app.sql,
        installation,
        person!.id,
        fieldsOf(pack, interaction),
        aroundOf(interaction, client),
      )
      const action = `${path}/${interaction.uid}`
      const read = readAnswer(looked, body, action)
      if ('next' in read) return reply.redirect(withLanguage(pack.government, language, read.next), 303)
      if ('again' in read)
        return reply
          .code(read.status)
          .page(pageOf(request, reply, { interaction, client, looked }, read.again), ServicePage)
      const { chosen } = read
      const covered = isCovered(pack, interaction, await findConsent(app.sql, person!.id, client.id))
      const wait = covered ? undefined : await waitForClient(installation, request, { interaction, client, action })
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
