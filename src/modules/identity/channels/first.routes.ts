import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Sql, Text, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { isNewSession, knownFrom } from '../passkeys/passkeys.sql.ts'
import { findPerson, insertPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { tellingLevel } from '../proofing/tell-level.ts'
import { signIn } from '../sessions/sessions.ts'
import { channelWords, FirstPage } from './channels.page.tsx'
import { deleteOrder, type Foreign, findForeign, insertInboundBinding, setChannelProof } from './channels.sql.ts'
import { oursOf } from './definitions.ts'
import { browserOf, cookieName, getOpen, NamedChannel, Params, subjectOf } from './open-channel.ts'

/** Whose account somebody is who came from another platform for the first time. */
export const firstRoutes: Routes = async (app) => {
  const { vault, pack, now } = app.installation

  /** Who came back in this browser and waits to say whose account that is. */
  async function getForeign(request: FastifyRequest, id: string) {
    const { channel } = await getOpen(app.installation, id)
    const browser = browserOf(request)
    const found = browser && (await findForeign(app.sql, vault, id, browser))
    if (!found) throw problem('channel-order-gone')
    const ours = oursOf(channel, found.foreign.level)
    if (!ours) throw problem('channel-level-unknown', { values: { channel: channel.name } })
    return { channel, ours, ...found }
  }

  const first = {
    config: { access: 'public' },
    schema: {
      summary: 'Whose account somebody is who came from another platform for the first time',
      params: Params,
      response: {
        200: Type.Object({
          channel: NamedChannel,
          foreign: Type.Object({
            name: Type.Union([Type.String(), Type.Null()]),
            level: Type.String(),
            ours: Type.Integer(),
          }),
          person: Type.Union([Type.Object({ name: Text }), Type.Null()]),
        }),
      },
    },
  }
  app.get('/sign-in/channels/:channel/first', first, async (request, reply) => {
    const { channel, ours, foreign } = await getForeign(request, request.params.channel)
    const { level, name = null } = foreign
    const person = request.person ? { name: request.person.name } : null
    return reply.page({ channel, foreign: { name, level, ours }, person }, FirstPage)
  })

  /**
   * From when a link of this session is known. Whoever came in by a recovery code, or by what was added from one, adds no way
   * in of their own: it would outlive the day, and carry whatever level the other platform says.
   */
  async function knownAtFor(sql: Sql, { sessionHandle }: FastifyRequest): Promise<Date> {
    if ((await isNewSession(sql, sessionHandle, now())) === true) throw problem('channel-link-too-new')
    return knownFrom(sql, sessionHandle, now())
  }

  /** Links in one transaction, so that of two tabs one does it, and nobody is left with half an account. */
  async function link(request: FastifyRequest, reply: FastifyReply, id: string, person: Person) {
    const { channel, ours, foreign, id: order, next } = await getForeign(request, id)
    await app.sql
      .begin(async (sql) => {
        if (!(await deleteOrder(sql, order))) throw problem('channel-order-gone')
        const knownAt = person.isNew ? now() : await knownAtFor(sql, request)
        if (person.isNew) await insertPerson(sql, person.id, person.nameFrom(foreign, channel.name))
        const subject = subjectOf(vault, channel.id, foreign)
        const bindingId = await insertInboundBinding(sql, {
          channel: channel.id,
          personId: person.id,
          subject,
          level: foreign.level,
          knownAt,
        })
        const prove = () => setChannelProof(sql, person.id, channel.organisation, ours)
        await (person.isNew ? prove() : tellingLevel(sql, person.id, prove))
        const known = (await findPerson(sql, person.id))!
        await signIn(sql, reply, { person: known, methods: ['fed'], levelMax: ours, bindingId })
        await recordAct(sql, request, {
          event: 'identity.channel-linked',
          subject: `person/${person.id}`,
          detail: { channel: channel.id },
        })
        // Who has just opened the account by it knows.
        if (!person.isNew)
          await sendAlert(sql, { personId: person.id, kind: 'channel-linked', values: { channel: channel.name } })
      })
      .catch((error: { constraint_name?: string }) => {
        if (error.constraint_name === 'channel_binding_inbound_once') throw problem('channel-linked-elsewhere')
        throw error
      })
    reply.clearCookie(cookieName, { path: '/' })
    const onwards = withLanguage(pack.government, request.language, next)
    return reply.redirect(person.isNew ? onwards : doneAt(request, next, 'channel-linked'), 303)
  }

  const both = ['identity.signed-in', 'identity.channel-linked']
  const bind = {
    // A link is a way in: only somebody who has just shown to be there may add one.
    config: { access: 'signed-in', freshSeconds: 600, event: both },
    schema: { summary: 'Link another platform to the account that one is signed in to', params: Params },
  }
  app.post('/sign-in/channels/:channel/link', bind, async (request, reply) =>
    link(request, reply, request.params.channel, { id: request.person!.id, isNew: false, nameFrom }),
  )

  const open = {
    config: { access: 'public', event: both },
    schema: { summary: 'Open an account for somebody who came from another platform', params: Params },
  }
  app.post('/sign-in/channels/:channel/open', open, async (request, reply) =>
    link(request, reply, request.params.channel, { id: newPersonId(), isNew: true, nameFrom }),
  )
}

type Person = { id: string; isNew: boolean; nameFrom: typeof nameFrom }

const newPersonId = () => `p-${randomBytes(10).toString('hex')}`

/** As the other platform says, in every language; without a name, by where the person came from. */
const nameFrom = ({ name }: Foreign, channel: Text): Text => {
  if (name) return { en: name, 'zh-Hant': name, 'zh-Hans': name }
  const { unnamed } = channelWords
  return { en: `${unnamed.en} (${channel.en})`, 'zh-Hant': `${unnamed['zh-Hant']}（${channel['zh-Hant']}）` }
}
