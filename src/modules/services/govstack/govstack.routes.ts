import { Type } from 'typebox'
import type { Routes } from '#platform'
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
import { CompleteBody, CompletedShape, DataTaskShape, EFormShape, ServiceShape, TaskShape } from './shapes.ts'
import { eFormOf, serviceOf, taskOf, typedOf } from './translate.ts'

export const root = '/govstack/registration'
export const Key = Type.String({ maxLength: 60 })
/** Which part of a list is wanted: `firstResult` counts from 0. */
export const paging = {
  firstResult: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
  maxResult: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
}
/** Of a sending that may be repeated: what was done under it is not done again. */
export const OnceHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ format: 'uuid', maxLength: 36 })),
})

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

/** What officers, or the program of a department, do with applications. */
export const govstackTaskRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const reading = { access: workCase, scope: 'services:read-cases' }
  const AtTask = Type.Object({ taskId: Reference })

  const list = {
    config: reading,
    schema: {
      summary: 'GovStack: the cases of my department that have not ended, those due first first',
      querystring: Type.Object({
        mainTaskId: Type.Optional(Type.String({ maxLength: 30 })),
        fileId: Type.Optional(Type.String({ format: 'uuid', maxLength: 36 })),
        assigneeId: Type.Optional(Type.String({ maxLength: 110 })),
        ...paging,
        /** The order in which they stand; there is no other. */
        sortBy: Type.Optional(Type.Literal('dueDate')),
        sortOrder: Type.Optional(Type.Literal('asc')),
      }),
      response: { 200: Type.Array(TaskShape) },
    },
  }
  app.get(`${root}/tasks`, list, async (request) => {
    const { person, query, language } = request
    const organisation = organisationOf(request)
    const { mainTaskId, fileId, assigneeId, firstResult, maxResult } = query
    const wanted = await find()
    return Promise.all(
      wanted.map(async (each) => {
        const task = taskOf(await getVersion(sql, each.version), each, language)
        return { ...task, mainTaskId: task.taskId, name: task.status.title }
      }),
    )

    async function find() {
      if (mainTaskId === undefined && fileId === undefined) {
        const now = installation.now()
        const whose = assigneeId === undefined ? ('all' as const) : ('mine' as const)
        const of = { officer: assigneeId ?? person!.id, now, soonAt: now, after: null }
        return listCases(sql, { ...emptyFilter, organisation, whose }, { ...of, first: firstResult, limit: maxResult })
      }
      const one = mainTaskId === undefined ? undefined : await findCase(sql, mainTaskId)
      const found = mainTaskId === undefined ? await listCasesOf(sql, [fileId!]) : one ? [one] : []
      return found
        .filter((each) => each.organisation === organisation && each.endedAt === null)
        .filter((each) => fileId === undefined || each.application === fileId)
        .filter((each) => assigneeId === undefined || each.claimedBy === assigneeId)
        .slice(firstResult, firstResult + maxResult)
    }
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
      headers: OnceHeaders,
      body: CompleteBody,
      response: { 200: CompletedShape },
    },
  }
  app.post(`${root}/tasks/:taskId/complete`, complete, async (request) => {
    const { params, language, body } = request
    const { step = '', seen, reasons = [], ...typed } = typedOf(body.data)
    const token = request.headers['idempotency-key']
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
