import { type Figure, texts } from '#platform'
import { catalogueOf, dayOf, openingOf } from './catalogue.ts'

const words = texts({
  title: { en: 'Services open', 'zh-Hant': '開放的服務' },
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
    const today = dayOf(installation.now(), installation.pack.government.timeZone)
    const all = await catalogueOf(installation).list()
    return [...all.values()].filter(({ compiled }) => openingOf(compiled.service, today) === 'open').length
  },
}
