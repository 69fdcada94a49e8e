import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, type Pack, PackDate, PackId, packText } from '#pack'
import { texts } from '#platform'
import type { Calendar } from './clocks.rules.ts'

/** A day on which departments do not work, beside Saturdays and Sundays. */
type Holiday = Static<typeof Holiday>
const Holiday = Type.Object({ id: PackId, on: PackDate, name: packText(100) })

const sentences = texts({
  twice: { en: '{on} is a holiday already. Keep one of the two.', 'zh-Hant': '{on} 已列為假日，只保留其一。' },
})

function* check(values: readonly Holiday[]): Generator<Complaint> {
  const seen = new Set<string>()
  for (const each of values) {
    if (seen.has(each.on)) yield { at: each, key: 'on', text: sentences.twice, values: { on: each.on } }
    seen.add(each.on)
  }
}

export const holidays: Definition<typeof Holiday> = {
  kind: 'holiday',
  file: 'holidays.yaml',
  summary: 'Days on which departments do not work, for clocks that count working days.',
  shape: Holiday,
  holds: 'list',
  identifier: 'id',
  check,
}

const calendars = new WeakMap<Pack, Calendar>()

/** The days of a government: which are its own and which of them count as working days. */
export function calendarOf(pack: Pack): Calendar {
  const known = calendars.get(pack)
  if (known) return known
  const calendar = {
    timeZone: pack.government.timeZone,
    holidays: new Set(pack.list(holidays).map(({ on }) => on)),
  }
  calendars.set(pack, calendar)
  return calendar
}
