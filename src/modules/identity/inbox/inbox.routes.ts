import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { newInboxCode } from './code.rules.ts'
import { InboxData, InboxPage } from './inbox.page.tsx'
import * as inbox from './inbox.sql.ts'
import { MessagePage } from './message.page.tsx'
import { referencesOf } from './references.sql.ts'
import { open, Shown, senderName } from './shown.ts'

const Sender = Type.String({ maxLength: 60 })
const At = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** An inbox is its person’s own, in whoever’s name they act: a mandate does not open the letters of another. */
export const inboxRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My inbox: messages from departments, and alerts about my account',
      querystring: Type.Object({
        sender: Type.Optional(Sender),
        page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
        place: Type.Optional(Type.Enum(['inbox', 'archive'])),
      }),
      response: { 200: InboxData },
    },
  }
  app.get('/account/inbox', list, async ({ person, query }, reply) => {
    const { id } = person!
    const { place = 'inbox', sender, page = 1 } = query
    const which = { archived: place === 'archive', sender: sender || undefined }
    const [rows, total, unread, senders, code] = await Promise.all([
      inbox.listMessages(sql, id, { ...which, page }),
      inbox.countMessages(sql, id, which),
      inbox.countUnread(sql, id),
      inbox.listSenders(sql, id),
      codeOf(id),
    ])
    const references = await referencesOf(sql, id, rows)
    const data = {
      code,
      place,
      sender: sender ?? '',
      senders: senders.map((each) => ({ id: each, name: senderName(installation, each) })),
      messages: rows.map((row) => open(installation, row, references(row))),
      unread,
      page,
      last: Math.max(1, Math.ceil(total / inbox.perPage)),
    }
    return reply.page(data, InboxPage)
  })

  /** The inbox code is made when its person first looks at the inbox. */
  const codeOf = (id: string) => inbox.getCode(sql, id, newInboxCode())

  const change = {
    config: { access: 'signed-in', event: 'identity.inbox-code-changed' },
    schema: { summary: 'Take another inbox code; the old one leads nowhere from then on' },
  }
  app.post('/account/inbox/code', change, async (request, reply) => {
    const { id } = request.person!
    await sql.begin(async (transaction) => {
      await inbox.changeCode(transaction, id, newInboxCode())
      await recordAct(transaction, request, { event: 'identity.inbox-code-changed', subject: `person/${id}` })
    })
    return reply.redirect(doneAt(request, '/account/inbox', 'inbox-code-changed'), 303)
  })

  const read = {
    // Opening is what marks it as read, so this address is the one that is asked for with an event.
    config: { access: 'signed-in', event: 'identity.message-read' },
    schema: { summary: 'Open one message; from then on it counts as read', params: At, response: { 200: Shown } },
  }
  app.get('/account/inbox/:id', read, async (request, reply) => {
    const { id } = request.params
    const person = request.person!
    const row = await sql.begin(async (transaction) => {
      // A HEAD shows nothing, so nothing was read; a prefetch is none of the person’s doing either.
      const looks = request.method === 'GET' && !/prefetch/.test(String(request.headers['sec-purpose'] ?? ''))
      if (looks && (await inbox.markRead(transaction, person.id, id)))
        await recordAct(transaction, request, { event: 'identity.message-read', subject: `account/inbox/${id}` })
      return inbox.findMessage(transaction, person.id, id)
    })
    if (!row) throw problem('message-not-found')
    const references = await referencesOf(sql, person.id, [row])
    return reply.page(open(installation, row, references(row)), MessagePage)
  })

  const acknowledge = {
    config: { access: 'signed-in', event: 'identity.message-acknowledged' },
    schema: { summary: 'Tell the sender that I have read a message', params: At },
  }
  app.post('/account/inbox/:id/acknowledgement', acknowledge, async (request, reply) => {
    const { id } = request.params
    const person = request.person!
    await sql.begin(async (transaction) => {
      const row = await inbox.findMessage(transaction, person.id, id)
      if (!row?.acknowledgementWanted) throw problem('message-not-found')
      if (!row.readAt) throw problem('message-unread')
      if (await inbox.acknowledge(transaction, person.id, id))
        await recordAct(transaction, request, {
          event: 'identity.message-acknowledged',
          subject: `account/inbox/${id}`,
        })
    })
    return reply.redirect(doneAt(request, `/account/inbox/${id}`, 'message-acknowledged'), 303)
  })

  const move = {
    config: { access: 'signed-in', event: ['identity.message-archived', 'identity.message-restored'] },
    schema: {
      summary: 'Put a message into the archive, or back',
      params: At,
      body: Type.Object({ to: Type.Enum(['inbox', 'archive']) }),
    },
  }
  app.post('/account/inbox/:id/place', move, async (request, reply) => {
    const { id } = request.params
    const person = request.person!
    const archived = request.body.to === 'archive'
    const act = archived ? 'message-archived' : 'message-restored'
    await sql.begin(async (transaction) => {
      if (!(await inbox.findMessage(transaction, person.id, id))) throw problem('message-not-found')
      if (await inbox.archive(transaction, person.id, id, archived))
        await recordAct(transaction, request, { event: `identity.${act}`, subject: `account/inbox/${id}` })
    })
    return reply.redirect(doneAt(request, '/account/inbox', act), 303)
  })
}
