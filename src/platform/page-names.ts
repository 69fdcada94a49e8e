import { texts } from './languages.ts'

/** What a page is called, in its title and in every link that leads to it. */
export const pageNames = texts({
  services: { en: 'Services', 'zh-Hant': '服務' },
  money: { en: 'Follow the money', 'zh-Hant': '公帑去向' },
  search: { en: 'Search', 'zh-Hant': '搜尋' },
  account: { en: 'My account', 'zh-Hant': '我的帳戶' },
  developers: { en: 'For developers', 'zh-Hant': '給開發者' },
  style: { en: 'How it looks', 'zh-Hant': '版面元件' },
})
