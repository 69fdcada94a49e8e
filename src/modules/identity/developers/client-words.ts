import { type Text, texts } from '#platform'
import type { Kind } from './registration.ts'

export const kindNames: Readonly<Record<Kind, Text>> = texts({
  secret: { en: 'Web server with a secret', 'zh-Hant': '以密碼證明的網頁伺服器' },
  key: { en: 'Web server with its own key', 'zh-Hant': '以自備密鑰證明的網頁伺服器' },
  public: { en: 'App in a browser or on a device', 'zh-Hant': '瀏覽器或裝置上的應用程式' },
})

export const stateNames: Readonly<Record<'sandbox' | 'live' | 'suspended', Text>> = texts({
  sandbox: { en: 'Sandbox', 'zh-Hant': '試用' },
  live: { en: 'Live', 'zh-Hant': '正式使用' },
  suspended: { en: 'Suspended', 'zh-Hant': '已暫停' },
})

export const stateTones = { sandbox: 'warn', live: 'good', suspended: 'bad' } as const

export const shared = texts({
  clients: { en: 'Your clients', 'zh-Hant': '你的客戶端' },
  developers: { en: 'For developers', 'zh-Hant': '給開發者' },
})
