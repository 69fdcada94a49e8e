import { Type } from 'typebox'
import type { Routes } from '#platform'
import { listApplications } from '../applying/applications.sql.ts'
import { applicantOf } from '../applying/applications.ts'
import { actOnce, requireOffice, workCase } from '../cases/acting.ts'
import { findCase, listCases, listCasesOf } from '../cases/cases.sql.ts'
import { emptyFilter } from '../cases/filters.ts'
import { readForOffice } from '../cases/show.ts'
import { readStepAnswers } from '../cases/step-form.ts'
import { takeStep } from '../cases/steps.ts'
import { Reference } from '../cases/types.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { organisationOf, wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import {
  ApplicationLineShape,
  ApplicationShape,
  CompleteBody,
  CompletedShape,
  DataTaskShape,
  EFormShape,
  ServiceShape,
  TaskShape,
} from './shapes.ts'
import { eFormOf, serviceOf, statusOf, taskOf, typedOf } from './translate.ts'

const root = '/govstack/registration'
const Key = Type.String({ maxLength: 60 })
const tasksMax = 100

/** The services and forms of GovStack's Registration building block, API 0.1.1. docs/standards/govstack.md. */
export const govstackServiceRoutes: Routes = async (app) => {
  const catalogue = catalogueOf(app.installation)
  const config = { access: 'public' }

  const list = {
    config,
    schema: {
      summary: 'GovStack: the services, of which `name` is part of the name',
      querystring: Type.Object({ name: Type.Optional(Type.String({ maxLength: 100 })) }),
      response: { 200: Type.Array(ServiceShape) },
    },
  }
  app.get(`${root}/services`, list, async ({ query, language }) => {
    const all = [...(await catalogue.list()).values()].map((each) => serviceOf(each, language))
    return all.filter(({ name }) => name.toLowerCase().includes((query.name ?? '').toLowerCase()))
  })

  const one = {
    config,
    schema: {
      summary: 'GovStack: one service',
      params: Type.Object({ serviceKey: Key }),
      response: { 200: ServiceShape },
    },
  }
  app.get(`${root}/services/:serviceKey`, one, async ({ params, language }) =>
    serviceOf(await catalogue.get(params.serviceKey), language),
  )

  const form = {
    config,
    schema: {
      summary: 'GovStack: the form of a service, with its JSON Schema',
      params: Type.Object({ eFormId: Key }),
      response: { 200: EFormShape },
    },
  }
  app.get(`${root}/eForms/:eFormId`, form, async ({ params, language }) => {
    const current = await catalogue.get(params.eFormId)
    if (!current.compiled.form) throw problem('service-not-found')
    return eFormOf(current, language)
  })
}

/** What a person applied for. */
export const govstackApplicationRoutes: Routes = async (app) => {
  const { sql } = app
  const config = { access: 'signed-in', scope: 'services:apply' }

  const list = {
    config,
    schema: {
      summary: 'GovStack: the applications of whoever asks',
      querystring: Type.Object({ serviceKey: Type.Optional(Key) }),
      response: { 200: Type.Array(ApplicationLineShape) },
    },
  }
  app.get(`${root}/applications`, list, async ({ person, query, language }) => {
    const { serviceKey } = query
    const mine = { ...applicantOf(person!), ...(serviceKey !== undefined && { service: serviceKey }) }
    const rows = await listApplications(sql, mine)
    const cases = await listCasesOf(
      sql,
      rows.map(({ id }) => id),
    )
    return Promise.all(
      rows.map(async ({ id, service, version, begunAt, sentAt }) => {
        const compiled = await getVersion(sql, version)
        const now = cases.find(({ application }) => application === id)
        return {
          ...{ fileId: id, serviceKey: service, serviceName: serviceOf({ compiled } as never, language).name },
          ...{ applicantId: person!.id, created: begunAt, ...(sentAt && { registered: sentAt }) },
          ...(now && { mainTaskId: now.reference }),
          status: now ? statusOf(compiled, now, language) : { code: 'PENDING' as const, title: '' },
        }
      }),
    )
  })

  const one = {
    config,
    schema: {
      summary: 'GovStack: one application of whoever asks',
      params: Type.Object({ fileId: Type.String({ format: 'uuid' }) }),
      response: { 200: ApplicationShape },
    },
  }
  app.get(`${root}/applications/:fileId`, one, async ({ person, params, language }) => {
    const rows = await listApplications(sql, applicantOf(person!))
    const row = rows.find(({ id }) => id === params.fileId)
    if (!row) throw problem('application-not-found')
    const [now] = await listCasesOf(sql, [row.id])
    const compiled = await getVersion(sql, row.version)
    return {
      ...{ fileId: row.id, serviceKey: row.service, applicantId: person!.id },
      ...{ serviceName: serviceOf({ compiled } as never, language).name, ended: (now?.outcome ?? null) !== null },
      ...(row.sentAt && { registered: row.sentAt }),
      status: now ? statusOf(compiled, now, language) : { code: 'PENDING' as const, title: '' },
    }
  })
}

