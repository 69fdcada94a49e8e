import { texts } from '#platform'
import { Fault } from '../faults.ts'

export const daysDefault = 30
const daysMax = 366

const words = texts({
  days: {
    en: `For how many days the old keys go on, ${daysDefault} unless told otherwise`,
    'zh-Hant': `舊密鑰繼續簽署的日數，預設為 ${daysDefault}`,
  },
  lost: {
    en: 'Others may have the old keys: they sign no more from now on',
    'zh-Hant': '舊密鑰可能已外洩：由現在起不再簽署',
  },
})

/** What every verb that follows keys by others takes. */
export const overlapOptions = { lost: { about: words.lost }, days: { about: words.days, value: 'N' } }

/** How long the old keys go on, as it was typed; a fault where it is no number of days, or names one for lost keys. */
export function overlapOf(
  options: Readonly<Record<string, string | boolean | undefined>>,
): { lost: boolean; overlapDays: number } | Fault {
  // Lost keys end at once, so that whoever names days as well may mean something else.
  if (options.lost === true && options.days !== undefined) return new Fault('overlap-lost')
  const overlapDays = options.days === undefined ? daysDefault : Number(options.days)
  if (!Number.isInteger(overlapDays) || overlapDays < 1 || overlapDays > daysMax)
    return new Fault('overlap-days', { max: daysMax })
  return { lost: options.lost === true, overlapDays }
}
