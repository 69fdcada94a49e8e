import { type Static, Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { insertGrant, listOwners, lockOrganisation } from './grants.sql.ts'
import { insertOrganisation, listDeclared, verifyOrganisation } from './organisations.sql.ts'
import {
  DeclaredData,
  DeclaredPage,
  type RegisterData,
  RegisterPage,
  RegisterData as RegisterShape,
} from './register.page.tsx'
import { businessRegisters, isNumberOf } from './registers.ts'

type RegisterForm = Static<typeof RegisterForm>
const RegisterForm = Type.Object({
  kind: Type.Optional(Type.String({ maxLength: 20 })),
  number: Type.Optional(Type.String({ maxLength: 40 })),
  english: Type.Optional(Type.String({ maxLength: 160 })),
  chinese: Type.Optional(Type.String({ maxLength: 160 })),
})
const CompanyId = Type.String({ pattern: '^company-[0-9a-f]{16}$', maxLength: 60 })

/** Companies and associations: registered by whoever runs one, verified by an officer. */
export const organisationRoutes: Routes = async (app) => {
  const { installation } = app
  const registers = installation.pack.list(businessRegisters)

  const dataOf = (form: RegisterForm, mistakes: RegisterData['mistakes']): RegisterData => {
    const { kind = registers[0]?.id ?? '', number = '', english = '', chinese = '' } = form
    return {
      registers: registers.map(({ id, name, example }) => ({ id, name, example })),
      values: { kind, number, english, chinese },
      mistakes,
    }
  }

  const form = {
    // As much as what it sends needs, so that nobody types it in vain.
    config: { access: 'signed-in', level: 2 } as const,
    schema: { summary: 'The form in which a company or association is registered', response: { 200: RegisterShape } },
  }
  app.get('/account/organisations', form, async (_, reply) => reply.page(dataOf({}, []), RegisterPage))

  const register = {
    config: { access: 'signed-in', event: 'identity.organisation-declared', level: 2 } as const,
    schema: { summary: 'Register a company or association of which I am an owner', body: RegisterForm },
  }
  app.post('/account/organisations', register, async (request, reply) => {
    const { body } = request
    const me = request.person!.id
    // As people copy it: in groups, with spaces between.
    const number = (body.number ?? '').replace(/\s/g, '').toUpperCase()
    const [english, chinese] = [body.english?.trim() ?? '', body.chinese?.trim() ?? '']
    const kind = registers.find(({ id }) => id === body.kind)
    const mistakes: RegisterData['mistakes'] = [
      ...(kind ? [] : (['kind'] as const)),
      ...(kind && !isNumberOf(kind, number) ? (['number'] as const) : []),
      ...(/[\p{L}\p{N}]/u.test(english + chinese) ? [] : (['english'] as const)),
    ]
    if (mistakes.length > 0) return reply.code(422).page(dataOf(body, mistakes), RegisterPage)
    await app.sql.begin(async (sql) => {
      const name = { en: english || chinese, 'zh-Hant': chinese || english }
      const id = await insertOrganisation(sql, { kind: kind!.id, name, number, declaredBy: me })
      if (!id) throw problem('organisation-declared-already')
      await insertGrant(sql, { personId: me, organisation: id, role: 'owner', grantedBy: me, approvedBy: 'matrix' })
      await recordAct(sql, request, {
        event: 'identity.organisation-declared',
        subject: 'account/acting',
        detail: { organisation: id },
      })
    })
    return reply.redirect(doneAt(request, '/account/acting', 'organisation-declared'), 303)
  })

  const declared = {
    config: { access: 'identity:verify-organisation' },
    schema: { summary: 'Companies and associations that nobody verified yet', response: { 200: DeclaredData } },
  }
  app.get('/office/organisations', declared, async (_, reply) =>
    reply.page({ organisations: await listDeclared(app.sql) }, DeclaredPage),
  )

  const verify = {
    config: { access: 'identity:verify-organisation', event: 'identity.organisation-verified', level: 2 } as const,
    schema: {
      summary: 'Say that a number and name were compared with the register',
      params: Type.Object({ id: CompanyId }),
    },
  }
  app.post('/office/organisations/:id/verify', verify, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      await lockOrganisation(sql, request.params.id)
      const outcome = await verifyOrganisation(sql, request.params.id, request.person!.id)
      if (outcome === 'own') throw problem('needs-another')
      if (outcome === 'taken') throw problem('number-verified-already')
      if (outcome === 'gone') throw problem('organisation-not-found')
      await recordAct(sql, request, {
        event: 'identity.organisation-verified',
        subject: 'office/organisations',
        detail: { organisation: request.params.id },
      })
      for (const personId of await listOwners(sql, request.params.id))
        await sendAlert(sql, { personId, kind: 'organisation-verified' })
    })
    return reply.redirect(doneAt(request, '/office/organisations', 'organisation-verified'), 303)
  })
}