/** What officers, or the program of a department, do with applications. */
export const govstackTaskRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const reading = { access: workCase, scope: 'services:read-cases' }
  const AtTask = Type.Object({ taskId: Reference })

  const list = {
    config: reading,
    schema: {
      summary: 'GovStack: the cases of my department that have not ended, those due first first',
      querystring: Type.Object({ assigneeId: Type.Optional(Type.String({ maxLength: 110 })) }),
      response: { 200: Type.Array(TaskShape) },
    },
  }
  app.get(`${root}/tasks`, list, async (request) => {
    const { person, query, language } = request
    const now = installation.now()
    const filter = { ...emptyFilter, organisation: organisationOf(request), whose: 'all' as const }
    const of = { officer: person!.id, now, soonAt: now, after: null, limit: tasksMax }
    const cases = await listCases(sql, filter, of)
    const wanted = cases.filter(({ claimedBy }) => !query.assigneeId || claimedBy === query.assigneeId)
    return Promise.all(
      wanted.map(async (each) => {
        const task = taskOf(await getVersion(sql, each.version), each, language)
        return { ...task, mainTaskId: task.taskId, name: task.status.title }
      }),
    )
  })

  const one = {
    config: reading,
    schema: {
      summary: 'GovStack: one case, and the steps by which it can be completed now',
      params: AtTask,
      response: { 200: DataTaskShape },
    },
  }
  app.get(`${root}/tasks/:taskId`, one, async (request) => {
    const { language, params } = request
    const { steps, number } = await readForOffice(installation, request, params.taskId)
    const now = await requireOffice(sql, await findCase(sql, params.taskId), request.person!)
    const task = taskOf(await getVersion(sql, now.version), now, language)
    return {
      ...{ ...task, taskName: task.status.title },
      formVariables: { steps: { value: steps.map(({ id }) => id) }, seen: { value: number } },
    }
  })

  const complete = {
    config: {
      access: workCase,
      scope: 'services:work-cases',
      event: ['services.step-taken', 'services.step-proposed'],
    },
    schema: {
      summary: 'GovStack: take the step that `data.step` names, as of the event that `data.seen` tells',
      params: AtTask,
      body: CompleteBody,
      response: { 200: CompletedShape },
    },
  }
  app.post(`${root}/tasks/:taskId/complete`, complete, async (request) => {
    const { params, language, body } = request
    const { step = '', seen, reasons = [], ...typed } = typedOf(body.data)
    const token = undefined
    await actOnce(installation, request, token, async (act) => {
      const at = { reference: params.taskId, step: String(step) }
      const given = { typed: namedAsAnswers(typed), reasons: [reasons].flat(), token }
      const read = await readStepAnswers(act, at, given)
      if (read.wrong.length > 0) throw wrongForm(request, 'step-incomplete', read.wrong)
      const taken = { step: at.step, seen: Number(seen), reasons: read.reasons, noted: read.answers }
      return takeStep(act, params.taskId, taken)
    })
    const now = await requireOffice(sql, await findCase(sql, params.taskId), request.person!)
    const { taskId, fileId, serviceKey, status } = taskOf(await getVersion(sql, now.version), now, language)
    return { taskId, fileId, serviceKey, status }
  })
}

/** As the form of a step sends its answers. */
const namedAsAnswers = (typed: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [`answer.${name}`, value]))
