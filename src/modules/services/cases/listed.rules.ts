import { languages, say, type Text } from '#platform'
import { questionsOf, textOf } from '../applying/answers.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Question } from '../definitions/form.ts'
import { same } from '../texts.rules.ts'
import type { Answer, Answers } from '../types.ts'
import { termsOf } from './search.rules.ts'

/** What lists keep of a case, in clear: answers by their questions, and the hash of the version that asked them. */
export type Listed = { readonly version: string; readonly answers: Answers }

/** What lists kept before answers were kept: texts in the language of the applicant. Events of that time say it for ever. */
export type ListedBefore = readonly string[]

export const isBefore = (listed: Listed | ListedBefore): listed is ListedBefore => Array.isArray(listed)

const listedMax = 12
const lettersMax = 200

const kept = new WeakMap<CompiledService, readonly Question[]>()

/**
 * The questions that a definition lists for officers, found once for each version: a list draws dozens of cases of few versions. A session is
 * chosen among what officers keep, who see there whom it has.
 */
function listedQuestions(compiled: CompiledService): readonly Question[] {
  const known = kept.get(compiled)
  if (known) return known
  const { form, service } = compiled
  const questions = form ? [...questionsOf(form.form).values()] : []
  const listed = questions
    .filter(({ listed, id }) => listed && id !== service.apply?.places?.question)
    .slice(0, listedMax)
  kept.set(compiled, listed)
  return listed
}

/** Whole letters: half of one is none. */
const cut = (answer: Answer): Answer =>
  typeof answer === 'string' ? [...answer].slice(0, lettersMax).join('') : answer

/** Of the answers that were sent, those that lists keep, in the order of the form. Nothing that is not listed is among them. */
export const listedOf = (compiled: CompiledService, version: string, answers: Answers): Listed => ({
  version,
  answers: Object.fromEntries(
    listedQuestions(compiled).flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, cut(answers[id])]])),
  ),
})

/** What lists show, in every language, as the receipt has it; `compiled` is the version that asked. */
export const listedTexts = (compiled: CompiledService, answers: Answers, currency: string): Text[] =>
  listedQuestions(compiled).flatMap((question) =>
    answers[question.id] === undefined ? [] : [textOf(question, answers[question.id]!, currency)],
  )

/** What a case of the time before shows until its answers are in their place: the texts as they were written. */
export const textsBefore = (listed: ListedBefore): Text[] => listed.map(same)

/** By what a case is found: its reference, and what lists show of it to readers of every language. */
export const searchOf = (reference: string, texts: readonly Text[]): string[] =>
  termsOf([...new Set([reference, ...texts.flatMap((text) => languages.map((language) => say(text, language)))])])
