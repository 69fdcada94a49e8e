import { sayEverywhere, type Text, texts } from '#platform'

/** Words that several pages of an application share. */
export const words = texts({
  preview: { en: 'A preview', 'zh-Hant': '預覽' },
  previewMore: {
    en: 'You try out a version that is being written. Nothing of it can be sent, and it is deleted after a day.',
    'zh-Hant': '你正在試用撰寫中的版本。內容不能提交，一天後刪除。',
  },
  continue: { en: 'Continue', 'zh-Hant': '繼續' },
  later: { en: 'Save and come back later', 'zh-Hant': '儲存，稍後再填' },
  change: { en: 'Change', 'zh-Hant': '更改' },
  optional: { en: '{title} (optional)', 'zh-Hant': '{title}（可不填）' },
  notAnswered: { en: 'Not answered', 'zh-Hant': '沒有填寫' },
  agree: {
    en: 'Tick the box to say that what you have written is true.',
    'zh-Hant': '請剔選方格，聲明所填內容屬實。',
  },
  changed: {
    en: 'The answers were changed since you looked at them, perhaps in another tab. Look at them again and send them.',
    'zh-Hant': '答案在你核對之後有所更改，可能來自另一分頁。請再核對一次，然後提交。',
  },
  code: {
    en: 'No part waits for this code: look for a slip, or ask whoever gave it to you for a new one. A code counts once.',
    'zh-Hant': '沒有等候這個代碼的部分。請檢查有否打錯，或向交給你代碼的人索取新的。每個代碼只可用一次。',
  },
  returnCode: {
    en: 'This number and this code do not belong together, or the code was used: a code counts once. Look for a slip.',
    'zh-Hant': '編號與代碼不符，或代碼已經用過（每個代碼只可用一次）。請檢查有否打錯。',
  },
  source: { en: 'Source: {source}', 'zh-Hant': '來源：{source}' },
})

const lists = texts({
  tooFew: {
    en: 'Add {item} until there are {min}, and complete each.',
    'zh-Hant': '請加入{item}至最少 {min} 項，並逐項填妥。',
  },
  unfinished: { en: 'Complete each {item} in the list.', 'zh-Hant': '請把列表內每項{item}填妥。' },
})
/** Why one cannot go on from a list yet. */
export const tooFew = ({ item, min }: { item: Text; min: number }): Text =>
  sayEverywhere(min > 0 ? lists.tooFew : lists.unfinished, { item, min })
