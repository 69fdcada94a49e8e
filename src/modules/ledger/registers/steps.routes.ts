import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { AnswerPage } from './answer.page.tsx'
import { answerForm, mistakeOfRefusal, mistakesOf, stepForm, typedOf } from './forms.ts'
import { InvitationPage } from './invitation.page.tsx'
import { readInvitation } from './invitations.ts'
import { AtProposal } from './items.routes.ts'
import { getRegister } from './registers.ts'
import { itemPath } from './show.ts'
import { StepPage } from './step.page.tsx'
import { answer, type Entered, propose } from './step.ts'
import {
  Answer,
  AnswerData,
  AtItem,
  AtRegister,
  InvitationData,
  type Mistake,
  Reason,
  StepData,
  Token,
  Word,
} from './types.ts'
import { mistakesOfReason, readValues } from './values.rules.ts'
import { refusalOfValues, valuesOf } from './values.ts'

/** The fields of a step go as `field.<id>`, or a day in three, as `field.<id>-year`. */
const Proposed = Type.Intersect([
  Type.Object({ token: Token, step: Word, party: Word, reason: Reason }),
  Type.Record(Type.String({ maxLength: 80 }), Type.String({ maxLength: 8000 }), { maxProperties: 100 }),
])

export const entered = ({ number, leaf, tookEffect }: Entered) => ({ number, leaf: leaf.toString('hex'), tookEffect })

/**
 * How a register is changed: steps are proposed, approved and refused. A program is answered with what came of it; a browser is
 * led to where that stands, or gets its form again.
 */
export const stepRoutes: Routes = async (app) => {
  const { installation, sql } = app

  /** Officers go on with the item; who acts for themselves may not hold it any more, or not yet, and sees what they hold. */
  function nextOf(register: string, party: string, { number, leaf, tookEffect }: Entered, isAnswer = false): string {
    const { parties } = getRegister(installation, register)
    const isOffice = parties.find(({ id }) => id === party)?.is === 'organisation'
    // Whoever proposes is still a party, and finds the letter with the code there; whoever answers may be none any more.
    const isParty = isOffice || (!isAnswer && !tookEffect)
    return `${isParty ? `${itemPath(register, number)}/steps` : '/ledger/holdings'}?entered=${leaf.toString('hex')}`
  }

  for (const path of ['/ledger/registers/:register/items', '/ledger/registers/:register/items/:number/steps']) {
    const post = {
      config: { access: 'signed-in', level: 2, event: 'ledger.step-proposed' } as const,
      schema: {
        summary: 'Propose a step of an item, or of a new one',
        params: path.endsWith('/steps') ? AtItem : AtRegister,
        body: Proposed,
        response: { 201: Answer, 303: Type.Null(), 409: StepData, 422: StepData },
      },
    }
    app.post(path, post, async (request, reply) => {
      const { params, body } = request
      const { number } = params as { number?: string }
      const isPage = request.wanted.format === 'html'
      const { token, party, reason = '' } = body
      const register = getRegister(installation, params.register)
      const typed = typedOf(register, body)
      const step = register.steps.find(({ id }) => id === body.step)
      const given = { typed, reason, token, party }
      const again = async (status: 409 | 422, mistakes: Mistake[]) => {
        const at = { register, number, step: body.step }
        return reply.code(status).page(await stepForm(installation, request, at, { ...given, mistakes }), StepPage)
      }
      if (isPage && step) {
        const read = readValues(register, step, { ...typed, reason })
        if ('mistakes' in read) return again(422, mistakesOf(register, read.mistakes))
      }
      const isNew = number === undefined
      const values = valuesOf(register, { step: body.step, isNew, typed: { ...typed, reason } })
      const asked = { number, step: body.step, party, values, reason }
      const by = { request, actor: request.person!, token, register: register.id }
      try {
        const done = await sql.begin((transaction) => propose(transaction, installation, by, asked))
        if (!isPage) return reply.code(201).send(entered(done))
        const next = nextOf(register.id, party, done)
        return reply.redirect(withLanguage(installation.pack.government, request.language, next), 303)
      } catch (error) {
        if (!isPage) throw error
        return again(409, [mistakeOfRefusal(error, register, 'send')])
      }
    })
  }

  const answering = {
    config: { access: 'signed-in', level: 2, event: ['ledger.step-approved', 'ledger.step-refused'] } as const,
    schema: {
      summary: 'Approve or refuse a proposal for a party; whoever is to hold the item sends the code of their letter',
      params: AtProposal,
      body: Type.Object({
        ...{ token: Token, party: Word, reason: Reason },
        answer: Type.Enum(['approved', 'refused']),
        code: Type.Optional(Type.String({ maxLength: 60 })),
      }),
      response: {
        201: Answer,
        303: Type.Null(),
        409: Type.Union([AnswerData, InvitationData]),
        422: Type.Union([AnswerData, InvitationData]),
      },
    },
  }
  app.post('/ledger/registers/:register/items/:number/proposals/:proposal', answering, async (request, reply) => {
    const { params, body } = request
    const isPage = request.wanted.format === 'html'
    const { number, proposal, register } = params
    const { token, party, code, reason = '' } = body
    const asked = { number, proposal, party, code, answer: body.answer, reason }
    const by = { request, actor: request.person!, token, register }
    const again = async (status: 409 | 422, mistakes: Mistake[]) => {
      if (code !== undefined) {
        const invitation = await readInvitation(installation, request, code)
        return reply.code(status).page({ ...invitation, mistakes }, InvitationPage)
      }
      const form = await answerForm(installation, request, params, { ...asked, token, mistakes })
      return reply.code(status).page(form, AnswerPage)
    }
    const wrong = mistakesOfReason(reason)
    if (wrong.length > 0 && !isPage) throw refusalOfValues(wrong)
    if (wrong.length > 0) return again(422, mistakesOf(getRegister(installation, register), wrong))
    try {
      const done = await sql.begin((transaction) => answer(transaction, installation, by, asked))
      if (!isPage) return reply.code(201).send(entered(done))
      const next = nextOf(register, party, done, true)
      return reply.redirect(withLanguage(installation.pack.government, request.language, next), 303)
    } catch (error) {
      if (!isPage) throw error
      return again(409, [mistakeOfRefusal(error, getRegister(installation, register), 'send')])
    }
  })
}
