import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { Type } from 'typebox'
import { acrOf, type Routes, recordAct, say, Text, withLanguage } from '#platform'
import { linkStep } from '../channels/outbound.ts'
import { findConsent, insertConsent } from '../consents/consents.sql.ts'
import { problem } from '../problems.ts'
import { leadOn } from '../sign-in/lead-on.ts'
import { type Client, findClient } from './clients.sql.ts'
import { ServicePage } from './interaction.page.tsx'
import {
  claimsIn,
  detailsIn,
  firstStep,
  type Interaction,
  originOf,
  scopesIn,
  sentencesFor,
} from './interaction.rules.ts'
import type { OpenProvider } from './provider.ts'

const Uid = Type.String({ pattern: '^[A-Za-z0-9_-]{20,60}$', maxLength: 60 })
const Asked = Type.Object({
  uid: Type.String(),
  service: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  person: Text,
  sentences: Type.Array(Text),
  sandbox: Type.Boolean(),
})

/** What a client asks a person, and what the person answers. */
export const interactionRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app
    const { pack } = installation

    /** The request of a client that this browser is in the middle of; refuses as `interaction-gone`. */
    async function getInteraction(request: FastifyRequest, reply: FastifyReply, uid: string) {
      const open = await provider.get()
      const interaction = await open.interactionDetails(request.raw, reply.raw).catch(() => undefined)
      if (interaction?.uid !== uid) throw problem('interaction-gone')
      const client = await findClient(app.sql, String(interaction.params.client_id))
      if (!client || client.state === 'suspended') throw problem('interaction-gone')
      return { open, interaction, client }
    }

    const show = {
      config: { access: 'public' },
      schema: {
        summary: 'What a service asks before one is signed in to it',
        params: Type.Object({ uid: Uid }),
        response: { 200: Asked },
      },
    }
    app.get('/sign-in/services/:uid', show, async (request, reply) => {
      const { open, interaction, client } = await getInteraction(request, reply, request.params.uid)
      const { person, language } = request
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      const scopes = scopesIn(interaction)
      const consent = await findConsent(app.sql, person!.id, client.id)
      const covered = consent && scopes.every((scope) => consent.scopes.includes(scope))
      // Who agreed to as much before is not asked again, unless the client wants it or asks for details of this once.
      if (covered && interaction.prompt.name === 'login' && detailsIn(interaction).length === 0)
        return finish(request, reply, { open, interaction, client, scopes })
      const origin = originOf(interaction)
      const policy = String(reply.getHeader('content-security-policy'))
      reply.header('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' ${origin}`))
      return reply.page(
        {
          uid: interaction.uid,
          service: client.name,
          organisation: pack.organisations.find(({ id }) => id === client.organisation)?.name ?? null,
          origin,
          person: person!.name,
          sentences: sentencesFor(interaction),
          sandbox: client.state === 'sandbox',
        },
        ServicePage,
      )
    })

    const answer = {
      config: { access: 'signed-in', event: ['identity.consent-given', 'identity.service-refused'] },
      schema: {
        summary: 'Agree to what a service asks, or refuse',
        params: Type.Object({ uid: Uid }),
        body: Type.Object({ answer: Type.Union([Type.Literal('agree'), Type.Literal('refuse')]) }),
      },
    }
    app.post('/sign-in/services/:uid', answer, async (request, reply) => {
      const { open, interaction, client } = await getInteraction(request, reply, request.params.uid)
      const person = request.person!
      const first = firstStep(interaction, person) ?? (await linkStep(installation, interaction.uid, client, person!))
      if (first) return reply.redirect(withLanguage(pack.government, request.language, first), 303)
      const subject = `client/${client.id}`
      if (request.body.answer === 'refuse') {
        await recordAct(app.sql, request, { event: 'identity.service-refused', subject })
        const refusal = { error: 'access_denied', error_description: 'the person did not agree' }
        return leadOn(reply, await open.interactionResult(request.raw, reply.raw, refusal))
      }
      const scopes = scopesIn(interaction)
      await app.sql.begin(async (sql) => {
        const known = await findConsent(sql, person.id, client.id)
        await insertConsent(sql, {
          personId: person.id,
          clientId: client.id,
          scopes: [...new Set([...(known?.scopes ?? []), ...scopes])],
          fields: known?.fields ?? [],
          receipt: {
            service: client.name,
            origin: originOf(interaction),
            language: request.language,
            sentences: sentencesFor(interaction).map((text) => say(text, request.language)),
          },
        })
        await recordAct(sql, request, {
          event: 'identity.consent-given',
          subject,
          detail: { scopes: scopes.join(' ') },
        })
      })
      return finish(request, reply, { open, interaction, client, scopes })
    })

    type Finished = { open: Provider; interaction: Interaction; client: Client; scopes: readonly string[] }

    /** Back to the provider, with who the person is and what was agreed. Nothing here is lost if the process ends. */
    async function finish(
      request: FastifyRequest,
      reply: FastifyReply,
      { open, interaction, client, scopes }: Finished,
    ) {
      const person = request.person!
      const grant = new open.Grant({ accountId: person.id, clientId: client.id })
      grant.addOIDCScope(scopes.join(' '))
      grant.addOIDCClaims(claimsIn(interaction))
      for (const detail of detailsIn(interaction)) grant.addRar(detail)
      const grantId = await grant.save()
      const login = {
        accountId: person.id,
        acr: acrOf(person.level),
        amr: [...person.methods],
        ts: Math.floor(Date.parse(person.authenticatedAt) / 1000),
        remember: true,
      }
      return leadOn(reply, await open.interactionResult(request.raw, reply.raw, { login, consent: { grantId } }))
    }
  }
