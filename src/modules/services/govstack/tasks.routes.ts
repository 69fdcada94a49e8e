import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { Installation, Routes } from '#platform'
import { actOnce, requireOffice } from '../cases/acting.ts'
import { findCase, listCases, listCasesOf } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { emptyFilter } from '../cases/filters.ts'
import { sayListed } from '../cases/listed.ts'
import { readForOffice, writingOf } from '../cases/show.ts'
import { readStepAnswers } from '../cases/step-form.ts'
import { takeStep } from '../cases/steps.ts'
import { Reference } from '../cases/types.ts'
import { organisationOf, wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import { OnceHeaders, paging, root } from './govstack.routes.ts'
import { asksForOwn, type Completion, completeOwnTask, getOwnTask, listOwnTasks, requireWorker } from './own-tasks.ts'
import { CompleteBody, CompletedShape, DataTaskShape, TaskShape } from './shapes.ts'
import { taskOf, typedOf } from './translate.ts'

const Wanted = Type.Object({
  mainTaskId: Type.Optional(Type.String({ maxLength: 30 })),
  fileId: Type.Optional(Type.String({ format: 'uuid', maxLength: 36 })),
  assigneeId: Type.Optional(Type.String({ maxLength: 110 })),
  ...paging,
  /** The order in which they stand; there is no other. */
  sortBy: Type.Optional(Type.Literal('dueDate')),
  sortOrder: Type.Optional(Type.Literal('asc')),
})

/** What waits for whoever asks: for officers and the program of a department its cases, for others what they were asked about their own. */
export const govstackTaskRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const reading = { access: 'signed-in', scope: ['services:apply', 'services:read-cases'] }
  const AtTask = Type.Object({ taskId: Reference })
  /** As lists of the office say it. */
  const describe = async ({ listed }: Pick<Case, 'listed'>, request: FastifyRequest) =>
    (await sayListed(sql, listed, writingOf(installation, request))).join(', ')

  const list = {
    config: reading,
    schema: {
      summary:
        'GovStack: the cases of my department that have not ended, or the questions about my applications that wait for me; those due first first',
      querystring: Wanted,
      response: { 200: Type.Array(TaskShape) },
    },
  }
  app.get(`${root}/tasks`, list, async (request) => {
    const { query, language } = request
    if (asksForOwn(request.person!)) return listOwnTasks(installation, request, query)
    requireWorker(request)
    return Promise.all(
      (await findOfDepartment(installation, request, query)).map(async (each) => {
        const task = taskOf(await getVersion(sql, each.version), each, language)
        return { ...task, mainTaskId: task.taskId, name: task.status.title, description: await describe(each, request) }
      }),
    )
  })

  const one = {
    config: reading,
    schema: {
      summary: 'GovStack: one case with the steps by which it can be completed now, or a question that waits for me',
      params: AtTask,
      response: { 200: DataTaskShape },
    },
  }
  app.get(`${root}/tasks/:taskId`, one, async (request, reply) => {
    const { language, params } = request
    reply.header('cache-control', 'no-store')
    if (asksForOwn(request.person!)) return getOwnTask(installation, request, params.taskId)
    requireWorker(request)
    const { steps, number } = await readForOffice(installation, request, params.taskId)
    const now = await requireOffice(sql, await findCase(sql, params.taskId), request.person!)
    const task = taskOf(await getVersion(sql, now.version), now, language)
    return {
      ...{ ...task, taskName: task.status.title, description: await describe(now, request) },
      formVariables: { steps: { value: steps.map(({ id }) => id) }, seen: { value: number } },
    }
  })

  const complete = {
    config: {
      access: 'signed-in',
      scope: ['services:apply', 'services:work-cases'],
      event: ['services.step-taken', 'services.step-proposed', 'services.information-given'],
    },
    schema: {
      summary:
        'GovStack: take the step that `data.step` names, or answer a question with `data.reply` and `data.documents`; as of the event that `data.seen` tells',
      params: AtTask,
      headers: OnceHeaders,
      body: CompleteBody,
      response: { 200: CompletedShape },
    },
  }
  app.post(`${root}/tasks/:taskId/complete`, complete, async (request) => {
    const { taskId: reference } = request.params
    const token = request.headers['idempotency-key']
    const { data } = request.body
    const given = { reference, data, token }
    const now = asksForOwn(request.person!)
      ? await completeOwnTask(installation, request, given)
      : await completeForDepartment(installation, request, given)
    const { taskId, fileId, serviceId, status } = taskOf(await getVersion(sql, now.version), now, request.language)
    return { taskId, fileId, serviceId, status }
  })
}

async function findOfDepartment(
  { sql, now: clock }: Installation,
  request: FastifyRequest,
  wanted: Static<typeof Wanted>,
) {
  const organisation = organisationOf(request)
  const { mainTaskId, fileId, assigneeId, firstResult, maxResult } = wanted
  if (mainTaskId === undefined && fileId === undefined) {
    const now = clock()
    const whose = assigneeId === undefined ? ('all' as const) : ('mine' as const)
    const of = { officer: assigneeId ?? request.person!.id, now, soonAt: now, after: null }
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

async function completeForDepartment(
  installation: Installation,
  request: FastifyRequest,
  { reference, data, token }: Completion,
) {
  requireWorker(request)
  const { step = '', seen, reasons = [], ...typed } = typedOf(data)
  const done = await actOnce(installation, request, token, async (act) => {
    const at = { reference, step: String(step) }
    const given = { typed: namedAsAnswers(typed), reasons: [reasons].flat(), token }
    const read = await readStepAnswers(act, at, given)
    if (read.wrong.length > 0) throw wrongForm(request, 'step-incomplete', read.wrong)
    const taken = { step: at.step, seen: Number(seen), reasons: read.reasons, noted: read.answers }
    return takeStep(act, reference, taken)
  })
  if (done.reference !== reference) throw problem('key-used')
  return requireOffice(installation.sql, await findCase(installation.sql, reference), request.person!)
}

/** As the form of a step sends its answers. */
const namedAsAnswers = (typed: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [`answer.${name}`, value]))
