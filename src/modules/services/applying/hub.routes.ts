import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { deleteDraft } from './applications.sql.ts'
import { getApplication, getDraft, getLocked, journeyOf } from './applications.ts'
import { ExitPage } from './exit.page.tsx'
import { LaterPage } from './later.page.tsx'
import { PartPage } from './part.page.tsx'
import { partOf, tasksOf } from './part.ts'
import { noteOf, pathOf, servicePath, stopPath } from './show.ts'
import { TasksPage } from './tasks.page.tsx'
import { AtApplication, ExitData, LaterData, PartData, TasksData } from './types.ts'

/** What stands around the pages of a form: the list of tasks, the way out, coming back later, and deleting. */
export const hubRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const hub = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'An application: its list of tasks, or on to the page where it stands',
      params: AtApplication,
      response: { 200: Type.Union([TasksData, PartData]), 303: Type.Null() },
    },
  }
  app.get('/applications/:id', hub, async (request, reply) => {
    const { id } = request.params
    const application = await getApplication(installation, request, id)
    if (application.row.state === 'sent') return leadTo(request, reply, `${pathOf(id)}/sent`)
    reply.header('cache-control', 'no-store')
    if (application.by !== undefined) return reply.page(partOf(installation, application), PartPage)
    const { stops, exit, next, handed } = journeyOf(installation, application)
    if (exit) return leadTo(request, reply, `${pathOf(id)}/exit`)
    const { sections } = application.apply.form
    const onward = `${pathOf(id)}/${handed.length > 0 ? 'parts' : 'check'}`
    if (!sections) return leadTo(request, reply, next ? stopPath(id, next.page) : onward)
    return reply.page(
      {
        application: noteOf(application, installation.now()),
        sections: sections.map(({ id: section, title }) => ({
          title,
          pages: tasksOf(
            id,
            stops.filter(({ page }) => page.section === section),
          ),
        })),
        check: next ? null : onward,
      },
      TasksPage,
    )
  })

  const exit = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'Why the answers lead out of the form, and what else there is',
      params: AtApplication,
      response: { 200: ExitData, 303: Type.Null() },
    },
  }
  app.get('/applications/:id/exit', exit, async (request, reply) => {
    const { id } = request.params
    const application = await getDraft(installation, request, id)
    const { exit, stops } = journeyOf(installation, application)
    if (!exit) return leadTo(request, reply, pathOf(id))
    const last = stops.at(-1)?.page
    const current = await catalogueOf(installation).list()
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        application: noteOf(application, installation.now()),
        ...{
          title: exit.title,
          text: exit.text,
          back: last ? stopPath(id, last) : servicePath(application.service.id),
        },
        instead: (exit.instead ?? []).flatMap((each) => {
          const service = current.get(each)?.compiled.service
          return service ? [{ title: service.title, summary: service.summary, path: servicePath(each) }] : []
        }),
      },
      ExitPage,
    )
  })

  const later = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'That the application is kept, until when, and how to come back to it',
      params: AtApplication,
      response: { 200: LaterData },
    },
  }
  app.get('/applications/:id/later', later, async (request, reply) => {
    const application = await getDraft(installation, request, request.params.id)
    reply.header('cache-control', 'no-store')
    return reply.page({ application: noteOf(application, installation.now()) }, LaterPage)
  })

  const remove = {
    config: { access: 'public', scope: 'services:apply', event: 'services.draft-deleted' },
    schema: {
      summary: 'Delete an application that was not sent, with everything that was typed',
      params: AtApplication,
      response: { 303: Type.Null() },
    },
  }
  app.post('/applications/:id/delete', remove, async (request, reply) => {
    const { id } = request.params
    const service = await sql.begin(async (transaction) => {
      const { row } = await getLocked(installation, request, id, transaction)
      if (await deleteDraft(transaction, id))
        await recordAct(transaction, request, { event: 'services.draft-deleted', subject: `application/${id}` })
      return row.service
    })
    return leadTo(request, reply, `${servicePath(service)}/apply`)
  })
}
