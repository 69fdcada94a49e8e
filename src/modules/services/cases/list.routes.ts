import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { answer, organisationOf } from '../forms.ts'
import { decideCase, queuesOf, workCase } from './acting.ts'
import { CasesPage } from './cases.page.tsx'
import { deleteSavedFilter, listCases, listSavedFilters, putSavedFilter } from './cases.sql.ts'
import { caseOf } from './decide.rules.ts'
import { filterOf, nextOf, parseAfter, queryOf, savedQueryOf, soonFrom } from './filters.ts'
import { calendarOf } from './holidays.ts'
import { caseLines } from './show.ts'
import { CasesData, Query } from './types.ts'

const pageMax = 50

/** The list of cases of a department, and the filters that it keeps. */
export const listRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { pack } = installation
  const catalogue = catalogueOf(installation)

  const all = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: {
      summary: 'Cases of my department, by the day on which they are due; filtered and searched',
      querystring: Query,
      response: { 200: CasesData },
    },
  }
  app.get('/office/services/cases', all, async (request, reply) => {
    const person = request.person!
    const organisation = organisationOf(request)
    const filter = filterOf(request.query, organisation)
    const after = parseAfter(request.query.after)
    const now = installation.now()
    const soonAt = soonFrom(now, calendarOf(pack))
    const of = { officer: person.id, queues: queuesOf(person), now, soonAt, after, limit: pageMax + 1 }
    const [found, saved] = await Promise.all([listCases(sql, filter, of), listSavedFilters(sql, organisation)])
    const shown = found.slice(0, pageMax)
    const current = [...(await catalogue.list()).values()].map(({ compiled }) => compiled)
    const ours = current.filter(({ case: has, service }) => has && isOf(organisation, service.organisation, has.case))
    const chosen = ours.find(({ service }) => service.id === filter.service)
    const last = shown.at(-1)
    const states = chosen ? caseOf(chosen).case.states : []
    const data: CasesData = {
      query: queryOf(request.query),
      services: ours.map(({ service }) => ({ id: service.id, title: service.title })),
      states: states.map(({ id, title }) => ({ id, title })),
      cases: await caseLines(sql, installation, { person, language: request.language }, shown),
      decides: person.permissions.includes(decideCase),
      next: found.length > pageMax && last ? nextOf(last, filter.ended) : null,
      isFirst: after === null,
      saved,
    }
    return reply.page(data, CasesPage)
  })

  const name = Type.String({ minLength: 1, maxLength: 60 })
  const save = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.filter-saved' },
    schema: {
      summary: 'Keep a filter of the list under a name, for all officers of my department',
      body: Type.Object({ name, query: Type.String({ maxLength: 500 }) }),
      response: { 200: Type.Object({ name: Type.String() }), 303: Type.Null() },
    },
  }
  app.post('/office/services/filters', save, async (request, reply) => {
    const organisation = organisationOf(request)
    const filter = { name: request.body.name.trim() || '–', query: savedQueryOf(request.body.query) }
    await sql.begin(async (transaction) => {
      const by = request.person!.id
      await putSavedFilter(transaction, { ...filter, organisation, by, now: installation.now() })
      await recordAct(transaction, request, {
        event: 'services.filter-saved',
        subject: `services/filters/${organisation}`,
      })
    })
    return answer(request, reply, { name: filter.name }, `/office/services/cases?${filter.query}`)
  })

  const remove = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.filter-removed' },
    schema: {
      summary: 'Remove a filter that my department kept',
      body: Type.Object({ name }),
      response: { 200: Type.Object({ name: Type.String() }), 303: Type.Null() },
    },
  }
  app.post('/office/services/filters/remove', remove, async (request, reply) => {
    const organisation = organisationOf(request)
    await sql.begin(async (transaction) => {
      if (await deleteSavedFilter(transaction, organisation, request.body.name))
        await recordAct(transaction, request, {
          event: 'services.filter-removed',
          subject: `services/filters/${organisation}`,
        })
    })
    return answer(request, reply, { name: request.body.name }, '/office/services/cases')
  })
}

/** Whether a department works cases of a service: as its own, or in a role that the definition gives it. */
const isOf = (organisation: string, own: string, { roles }: { roles: readonly { organisation?: string }[] }): boolean =>
  own === organisation || roles.some((role) => role.organisation === organisation)
