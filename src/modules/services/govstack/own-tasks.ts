// What a person was asked about their application, as a task of theirs: completing it is their answer.
import type { FastifyRequest } from 'fastify'
import { subjectOf } from '#identity'
import { type Installation, type Person, say, texts } from '#platform'
import { applicantOf } from '../applying/applications.ts'
import { actOnce, isOwn, requireOwn, workCase } from '../cases/acting.ts'
import { findCase, listAsked, listCasesOf } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { replyFilePath } from '../cases/history.ts'
import { NotSent, readQuestion, reply } from '../cases/replies.ts'
import { listUnsent } from '../files/files.sql.ts'
import { type Wrong, wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import type { FormData } from './shapes.ts'
import { taskOf, textsOf } from './translate.ts'

const words = texts({
  name: { en: 'Answer a question about the application', 'zh-Hant': '答覆關於申請的提問' },
  unknown: {
    en: 'The task asks for nothing of this name: send reply, documents and seen.',
    'zh-Hant': '任務沒有這個項目：請提交 reply、documents 和 seen。',
  },
  one: { en: 'There is one answer. Send one text.', 'zh-Hant': '只有一個答覆。請只提交一段文字。' },
})

type Wanted = {
  mainTaskId?: string | undefined
  fileId?: string | undefined
  assigneeId?: string | undefined
  firstResult: number
  maxResult: number
}

/** A task, what was sent to complete it, and the key by which that happens once. */
export type Completion = { reference: string; data: FormData; token: string | undefined }

/** Whether somebody asks for what is their own: by a token for that, or as one who works on no cases. */
export const asksForOwn = ({ token, permissions }: Person): boolean =>
  token ? token.scope === 'services:apply' : !permissions.includes(workCase)

/** Refuses whose token or role lets them work on no cases. */
export function requireWorker({ person }: FastifyRequest): void {
  if (!person!.permissions.includes(workCase)) throw problem('tasks-of-officers')
}

/** The questions that wait for whoever asks, those to be answered first first. */
export async function listOwnTasks(installation: Installation, request: FastifyRequest, wanted: Wanted) {
  const { sql } = installation
  const person = request.person!
  const { mainTaskId, fileId, assigneeId, firstResult: first, maxResult: max } = wanted
  // What waits for somebody in whose name one acts is theirs to answer.
  if (person.onBehalfOf) return []
  if (assigneeId !== undefined && assigneeId !== (await subjectOf(installation, person, person.id))) return []
  return Promise.all((await find()).map((each) => oneOf(installation, request, each)))

  async function find(): Promise<Case[]> {
    if (mainTaskId === undefined && fileId === undefined) return listAsked(sql, applicantOf(person), { first, max })
    const one = mainTaskId === undefined ? undefined : await findCase(sql, mainTaskId)
    const found = fileId === undefined ? (one ? [one] : []) : await listCasesOf(sql, [fileId])
    return found
      .filter((each) => mainTaskId === undefined || each.reference === mainTaskId)
      .filter((each) => each.wait === 'reply' && isOwn(each, person))
      .slice(first, first + max)
  }
}

/** One of them, with what completing it takes. A case in which no question waits is no task. */
export async function getOwnTask(installation: Installation, request: FastifyRequest, reference: string) {
  const now = requireOwn(await findCase(installation.sql, reference), request.person!)
  const question = await readQuestion(installation, now)
  if (!question) throw problem('task-not-found')
  const { mainTaskId: _, name: taskName, ...task } = await oneOf(installation, request, now)
  const ready = await listUnsent(installation.sql, reference, request.person!.id)
  return {
    ...{ ...task, taskName },
    formVariables: {
      question: { value: question.text },
      seen: { value: question.number },
      asksDocuments: { value: question.files !== undefined },
      documents: { value: ready.map(({ id }) => replyFilePath(reference, id)) },
      ...(now.replyUntilOn && { until: { value: now.replyUntilOn } }),
    },
  }
}

/** Answers the question that waits, once for each key. */
export async function completeOwnTask(
  installation: Installation,
  request: FastifyRequest,
  { reference, data, token }: Completion,
): Promise<Case> {
  const { reply: said, documents, seen, ...more } = data
  const text = said === undefined ? '' : textsOf(said.value)
  const wrong: Wrong[] = Object.keys(more).map((name) => ({ field: `data/${name}`, text: words.unknown }))
  if (Array.isArray(text)) wrong.push({ field: 'data/reply', text: words.one })
  const urls = documents === undefined ? [] : [documents.value].flat().map(String)
  // What is no address of a document of this answer stays as it came, and names none.
  const path = replyFilePath(reference, '')
  const files = urls.map((url) => (url.includes(path) ? url.slice(url.indexOf(path) + path.length) : url))
  if (wrong.length > 0) throw wrongForm(request, 'task-incomplete', wrong)
  const plain = String(text).replaceAll('\r\n', '\n').trim()
  try {
    const done = await actOnce(installation, request, token, (act) =>
      reply(act, reference, plain, { question: Number(seen?.value), files }),
    )
    if (done.reference !== reference) throw problem('key-used')
  } catch (error) {
    if (!(error instanceof NotSent)) throw error
    const field = error.field === 'file' ? 'data/documents' : 'data/reply'
    throw wrongForm(request, 'task-incomplete', [{ field, text: error.text }])
  }
  return requireOwn(await findCase(installation.sql, reference), request.person!)
}

async function oneOf(installation: Installation, request: FastifyRequest, now: Case) {
  const { language } = request
  const person = request.person!
  const compiled = await getVersion(installation.sql, now.version)
  const { assigneeId: _, ...task } = taskOf(compiled, now, language)
  return {
    ...task,
    ...{ mainTaskId: now.reference, name: say(words.name, language) },
    assigneeId: await subjectOf(installation, person, person.id),
    description: (await readQuestion(installation, now))?.text ?? '',
  }
}
