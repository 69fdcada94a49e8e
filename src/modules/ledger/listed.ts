import type { PageContext } from '#platform'

const locales = { en: 'en-GB', 'zh-Hant': 'zh-HK', 'zh-Hans': 'zh-CN' } as const

/** Parts as the language puts them into one: “a, b and c”, “甲、乙和丙”. */
export const listed = (
  { language }: Pick<PageContext, 'language'>,
  parts: readonly string[],
  type: 'conjunction' | 'disjunction' | 'unit' = 'conjunction',
): string => new Intl.ListFormat(locales[language], { type }).format(parts)
