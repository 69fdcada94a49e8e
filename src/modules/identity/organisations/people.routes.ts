import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { type Found, findByCode } from '../acting/acting.sql.ts'
import { Confirm, ConfirmPage } from '../acting/confirm.page.tsx'
import { dayOf, isDay, readCents, readServices, tickedIn } from '../acting/limits.rules.ts'
import { listServices } from '../acting/services.sql.ts'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { namesOf } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { findRole, rolesWith, roleTable } from '../roles.ts'
import {
  checkWithdrawal,
  GrantForm,
  granteeOf,
  grantQuestion,
  grantRole,
  lockAsAdministrator,
  peoplePath,
  permission,
  withdrawalQuestion,
} from './granting.ts'
import { approveGrant, findGrant, listGrants, withdrawGrant } from './grants.sql.ts'
import { findOrganisation } from './organisations.sql.ts'
import { type PeopleData, PeoplePage, PeopleData as PeopleShape } from './people.page.tsx'

export const OrganisationId = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })

const AtOrganisation = Type.Object({ id: OrganisationId })
const AtGrant = Type.Object({
  id: OrganisationId,
  grant: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
/** Who works for an organisation, which its administrators alone see and change. */
export const peopleRoutes: Routes = async (app) => {
  const { installation } = app
  const { ownOrganisation } = forAdministrators(app)
  const { timeZone } = installation.pack.government

  type Wrong = Partial<Pick<PeopleData, 'mistakes' | 'refusal'>>
  async function pageData(
    request: FastifyRequest,
    id: string,
    form: GrantForm,
    wrong: Wrong = {},
  ): Promise<PeopleData> {
    const organisation = await ownOrganisation(request, id)
    const { code = '', role = '', ends = '', services, money = '' } = form
    const grants = await listGrants(app.sql, id)
    const administering = rolesWith(permission)
    const administrators = grants.filter(({ role, state }) => state === 'counts' && administering.includes(role))
    return {
      organisation,
      me: request.person!.id,
      grants,
      alone: organisation.place === 'government' && new Set(administrators.map(({ person }) => person.id)).size < 2,
      // Officers are not limited to services.
      offered: organisation.place === 'company' ? await listServices(app.sql, installation) : [],
      roles: Object.keys(roleTable).filter((name) => roleTable[name]!.place === organisation.place),
      values: { code, role, ends, services: tickedIn(services), money },
      mistakes: [],
      refusal: null,
      ...wrong,
    }
  }

  const list = {
    config: { access: permission },
    schema: {
      summary: 'Who works for an organisation, in which roles, granted by whom and until when',
      params: AtOrganisation,
      response: { 200: PeopleShape },
    },
  }
  app.get('/office/organisations/:id/people', list, async (request, reply) =>
    reply.page(await pageData(request, request.params.id, {}), PeoplePage),
  )

  const grant = {
    config: { access: permission, event: 'identity.role-granted', level: 2, freshSeconds: 3600 } as const,
    schema: {
      summary: 'Grant a role to whoever showed their code; without `sure`, asks by name whether that is right',
      params: AtOrganisation,
      body: GrantForm,
      response: { 200: Type.Union([Confirm, PeopleShape]), 303: Type.Null(), 422: PeopleShape },
    },
  }
  app.post('/office/organisations/:id/people', grant, async (request, reply) => {
    const { params, body } = request
    const organisation = await ownOrganisation(request, params.id)
    const { id, place } = organisation
    const role = findRole(body.role ?? '')
    const offered = place === 'company' ? await listServices(app.sql, installation) : []
    const services = readServices(body.services, offered)
    const centsMax = readCents(body.money ?? '')
    const ends = body.ends?.trim() ?? ''
    const late = ends !== '' && (!isDay(ends) || ends < dayOf(installation.now(), timeZone))
    // An owner acts for the whole of the company.
    const whole = body.role === 'owner'
    const mistakes: PeopleData['mistakes'] = [
      ...(body.code?.trim() ? [] : (['code'] as const)),
      ...(role?.place === place ? [] : (['role'] as const)),
      ...(late ? (['ends'] as const) : []),
      ...(services === undefined || (whole && services !== null) ? (['services'] as const) : []),
      ...(centsMax === undefined || (centsMax !== null && (whole || place !== 'company')) ? (['money'] as const) : []),
    ]
    const again = async (wrong?: Wrong) => reply.page(await pageData(request, id, body, wrong), PeoplePage)
    if (body.sure === 'no') return again()
    reply.code(422)
    if (mistakes.length > 0) return again({ mistakes })
    const given = { organisation, form: body, services: services!, centsMax: centsMax!, timeZone }
    let found: Found | undefined
    const refusal = await refusalOf(reply, async () => {
      found =
        body.sure === 'yes'
          ? await app.sql.begin((sql) => grantRole(sql, installation, request, given))
          : await granteeOf(app.sql, installation, request, body.code!, findByCode)
    })
    if (refusal) return again({ refusal })
    if (!found) return again({ mistakes: ['code'] })
    if (body.sure !== 'yes') return reply.code(200).page(grantQuestion(given, found.name, offered), ConfirmPage)
    return reply.redirect(doneAt(request, peoplePath(id), 'role-granted'), 303)
  })
}

/** What becomes of a role that was granted: approved by another administrator, withdrawn by any. */
export const grantRoutes: Routes = async (app) => {
  const { ownOrganisation } = forAdministrators(app)

  const approve = {
    config: { access: permission, event: 'identity.role-approved', level: 2, freshSeconds: 3600 } as const,
    schema: { summary: 'Approve a role that another administrator granted', params: AtGrant },
  }
  app.post('/office/organisations/:id/people/:grant/approve', approve, async (request, reply) => {
    const { id } = await ownOrganisation(request, request.params.id)
    const me = request.person!.id
    await app.sql.begin(async (sql) => {
      await lockAsAdministrator(sql, request, id)
      const found = await findGrant(sql, id, request.params.grant)
      if (!found) throw problem('grant-not-found')
      if (findRole(found.role)?.approval !== 'administrator') throw problem('grant-not-pending')
      if (found.grantedBy === me || found.personId === me) throw problem('needs-another')
      if (found.state !== 'pending' || !(await approveGrant(sql, request.params.grant, me)))
        throw problem('grant-not-pending')
      const detail = { grant: request.params.grant, role: found.role, person: found.personId }
      await recordAct(sql, request, { event: 'identity.role-approved', subject: peoplePath(id).slice(1), detail })
      await sendAlert(sql, { personId: found.personId, kind: 'role-granted' })
    })
    return reply.redirect(doneAt(request, peoplePath(id), 'role-approved'), 303)
  })

  const withdrawPath = '/office/organisations/:id/people/:grant/withdraw'
  const ask = {
    // As much as what it sends needs.
    config: { access: permission, level: 2, freshSeconds: 1800 } as const,
    schema: { summary: 'Withdraw a role: whether that is right', params: AtGrant, response: { 200: Confirm } },
  }
  app.get(withdrawPath, ask, async (request, reply) => {
    const organisation = await ownOrganisation(request, request.params.id)
    const { grant: id } = request.params
    const found = await findGrant(app.sql, organisation.id, id)
    if (!found) throw problem('grant-not-found')
    const name = (await namesOf(app.sql, [found.personId])).get(found.personId)!
    const refusal = await refusalOf(reply, () => checkWithdrawal(app.sql, organisation, found, request.person!.id))
    const question = withdrawalQuestion(organisation, { id, role: found.role, name })
    return reply.page({ ...question, ...(refusal && { refusal }) }, ConfirmPage)
  })

  const withdraw = {
    config: { access: permission, event: 'identity.role-withdrawn', level: 2, freshSeconds: 3600 } as const,
    schema: {
      summary: 'Withdraw a role, at once; without `sure`, leads to the page that asks',
      params: AtGrant,
      body: Type.Object({ sure: Type.Optional(Type.Enum(['yes', 'no'])) }),
    },
  }
  app.post(withdrawPath, withdraw, async (request, reply) => {
    const organisation = await ownOrganisation(request, request.params.id)
    const { id } = organisation
    const me = request.person!.id
    const { sure } = request.body
    if (sure !== 'yes') {
      const path = sure === 'no' ? peoplePath(id) : `${peoplePath(id)}/${request.params.grant}/withdraw`
      return reply.redirect(withLanguage(app.installation.pack.government, request.language, path), 303)
    }
    const own = await app.sql.begin(async (sql) => {
      await lockAsAdministrator(sql, request, id)
      const found = await findGrant(sql, id, request.params.grant)
      if (!found) throw problem('grant-not-found')
      await checkWithdrawal(sql, organisation, found, me)
      await withdrawGrant(sql, request.params.grant, me)
      const detail = { grant: request.params.grant, role: found.role, person: found.personId }
      await recordAct(sql, request, { event: 'identity.role-withdrawn', subject: peoplePath(id).slice(1), detail })
      if (found.state === 'counts') await sendAlert(sql, { personId: found.personId, kind: 'role-withdrawn' })
      return found.personId === me
    })
    // Whoever gave up their own role may not see the list any more.
    return reply.redirect(doneAt(request, own ? '/account/acting' : peoplePath(id), 'role-withdrawn'), 303)
  })
}

function forAdministrators({ installation }: FastifyInstance) {
  /** The organisation for which the person acts, and no other: whoever administers one is a stranger in the next. */
  async function ownOrganisation({ person }: FastifyRequest, id: string) {
    if (person!.organisation !== id) throw problem('not-your-organisation')
    const found = await findOrganisation(installation, id)
    if (!found) throw problem('organisation-not-found')
    return found
  }

  return { ownOrganisation }
}
