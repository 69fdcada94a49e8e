import { type Installation, type Language, withLanguage } from '#platform'
import { type Application, journeyOf } from '../applying/applications.ts'
import type { Draft, Filled } from '../applying/draft.ts'
import { withThings } from '../applying/lists.routes.ts'
import { at, getStop } from '../applying/pages.routes.ts'
import { listPath, pagePath } from '../applying/show.ts'
import { partOf } from '../applying/things.routes.ts'
import type { Question } from '../definitions/form.ts'
import { problem } from '../problems.ts'
import type { Answers, SentFile } from '../types.ts'

/** Where a file is sent to: a page of a form, or a page about one thing of a list. */
export type Params = { id: string; page: string; thing?: string; part?: string }

export type Place = {
  question: Question
  thing: string | null
  path: string
  files: readonly SentFile[]
  /** The draft with other files here. */
  withFiles: (files: SentFile[]) => Draft
}

/** The question of a page that is answered by files; a page has one at most. Any other page is refused. */
export function getPlace(installation: Installation, application: Application, params: Params): Place {
  const { draft } = application
  const { page: pageId, thing: thingId, part: partId } = params
  if (thingId === undefined || partId === undefined) {
    const { page } = getStop(journeyOf(installation, application), pageId)
    const question = fileQuestionOf(page.questions ?? [])
    const withFiles = (files: SentFile[]) => ({ ...draft, files: { ...draft.files, [question.id]: files } })
    const files = draft.files[question.id] ?? []
    return { question, thing: null, path: pagePath(application.row.id, page.id), files, withFiles }
  }
  const { page, part, thing } = partOf(installation, application, { page: pageId, thing: thingId, part: partId })
  const question = fileQuestionOf(part.questions)
  const withFiles = (files: SentFile[]) =>
    withThings(draft, page, (things) =>
      things.map((each) => (each.id === thing.id ? { ...each, files: { ...each.files, [question.id]: files } } : each)),
    )
  return {
    ...{ question, thing: thing.id, files: thing.files[question.id] ?? [], withFiles },
    path: `${listPath(application.row.id, page.id)}/${thing.id}/${part.id}`,
  }
}

function fileQuestionOf(questions: readonly Question[]): Question {
  const question = questions.find(({ kind }) => kind === 'file')
  if (!question) throw problem('page-not-found')
  return question
}

/** A draft without a file, wherever it stands. */
export function withoutFile(draft: Draft, id: string): Draft {
  const without = (files: Filled['files']) =>
    Object.fromEntries(Object.entries(files).map(([name, each]) => [name, each.filter((file) => file.id !== id)]))
  const lists = Object.entries(draft.lists).map(([name, things]) => [
    name,
    things.map((thing) => ({ ...thing, files: without(thing.files) })),
  ])
  return { ...draft, files: without(draft.files), lists: Object.fromEntries(lists) as Draft['lists'] }
}

/** The identifiers of all files among answers. */
export function filesIn(answers: Answers): string[] {
  return Object.values(answers).flatMap((answer) =>
    Array.isArray(answer)
      ? answer.flatMap((each) =>
          typeof each !== 'object' ? [] : isFile(each) ? [each.id] : filesIn(each as unknown as Answers),
        )
      : [],
  )
}
const isFile = (each: object): each is SentFile => 'octets' in each && 'id' in each && typeof each.id === 'string'

/** A path in the language of whoever asks, and back to the answers to check where they came from there. */
export const returnTo = ({ pack }: Installation, language: Language, path: string, returns: boolean): string =>
  withLanguage(pack.government, language, at(path, returns))
