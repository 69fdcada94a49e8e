import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { answer, organisationOf } from '../forms.ts'
import { editService } from '../webhooks/ours.ts'
import { countGivenUp } from '../webhooks/webhooks.sql.ts'
import { actOnce, decideCase, queuesOf, workCase } from './acting.ts'
import { countQueue, listCases, listFigures } from './cases.sql.ts'
import { claimNext } from './claims.ts'
import { FiguresPage } from './figures.page.tsx'
import { emptyFilter, soonFrom } from './filters.ts'
import { officePath } from './history.ts'
import { calendarOf } from './holidays.ts'
import { nameOfOrganisation } from './messages.ts'
import { QueuePage } from './queue.page.tsx'
import { caseLines } from './show.ts'
import { Answered, FiguresData, PackWord, QueueData, Token } from './types.ts'

const shownMax = 10
const figureDays = 90

/** The desk of officers: what waits for them, the list of cases of their department, and how it does. */
export const officeRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { pack } = installation
  const catalogue = catalogueOf(installation)

  const queue = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: { summary: 'What waits for me: my cases, free ones, approvals, complaints', response: { 200: QueueData } },
  }
  app.get('/office/services', queue, async (request, reply) => {
    const person = request.person!
    const organisation = organisationOf(request)
    const calendar = calendarOf(pack)
    const now = installation.now()
    const soonAt = soonFrom(now, calendar)
    const queues = queuesOf(person)
    const of = { officer: person.id, queues, now, soonAt, after: null, limit: shownMax }
    const decides = person.permissions.includes(decideCase)
    const list = async (filter: Partial<typeof emptyFilter>) =>
      caseLines(
        sql,
        installation,
        { person, language: request.language },
        await listCases(sql, { ...emptyFilter, organisation, ...filter }, of),
      )
    const nobody = Promise.resolve([])
    const [counts, mine, free, approval, complaints, undelivered] = await Promise.all([
      countQueue(sql, { organisation, officer: person.id, queues, now, soonAt }),
      list({ whose: 'mine' }),
      list({ whose: 'free' }),
      decides ? list({ wait: 'approval' }) : nobody,
      decides ? list({ complained: true, ended: true }) : nobody,
      person.permissions.includes(editService) ? countGivenUp(sql, organisation) : 0,
    ])
    const data: QueueData = {
      organisation: person.organisation === undefined ? null : nameOfOrganisation(installation, organisation),
      ...{ decides, counts, mine, free, approval, complaints, undelivered, token: randomUUID() },
    }
    return reply.page(data, QueuePage)
  })

  const next = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.case-claimed' },
    schema: {
      summary: 'Take the free case that is due first',
      body: Type.Object({ token: Token, service: Type.Optional(PackWord) }),
      response: { 200: Answered, 303: Type.Null() },
    },
  }
  app.post('/office/services/next', next, async (request, reply) => {
    const { token, service } = request.body
    const done = await actOnce(installation, request, token, (act) => claimNext(act, service ?? null))
    return answer(request, reply, done, officePath(done.reference))
  })

  const figures = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: { summary: 'How my department does, by service', response: { 200: FiguresData } },
  }
  app.get('/office/services/figures', figures, async (request, reply) => {
    const now = installation.now()
    const since = new Date(now.getTime() - figureDays * 86_400_000)
    const rows = await listFigures(sql, { organisation: organisationOf(request), since, now })
    const current = await catalogue.list()
    const services = rows.map((row) => ({
      ...row,
      title: titleOf(current, row.service),
    }))
    return reply.page({ days: figureDays, services }, FiguresPage)
  })
}
