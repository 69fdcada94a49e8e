import type { Installation } from '#platform'
import { dayAt } from './cases/clocks.rules.ts'

type Where = Pick<Installation, 'now' | 'pack'>
const dayMs = 86_400_000
const known = new Map<string, { minute: number; day: string }>()

/** The day at the government, as 2026-11-28. Written once a minute: no day begins in between. */
export function todayOf({ now, pack }: Where): string {
  const { timeZone } = pack.government
  const at = now()
  const minute = Math.floor(at.getTime() / 60_000)
  const last = known.get(timeZone)
  if (last?.minute === minute) return last.day
  const day = dayAt(at, timeZone)
  known.set(timeZone, { minute, day })
  return day
}

/** The day at the government so many times 24 hours ago. */
export const dayBefore = ({ now, pack }: Where, days: number): string =>
  dayAt(new Date(now().getTime() - days * dayMs), pack.government.timeZone)
