import type { Topic } from '#pack'
import type { Routes } from '#platform'
import { findAnswering } from '../comments/comments.sql.ts'
import { spanOf } from '../comments/comments.ts'
import { todayOf } from '../days.ts'
import type { Service } from '../definitions/service.ts'
import { problem } from '../problems.ts'
import { findResults } from '../rounds/results.routes.ts'
import { isSubscribed } from '../subscriptions/subscriptions.sql.ts'
import { catalogueOf, departmentsOf, listServices, nameOf, noteOf, openingOf, wayUp } from './catalogue.ts'
import { DepartmentPage, DepartmentsPage, ShelfPage } from './lists.page.tsx'
import { ServicePage } from './service.page.tsx'
import {
  AtAudience,
  AtLifeEvent,
  AtOrganisation,
  AtService,
  DepartmentData,
  DepartmentsData,
  ServiceData,
  ShelfData,
} from './types.ts'

const config = { access: 'public', keepSeconds: 10 }

/** What is offered, for whom, when and by whom; and the page of each service. */
export const catalogueRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { pack } = installation

  async function shelf(topics: readonly Topic[], id: string, holds: (service: Service) => boolean): Promise<ShelfData> {
    const topic = topics.find((each) => each.id === id)
    if (!topic) throw problem('topic-not-found')
    const found = (await listServices(installation)).filter(holds)
    return { id, name: topic.name, about: topic.about, services: found.map((each) => noteOf(pack, each)) }
  }

  const audience = {
    config,
    schema: { summary: 'The services for an audience', params: AtAudience, response: { 200: ShelfData } },
  }
  app.get('/services/for/:audience', audience, async ({ params: { audience: id } }, reply) =>
    reply.page(await shelf(pack.audiences, id, ({ audiences }) => audiences.includes(id)), ShelfPage),
  )

  const lifeEvent = {
    config,
    schema: { summary: 'The services at a moment of life', params: AtLifeEvent, response: { 200: ShelfData } },
  }
  app.get('/services/when/:lifeEvent', lifeEvent, async ({ params: { lifeEvent: id } }, reply) =>
    reply.page(await shelf(pack.lifeEvents, id, ({ lifeEvents }) => lifeEvents.includes(id)), ShelfPage),
  )

  const departments = {
    config,
    schema: {
      summary: 'The tree of departments, and how many services each offers',
      response: { 200: DepartmentsData },
    },
  }
  app.get('/services/departments', departments, async (_, reply) =>
    reply.page({ departments: departmentsOf(pack, await listServices(installation)) }, DepartmentsPage),
  )

  const department = {
    config,
    schema: {
      summary: 'A department: what it is part of, what is below it, and what it offers',
      params: AtOrganisation,
      response: { 200: DepartmentData },
    },
  }
  app.get('/services/departments/:organisation', department, async ({ params: { organisation } }, reply) => {
    const found = pack.organisations.find(({ id }) => id === organisation)
    if (!found) throw problem('department-not-found')
    const all = await listServices(installation)
    const data = {
      ...{ id: found.id, name: found.name },
      above: wayUp(pack.organisations, organisation),
      below: departmentsOf(pack, all, organisation),
      services: all.filter((each) => each.organisation === organisation).map((each) => noteOf(pack, each)),
    }
    return reply.page(data, DepartmentPage)
  })

  const service = {
    config,
    schema: {
      summary: 'A service: what it is, for whom, what it costs, what to have ready, and where it begins',
      params: AtService,
      response: { 200: ServiceData },
    },
  }
  app.get('/services/:service', service, async ({ params, person }, reply) => {
    const { compiled, number, hash, publishedAt } = await catalogueOf(installation).get(params.service)
    const found = compiled.service
    const others = await catalogueOf(installation).list()
    const related = (found.related ?? []).flatMap((id) => others.get(id)?.compiled.service ?? [])
    const data: ServiceData = {
      ...found,
      opening: openingOf(found, todayOf(installation)),
      signIn: found.apply?.signIn ?? null,
      organisation: nameOf(pack.organisations, found.organisation),
      above: wayUp(pack.organisations, found.organisation),
      audiences: found.audiences.map((id) => nameOf(pack.audiences, id)),
      lifeEvents: found.lifeEvents.map((id) => nameOf(pack.lifeEvents, id)),
      related: related.map((each) => noteOf(pack, each)),
      answering: await findAnswering(sql, found.id, spanOf(installation)),
      results: (await findResults(installation, found))?.edition ?? null,
      subscribed: person ? await isSubscribed(sql, person.id, found.id) : null,
      version: { number, hash, publishedAt },
    }
    return reply.page(data, ServicePage)
  })
}
