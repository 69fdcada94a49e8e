import type { FastifyRequest } from 'fastify'
import { type Installation, type Text, texts } from '#platform'
import { organisationOf } from '../../forms.ts'
import { dateOfDay, dayNumber, isDate } from '../../rules/dates.rules.ts'
import { listPublications } from '../../versions/versions.sql.ts'
import { type Catalogue, getVersion } from '../../versions/versions.ts'
import { endOfDay } from '../clocks.rules.ts'
import { caseOf } from '../decide.rules.ts'
import type { Filter, NewCohort, NewData } from './types.ts'

const words = texts({
  kind: { en: 'Choose what is to be done with the cases.', 'zh-Hant': '請選擇處理方式。' },
  target: { en: 'Choose the version under which they go on.', 'zh-Hant': '請選擇要轉用的版本。' },
  day: {
    en: 'Type a day that there is, as 27 3 2027, or leave all three empty.',
    'zh-Hant': '請輸入有效日期，例如 2027 3 27，或三格留空。',
  },
  order: { en: 'The last day is before the first.', 'zh-Hant': '結束日期早於開始日期。' },
})

type Offered = Pick<NewData, 'services' | 'chosen'>

/** The services of the officer’s department that have cases, and of the chosen one its states and versions. */
export async function offeredTo(
  installation: Installation,
  catalogue: Catalogue,
  request: FastifyRequest,
  service: string | undefined,
): Promise<Offered> {
  const { sql } = installation
  const ours = [...(await catalogue.list()).values()].filter(
    ({ compiled }) => compiled.case && compiled.service.organisation === organisationOf(request),
  )
  const services = ours.map(({ compiled }) => ({ id: compiled.service.id, title: compiled.service.title }))
  const wanted = service ?? (services.length === 1 ? services[0]!.id : undefined)
  const found = services.find(({ id }) => id === wanted)
  if (!found) return { services, chosen: null }
  const versions: NonNullable<NewData['chosen']>['versions'] = []
  const states = new Map<string, Text>()
  for (const { hash, number, publishedAt } of await listPublications(sql, found.id)) {
    const compiled = await getVersion(sql, hash)
    if (!compiled.case || versions.some((each) => each.hash === hash) || versions.length >= versionsMax) continue
    versions.push({ hash, number, publishedAt })
    for (const { id, title } of caseOf(compiled).case.states) if (!states.has(id)) states.set(id, title)
  }
  return {
    services,
    chosen: {
      ...{ service: found.id, title: found.title, versions },
      states: [...states].map(([id, title]) => ({ id, title })),
    },
  }
}

const versionsMax = 100

/** What was typed, as the form shows it again. */
export const typedOf = ({ token: _, ...typed }: NewCohort): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

type Chosen = { kind: 'redecide' | 'move'; target: string; filter: Filter }

/** What an officer chose, or what is to be put right. */
export function readChoice(
  installation: Installation,
  { chosen }: Offered,
  typed: NewCohort,
): { chosen: Chosen } | { wrong: NewData['wrong'] } {
  const wrong: NewData['wrong'] = []
  const { kind, target } = typed
  if (!kind) wrong.push({ field: 'kind', text: words.kind })
  if (!target || !chosen?.versions.some(({ hash }) => hash === target))
    wrong.push({ field: 'target', text: words.target })
  const [sinceOn, untilOn] = (['since', 'until'] as const).map((name) => {
    const day = dayTyped(typed, name)
    if (day === undefined) wrong.push({ field: name, text: words.day })
    return day ?? null
  })
  if (sinceOn && untilOn && untilOn < sinceOn) wrong.push({ field: 'until', text: words.order })
  if (wrong.length > 0 || !kind || !target) return { wrong }
  const { timeZone } = installation.pack.government
  const filter: Filter = {
    ...{ state: typed.state || null, outcome: (kind === 'redecide' && typed.outcome) || null },
    ...{ version: typed.version || null, sinceOn: sinceOn ?? null, untilOn: untilOn ?? null },
    sinceAt: sinceOn ? endOfDay(dateOfDay(dayNumber(sinceOn) - 1)!, timeZone).toISOString() : null,
    untilAt: untilOn ? endOfDay(untilOn, timeZone).toISOString() : null,
  }
  return { chosen: { kind, target, filter } }
}

/** A day of three fields: null where all are empty, undefined where it is none. */
function dayTyped(typed: NewCohort, name: 'since' | 'until'): string | null | undefined {
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => typed[`${name}-${part}`]?.trim() ?? '')
  if (!year && !month && !day) return null
  const written = `${year!.padStart(4, '0')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDate(written) && written > '1900' ? written : undefined
}
