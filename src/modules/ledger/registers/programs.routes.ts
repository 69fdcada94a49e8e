import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Routes, Sql } from '#platform'
import { Hex32 } from '../entries/types.ts'
import type { Program, Programs } from '../programs/api-keys.ts'
import { type Admit, dayOf, outOfQuota } from '../quotas/admit.ts'
import { countWritten } from '../quotas/quotas.sql.ts'
import { type Actor, keepRegister } from './parties.ts'
import { getRegister } from './registers.ts'
import { answer, type Entered, propose } from './step.ts'
import { entered } from './steps.routes.ts'
import { Answer, ItemNumber, Reason, RegisterId, Token, Word } from './types.ts'
import { mistakesOfReason } from './values.rules.ts'
import { refusalOfValues, valuesOf } from './values.ts'

/** What the programs of departments do with registers: the same steps as officers, by a key of the organisation. */
export const registerProgramRoutes =
  (programs: Programs, admit: Admit): Routes =>
  async (app) => {
    const { installation, sql } = app
    const config = {
      access: 'public',
      scope: 'own',
      anySite: true,
      rateLimit: false as const,
      event: 'none' /* the log itself is the trail: which organisation took which step, and when */,
    }
    /** What a program writes counts against the quota of its organisation, here as in a log. */
    async function write(program: Program, reply: FastifyReply, log: string, step: (sql: Sql) => Promise<Entered>) {
      const { organisation } = program
      const admitted = await admit(organisation, { entries: 1, octets: entryOctets })
      if (!admitted) throw outOfQuota(reply, installation)
      try {
        const done = await sql.begin(async (transaction) => {
          const entered = await step(transaction)
          const written = { organisation, key: program.id, log, octets: entered.octets, day: dayOf(installation.now()) }
          if (entered.octets > 0) await countWritten(transaction, written)
          return entered
        })
        admitted.settle(done.octets > 0)
        return done
      } catch (error) {
        admitted.settle(false)
        throw error
      }
    }
    const params = Type.Object({ register: RegisterId })
    const headers = Type.Object({ 'idempotency-key': Token })

    const onRequest = programs.require('step', 'register')
    const step = {
      ...{ onRequest, config },
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
      const program = programs.of(request)
      const register = getRegister(installation, params.register)
      const { number, party, reason = '', fields = {} } = body
      const values = valuesOf(register, { step: body.step, isNew: number === undefined, typed: { ...fields, reason } })
      const by = { request, actor: actorOf(program), token: headers['idempotency-key'], register: register.id }
      const asked = { number, step: body.step, party, values, reason }
      const done = await write(program, reply, register.log, (transaction) =>
        propose(transaction, installation, by, asked),
      )
      return reply.code(201).header('cache-control', 'no-store').send(entered(done))
    })

    const approve = {
      ...{ onRequest, config },
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
      const program = programs.of(request)
      const { log } = getRegister(installation, params.register)
      const by = { request, actor: actorOf(program), token: headers['idempotency-key'], register: params.register }
      const wrong = mistakesOfReason(body.reason)
      if (wrong.length > 0) throw refusalOfValues(wrong)
      const asked = { ...body, reason: body.reason ?? '' }
      const done = await write(program, reply, log, (transaction) => answer(transaction, installation, by, asked))
      return reply.code(201).header('cache-control', 'no-store').send(entered(done))
    })
  }

/** About as much as an entry of a step has: what is written is counted as it is. */
const entryOctets = 800

/** A program is one person of its organisation, whichever key it has; where several must approve it is none. */
const actorOf = ({ organisation }: Program): Actor => ({
  ...{ id: `program/${organisation}`, organisation, isProgram: true },
  permissions: [keepRegister],
})
