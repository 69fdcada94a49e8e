import type { Topic } from '#pack'
import { pageNames, texts } from '#platform'

export const words = texts({
  services: pageNames.services,
  servicesLine: {
    en: 'What departments offer: by moment of life, by audience, by department.',
    'zh-Hant': '各部門提供的服務：按人生階段、服務對象或部門查閱。',
  },
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

/** Where the services of a topic are listed; a topic with an address of its own leads there instead. */
export const topicPath = (kind: 'for' | 'when', { id, address }: Topic): string => address ?? `/services/${kind}/${id}`
