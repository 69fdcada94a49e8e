import { type Text, texts } from '#platform'
import type { Delivery, Kind } from './types.ts'

export const shared = texts({
  webhooks: { en: 'Webhooks', 'zh-Hant': 'Webhook' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  events: { en: 'Events', 'zh-Hant': '事件' },
  services: { en: 'Services', 'zh-Hant': '服務' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  add: { en: 'Add a webhook', 'zh-Hant': '新增 Webhook' },
})

export const kindNames: Readonly<Record<Kind, Text>> = texts({
  'application.sent': { en: 'An application was sent', 'zh-Hant': '收到申請' },
  'case.state-changed': { en: 'A case changed its state', 'zh-Hant': '個案狀況有變' },
  'decision.taken': { en: 'A decision was taken', 'zh-Hant': '作出決定' },
  'reply.asked': { en: 'The person was asked something', 'zh-Hant': '向當事人提問' },
  'reply.given': { en: 'The person answered', 'zh-Hant': '當事人已答覆' },
  'case.withdrawn': { en: 'The application was withdrawn', 'zh-Hant': '申請已撤回' },
})

export const { test: testName } = texts({ test: { en: 'Test', 'zh-Hant': '測試' } })

export const deliveryStates: Readonly<Record<Delivery['state'], Text>> = texts({
  waiting: { en: 'Waits', 'zh-Hant': '等候送出' },
  delivered: { en: 'Delivered', 'zh-Hant': '已送達' },
  'given-up': { en: 'Given up', 'zh-Hant': '已放棄' },
})
