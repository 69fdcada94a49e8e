import { say, sayEverywhere, type Text, texts } from '#platform'
import { questionsOf, textOrDash } from '../applying/answers.rules.ts'
import { leadsOut, recall } from '../applying/journey.rules.ts'
import { type Mistake, readQuestions } from '../applying/read.rules.ts'
import { controlsOf } from '../applying/show.ts'
import type { CompiledForm, CompiledService } from '../definitions/compile.rules.ts'
import type { FormPage, Question } from '../definitions/form.ts'
import { inEvery } from '../texts.rules.ts'
import type { Answer, Answers } from '../types.ts'
import type { Known } from './decide.rules.ts'

const words = texts({
  line: { en: '“{title}” {before} → {after}', 'zh-Hant': '「{title}」{before} → {after}' },
})

/** What was typed for questions, by the names of their controls. */
export type TypedAnswers = Readonly<Record<string, string | readonly string[]>>

/** The answers of a case after a correction, with the questions that it changed; or what must be put right first. */
export type Corrected =
  | { answers: Answers; changed: readonly string[] }
  | { mistakes: readonly Mistake[] }
  | 'elsewhere'

type Sent = Pick<Known, 'answers' | 'sentOn'>

const fixed = new Set<Question['kind']>(['file', 'declaration'])

/**
 * The questions whose answers an officer may correct: those that the applicant was asked themselves. What another party signed, what
 * was declared, a file, a thing of a list and the session that was chosen stay as they were sent.
 */
export function correctableOf({ form, service }: CompiledService, { answers, sentOn }: Sent): readonly Question[] {
  if (!form) return []
  const session = service.apply?.places?.question
  return recall(form, answers, sentOn)
    .pages.filter(({ by, repeat }) => by === undefined && !repeat)
    .flatMap(({ questions = [] }) => questions)
    .filter(({ id, kind }) => !fixed.has(kind) && id !== session)
}

/**
 * Corrects some answers, read as on the pages and by the day on which they were sent. `elsewhere`: other pages would have been asked, or
 * the form would have led out, so that it is no longer the same application.
 */
export function correct(form: CompiledForm, sent: Sent, asked: readonly Question[], typed: TypedAnswers): Corrected {
  const filled = { typed: typed as Record<string, string | string[]>, files: {} }
  const { answers: read, mistakes } = readQuestions(asked, filled, sent.sentOn)
  if (mistakes.length > 0) return { mistakes }
  const changed = asked.map(({ id }) => id).filter((id) => !isSame(read[id], sent.answers[id]))
  const kept = Object.entries(sent.answers).filter(([id]) => !changed.includes(id))
  const answers = {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(changed.flatMap((id) => (read[id] === undefined ? [] : [[id, read[id]]]))),
  } as Answers
  const before = recall(form, sent.answers, sent.sentOn)
  const after = recall(form, answers, sent.sentOn)
  const isSameWay = idsOf(before.pages) === idsOf(after.pages)
  return isSameWay && !leadsOut(form, after.values) ? { answers, changed } : 'elsewhere'
}

const isSame = (one: Answer | undefined, other: Answer | undefined) => JSON.stringify(one) === JSON.stringify(other)
const idsOf = (pages: readonly FormPage[]) => pages.map(({ id }) => id).join(' ')

/** What somebody would type for an answer, by the names of the controls of its question. */
export function typedOf(question: Question, answer: Answer | undefined): TypedAnswers {
  const texts = textsOf(question, answer)
  if (question.kind === 'choices') return { [question.id]: texts }
  return Object.fromEntries(controlsOf(question).map((control, at) => [control, texts[at] ?? '']))
}

function textsOf({ kind }: Question, answer: Answer | undefined): string[] {
  if (answer === undefined) return []
  switch (kind) {
    case 'choices':
      return answer as string[]
    case 'date':
      return (answer as string).split('-').toReversed()
    case 'money':
      return [((answer as number) / 100).toFixed((answer as number) % 100 === 0 ? 0 : 2)]
    case 'yes-no':
      return [answer ? 'yes' : 'no']
    default:
      return [String(answer)]
  }
}

/** What was changed, a line for each question. */
export function tellChanges(
  compiled: CompiledService,
  questions: readonly string[],
  { before, after, currency }: { before: Answers; after: Answers; currency: string },
): Text {
  const asked = compiled.form && questionsOf(compiled.form.form)
  const lines = questions.flatMap((id) => {
    const question = asked?.get(id)
    if (!question) return []
    const said = (answers: Answers) => textOrDash(question, answers[id], currency)
    return [sayEverywhere(words.line, { title: question.title, before: said(before), after: said(after) })]
  })
  return inEvery((language) => lines.map((line) => say(line, language)).join('\n'))
}
