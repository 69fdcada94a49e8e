import type { ProblemTable } from '#platform'

/** What is refused of webhooks. */
export const webhookProblems = {
  'webhook-not-found': [
    404,
    {
      en: 'Your department has no such webhook. It may have been removed; look at the list.',
      'zh-Hant': '你的部門沒有這個 Webhook，可能已被刪除。請查看列表。',
    },
  ],
  'delivery-not-found': [
    404,
    {
      en: 'There is no such message of this webhook. Messages are kept for {days} days.',
      'zh-Hant': '這個 Webhook 沒有這則通知。通知保留 {days} 天。',
    },
  ],
  'webhooks-full': [
    409,
    {
      en: 'Your department has as many webhooks as it can have. Remove one that is not used.',
      'zh-Hant': '部門的 Webhook 已達上限。請刪除不再使用的。',
    },
  ],
  'webhook-refused': [
    422,
    {
      en: 'Something in the webhook is missing or not allowed: {what}. Put it right and send it again.',
      'zh-Hant': 'Webhook 有資料欠缺或不獲准許：{what}。請更正後再送出。',
    },
  ],
} satisfies ProblemTable
