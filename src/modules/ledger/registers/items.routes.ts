import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { drawCode } from '#identity'
import type { Routes } from '#platform'
import { Hex32 } from '../entries/types.ts'
import { AnswerPage } from './answer.page.tsx'
import { answerForm, stepForm } from './forms.ts'
import { LetterPage } from './letter.page.tsx'
import { problem } from './problems.ts'
import { getRegister } from './registers.ts'
import { findCode, openItem } from './sealed.ts'
import { fieldsOf, noteOf } from './show.ts'
import { StepPage } from './step.page.tsx'
import { StepsPage } from './steps.page.tsx'
import { getProposal, readSteps } from './steps.ts'
import { AnswerData, AtItem, LetterData, StepData, StepsData, Word } from './types.ts'

export const AtProposal = Type.Object({ ...AtItem.properties, proposal: Hex32 })

/** What the parties of an item see of it, and the forms by which they change it. */
export const itemRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const signedIn = { access: 'signed-in', level: 2 } as const

  const steps = {
    config: signedIn,
    schema: {
      summary: 'All of an item, for its parties: its fields, its entries, what waits, and what they can do',
      params: AtItem,
      querystring: Type.Object({ entered: Type.Optional(Hex32) }),
      response: { 200: StepsData },
    },
  }
  app.get('/ledger/registers/:register/items/:number/steps', steps, async (request, reply) =>
    reply.page(await readSteps(installation, request, request.params, request.query.entered), StepsPage),
  )

  const form = {
    config: signedIn,
    schema: {
      summary: 'The form of a step of an item',
      params: AtItem,
      querystring: Type.Object({ step: Word, party: Type.Optional(Word) }),
      response: { 200: StepData },
    },
  }
  app.get('/ledger/registers/:register/items/:number/steps/new', form, async (request, reply) => {
    const { params, query } = request
    const at = { register: getRegister(installation, params.register), number: params.number, step: query.step }
    return reply.page(await stepForm(installation, request, at, { token: randomUUID(), party: query.party }), StepPage)
  })

  const question = {
    config: signedIn,
    schema: {
      summary: 'Asks whether to approve or refuse a proposal',
      params: AtProposal,
      querystring: Type.Object({ answer: Type.Enum(['approved', 'refused']) }),
      response: { 200: AnswerData },
    },
  }
  app.get('/ledger/registers/:register/items/:number/proposals/:proposal', question, async (request, reply) => {
    const { answer } = request.query
    const data = await answerForm(installation, request, request.params, { answer, token: randomUUID() })
    return reply.page(data, AnswerPage)
  })

  const letter = {
    config: signedIn,
    schema: {
      summary: 'The code for whoever is to hold the item, as a letter to hand over; for who proposed it',
      params: AtProposal,
      response: { 200: LetterData },
    },
  }
  app.get('/ledger/registers/:register/items/:number/proposals/:proposal/letter', letter, async (request, reply) => {
    const { register, item, proposal } = await getProposal(installation, request, request.params)
    if (!proposal.letter) throw problem('not-a-party')
    const code = await findCode(sql, installation, Buffer.from(proposal.leaf, 'hex'))
    if (code === undefined) throw problem('proposal-closed')
    const address = `${installation.address}/ledger/holdings`
    const data: LetterData = {
      ...{ register: noteOf(installation, register), number: item.number, step: proposal.step, until: proposal.until },
      fields: fieldsOf(register, openItem(installation, item), 'public'),
      ...{ code, address, drawn: drawCode(address) },
    }
    return reply.page(data, LetterPage)
  })
}
