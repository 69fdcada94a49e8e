import type { Filter } from './cases.sql.ts'
import { addDays, type Calendar, dayAt, endOfDay } from './clocks.rules.ts'
import type { Case } from './events.ts'
import { termsOfQuery } from './search.rules.ts'
import { type CasesData, type Query, referencePattern } from './types.ts'

/** Every open case of no department: what a filter narrows. */
export const emptyFilter: Filter = {
  ...{ organisation: '', service: null, state: null, whose: 'all', wait: null },
  ...{ due: null, ended: false, complained: false, terms: [] },
}

export const filterOf = (query: Query, organisation: string): Filter => ({
  ...{ organisation, service: query.service || null, state: query.state || null, whose: query.whose ?? 'all' },
  ...{ wait: query.wait || null, due: query.due || null, ended: query.ended === 'yes' },
  ...{ complained: query.complained === 'yes', terms: termsOfQuery(query.q ?? '') },
})

export const queryOf = (query: Query): CasesData['query'] => ({
  ...{ service: query.service ?? '', state: query.state ?? '', whose: query.whose ?? 'all', wait: query.wait ?? '' },
  ...{ due: query.due ?? '', ended: query.ended ?? '', complained: query.complained ?? '', q: query.q ?? '' },
})

/** The query of an address, without what only pages have. */
export function addressOf(query: CasesData['query'], after?: string): string {
  const parts = Object.entries({ ...query, ...(after && { after }) }).filter(
    ([name, value]) => value !== '' && !(name === 'whose' && value === 'all'),
  )
  return new URLSearchParams(parts as [string, string][]).toString()
}

/** A query as it is kept: only what the list knows, so that no kept filter leads elsewhere. */
export function savedQueryOf(query: string): string {
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of Object.keys(queryOf({}))) {
    const value = given.get(name)
    if (value) kept.set(name, value.slice(0, 100))
  }
  return kept.toString().slice(0, 500)
}

/** The place of the last case of a page: the next page begins behind it. */
export const nextOf = ({ dueAt, openedAt, reference }: Case, ended: boolean): string =>
  `${ended ? openedAt : (dueAt ?? 'infinity')}~${reference}`

const afterPattern = new RegExp(`^(\\d{4}-[0-9T:.-]{10,24}Z|infinity)~(${referencePattern})$`)

export function parseAfter(after: string | undefined): { at: string; reference: string } | null {
  const [, at, reference] = afterPattern.exec(after ?? '') ?? []
  if (!at || !reference) return null
  return at === 'infinity' || !Number.isNaN(Date.parse(at)) ? { at, reference } : null
}

const soonDays = 3

/** The end of the third working day from now: what is due until then is due soon. */
export function soonFrom(now: Date, calendar: Calendar): Date {
  const on = addDays(dayAt(now, calendar.timeZone), soonDays, 'working', calendar)
  return endOfDay(on, calendar.timeZone)
}
