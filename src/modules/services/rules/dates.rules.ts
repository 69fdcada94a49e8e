/* Days of the calendar as ISO 8601 writes them, from the year 1 to 9999 of the Gregorian calendar (DMN 1.5, §10.3.2.3.5). */

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysIn = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : lengths[month - 1]!)

/** Two digits at a place of a text; beyond 99 where there are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1000
}

export const yearOf = (date: string): number => twoDigits(date, 0) * 100 + twoDigits(date, 2)
export const monthOf = (date: string): number => twoDigits(date, 5)
export const dayOf = (date: string): number => twoDigits(date, 8)

/** Whether it is a day that exists: 2023-02-29 is none. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false
  const [year, month, day] = [yearOf(value), monthOf(value), dayOf(value)]
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

const written = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

const dayMs = 86_400_000

/** Days since 1970-01-01. */
export function dayNumber(date: string): number {
  const year = yearOf(date)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; 400 years later every day of a month is the same.
  return Date.UTC(year + 400, monthOf(date) - 1, dayOf(date)) / dayMs - 146_097
}

/** The day by its number; null before the year 1 and after 9999. */
export function dateOfDay(number: number): string | null {
  const at = new Date((number + 146_097) * dayMs)
  const year = at.getUTCFullYear() - 400
  return year >= 1 && year <= 9999 ? written(year, at.getUTCMonth() + 1, at.getUTCDate()) : null
}

export const addDays = (date: string, days: number): string | null => dateOfDay(dayNumber(date) + days)

/**
 * So many months later, on the last day of the month where it has no such day: a month after 31 January is 28 February. DMN 1.5,
 * table 57, makes no day of it; XQuery, from which FEEL has its durations, and every law that counts months, make it the last.
 */
export function addMonths(date: string, months: number): string | null {
  const month = yearOf(date) * 12 + monthOf(date) - 1 + months
  const year = Math.floor(month / 12)
  if (!(year >= 1 && year <= 9999)) return null
  const inYear = (month % 12) + 1
  return written(year, inYear, Math.min(dayOf(date), daysIn(year, inYear)))
}

/** Whole months from one day to another, less than zero where the other is earlier. */
export function monthsBetween(from: string, to: string): number {
  const months = (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
  if (months > 0 && dayOf(to) < dayOf(from)) return months - 1
  if (months < 0 && dayOf(to) > dayOf(from)) return months + 1
  return months
}

/** Monday is 1 and Sunday 7. */
export const weekdayOf = (date: string): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1

const durationMax = 10_000_000

/** `P1Y6M` in months or `P30D` in days; undefined for whatever is neither, or has hours. */
export function readDuration(text: string): { kind: 'months' | 'days'; value: number } | undefined {
  const months = /^(-?)P(?=\d)(?:(\d{1,7})Y)?(?:(\d{1,7})M)?$/.exec(text)
  const days = months ? null : /^(-?)P(\d{1,7})D$/.exec(text)
  const value = months ? Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0) : days ? Number(days[2]) : undefined
  if (value === undefined || value > durationMax) return undefined
  const sign = (months ?? days)![1] === '-' && value !== 0 ? -1 : 1
  return { kind: months ? 'months' : 'days', value: sign * value }
}

/** Part of a duration, as DMN 1.5 names them in table 65: of 14 months, one year and two months. */
export const yearsOf = (months: number): number => Math.trunc(months / 12) + 0
export const monthsOf = (months: number): number => (months % 12) + 0
