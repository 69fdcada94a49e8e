import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Pack } from '#pack'
import { type Person, type Routes, recordAct, type Sql, say, Text, withLanguage } from '#platform'
import { findConsent, insertConsent } from '../consents/consents.sql.ts'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { firstStep, type Interaction, originOf, scopesIn, sentencesFor } from '../provider/interaction.rules.ts'
import { allowForm, answerOnce, openInteractions, Uid, type Waiting } from '../provider/interaction-steps.ts'
import type { OpenProvider } from '../provider/provider.ts'
import { type Channel, channels, theirsOf } from './definitions.ts'
import { LinkPage, linkSentences } from './link.page.tsx'
import { insertOutboundBinding } from './outbound.sql.ts'

const Params = Type.Object({ uid: Uid })
type LinkData = Static<typeof LinkData>
const LinkData = Type.Object({
  uid: Type.String(),
  channel: Text,
  organisation: Type.Union([Text, Type.Null()]),
  origin: Type.String(),
  person: Text,
  sentences: Type.Array(Text),
  ours: Type.Integer(),
  theirs: Type.Union([Type.String(), Type.Null()]),
  wanted: Type.Integer(),
  sandbox: Type.Boolean(),
})

/** A question of its own within the request: who linked may still refuse what the page after it asks. */
const linkOf = ({ uid, exp, iat }: Interaction) => ({ uid: `${uid}/link`, exp, iat })

/** The other way round: what a platform that is a channel asks before somebody signs in there with an account here. */
export const linkRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { pack } = app.installation
    const { getInteraction, refuse } = openInteractions(app, provider)

    /** The request of a platform that waits in this browser; refuses as `interaction-gone` and `channel-not-found`. */
    async function getAsking(request: FastifyRequest, uid: string) {
      const waiting = await getInteraction(request, uid)
      const channel = waiting.client.channel === null ? undefined : pack.find(channels, waiting.client.channel)
      if (!channel) throw problem('channel-not-found')
      return { ...waiting, channel }
    }

    const show = {
      config: { access: 'public' },
      schema: {
        summary: 'What it means to sign in at another platform with this account',
        params: Params,
        response: { 200: LinkData },
      },
    }
    app.get('/sign-in/services/:uid/link', show, async (request, reply) => {
      const asking = await getAsking(request, request.params.uid)
      const { person, language } = request
      const first = firstStep(asking.interaction, asking.client, person)
      if (first) return reply.redirect(withLanguage(pack.government, language, first), 303)
      const data = dataOf(pack, asking, person!)
      allowForm(reply, data.origin)
      return reply.page(data, LinkPage)
    })

    const answer = {
      config: {
        access: 'signed-in',
        event: ['identity.channel-linked', 'identity.consent-given', 'identity.service-refused'],
      },
      schema: {
        summary: 'Link this account with another platform, or refuse',
        params: Params,
        body: Type.Object({ answer: Type.Union([Type.Literal('agree'), Type.Literal('refuse')]) }),
      },
    }
    app.post('/sign-in/services/:uid/link', answer, async (request, reply) => {
      const asking = await getAsking(request, request.params.uid)
      const { interaction, channel } = asking
      const person = request.person!
      const service = `/sign-in/services/${interaction.uid}`
      const onwards = withLanguage(pack.government, request.language, service)
      if (firstStep(interaction, asking.client, person)) return reply.redirect(onwards, 303)
      if (request.body.answer === 'refuse') {
        await answerOnce(app.sql, linkOf(interaction), 'refuse')
        return refuse(request, reply, asking)
      }
      const data = dataOf(pack, asking, person)
      const { theirs } = data
      if (theirs === null) throw problem('channel-level-too-low', { values: { channel: channel.name } })
      await app.sql.begin(async (sql) => {
        await answerOnce(sql, linkOf(interaction), 'agree')
        await link(sql, request, asking, { ...data, theirs })
      })
      return reply.redirect(onwards, 303)
    })
  }

/** A request that waits, and for which platform. */
type Asking = Waiting & { channel: Channel }

const dataOf = (pack: Pack, { interaction, client, channel }: Asking, person: Person): LinkData => ({
  uid: interaction.uid,
  channel: channel.name,
  organisation: pack.organisations.find(({ id }) => id === channel.organisation)?.name ?? null,
  origin: originOf(interaction),
  person: person.name,
  sentences: sentencesFor(interaction),
  ours: person.level,
  theirs: theirsOf(channel, person.level) ?? null,
  wanted: Math.min(...channel.levels.map(({ ours }) => ours)),
  sandbox: client.state === 'sandbox',
})

type Linked = LinkData & { theirs: string }

/** Binding, salt and consent are one act: of two tabs one does it, and the other finds it done. */
async function link(sql: Sql, request: FastifyRequest, asking: Asking, data: Linked): Promise<void> {
  const { client, channel } = asking
  const { id: personId } = request.person!
  const binding = { channel: channel.id, personId, salt: randomBytes(32), level: data.theirs }
  if (!(await insertOutboundBinding(sql, binding))) return
  await recordAct(sql, request, {
    event: 'identity.channel-linked',
    subject: `person/${personId}`,
    detail: { channel: channel.id, direction: 'outbound' },
  })
  // What is high-risk is asked on its own page, which has rules of its own.
  if (!client.highRisk) await consent(sql, request, asking, data)
  await sendAlert(sql, { personId, kind: 'channel-linked', values: { channel: channel.name } })
}

/** Keeps that the platform is told what the page said, beside what it was told before. */
async function consent(sql: Sql, request: FastifyRequest, asking: Asking, data: Linked): Promise<void> {
  const { interaction, client, channel } = asking
  const { person, language } = request
  const scopes = scopesIn(interaction)
  const known = await findConsent(sql, person!.id, client.id)
  const { told, level, means } = linkSentences(data)
  await insertConsent(sql, {
    personId: person!.id,
    clientId: client.id,
    scopes: [...new Set([...(known?.scopes ?? []), ...scopes])],
    fields: known?.fields ?? [],
    receipt: {
      service: channel.name,
      origin: data.origin,
      language,
      sentences: [
        ...told.map((text) => say(text, language)),
        say(level.text, language, level.values),
        ...means.map((text) => say(text, language)),
      ],
    },
  })
  await recordAct(sql, request, {
    event: 'identity.consent-given',
    subject: `client/${client.id}`,
    detail: { scopes: scopes.join(' ') },
  })
}
