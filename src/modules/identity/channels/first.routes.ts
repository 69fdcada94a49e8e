import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Pack } from '#pack'
import { type Routes, recordAct, type Sql, sayEverywhere, Text, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { isNewSession, knownFrom } from '../passkeys/passkeys.sql.ts'
import { inAllLanguages, mistakeInName, nameLengthMax, nameMistakes, plainName } from '../people/names.rules.ts'
import { findPerson, insertPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { tellingLevel } from '../proofing/tell-level.ts'
import { signIn } from '../sessions/sessions.ts'
import { FirstPage } from './channels.page.tsx'
import { deleteOrder, findForeign, insertInboundBinding } from './channels.sql.ts'
import { oursOf } from './definitions.ts'
import { browserOf, cookieName, getOpen, NamedChannel, Params, proveByChannel, subjectOf } from './open-channel.ts'

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

  function pageOf(request: FastifyRequest, { channel, ours, foreign }: Waiting, asked: Asked): FirstData {
    const name = nameOf(pack, foreign)
    return {
      channel,
      foreign: { name, level: foreign.level, ours },
      person: request.person ? { name: request.person.name } : null,
      asked: name === null ? asked : null,
    }
  }
  type Waiting = Awaited<ReturnType<typeof getForeign>>

  const first = {
    config: { access: 'public' },
    schema: {
      summary: 'Whose account somebody is who came from another platform for the first time',
      params: Params,
      response: { 200: FirstData },
    },
  }
  app.get('/sign-in/channels/:channel/first', first, async (request, reply) => {
    const waiting = await getForeign(request, request.params.channel)
    return reply.page(pageOf(request, waiting, { name: '', mistake: null }), FirstPage)
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
        if (person.isNew) await insertPerson(sql, person.id, person.name)
        const subject = subjectOf(vault, channel.id, foreign)
        const bindingId = await insertInboundBinding(sql, {
          channel: channel.id,
          personId: person.id,
          subject,
          level: foreign.level,
          knownAt,
        })
        const prove = () => proveByChannel(sql, person.id, channel, ours)
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
    link(request, reply, request.params.channel, { id: request.person!.id, isNew: false }),
  )

  const open = {
    config: { access: 'public', event: both },
    schema: {
      summary: 'Open an account for somebody who came from another platform',
      params: Params,
      // How they want to be addressed, where the other platform gives no name that can be kept.
      body: Type.Object({ name: Type.Optional(Type.String({ maxLength: 500 })) }),
      response: { 303: Type.Null(), 422: FirstData },
    },
  }
  app.post('/sign-in/channels/:channel/open', open, async (request, reply) => {
    const waiting = await getForeign(request, request.params.channel)
    const name = nameOf(pack, waiting.foreign) ?? plainName(request.body.name)
    const mistake = mistakeIn(pack, name)
    if (mistake) return reply.code(422).page(pageOf(request, waiting, { name, mistake }), FirstPage)
    const person = { id: newPersonId(), isNew: true, name: inAllLanguages(name) } as const
    return link(request, reply, request.params.channel, person)
  })
}

type Person = { id: string; isNew: false } | { id: string; isNew: true; name: Text }

type Asked = NonNullable<FirstData['asked']>
type FirstData = Static<typeof FirstData>
const FirstData = Type.Object({
  channel: NamedChannel,
  foreign: Type.Object({
    name: Type.Union([Type.String(), Type.Null()]),
    level: Type.String(),
    ours: Type.Integer(),
  }),
  person: Type.Union([Type.Object({ name: Text }), Type.Null()]),
  asked: Type.Union([Type.Object({ name: Type.String(), mistake: Type.Union([Text, Type.Null()]) }), Type.Null()]),
})

function mistakeIn(pack: Pack, name: string): Text | null {
  const mistake = mistakeInName(name, pack)
  return mistake && sayEverywhere(nameMistakes[mistake], { most: nameLengthMax })
}

/** How the other platform calls the person, where that can be their name here: on one line, without what is not seen. */
function nameOf(pack: Pack, { name }: { name?: string }): string | null {
  const plain = plainName(name)
  return mistakeIn(pack, plain) ? null : plain
}

const newPersonId = () => `p-${randomBytes(10).toString('hex')}`
