import { Type } from 'typebox'
import type { Routes } from '#platform'
import { Hex32 } from '../entries/types.ts'
import { problem } from './problems.ts'
import { getRegister } from './registers.ts'
import { answer, type Entered, propose } from './step.ts'
import { itemPattern } from './step-entry.rules.ts'
import { readValues, reasonMax } from './values.rules.ts'

export const RegisterId = Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' })
export const ItemNumber = Type.String({ maxLength: 20, pattern: itemPattern })
export const AtItem = Type.Object({ register: RegisterId, number: ItemNumber })

const token = Type.String({ format: 'uuid', maxLength: 36, description: 'Once for each form' })
const word = Type.String({ maxLength: 60 })
const reason = Type.Optional(Type.String({ maxLength: 4 * reasonMax }))
/** The fields of a step go as `field.<id>`. */
const Proposed = Type.Intersect([
  Type.Object({ token, step: word, party: word, reason }),
  Type.Record(Type.String({ maxLength: 70 }), Type.String({ maxLength: 8000 }), { maxProperties: 40 }),
])

/** How a register is changed: steps are proposed, approved and refused. */
export const stepRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const entered = ({ number, leaf, tookEffect }: Entered) => ({ number, leaf: leaf.toString('hex'), tookEffect })
  const Answer = Type.Object({ number: Type.String(), leaf: Type.String(), tookEffect: Type.Boolean() })

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
      const step = register.steps.find(({ id }) => id === body.step)
      if (!step || (step.from.length === 0) !== (params.number === undefined)) throw problem('step-not-open')
      const typed = Object.fromEntries(
        Object.entries(body).flatMap(([name, value]) => (name.startsWith('field.') ? [[name.slice(6), value]] : [])),
      )
      const read = readValues(register, step, { ...typed, reason: body.reason })
      if ('mistakes' in read)
        throw problem('step-values', {
          errors: read.mistakes.map(({ field, wrong }) => ({ pointer: `#/${field}`, detail: wrong })),
        })
      const asked = {
        number: params.number,
        step: step.id,
        party: body.party,
        values: read.values,
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
        ...{ token, party: word, reason },
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
