import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { type Register, registers } from './definitions.ts'
import { stepForm } from './forms.ts'
import { beforePattern, listWaitingFor } from './lines.ts'
import { OfficeRegistersPage } from './office.page.tsx'
import { findNumber, officePath, readOfficeRegister } from './office.ts'
import { OfficeRegisterPage } from './office-register.page.tsx'
import { isOfficerOf, keepRegister } from './parties.ts'
import { problem } from './problems.ts'
import { getRegister } from './registers.ts'
import { itemPath, organisationName } from './show.ts'
import { StepPage } from './step.page.tsx'
import { AtRegister, OfficeRegisterData, OfficeRegistersData, StepData, Word } from './types.ts'

/** Registers at the desk of an officer whose organisation is a party of them. */
export const registerOfficeRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation
  const isOurs = (request: FastifyRequest) => (register: Register) =>
    register.parties.some(({ organisation }) => isOfficerOf(request, organisation))

  const all = {
    config: { access: keepRegister },
    schema: {
      summary: 'The registers of which my organisation is a party, and what waits for it',
      response: { 200: OfficeRegistersData },
    },
  }
  app.get('/office/ledger/registers', all, async (request, reply) => {
    const { organisation } = request.person!
    const ours = pack.list(registers).filter(isOurs(request))
    const whose = { registers: ours.map(({ id }) => id) }
    const { lines, more } = await listWaitingFor(installation, request, whose, ({ waiting }) => waiting.length > 0)
    const data: OfficeRegistersData = {
      organisation: organisation === undefined ? null : organisationName(installation, organisation),
      ...{ waiting: lines, more },
      registers: ours.map(({ id, title, about, parties }) => ({
        ...{ title, about, path: officePath(id) },
        parties: parties.filter((party) => isOfficerOf(request, party.organisation)).map((party) => party.title),
      })),
    }
    return reply.page(data, OfficeRegistersPage)
  })

  const getOurs = (request: FastifyRequest, id: string): Register => {
    const register = getRegister(installation, id)
    if (!isOurs(request)(register)) throw problem('not-a-party')
    return register
  }

  const one = {
    config: { access: keepRegister },
    schema: {
      summary: 'A register for its officers: its items, the one that changed last first',
      params: AtRegister,
      querystring: Type.Object({
        state: Type.Optional(Word),
        before: Type.Optional(Type.String({ maxLength: 60, pattern: beforePattern })),
      }),
      response: { 200: OfficeRegisterData },
    },
  }
  app.get('/office/ledger/registers/:register', one, async (request, reply) => {
    const register = getOurs(request, request.params.register)
    return reply.page(await readOfficeRegister(installation, request, register, request.query), OfficeRegisterPage)
  })

  const find = {
    // Nothing changes. What is looked for may be about a person, so it stands in no address.
    config: { access: keepRegister, event: 'none' },
    schema: {
      summary: 'Leads to the item of this number, or with this in a field that no two items share',
      params: AtRegister,
      body: Type.Object({ find: Type.Optional(Type.String({ maxLength: 200 })) }),
      response: { 303: Type.Null(), 422: OfficeRegisterData },
    },
  }
  app.post('/office/ledger/registers/:register/find', find, async (request, reply) => {
    const register = getOurs(request, request.params.register)
    const text = request.body.find?.trim() ?? ''
    const found = text === '' ? undefined : await findNumber(installation, register, text)
    if (found === undefined) {
      const wrong = text === '' ? 'empty' : 'unknown'
      return reply
        .code(422)
        .page(await readOfficeRegister(installation, request, register, { find: text, wrong }), OfficeRegisterPage)
    }
    const to = `${itemPath(register.id, found)}/steps`
    return reply.redirect(withLanguage(pack.government, request.language, to), 303)
  })

  const begin = {
    config: { access: keepRegister, level: 2 } as const,
    schema: {
      summary: 'The form of the step by which an item begins',
      params: AtRegister,
      querystring: Type.Object({ step: Word, party: Type.Optional(Word) }),
      response: { 200: StepData },
    },
  }
  app.get('/office/ledger/registers/:register/new', begin, async (request, reply) => {
    const register = getOurs(request, request.params.register)
    const { step, party } = request.query
    const at = { register, number: undefined, step }
    return reply.page(await stepForm(installation, request, at, { token: randomUUID(), party }), StepPage)
  })
}
