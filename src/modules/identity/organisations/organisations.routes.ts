import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { insertGrant } from './grants.sql.ts'
import { closeOrganisation, correctOrganisation, findOwnDeclared, insertOrganisation } from './organisations.sql.ts'
import { type RegisterData, RegisterPage, RegisterData as RegisterShape } from './register.page.tsx'
import { businessRegisters, CompanyId, isNumberOf } from './registers.ts'

type RegisterForm = Static<typeof RegisterForm>
const RegisterForm = Type.Object({
  kind: Type.Optional(Type.String({ maxLength: 20 })),
  number: Type.Optional(Type.String({ maxLength: 40 })),
  english: Type.Optional(Type.String({ maxLength: 160 })),
  chinese: Type.Optional(Type.String({ maxLength: 160 })),
})
const AtCompany = Type.Object({ id: CompanyId })
const ownPath = '/account/acting'

/** Companies and associations: registered by whoever runs one, who corrects or withdraws what no officer verified yet. */
export const organisationRoutes: Routes = async (app) => {
  const { installation } = app
  const registers = installation.pack.list(businessRegisters)

  const dataOf = (form: RegisterForm, more: Partial<RegisterData> = {}): RegisterData => {
    const { kind = registers[0]?.id ?? '', number = '', english = '', chinese = '' } = form
    return {
      registers: registers.map(({ id, name, example }) => ({ id, name, example })),
      values: { kind, number, english, chinese },
      mistakes: [],
      declared: null,
      ...more,
    }
  }

  /** What the form declares, or what is wrong with it. */
  function read(body: RegisterForm) {
    // As people copy it: in groups, with spaces between.
    const number = (body.number ?? '').replace(/\s/g, '').toUpperCase()
    const [english, chinese] = [body.english?.trim() ?? '', body.chinese?.trim() ?? '']
    const kind = registers.find(({ id }) => id === body.kind)
    const mistakes: RegisterData['mistakes'] = [
      ...(kind ? [] : (['kind'] as const)),
      ...(kind && !isNumberOf(kind, number) ? (['number'] as const) : []),
      ...(/[\p{L}\p{N}]/u.test(english + chinese) ? [] : (['english'] as const)),
    ]
    if (mistakes.length > 0 || !kind) return { mistakes }
    return { kind: kind.id, number, name: { en: english || chinese, 'zh-Hant': chinese || english } }
  }

  const form = {
    // As much as what it sends needs, so that nobody types it in vain.
    config: { access: 'signed-in', level: 2 } as const,
    schema: { summary: 'The form in which a company or association is registered', response: { 200: RegisterShape } },
  }
  app.get('/account/organisations', form, async (_, reply) => reply.page(dataOf({}), RegisterPage))

  const register = {
    config: { access: 'signed-in', event: 'identity.organisation-declared', level: 2 } as const,
    schema: { summary: 'Register a company or association of which I am an owner', body: RegisterForm },
  }
  app.post('/account/organisations', register, async (request, reply) => {
    const me = request.person!.id
    const declared = read(request.body)
    if ('mistakes' in declared)
      return reply.code(422).page(dataOf(request.body, { mistakes: declared.mistakes }), RegisterPage)
    await app.sql.begin(async (sql) => {
      const id = await insertOrganisation(sql, { ...declared, declaredBy: me })
      if (!id) throw problem('organisation-declared-already')
      await insertGrant(sql, { personId: me, organisation: id, role: 'owner', grantedBy: me, approvedBy: 'matrix' })
      await recordAct(sql, request, {
        event: 'identity.organisation-declared',
        subject: 'account/acting',
        detail: { organisation: id },
      })
    })
    return reply.redirect(doneAt(request, ownPath, 'organisation-declared'), 303)
  })

  /** One of the person’s own that is not verified. */
  async function own(request: FastifyRequest, id: string) {
    const found = await findOwnDeclared(app.sql, id, request.person!.id)
    if (!found) throw problem('organisation-not-found')
    return found
  }

  const one = {
    config: { access: 'signed-in', level: 2 } as const,
    schema: {
      summary: 'A registration of mine that is not verified, to correct or withdraw',
      params: AtCompany,
      response: { 200: RegisterShape },
    },
  }
  app.get('/account/organisations/:id', one, async (request, reply) => {
    const { id, kind, number, name, refused } = await own(request, request.params.id)
    const values = { kind, number, english: name.en, chinese: name['zh-Hant'] }
    return reply.page(dataOf(values, { declared: { id, refused } }), RegisterPage)
  })

  const correct = {
    config: { access: 'signed-in', event: 'identity.organisation-corrected', level: 2 } as const,
    schema: { summary: 'Correct a registration of mine; it waits anew', params: AtCompany, body: RegisterForm },
  }
  app.post('/account/organisations/:id', correct, async (request, reply) => {
    const { id, refused } = await own(request, request.params.id)
    const declared = read(request.body)
    if ('mistakes' in declared) {
      const data = dataOf(request.body, { mistakes: declared.mistakes, declared: { id, refused } })
      return reply.code(422).page(data, RegisterPage)
    }
    await app.sql.begin(async (sql) => {
      if (!(await correctOrganisation(sql, id, declared))) throw problem('organisation-declared-already')
      const detail = { organisation: id }
      await recordAct(sql, request, { event: 'identity.organisation-corrected', subject: 'account/acting', detail })
    })
    return reply.redirect(doneAt(request, ownPath, 'organisation-corrected'), 303)
  })

  const withdraw = {
    config: { access: 'signed-in', event: 'identity.organisation-withdrawn', level: 2 } as const,
    schema: { summary: 'Withdraw a registration of mine that is not verified', params: AtCompany },
  }
  app.post('/account/organisations/:id/withdraw', withdraw, async (request, reply) => {
    const { id } = await own(request, request.params.id)
    const me = request.person!.id
    await app.sql.begin(async (sql) => {
      const held = await closeOrganisation(sql, id, me)
      if (!held) throw problem('organisation-not-found')
      const detail = { organisation: id }
      await recordAct(sql, request, { event: 'identity.organisation-withdrawn', subject: 'account/acting', detail })
      for (const personId of held) if (personId !== me) await sendAlert(sql, { personId, kind: 'role-withdrawn' })
    })
    return reply.redirect(doneAt(request, ownPath, 'organisation-withdrawn'), 303)
  })
}
