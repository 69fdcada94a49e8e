import { Type } from 'typebox'
import type { Routes } from '#platform'
import { Hex32 } from '../entries/types.ts'
import type { Register } from './definitions.ts'
import { problem } from './problems.ts'
import { getRegister } from './registers.ts'
import type { Values } from './sealed.ts'
import { answer, type Entered, propose } from './step.ts'
import { itemPattern } from './step-entry.rules.ts'
import { readValues, reasonMax } from './values.rules.ts'

export const RegisterId = Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' })
export const ItemNumber = Type.String({ maxLength: 20, pattern: itemPattern })
export const AtItem = Type.Object({ register: RegisterId, number: ItemNumber })

export const Token = Type.String({ format: 'uuid', maxLength: 36, description: 'Once for each form' })
export const Word = Type.String({ maxLength: 60 })
export const Reason = Type.Optional(Type.String({ maxLength: 4 * reasonMax }))
/** The fields of a step go as `field.<id>`. */
const Proposed = Type.Intersect([
  Type.Object({ token: Token, step: Word, party: Word, reason: Reason }),
  Type.Record(Type.String({ maxLength: 70 }), Type.String({ maxLength: 8000 }), { maxProperties: 40 }),
])

export const Answer = Type.Object({ number: Type.String(), leaf: Type.String(), tookEffect: Type.Boolean() })
export const entered = ({ number, leaf, tookEffect }: Entered) => ({ number, leaf: leaf.toString('hex'), tookEffect })

/** What a step asks for, of what was sent; refuses a step that is not there, and values that are wrong. */
export function valuesOf(
  register: Register,
  { step: id, isNew, typed }: { step: string; isNew: boolean; typed: Readonly<Record<string, string | undefined>> },
): Values {
  const step = register.steps.find((each) => each.id === id)
  if (!step || (step.from.length === 0) !== isNew) throw problem('step-not-open')
  const read = readValues(register, step, typed)
  if ('values' in read) return read.values
  const errors = read.mistakes.map(({ field, wrong }) => ({ pointer: `#/${field}`, detail: wrong }))
  throw problem('step-values', { errors })
}

/** How a register is changed: steps are proposed, approved and refused. */
export const stepRoutes: Routes = async (app) => {
  const { installation, sql } = app

  for (const path of ['/ledger/registers/:register/items', '/ledger/registers/:register/items/:number/steps']) {
    const post = {
      config: { access: 'signed-in', level: 2, event: 'ledger.step-proposed' } as const,
      schema: {
        summary: 'Propose a step of an item, or of a new one',
        params: Type.Object({
          register: RegisterId,
          number: Type.Optional(ItemNumber),
        }),
        body: Proposed,
        response: { 201: Answer },
      },
    }
    app.post(path, post, async (request, reply) => {
      const { params, body } = request
      const register = getRegister(installation, params.register)
      const typed = Object.fromEntries(
        Object.entries(body).flatMap(([name, value]) => (name.startsWith('field.') ? [[name.slice(6), value]] : [])),
      )
      const values = valuesOf(register, {
        ...{ step: body.step, isNew: params.number === undefined },
        typed: { ...typed, reason: body.reason },
      })
      const asked = {
        number: params.number,
        step: body.step,
        party: body.party,
        values,
        reason: body.reason ?? '',
      }
      const by = { request, actor: request.person!, token: body.token, register: register.id }
      return reply
        .code(201)
        .send(entered(await sql.begin((transaction) => propose(transaction, installation, by, asked))))
    })
  }

  const reply = {
    config: { access: 'signed-in', level: 2, event: ['ledger.step-approved', 'ledger.step-refused'] } as const,
    schema: {
      summary: 'Approve or refuse a proposal for a party; whoever is to hold the item sends the code of their letter',
      params: Type.Object({ ...AtItem.properties, proposal: Hex32 }),
      body: Type.Object({
        ...{ token: Token, party: Word, reason: Reason },
        answer: Type.Enum(['approved', 'refused']),
        code: Type.Optional(Type.String({ maxLength: 60 })),
      }),
      response: { 201: Answer },
    },
  }
  app.post('/ledger/registers/:register/items/:number/proposals/:proposal', reply, async (request, reply) => {
    const { params, body } = request
    const { number, proposal, register } = params
    const asked = {
      number,
      proposal,
      party: body.party,
      answer: body.answer,
      reason: body.reason ?? '',
      code: body.code,
    }
    const by = { request, actor: request.person!, token: body.token, register }
    return reply.code(201).send(entered(await sql.begin((transaction) => answer(transaction, installation, by, asked))))
  })
}
