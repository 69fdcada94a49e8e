import type { Limit } from './acting.ts'

const servicesMax = 50

/** Whether who acts under a limit may give another a role with these: nobody gives more than they have. */
export function mayGive(limit: Limit, { full, services, centsMax }: Limit): boolean {
  if (limit.centsMax !== null && (centsMax === null || centsMax > limit.centsMax)) return false
  if (limit.full) return true
  return !full && services !== null && services.every((each) => limit.services?.includes(each))
}

/** The day it is in a time zone, as `2031-01-31`. */
export const dayOf = (now: Date, timeZone: string): string => now.toLocaleDateString('sv-SE', { timeZone })

/** The last day on which something counts that ends at the midnight after it. */
export const lastDayOf = (expiresAt: string, timeZone: string): string =>
  dayOf(new Date(Date.parse(expiresAt) - 1), timeZone)

/** A day that exists, written as a date field sends it. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000

/** The services that are ticked; null for none, undefined where they are too many or one is not offered (any more). */
export function readServices(
  ticked: string | readonly string[] | undefined,
  offered: readonly { id: string }[],
): string[] | null | undefined {
  const chosen = tickedIn(ticked)
  if (chosen.length === 0) return null
  const good = chosen.length <= servicesMax && chosen.every((id) => offered.some((each) => each.id === id))
  return good ? chosen : undefined
}

export const tickedIn = (ticked: string | readonly string[] | undefined): string[] => [
  ...new Set([ticked ?? []].flat().filter(Boolean)),
]

/** `1,234.50` in cents; null for nothing, undefined for what is no amount. */
export function readCents(text: string): number | null | undefined {
  const plain = text.replace(/[\s,]/g, '')
  if (plain === '') return null
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain) ?? []
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'))
}
