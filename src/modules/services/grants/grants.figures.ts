import type { Pack } from '#pack'
import { type Figure, type Installation, texts } from '#platform'
import { services } from '../definitions/service.ts'
import { sumOfInitiative } from './grants.sql.ts'

const words = texts({
  granted: { en: 'Granted here, less what was left unspent', 'zh-Hant': '在此批出的資助（扣除未用款項）' },
  claimed: { en: 'Claimed here and checked against receipts', 'zh-Hant': '在此申領並經核對單據的款額' },
  ever: { en: 'since the beginning', 'zh-Hant': '自開始起計' },
})

/** What is granted and claimed under each initiative of the Estimates that grants of this pack are paid from, in units of the currency. */
export function grantFigures(pack: Pack): Figure[] {
  const ids = new Map<string, string>()
  for (const { id, apply } of pack.list(services)) {
    const initiative = apply?.grant?.paidFrom?.initiative.split('/')[2]
    if (initiative !== undefined && !ids.has(initiative)) ids.set(initiative, id)
  }
  const figure = (name: 'granted' | 'claimed', initiative: string, service: string): Figure => ({
    id: `services.${name}-${initiative}`,
    ...{ title: words[name], unit: 'dollars', period: words.ever, evidence: `/services/${service}` },
    async compute({ sql }: Installation) {
      const sums = await sumOfInitiative(sql, initiative)
      return sums[`${name}Cents`] / 100
    },
  })
  return [...ids].flatMap(([initiative, service]) => [
    figure('granted', initiative, service),
    figure('claimed', initiative, service),
  ])
}
