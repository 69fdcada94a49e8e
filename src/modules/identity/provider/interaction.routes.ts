import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { linkStep } from '../channels/outbound.ts'
import { namesIn, pathToFill, tickedIn } from '../consents/answer.rules.ts'
import { choose } from '../consents/asked.rules.ts'
import { askedBody, Without } from '../consents/asked-fields.tsx'
import { findConsent } from '../consents/consents.sql.ts'
import { lookAt } from '../consents/look.ts'
import { problem } from '../problems.ts'
import { leadOn } from '../sign-in/lead-on.ts'
import { Asked, ServicePage, Wait, WaitPage } from './interaction.page.tsx'
import { aroundOf, firstStep, originOf } from './interaction.rules.ts'
import { agree, allowForm, openInteractions, type Wrong } from './interaction-steps.ts'
import type { OpenProvider } from './provider.ts'

const Uid = Type.String({ pattern: '^[A-Za-z0-9_-]{20,60}$', maxLength: 60 })
const path = '/sign-in/services'

/** What a client asks a person, and what the person answers. */
export const interactionRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app
    const { pack } = installation

    const { getInteraction, fieldsOf, isCovered, pageOf, waitForClient, finish } = openInteractions(app, provider)

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
      const { open, interaction, client } = await getInteraction(request, reply, request.params.uid)
      const { person, language } = request
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      const covered = isCovered(interaction, await findConsent(app.sql, person!.id, client.id))
      // Who agreed to as much before is not asked again, unless the client wants it.
      const asks = interaction.prompt.name !== 'login' || String(interaction.params.prompt).includes('consent')
      if (covered && !asks) return finish(request, reply, { open, interaction, client })
      const wait = covered ? undefined : await waitForClient(request, interaction, client)
      if (wait) {
        allowForm(reply, originOf(interaction))
        return reply.code(403).page(wait, WaitPage)
      }
      const looked = await lookAt(app.sql, installation, person!.id, fieldsOf(interaction), aroundOf(interaction, client))
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
        body: Type.Object(askedBody),
        response: { 303: Type.Null(), 403: Wait, 409: Asked, 422: Asked },
      },
    }
    app.post(`${path}/:uid`, answer, async (request, reply) => {
      const { open, interaction, client } = await getInteraction(request, reply, request.params.uid)
      const { person, body, language } = request
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      if (body.answer === 'refuse') {
        await recordAct(app.sql, request, { event: 'identity.service-refused', subject: `client/${client.id}` })
        const refusal = { error: 'access_denied', error_description: 'the person did not agree' }
        return leadOn(reply, await open.interactionResult(request.raw, reply.raw, refusal))
      }
      const looked = await lookAt(app.sql, installation, person!.id, fieldsOf(interaction), aroundOf(interaction, client))
      const ticked = tickedIn(body.field)
      const chosen = choose(looked.rows, ticked)
      const without = looked.rows.map(({ name }) => name).filter((name) => !ticked.includes(name))
      const again = (status: 409 | 422, wrong: Wrong) =>
        reply
          .code(status)
          .page(pageOf(request, reply, { interaction, client, looked }, { without, ...wrong }), ServicePage)
      const toFill = looked.rows.find(({ name, missing }) => name === body.fill && missing !== null)
      if (toFill) {
        const next = pathToFill(toFill, looked.rows, ticked, `${path}/${interaction.uid}`)
        return reply.redirect(withLanguage(pack.government, language, next), 303)
      }
      // What was seen is what is agreed to: other values, or other questions, are seen first.
      if (body.answer !== 'agree' || body.version !== looked.version) return again(409, { changed: true })
      if (chosen.forged) throw problem('field-not-asked')
      if (chosen.open.length > 0) return again(422, { open: chosen.open.map(({ name }) => name) })
      const covered = isCovered(interaction, await findConsent(app.sql, person!.id, client.id))
      const wait = covered ? undefined : await waitForClient(request, interaction, client)
      if (wait) {
        allowForm(reply, originOf(interaction))
        return reply.code(403).page(wait, WaitPage)
      }
      await app.sql.begin((sql) => agree(sql, request, { interaction, client, looked, chosen }))
      return finish(request, reply, { open, interaction, client })
    })
  }
