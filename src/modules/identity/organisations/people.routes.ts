import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, recordAct, type Sql } from '#platform'
import { takeCode } from '../acting/acting.sql.ts'
import { dayOf, isDay, readCents, readServices, tickedIn } from '../acting/limits.rules.ts'
import { listServices } from '../acting/services.sql.ts'
import { Ticked } from '../acting/types.ts'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { problem } from '../problems.ts'
import { findRole, rolesWith, roleTable } from '../roles.ts'
import {
  approveGrant,
  countHolders,
  findGrant,
  insertGrant,
  listGrants,
  lockOrganisation,
  withdrawGrant,
} from './grants.sql.ts'
import { findOrganisation, isVerifiedBy } from './organisations.sql.ts'
import { type PeopleData, PeoplePage, PeopleData as PeopleShape } from './people.page.tsx'

export const OrganisationId = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })

const AtOrganisation = Type.Object({ id: OrganisationId })
const AtGrant = Type.Object({
  id: OrganisationId,
  grant: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
type GrantForm = Static<typeof GrantForm>
const GrantForm = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 20 })),
  role: Type.Optional(Type.String({ maxLength: 60 })),
  ends: Type.Optional(Type.String({ maxLength: 10 })),
  services: Ticked,
  money: Type.Optional(Type.String({ maxLength: 20 })),
})

const permission = 'identity:grant-role'
const peoplePath = (id: string) => `/office/organisations/${id}/people`

/** Who works for an organisation, which its administrators alone see and change. */
export const peopleRoutes: Routes = async (app) => {
  const { installation } = app
  const { ownOrganisation } = forAdministrators(app)
  const { timeZone } = installation.pack.government

  async function pageData(request: FastifyRequest, id: string, form: GrantForm, mistakes: PeopleData['mistakes']) {
    const organisation = await ownOrganisation(request, id)
    const { code = '', role = '', ends = '', services, money = '' } = form
    return {
      organisation,
      me: request.person!.id,
      grants: await listGrants(app.sql, id),
      // Officers are not limited to services.
      offered: organisation.place === 'company' ? await listServices(app.sql, installation) : [],
      roles: Object.keys(roleTable).filter((name) => roleTable[name]!.place === organisation.place),
      values: { code, role, ends, services: tickedIn(services), money },
      mistakes,
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
    reply.page(await pageData(request, request.params.id, {}, []), PeoplePage),
  )

  const grant = {
    config: { access: permission, event: 'identity.role-granted', level: 2, freshSeconds: 3600 } as const,
    schema: { summary: 'Grant a role to whoever showed their code', params: AtOrganisation, body: GrantForm },
  }
  app.post('/office/organisations/:id/people', grant, async (request, reply) => {
    const { params, body } = request
    const { id, place } = await ownOrganisation(request, params.id)
    const me = request.person!.id
    const role = findRole(body.role ?? '')
    const services = readServices(body.services, place === 'company' ? await listServices(app.sql, installation) : [])
    const centsMax = readCents(body.money ?? '')
    const ends = body.ends?.trim() ?? ''
    const late = ends !== '' && (!isDay(ends) || ends < dayOf(installation.now(), timeZone))
    const mistakes: PeopleData['mistakes'] = [
      ...(body.code?.trim() ? [] : (['code'] as const)),
      ...(role?.place === place ? [] : (['role'] as const)),
      ...(late ? (['ends'] as const) : []),
      ...(services === undefined ? (['services'] as const) : []),
      ...(centsMax === undefined || (centsMax !== null && place !== 'company') ? (['money'] as const) : []),
    ]
    const again = async (wrong: PeopleData['mistakes']) =>
      reply.code(422).page(await pageData(request, id, body, wrong), PeoplePage)
    if (mistakes.length > 0) return again(mistakes)
    const granted = await app.sql.begin(async (sql) => {
      await lockAsAdministrator(sql, request, id)
      const found = await takeCode(sql, installation, body.code!)
      if (!found) return false
      if (found.id === me) throw problem('not-to-yourself')
      // Else whoever is promised a share could verify the company first.
      if (await isVerifiedBy(sql, id, found.id)) throw problem('verified-it')
      const atOnce = role!.approval === 'none'
      const made = await insertGrant(sql, {
        ...{ personId: found.id, organisation: id, role: body.role!, grantedBy: me, endsOn: ends, timeZone },
        ...{ services: services!, centsMax: centsMax! },
        // What needs no second pair of eyes counts by the matrix.
        ...(atOnce && { approvedBy: 'matrix' }),
      })
      if (made === undefined) throw problem('role-held-already')
      const detail = { grant: made, role: body.role!, person: found.id, pending: !atOnce }
      await recordAct(sql, request, { event: 'identity.role-granted', subject: peoplePath(id).slice(1), detail })
      // Of what waits for another administrator there is nothing to tell yet.
      if (atOnce) await sendAlert(sql, { personId: found.id, kind: 'role-granted' })
      else if (role!.approval === 'grantee') await sendAlert(sql, { personId: found.id, kind: 'role-offered' })
      return true
    })
    return granted ? reply.redirect(doneAt(request, peoplePath(id), 'role-granted'), 303) : again(['code'])
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

  const withdraw = {
    config: { access: permission, event: 'identity.role-withdrawn', level: 2, freshSeconds: 3600 } as const,
    schema: { summary: 'Withdraw a role, at once', params: AtGrant },
  }
  app.post('/office/organisations/:id/people/:grant/withdraw', withdraw, async (request, reply) => {
    const { id } = await ownOrganisation(request, request.params.id)
    const me = request.person!.id
    const own = await app.sql.begin(async (sql) => {
      await lockAsAdministrator(sql, request, id)
      const found = await findGrant(sql, id, request.params.grant)
      if (!found) throw problem('grant-not-found')
      const administering = rolesWith(permission)
      if (found.state === 'counts' && administering.includes(found.role)) {
        const { others } = await countHolders(sql, id, administering, found.personId)
        if (others === 0) throw problem('last-administrator')
      }
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

/** Under the organisation’s lock: of two administrators who remove each other at once, one is none any more. */
async function lockAsAdministrator(sql: Sql, { person }: FastifyRequest, id: string) {
  await lockOrganisation(sql, id)
  const { own } = await countHolders(sql, id, rolesWith(permission), person!.id)
  if (own === 0) throw problem('not-your-organisation')
}
