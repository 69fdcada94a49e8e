import { fold, type Installation, type Language } from '#platform'
import { dayBefore, todayOf } from '../days.ts'
import { deleteFeedbackBefore } from './feedback.sql.ts'
import { countMiss, deleteMissesBefore } from './misses.sql.ts'

/** What was asked less often might tell of one person. */
export const missTimesMin = 3
const keptDays = 90
const feedbackKeptDays = 730
const askedMax = 100

/** The first day that officers are told of. */
export const sinceOf = (installation: Installation): string => dayBefore(installation, keptDays)

/**
 * Counts a search that found nothing, by day. What looks like a number of a card or a telephone, or an address of mail, is not
 * kept: people type such things into any box.
 */
export async function noteMiss(installation: Installation, text: string, language: Language): Promise<void> {
  const asked = Array.from(fold(text).replace(/\s+/g, ' ').trim()).slice(0, askedMax).join('').slice(0, askedMax)
  if (asked === '' || asked.includes('@') || (asked.match(/\p{N}/gu) ?? []).length > 4) return
  await countMiss(installation.sql, { on: todayOf(installation), language, asked })
}

/** Daily: what is no longer told is no longer kept. */
export async function deleteOldFeedback(installation: Installation): Promise<void> {
  await deleteMissesBefore(installation.sql, sinceOf(installation))
  await deleteFeedbackBefore(installation.sql, dayBefore(installation, feedbackKeptDays))
}
