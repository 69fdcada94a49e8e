import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Routes, type Sql, withLanguage } from '#platform'
import { findPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { signIn } from '../sessions/sessions.ts'
import { withNext } from '../sign-in/next.ts'
import { Next } from '../types.ts'
import { qrAllowedFor } from './allowed.rules.ts'
import { askingOf } from './asking.ts'
import { isLocal, sharedNetworkOf } from './browsers.rules.ts'
import { approveSeconds, scanSeconds, stepAt, writeFrame } from './frames.rules.ts'
import { findOrderOfBrowser, finishOrder, insertOrder, type Order } from './orders.sql.ts'
import { DrawnCode, drawCode } from './qr-code.tsx'
import { Waiting, WaitingPage, WaitingState } from './waiting.page.tsx'

const cookieName = 'praya_phone'
/** Longer than any order lives, so that its end can be told. */
const cookieSeconds = scanSeconds + 3 * approveSeconds
/** How often a page without scripts loads itself: before its frame is dead, and less often once a number is to be read. */
const reloadSeconds = { waiting: 2, claimed: 5 } as const

const YesNo = Type.Optional(Type.Union([Type.Literal('yes'), Type.Literal('no')]))

/** The side of the browser that waits: it shows frames, and is signed in once the phone has approved. */
export const waitingRoutes: Routes = async (app) => {
  const { installation } = app
  const { government } = installation.pack
  const own = (request: FastifyRequest, path: string) => withLanguage(government, request.language, path)

  const orderOf = async (request: FastifyRequest): Promise<Order | undefined> => {
    const token = request.cookies[cookieName]
    return token ? findOrderOfBrowser(app.sql, token) : undefined
  }

  const refusedFor = async (next: string) => !qrAllowedFor(await askingOf(app, next))
  const wait = {
    config: { access: 'public' },
    schema: {
      summary: 'Sign in with a phone: the code to scan',
      querystring: Type.Object({ next: Type.Optional(Next), plain: YesNo, early: YesNo }),
      response: { 200: Waiting, 403: Waiting },
    },
  }
  app.get('/sign-in/phone', wait, async (request, reply) => {
    const { next, plain, early } = request.query
    const held = await orderOf(request)
    const current = held && (next === undefined || next === held.next) ? held : undefined
    const goal = next ?? current?.next ?? '/'
    reply.header('cache-control', 'no-store')
    if (await refusedFor(goal)) return reply.code(403).page(notAllowed(goal), WaitingPage)
    const order = current ?? (await begin(installation, reply, goal))
    const data = show(installation, order, { plain: plain === 'yes', early: early === 'yes' })
    if (data.plain && (data.state === 'waiting' || data.state === 'claimed'))
      reply.header('refresh', `${reloadSeconds[data.state]}`)
    // Not to be said again when the phone has approved meanwhile.
    return reply.page({ ...data, early: data.early && data.state !== 'approved' }, WaitingPage)
  })

  const again = {
    // Nothing of anybody's is changed: an order is nothing until a phone approves it.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'Sign in with a phone: show a new code',
      body: Type.Object({ next: Type.Optional(Next), plain: YesNo }),
    },
  }
  app.post('/sign-in/phone', again, async (request, reply) => {
    const { next = '/', plain } = request.body
    if (await refusedFor(next)) return reply.code(403).page(notAllowed(next), WaitingPage)
    await begin(installation, reply, next)
    return reply.redirect(own(request, withNext(`/sign-in/phone?plain=${plain ?? 'no'}`, next)), 303)
  })

  const frame = {
    config: { access: 'public' },
    schema: {
      summary: 'Sign in with a phone: the code of this second, and how far the order of this browser is',
      response: {
        200: Type.Object({ state: WaitingState, code: Type.Union([DrawnCode, Type.Null()]) }),
      },
    },
  }
  app.get('/sign-in/phone/frame', frame, async (request, reply) => {
    const order = await orderOf(request)
    const { state, code } = order
      ? show(installation, order, { plain: false, early: false })
      : { state: 'expired' as const, code: null }
    return reply.header('cache-control', 'no-store').send({ state, code })
  })

  const finish = {
    config: { access: 'public', event: 'identity.signed-in' },
    schema: {
      summary: 'Sign in with a phone: go on in the browser that began, once the phone has approved',
      body: Type.Object({ plain: YesNo }),
    },
  }
  app.post('/sign-in/phone/finish', finish, async (request, reply) => {
    const token = request.cookies[cookieName]
    const approved = token && (await app.sql.begin((sql) => enter(sql, installation, reply, token)))
    if (approved) {
      reply.clearCookie(cookieName, { path: '/' })
      return reply.redirect(own(request, approved.next), 303)
    }
    if (request.wanted.format === 'json') throw problem('phone-not-approved')
    const { plain = 'no' } = request.body
    return reply.redirect(own(request, `/sign-in/phone?plain=${plain}&early=yes`), 303)
  })
}

/** Begins an order for this browser alone, or refuses a network that began too many. */
async function begin(installation: Installation, reply: FastifyReply, next: string): Promise<Order> {
  const { request } = reply
  const network = installation.vault.lookup('phone-network', sharedNetworkOf(request.ip))
  const token = await insertOrder(installation.sql, {
    next,
    device: request.headers['user-agent'],
    network,
    networkLocal: isLocal(request.ip),
    now: installation.now(),
  })
  if (!token) throw problem('too-many-attempts', { values: { seconds: 60 } })
  const secure = request.protocol === 'https'
  reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: cookieSeconds })
  return (await findOrderOfBrowser(installation.sql, token))!
}

function show(installation: Installation, order: Order, { plain, early }: { plain: boolean; early: boolean }): Waiting {
  const state = stateOf(order, installation.now())
  return {
    state,
    code: state === 'waiting' ? drawCode(addressNow(installation, order)) : null,
    number: state === 'claimed' ? order.number : null,
    next: order.next,
    plain,
    early,
  }
}

/** The address that the code of this second holds: short, as old phones read nothing dense. */
function addressNow({ vault, address, now }: Installation, { id, startedAt }: Order): string {
  return `${address}/sign-in/scan?f=${writeFrame(vault, { order: id, step: stepAt(startedAt, now()) })}`
}

const notAllowed = (next: string): Waiting => ({
  state: 'not-allowed',
  code: null,
  number: null,
  next,
  plain: false,
  early: false,
})

/** Approval spent and session begun, or neither; once, on whichever process. */
async function enter(sql: Sql, installation: Installation, reply: FastifyReply, token: string) {
  const approved = await finishOrder(sql, token, installation.now())
  if (!approved) return undefined
  const { personId, methods, levelMax, passkeyId, bindingId, recovered } = approved
  const person = await findPerson(sql, personId)
  // The account was closed after it approved.
  if (!person || (person.demonstration && !installation.demonstration)) throw problem('phone-not-approved')
  await signIn(sql, reply, {
    person,
    methods,
    levelMax,
    recovered,
    ...(passkeyId && { passkeyId }),
    ...(bindingId && { bindingId }),
  })
  return approved
}

function stateOf(order: Order, now: Date): Waiting['state'] {
  if (order.refusedFor) return order.refusedFor
  if (order.finishedAt) return 'finished'
  if (Date.parse(order.expiresAt) <= now.getTime()) return 'expired'
  if (order.approvedAt) return 'approved'
  return order.claimedAt ? 'claimed' : 'waiting'
}
