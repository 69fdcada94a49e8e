import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { DeclaredData, DeclaredPage, RefuseData, RefusePage, refusalReasons } from './declared.page.tsx'
import { listOwners, lockOrganisation } from './grants.sql.ts'
import { findToVerify, listDeclared, refuseOrganisation, verifyOrganisation } from './organisations.sql.ts'
import { CompanyId } from './registers.ts'

const AtCompany = Type.Object({ id: CompanyId })
/** When it was declared that an officer looked at: what was corrected since is not what they compared. */
const Seen = Type.Optional(Type.String({ maxLength: 40 }))
const allowed = { access: 'identity:verify-organisation', level: 2 } as const
const path = '/office/organisations'

const problemsOf = {
  own: 'needs-another',
  taken: 'number-verified-already',
  changed: 'organisation-changed',
  gone: 'organisation-not-found',
} as const

/** An officer compares what people registered with the register, and verifies or refuses it. */
export const organisationOfficeRoutes: Routes = async (app) => {
  const declared = {
    config: { access: 'identity:verify-organisation' },
    schema: { summary: 'Companies and associations that nobody verified yet', response: { 200: DeclaredData } },
  }
  app.get('/office/organisations', declared, async (_, reply) =>
    reply.page({ organisations: await listDeclared(app.sql) }, DeclaredPage),
  )

  const verify = {
    config: { ...allowed, event: 'identity.organisation-verified' },
    schema: {
      summary: 'Say that a number and name were compared with the register',
      params: AtCompany,
      body: Type.Object({ seen: Seen }),
    },
  }
  app.post('/office/organisations/:id/verify', verify, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      const { seen = '' } = request.body
      // So that nobody gets a role in it meanwhile.
      await lockOrganisation(sql, request.params.id)
      const outcome = await verifyOrganisation(sql, request.params.id, { officer: request.person!.id, seen })
      if (outcome !== 'verified') throw problem(problemsOf[outcome])
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

  const ask = {
    config: allowed,
    schema: { summary: 'Say why a registration does not agree', params: AtCompany, response: { 200: RefuseData } },
  }
  app.get(`${path}/:id/refuse`, ask, async (request, reply) => {
    const found = await findToVerify(app.sql, request.params.id)
    if (!found) throw problem('organisation-not-found')
    return reply.page({ organisation: found, wrong: false }, RefusePage)
  })

  const refuse = {
    config: { ...allowed, event: 'identity.organisation-refused' },
    schema: {
      summary: 'Say that a registration does not agree with the register, and why',
      params: AtCompany,
      body: Type.Object({ seen: Seen, reason: Type.Optional(Type.String({ maxLength: 40 })) }),
    },
  }
  app.post(`${path}/:id/refuse`, refuse, async (request, reply) => {
    const { id } = request.params
    const { seen = '', reason = '' } = request.body
    if (!Object.hasOwn(refusalReasons, reason)) {
      const found = await findToVerify(app.sql, id)
      if (!found) throw problem('organisation-not-found')
      return reply.code(422).page({ organisation: found, wrong: true }, RefusePage)
    }
    await app.sql.begin(async (sql) => {
      const outcome = await refuseOrganisation(sql, id, { officer: request.person!.id, seen, reason })
      if (outcome !== 'refused') throw problem(problemsOf[outcome])
      const detail = { organisation: id, reason }
      const act = { event: 'identity.organisation-refused', subject: path.slice(1), detail }
      await recordAct(sql, request, act)
      for (const personId of await listOwners(sql, id))
        await sendAlert(sql, { personId, kind: 'organisation-refused', undo: `/account/organisations/${id}` })
    })
    return reply.redirect(doneAt(request, path, 'organisation-refused'), 303)
  })
}
