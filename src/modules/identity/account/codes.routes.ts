import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { Codes, CodesPage } from '../recovery/codes.page.tsx'
import { makeCodes } from '../recovery/codes.rules.ts'
import { countCodes, replaceCodes } from '../recovery/codes.sql.ts'
import { Next } from '../types.ts'
import { MakeCodes, MakeCodesPage } from './devices.page.tsx'
import { freshSeconds, sentSeconds } from './fresh.ts'
import { findProtection, refuseWaiting, stopRecovery } from './protection.sql.ts'

const path = '/account/devices'

/** Where whoever lost their codes on the way was going. */
const OnTheWay = Type.Object({ next: Type.Optional(Next) })

/** Recovery codes: made anew, and who came in by one stopped. */
export const codesRoutes: Routes = async (app) => {
  const { installation } = app
  const subjectOf = (request: FastifyRequest) => `person/${request.person!.id}`

  const codes = {
    config: { access: 'signed-in', freshSeconds },
    schema: { summary: 'Make new recovery codes: the form', querystring: OnTheWay, response: { 200: MakeCodes } },
  }
  app.get(`${path}/codes`, codes, async (request, reply) => {
    const { next = null } = request.query
    const waits = (await findProtection(app.sql, installation, request)) ?? null
    return reply.page({ codesLeft: await countCodes(app.sql, request.person!.id), waits, next }, MakeCodesPage)
  })

  const make = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.recovery-codes-made' },
    schema: {
      summary: 'Make new recovery codes; answers with them, once',
      // In the address, so that the form at it still knows when the codes are loaded again.
      querystring: OnTheWay,
      response: { 200: Codes },
    },
  }
  app.post(`${path}/codes`, make, async (request, reply) => {
    const made = makeCodes()
    const replaced = await app.sql.begin(async (sql) => {
      await refuseWaiting(sql, request)
      const left = await countCodes(sql, request.person!.id)
      await replaceCodes(sql, installation, request.person!.id, made)
      await recordAct(sql, request, { event: 'identity.recovery-codes-made', subject: subjectOf(request) })
      await sendAlert(sql, { personId: request.person!.id, kind: 'recovery-codes-made' })
      return left > 0
    })
    return reply.page({ codes: made, replaced, next: request.query.next ?? path }, CodesPage)
  })

  const stop = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.recovery-stopped' },
    schema: {
      summary: 'Stop whoever came in by a recovery code within the last day; answers with new codes, once',
      response: { 200: Codes },
    },
  }
  app.post(`${path}/stop`, stop, async (request, reply) => {
    const { id: personId } = request.person!
    const now = installation.now()
    const made = makeCodes()
    await app.sql.begin(async (sql) => {
      // Whoever came in by the code does not stop whom it belongs to.
      await refuseWaiting(sql, request)
      if (!(await stopRecovery(sql, { personId, here: request.sessionHandle, now })))
        throw problem('recovery-not-found')
      await replaceCodes(sql, installation, personId, made)
      await recordAct(sql, request, { event: 'identity.recovery-stopped', subject: subjectOf(request) })
      await sendAlert(sql, { personId, kind: 'recovery-codes-made' })
    })
    return reply.page({ codes: made, replaced: true, next: path }, CodesPage)
  })
}
