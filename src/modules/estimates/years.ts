/** The financial year before or after: `yearAfter('2022-23', 1)` is `2023-24`. */
export function yearAfter(year: string, by: number): string {
  const start = Number(year.slice(0, 4)) + by
  return `${start}-${String(start + 1).slice(-2)}`
}

/** The first and the last day of a financial year that begins with this month: with 4, `2023-24` ends on `2024-03-31`. */
export function periodOf(year: string, startMonth: number): { start: string; end: string } {
  const first = Number(year.slice(0, 4))
  // Day 0 of a month is the last one of the month before.
  const day = (years: number, date: number) =>
    new Date(Date.UTC(first + years, startMonth - 1, date)).toISOString().slice(0, 10)
  return { start: day(0, 1), end: day(1, 0) }
}
