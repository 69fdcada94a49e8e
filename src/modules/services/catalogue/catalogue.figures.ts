import { type Figure, texts } from '#platform'
import { todayOf } from '../days.ts'
import { catalogueOf, openingOf } from './catalogue.ts'
import { shareUseful } from './feedback.sql.ts'
import { sinceOf } from './misses.ts'

const words = texts({
  title: { en: 'Services open', 'zh-Hant': '開放的服務' },
  useful: { en: 'Of those who say whether a service was useful, how many say yes', 'zh-Hant': '表示服務有用的百分率' },
  ninetyDays: { en: 'the last 90 days', 'zh-Hant': '過去 90 天' },
  now: { en: 'now', 'zh-Hant': '現時' },
})

/** How many services can be applied for today. */
export const servicesOpen: Figure = {
  id: 'services.open',
  title: words.title,
  unit: 'number',
  period: words.now,
  evidence: '/services',
  async compute(installation) {
    const today = todayOf(installation)
    const all = await catalogueOf(installation).list()
    return [...all.values()].filter(({ compiled }) => openingOf(compiled.service, today) === 'open').length
  },
}

/** Of all who answered “Was this useful?”, the share of those who said yes. */
export const servicesUseful: Figure = {
  id: 'services.useful-percent',
  title: words.useful,
  unit: 'ratio',
  period: words.ninetyDays,
  evidence: '/services',
  compute: (installation) => shareUseful(installation.sql, sinceOf(installation)),
}
