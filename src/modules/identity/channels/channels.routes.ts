import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { findPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { tellingLevel } from '../proofing/tell-level.ts'
import { signIn } from '../sessions/sessions.ts'
import { leadOn } from '../sign-in/lead-on.ts'
import { Next } from '../types.ts'
import { ChannelsPage } from './channels.page.tsx'
import {
  type Connection,
  findBoundPerson,
  holdForeign,
  insertOrder,
  listConnections,
  orderMinutes,
  useBinding,
  useOrder,
} from './channels.sql.ts'
import { channels, oursOf } from './definitions.ts'
import { beginEnvelope, finishEnvelope } from './envelope.ts'
import { browserOf, cookieName, getOpen, NamedChannel, Params, proveByChannel, subjectOf } from './open-channel.ts'
import { beginOpenId, finishOpenId } from './openid.ts'

const random = () => randomBytes(32).toString('base64url')

/** Signing in through another platform: the way there, the way back, and whose account that is. */
export const channelRoutes: Routes = async (app) => {
  const { installation } = app
  const { vault, pack, now } = installation
  const shown = () => listConnections(app.sql, vault).then((all) => all.filter(({ open }) => open))

  const callbackOf = (id: string) => `${installation.address}/sign-in/channels/${id}/callback`

  const list = {
    config: { access: 'public' },
    schema: {
      summary: 'The other platforms through which one may sign in',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: Type.Object({ channels: Type.Array(NamedChannel), next: Type.String() }) },
    },
  }
  app.get('/sign-in/channels', list, async ({ query }, reply) => {
    const connections = await shown()
    const found = connections.flatMap(({ id }) => pack.find(channels, id) ?? [])
    // Chromium holds the redirect after a form against where the form may go.
    const origins = [...new Set(connections.map(({ address }) => new URL(address).origin))]
    const policy = String(reply.getHeader('content-security-policy'))
    reply.header(
      'content-security-policy',
      policy.replace("form-action 'self'", ["form-action 'self'", ...origins].join(' ')),
    )
    return reply.page({ channels: found, next: query.next ?? '/' }, ChannelsPage)
  })

  const begin = {
    // Nothing is done yet: whoever comes back is recorded.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'Go to another platform to sign in there',
      params: Params,
      body: Type.Object({ next: Type.Optional(Next) }),
    },
  }
  app.post('/sign-in/channels/:channel', begin, async (request, reply) => {
    const { channel, connection } = await getOpen(installation, request.params.channel)
    const [state, browser] = [random(), random()]
    const order = { channel: connection.id, next: request.body.next ?? '/', nonce: random(), verifier: random() }
    const way = {
      ...order,
      state,
      redirectUri: callbackOf(connection.id),
      levels: channel.levels.map(({ theirs }) => theirs),
    }
    const url =
      connection.protocol === 'openid' ? await beginOpenId(connection, way) : beginEnvelope(connection, way, now())
    await insertOrder(app.sql, vault, state, browser, order)
    const secure = request.protocol === 'https'
    reply.setCookie(cookieName, browser, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure,
      signed: true,
      maxAge: orderMinutes * 60,
    })
    return leadOn(reply, url.href)
  })

  const comeBack = {
    config: { access: 'public', event: 'identity.signed-in' },
    schema: {
      summary: 'Come back from another platform',
      params: Params,
      querystring: Type.Object(
        { state: Type.String({ maxLength: 200 }), envelope: Type.Optional(Type.String({ maxLength: 10_000 })) },
        { additionalProperties: true },
      ),
      response: { 303: Type.Null() },
    },
  }
  app.get('/sign-in/channels/:channel/callback', comeBack, async (request, reply) => {
    const { channel, connection } = await getOpen(installation, request.params.channel)
    const { state } = request.query
    const browser = browserOf(request)
    const order = browser && (await useOrder(app.sql, vault, channel.id, state, browser))
    if (!order) throw problem('channel-order-gone')
    const foreign = await finish(connection, order, request)
    // Two that differ in half a character alone would be one person here.
    if (foreign.subject.includes('\0') || !foreign.subject.isWellFormed())
      throw problem('channel-refused', { detail: 'a subject that is no text' })
    const level = oursOf(channel, foreign.level)
    if (!level) throw problem('channel-level-unknown', { values: { channel: channel.name } })
    const subject = subjectOf(vault, channel.id, foreign)
    const bound = await findBoundPerson(app.sql, channel.id, subject)
    const person = bound && (await findPerson(app.sql, bound.personId))
    if (!person) {
      await holdForeign(app.sql, vault, channel.id, state, foreign)
      return reply.redirect(
        withLanguage(pack.government, request.language, `/sign-in/channels/${channel.id}/first`),
        303,
      )
    }
    await app.sql.begin(async (sql) => {
      await useBinding(sql, channel.id, subject, foreign.level)
      await tellingLevel(sql, person.id, () => proveByChannel(sql, person.id, channel, level))
      await signIn(sql, reply, { person, methods: ['fed'], levelMax: level, bindingId: bound.bindingId })
    })
    reply.clearCookie(cookieName, { path: '/' })
    return reply.redirect(withLanguage(pack.government, request.language, order.next), 303)
  })

  const finish = (connection: Connection, order: Parameters<typeof finishOpenId>[1], request: FastifyRequest) => {
    const { envelope, state } = request.query as { envelope?: string; state: string }
    if (connection.protocol === 'envelope') return finishEnvelope(connection, order, envelope ?? '', now())
    const returnedTo = new URL(callbackOf(connection.id))
    returnedTo.search = new URL(request.url, installation.address).search
    return finishOpenId(connection, order, state, returnedTo)
  }
}
