import type { ProblemTable } from '#platform'

/** What is refused of operations on many cases. */
export const cohortProblems = {
  'cohort-not-found': [
    404,
    {
      en: 'Your department has no such operation on many cases. Look at the list.',
      'zh-Hant': '你的部門沒有這項批量處理。請查看列表。',
    },
  ],
  'cohort-changed': [
    409,
    {
      en: 'This operation has gone on since you opened it. Look at it again, and then decide.',
      'zh-Hant': '你開啟後，這項批量處理已有進展。請重新查看再作決定。',
    },
  ],
  'cohort-undo-closed': [
    409,
    {
      en: 'The 30 days in which this can be undone are over. Change cases one by one, or propose another operation.',
      'zh-Hant': '撤銷的 30 天期限已過。請逐宗處理，或提出另一項批量處理。',
    },
  ],
  'cohort-refused': [
    422,
    {
      en: 'Something in the choice of cases is missing or cannot be read: {what}. Put it right and send it again.',
      'zh-Hant': '個案範圍有資料欠缺或無法讀取：{what}。請更正後再送出。',
    },
  ],
} satisfies ProblemTable
