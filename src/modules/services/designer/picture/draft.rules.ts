import type { Text } from '#platform'
import type { CaseDefinition } from '../../definitions/case.ts'

type State = CaseDefinition['states'][number]
type Step = CaseDefinition['steps'][number]

/** What of a case is drawn. */
export type Pictured = {
  readonly begins: string
  readonly states: readonly Pick<State, 'id' | 'title' | 'clock' | 'ends'>[]
  readonly steps: readonly Pick<Step, 'id' | 'title' | 'from' | 'to' | 'by' | 'fourEyes'>[]
  readonly roles: readonly Pick<CaseDefinition['roles'][number], 'id' | 'title'>[]
}

/** As many as a definition may have (`CaseDefinition`). */
const most = { roles: 10, states: 30, steps: 60, from: 20, by: 10 }
const endings = ['granted', 'refused', 'withdrawn', 'done'] as const

/**
 * What can be drawn of the case of a draft, whatever was typed: what has no name is left out, a title that is not written yet is the
 * name, and a clock or an ending that is none is not there.
 */
export function picturedOf(draft: unknown): Pictured {
  const definition = fieldsOf(draft)
  const named = (list: unknown, max: number) =>
    listOf(list, max)
      .map(fieldsOf)
      .flatMap((more) => (isName(more.id) ? [{ id: more.id, title: textOf(more.title, more.id), more }] : []))
  return {
    begins: isName(definition.begins) ? definition.begins : '',
    roles: named(definition.roles, most.roles).map(({ id, title }) => ({ id, title })),
    states: named(definition.states, most.states).map(({ id, title, more }) => {
      const clock = clockOf(more)
      const ends = endings.find((each) => each === more.ends)
      return { id, title, ...(clock && { clock }), ...(ends && { ends }) }
    }),
    steps: named(definition.steps, most.steps).map(({ id, title, more }) => ({
      ...{ id, title },
      from: listOf(more.from, most.from).filter(isName),
      to: isName(more.to) ? more.to : '',
      by: listOf(more.by, most.by).filter(isName),
      fourEyes: more.fourEyes === true,
    })),
  }
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const listOf = (value: unknown, max: number): readonly unknown[] => (Array.isArray(value) ? value.slice(0, max) : [])
const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/** In a language that is not written yet stands the other, and the name where there is neither. */
function textOf(value: unknown, name: string): Text {
  const { en, 'zh-Hant': traditional, 'zh-Hans': simplified } = fieldsOf(value)
  const written = [en, traditional].find(isName) ?? name
  return {
    en: isName(en) ? en : written,
    'zh-Hant': isName(traditional) ? traditional : written,
    ...(isName(simplified) && { 'zh-Hans': simplified }),
  }
}

function clockOf({ clock }: Fields): State['clock'] {
  const { days, count } = fieldsOf(clock)
  const counted = (['working', 'calendar'] as const).find((each) => each === count)
  return typeof days === 'number' && counted ? { days, count: counted } : undefined
}
