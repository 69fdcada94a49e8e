import { type Language, languages, say } from '#platform'
import { questionsOf } from '../applying/answers.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Case } from './events.ts'

const separators: Readonly<Record<Language, string>> = { en: '; ', 'zh-Hant': '；', 'zh-Hans': '；' }

/**
 * What lists show of a case, in the language of whoever reads. It was written in that of the applicant: options that were chosen
 * are said again by their titles, and what somebody typed stays as it is.
 */
export function listedIn(
  { form }: CompiledService,
  { listed, language: from }: Pick<Case, 'listed' | 'language'>,
  to: Language,
): string[] {
  if (from === to || !form) return [...listed]
  const options = [...questionsOf(form.form).values()].flatMap((question) =>
    question.listed ? (question.options ?? []) : [],
  )
  const titles = new Map(
    options.flatMap(({ title }) => languages.map((language) => [say(title, language), say(title, to)] as const)),
  )
  return listed.map((each) => {
    const chosen = each.split(/; |；/).map((part) => titles.get(part))
    return chosen.every((part) => part !== undefined) ? chosen.join(separators[to]) : each
  })
}
