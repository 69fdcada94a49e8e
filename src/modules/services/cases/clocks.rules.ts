import { dateOfDay, dayNumber, weekdayOf } from '../rules/dates.rules.ts'

/** The days of a government: its time zone (IANA), and the days beside weekends on which nobody works. */
export type Calendar = { readonly timeZone: string; readonly holidays: ReadonlySet<string> }

/** Which days a clock counts. */
export type Count = 'working' | 'calendar'

const forms = new Map<string, Intl.DateTimeFormat>()

function formOf(timeZone: string): Intl.DateTimeFormat {
  const known = forms.get(timeZone)
  if (known) return known
  const form = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  forms.set(timeZone, form)
  return form
}

/** The day that it is in the time zone at an instant, as 2026-11-28. */
export const dayAt = (at: Date, timeZone: string): string => formOf(timeZone).format(at)

export const isWorkingDay = (day: string, { holidays }: Calendar): boolean => weekdayOf(day) <= 5 && !holidays.has(day)

const counts = (day: string, count: Count, calendar: Calendar): boolean =>
  count === 'calendar' || isWorkingDay(day, calendar)

/** A day that no clock reaches: a thousand working days are about four years. */
const farMax = 20_000

/** The day `days` days after `day`; the day itself does not count. For 0 it is the day itself, whether it counts or not. */
export function addDays(day: string, days: number, count: Count, calendar: Calendar): string {
  let at = dayNumber(day)
  const last = at + farMax
  for (let left = days; left > 0 && at < last; ) {
    at += 1
    if (counts(dateOfDay(at)!, count, calendar)) left -= 1
  }
  return dateOfDay(at)!
}

/** How many days that count stand behind `from`, up to and with `to`; 0 where `to` is not later. */
export function countDays(from: string, to: string, count: Count, calendar: Calendar): number {
  const [first, last] = [dayNumber(from) + 1, dayNumber(to)]
  if (count === 'calendar') return Math.max(0, last - first + 1)
  let days = 0
  for (let at = first; at <= last; at += 1) if (counts(dateOfDay(at)!, count, calendar)) days += 1
  return days
}

const hourMs = 3_600_000

/**
 * The instant at which a day has ended: the first that belongs to a later day of the time zone. It is looked for, as a day may
 * begin at one o’clock where clocks are put forward at midnight.
 */
export function endOfDay(day: string, timeZone: string): Date {
  const midnight = (dayNumber(day) + 1) * 24 * hourMs
  let [before, after] = [midnight - 15 * hourMs, midnight + 15 * hourMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayAt(new Date(middle), timeZone) > day) after = middle
    else before = middle
  }
  return new Date(after)
}
