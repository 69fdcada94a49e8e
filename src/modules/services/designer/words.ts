import { texts } from '#platform'

/** Words that several pages of the designer say. */
export const words = texts({
  designer: { en: 'Designer of services', 'zh-Hant': '服務設計' },
  overview: { en: 'Overview', 'zh-Hant': '概覽' },
  catalogue: { en: 'Page of the service', 'zh-Hant': '服務頁面' },
  texts: { en: 'All texts side by side', 'zh-Hant': '各語文文字對照' },
  save: { en: 'Save', 'zh-Hant': '儲存' },
  saved: { en: 'Saved', 'zh-Hant': '已儲存' },
  add: { en: 'Add: {name}', 'zh-Hant': '新增：{name}' },
  remove: { en: 'Remove', 'zh-Hant': '刪除' },
  removeOne: { en: 'Remove: {name}', 'zh-Hant': '刪除：{name}' },
  up: { en: 'Up', 'zh-Hant': '上移' },
  down: { en: 'Down', 'zh-Hant': '下移' },
  told: { en: ': {text}', 'zh-Hant': '：{text}' },
  fault: { en: '{place}: {text}', 'zh-Hant': '{place}：{text}' },
  faults: { en: 'To be put right', 'zh-Hant': '須更正' },
  changed: { en: 'Somebody changed this meanwhile', 'zh-Hant': '其間有人更改了這部分' },
  changedMore: {
    en: 'What you typed stands below and is not saved yet. Compare it with what stands there now, and save again.',
    'zh-Hant': '你輸入的內容列於下方，尚未儲存。請與現時內容比較，然後再儲存。',
  },
  now: { en: 'What stands there now', 'zh-Hant': '現時內容' },
  en: { en: 'English', 'zh-Hant': '英文' },
  'zh-Hant': { en: 'Traditional Chinese', 'zh-Hant': '繁體中文' },
  'zh-Hans': { en: 'Simplified Chinese', 'zh-Hant': '簡體中文' },
  drafted: { en: 'Left empty, it reads: {text}', 'zh-Hant': '留空則顯示：{text}' },
})

export const languageWords = { en: words.en, 'zh-Hant': words['zh-Hant'], 'zh-Hans': words['zh-Hans'] } as const
