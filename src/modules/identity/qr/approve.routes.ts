import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, type Text, withLanguage } from '#platform'
import { refusalOf } from '../passkeys/refusal.ts'
import { responseLengthMax } from '../passkeys/responses.ts'
import { answer, askForPasskey, claim, getOwnOrder, hasPasskey, phoneOf, refuse } from './answers.ts'
import { Approve, ApprovePage, Told, ToldPage } from './approve.page.tsx'
import { askingOf } from './asking.ts'
import { nameBrowser } from './browsers.rules.ts'
import { findOrder, type Order } from './orders.sql.ts'

/** Whoever has no passkey to confirm with must have signed in on the phone so recently. */
const freshSeconds = 5 * 60

const params = Type.Object({ order: Type.String({ pattern: '^[A-Za-z0-9_-]{16}$', maxLength: 16 }) })

/** The side of the phone: it scans, sees who asks, and approves or refuses. */
export const approveRoutes: Routes = async (app) => {
  const { installation } = app
  const { government } = installation.pack
  const own = (request: FastifyRequest, path: string) => withLanguage(government, request.language, path)
  const tell = (reply: FastifyReply, state: Told['state']) => reply.page<Told>({ state }, ToldPage)

  const scan = {
    config: { access: 'public' },
    schema: {
      summary: 'What a phone opens that has scanned a code',
      querystring: Type.Object({ f: Type.Optional(Type.String({ maxLength: 60 })) }),
      response: { 200: Told },
    },
  }
  app.get('/sign-in/scan', scan, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const { f } = request.query
    if (f === undefined) return tell(reply, 'scan')
    const phone = phoneOf(request)
    if (!phone) return tell(reply, 'sign-in-first')
    const age = installation.now().getTime() - Date.parse(request.person!.authenticatedAt)
    if (age > freshSeconds * 1000 && !(await hasPasskey(app.sql, phone.personId))) return tell(reply, 'sign-in-again')
    await claim(installation, phone, f, request.ip)
    return reply.redirect(own(request, `/sign-in/scan/${f.slice(0, 16)}`), 303)
  })

  /** What the phone shows of an order, each time with another challenge. */
  async function page(order: Order, personId: string, wrong: { refusal?: Text; mistake?: boolean }): Promise<Approve> {
    const { name, origin, service } = await askingOf(app, order.next)
    return {
      order: order.id,
      service: name,
      origin,
      onwards: service,
      browser: nameBrowser(order.device) ?? null,
      network: order.networkSame ? 'same' : order.networkLocal ? 'other-local' : 'other-internet',
      passkey: (await hasPasskey(app.sql, personId)) ? await askForPasskey(installation, order, personId) : null,
      refusal: wrong.refusal ?? null,
      mistake: wrong.mistake ?? false,
    }
  }

  const ask = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'Who asks to be signed in by this phone',
      params,
      response: { 200: Type.Union([Approve, Told]) },
    },
  }
  app.get('/sign-in/scan/:order', ask, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const phone = phoneOf(request)
    const answered = await findOrder(app.sql, request.params.order)
    if (phone && answered?.sessionHandle === phone.sessionHandle) {
      const state = answered.refusedFor ?? (answered.approvedAt ? 'approved' : undefined)
      if (state) return tell(reply, state)
    }
    const order = await getOwnOrder(app.sql, installation, request, request.params.order)
    return reply.page(await page(order, request.person!.id, {}), ApprovePage)
  })

  const approve = {
    config: {
      access: 'signed-in',
      event: ['identity.phone-sign-in-approved', 'identity.phone-sign-in-mistyped'],
    },
    schema: {
      summary: 'Let the browser that asks be signed in',
      params,
      body: Type.Object({
        number: Type.Optional(Type.String({ maxLength: 20 })),
        challenge: Type.Optional(Type.String({ format: 'uuid' })),
        response: Type.Optional(Type.String({ maxLength: responseLengthMax })),
      }),
      response: { 303: Type.Null(), 422: Approve },
    },
  }
  app.post('/sign-in/scan/:order', approve, async (request, reply) => {
    const { params, body, person } = request
    const number = (body.number ?? '').normalize('NFKC').trim()
    const again = async (wrong: { refusal?: Text; mistake?: boolean }) => {
      const order = await getOwnOrder(app.sql, installation, request, params.order)
      return reply.code(422).page(await page(order, person!.id, wrong), ApprovePage)
    }
    // What nobody can have read from a screen costs no try.
    if (!/^[0-9]{2}$/.test(number)) return again({ mistake: true })
    const given = { ...body, number: Number(number), id: params.order }
    const refusal = await refusalOf(reply, () => app.sql.begin((sql) => answer(sql, installation, request, given)))
    if (refusal) return again({ refusal })
    return reply.redirect(own(request, `/sign-in/scan/${params.order}`), 303)
  })

  const decline = {
    config: { access: 'signed-in', event: 'identity.phone-sign-in-refused' },
    schema: { summary: 'Refuse the browser that asks', params },
  }
  app.post('/sign-in/scan/:order/refuse', decline, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      const order = await getOwnOrder(sql, installation, request, request.params.order)
      await refuse(sql, installation, request, { order, reason: 'refused' })
    })
    return reply.redirect(own(request, `/sign-in/scan/${request.params.order}`), 303)
  })
}
