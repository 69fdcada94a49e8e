import { Type } from 'typebox'
import type { Routes } from '#platform'
import { Hex32 } from '../entries/types.ts'
import { openPrograms } from '../programs/api-keys.ts'
import { getRegister } from './registers.ts'
import { type Actor, answer, keepRegister, propose } from './step.ts'
import { entered } from './steps.routes.ts'
import { Answer, ItemNumber, Reason, RegisterId, Token, Word } from './types.ts'
import { valuesOf } from './values.ts'

/** What the programs of departments do with registers: the same steps as officers, by a key of the organisation. */
export const programRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const programOf = openPrograms(sql)
  const config = {
    access: 'public',
    anySite: true,
    rateLimit: false as const,
    event: 'none' /* the log itself is the trail: which organisation took which step, and when */,
  }
  const params = Type.Object({ register: RegisterId })
  const headers = Type.Object({ 'idempotency-key': Token })

  const step = {
    config,
    schema: {
      summary: 'Propose a step of an item, or of a new one, with the key of a program that may step in this register',
      ...{ params, headers },
      body: Type.Object(
        {
          ...{ number: Type.Optional(ItemNumber), step: Word, party: Word, reason: Reason },
          fields: Type.Optional(
            Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 8000 }), { maxProperties: 30 }),
          ),
        },
        { additionalProperties: false },
      ),
      response: { 201: Answer },
    },
  }
  app.post('/ledger/registers/:register/steps', step, async (request, reply) => {
    const { params, headers, body } = request
    const actor = actorOf(await programOf(request, reply, 'step', params.register))
    const register = getRegister(installation, params.register)
    const { number, party, reason = '', fields = {} } = body
    const values = valuesOf(register, { step: body.step, isNew: number === undefined, typed: { ...fields, reason } })
    const by = { request, actor, token: headers['idempotency-key'], register: register.id }
    const asked = { number, step: body.step, party, values, reason }
    const done = await sql.begin((transaction) => propose(transaction, installation, by, asked))
    return reply.code(201).header('cache-control', 'no-store').send(entered(done))
  })

  const approve = {
    config,
    schema: {
      summary: 'Approve or refuse a proposal for one’s organisation, with the key of a program',
      ...{ params, headers },
      body: Type.Object(
        {
          ...{ number: ItemNumber, proposal: Hex32, party: Word, reason: Reason },
          answer: Type.Enum(['approved', 'refused']),
        },
        { additionalProperties: false },
      ),
      response: { 201: Answer },
    },
  }
  app.post('/ledger/registers/:register/answers', approve, async (request, reply) => {
    const { params, headers, body } = request
    const actor = actorOf(await programOf(request, reply, 'step', params.register))
    const by = { request, actor, token: headers['idempotency-key'], register: params.register }
    const asked = { ...body, reason: body.reason ?? '' }
    const done = await sql.begin((transaction) => answer(transaction, installation, by, asked))
    return reply.code(201).header('cache-control', 'no-store').send(entered(done))
  })
}

/** A program counts as one person of its organisation, and never as two: where two must approve it is not enough. */
const actorOf = ({ organisation }: { organisation: string }): Actor => ({
  ...{ id: `program/${organisation}`, organisation },
  permissions: [keepRegister],
})
