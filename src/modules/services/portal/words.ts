import { pageNames, texts } from '#platform'

export const words = texts({
  services: pageNames.services,
  servicesLine: { en: 'None is open yet. See for whom they will be.', 'zh-Hant': '現時未有開放，可先看日後的編排。' },
  account: pageNames.account,
  accountLine: {
    en: 'Who you are here, and what was done in your name.',
    'zh-Hant': '你在這裏的身份，以及以你名義進行的操作。',
  },
  money: pageNames.money,
  moneyLine: {
    en: 'From each line of the Estimates to the system that it pays for.',
    'zh-Hant': '由預算的每一行，查到款項用於哪個系統。',
  },
  lifeEvents: { en: 'Moments of life', 'zh-Hant': '人生階段' },
  audiences: { en: 'For whom', 'zh-Hant': '服務對象' },
  platform: { en: 'Behind the counter', 'zh-Hant': '幕後' },
  systems: { en: 'The systems that the budget pays for', 'zh-Hant': '預算所支付的系統' },
  initiatives: { en: 'What the money is for', 'zh-Hant': '撥款的用途' },
  figures: { en: 'Every live figure', 'zh-Hant': '所有即時數字' },
  developers: pageNames.developers,
  style: pageNames.style,
})
