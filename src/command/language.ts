import { type Language, languages } from '../platform/languages.ts'

/** The language of the person at the terminal: PRAYA_LANGUAGE, else what the system's locale names, else English. */
export function languageOf(environment: NodeJS.ProcessEnv): Language {
  const asked = languages.find((language) => language === environment.PRAYA_LANGUAGE)
  if (asked) return asked
  const locale = (environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '').toLowerCase()
  if (/^zh[_-](hk|tw|mo|hant)/.test(locale)) return 'zh-Hant'
  return locale.startsWith('zh') ? 'zh-Hans' : 'en'
}
