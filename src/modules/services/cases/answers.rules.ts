import type { Text } from '#platform'
import { type Language, say, texts } from '#platform'
import type { CompiledForm, CompiledService } from '../definitions/compile.rules.ts'
import type { Question } from '../definitions/form.ts'
import type { Answer, Answers, SentFile } from '../types.ts'
import { writeAnswer } from './written.rules.ts'

const words = texts({ numbered: { en: '{title} ({item} {number})', 'zh-Hant': '{title}（{item} {number}）' } })

/** What conditions see of an answer: money in units of the currency, a file as the list of names. */
export function valueOfAnswer({ kind }: Question, answer: Answer | undefined): unknown {
  if (answer === undefined) return null
  if (kind === 'money') return typeof answer === 'number' ? answer / 100 : null
  if (kind === 'file') return (answer as SentFile[]).map(({ name }) => name)
  return answer
}

/** Every question of a form by its id; those of a list of things stand under the list’s own name. */
export function questionsOf({ form }: CompiledForm): ReadonlyMap<string, Question> {
  const all = form.pages.flatMap(({ questions = [], repeat }) => (repeat ? [] : questions))
  return new Map(all.map((question) => [question.id, question]))
}

/** Answers as values of the language of conditions, with the values that are calculated from them. */
export function valuesOf(compiled: CompiledForm, answers: Answers): Record<string, unknown> {
  const values: Record<string, unknown> = { ...answers }
  for (const { questions = [], repeat } of compiled.form.pages)
    if (repeat) {
      const inside = repeat.pages.flatMap((page) => page.questions)
      const things = answers[repeat.name] as Record<string, Answer>[] | undefined
      values[repeat.name] =
        things?.map((thing) =>
          Object.fromEntries(inside.map((each) => [each.id, valueOfAnswer(each, thing[each.id])])),
        ) ?? null
    } else for (const question of questions) values[question.id] = valueOfAnswer(question, answers[question.id])
  for (const { id, compiled: value } of compiled.values) values[id] = value.evaluate(values)
  return values
}

export type AnswerRow = { title: string; value: string }

/** What was answered, as rows for people in one language, in the order of the form; what was not asked is left out. */
export function describeAnswers(compiled: CompiledService, answers: Answers, language: Language): AnswerRow[] {
  if (!compiled.form) return []
  const rowOf = (title: Text, written: Text) => ({ title: say(title, language), value: say(written, language) })
  const rows = compiled.form.form.pages.flatMap(({ questions = [], repeat }): AnswerRow[] => {
    if (!repeat) return questions.flatMap((each) => rowsOf(each, answers[each.id]))
    const things = (answers[repeat.name] ?? []) as Record<string, Answer>[]
    return things.flatMap((thing, at) =>
      repeat.pages
        .flatMap((page) => page.questions)
        .flatMap((each) => rowsOf(each, thing[each.id]))
        .map(({ title, value }) => ({
          title: say(words.numbered, language, { item: repeat.item, number: at + 1, title }),
          value,
        })),
    )
  })
  const values = valuesOf(compiled.form, answers)
  const calculated = (compiled.form.form.values ?? []).flatMap(({ id, title, kind }) =>
    title && values[id] !== null && values[id] !== undefined
      ? [rowOf(title, writeAnswer({ kind }, kind === 'money' ? Math.round(Number(values[id]) * 100) : values[id]))]
      : [],
  )
  return [...rows, ...calculated]

  function rowsOf(question: Question, answer: Answer | undefined): AnswerRow[] {
    return answer === undefined ? [] : [rowOf(question.title, writeAnswer(question, answer))]
  }
}
