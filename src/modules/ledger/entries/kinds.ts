import { type Text, texts } from '#platform'

/** What the kinds of entries say that this platform writes itself. */
export const kindTexts: Readonly<Record<string, Text>> = texts({
  'document-notarised': { en: 'A document was notarised', 'zh-Hant': '文件已存證' },
  'case-output': { en: 'A decision of a service was entered', 'zh-Hant': '一項服務的決定已登錄' },
  'act-recorded': { en: 'An act on this platform was recorded', 'zh-Hant': '平台的一項操作已記錄' },
})

/** Undefined for a kind that the program of a department named, or another log. */
export const kindOf = (kind: string): Text | undefined => (Object.hasOwn(kindTexts, kind) ? kindTexts[kind] : undefined)
