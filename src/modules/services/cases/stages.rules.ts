import { type Text, texts } from '#platform'
import type { CaseDefinition } from '../definitions/case.ts'
import { statesFrom } from '../definitions/checks/case.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { StageNote } from '../types.ts'
import { dayAt } from './clocks.rules.ts'
import { caseOf } from './decide.rules.ts'
import type { Case, CaseEvent } from './events.ts'
import { stateOf } from './placed.rules.ts'

const words = texts({
  sent: { en: 'Sent', 'zh-Hant': '提交' },
  reviewAsked: { en: 'Review asked for', 'zh-Hant': '要求覆核' },
  outcome: { en: 'Outcome', 'zh-Hant': '結果' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '已撤回' },
  merged: { en: 'Joined with another', 'zh-Hant': '已併入另一宗' },
})

/**
 * What may still come of a case that stands in a state: the states that steps lead to, each with whether no way passes it by, and the
 * ends. States come after those that lead to them, and otherwise as the definition has them. Conditions of steps are not looked at.
 */
export function aheadOf(definition: CaseDefinition, from: string) {
  const { states, steps } = definition
  const reach = new Map(states.map(({ id }) => [id, statesFrom(definition, [id])]))
  const ends = states.filter((state) => state.ends && state.id !== from && reach.get(from)!.has(state.id))
  const isBefore = (one: string, other: string) => reach.get(one)!.has(other) && !reach.get(other)!.has(one)
  const rest = states.filter(({ id, ends }) => !ends && id !== from && reach.get(from)!.has(id))
  const passes: { state: (typeof states)[number]; sure: boolean }[] = []
  while (rest.length > 0) {
    const at = rest.findIndex(({ id }) => !rest.some((other) => isBefore(other.id, id)))
    const [state] = rest.splice(at, 1)
    const without = statesFrom({ ...definition, steps: steps.filter(({ to }) => to !== state!.id) }, [from])
    passes.push({ state: state!, sure: !ends.some(({ id }) => without.has(id)) })
  }
  return { passes, ends }
}

const ahead = (title: Text, is: 'ahead' | 'perhaps', ends: readonly Text[] = []): StageNote => ({
  ...{ title, is, on: null },
  ends: [...ends],
})

/** The stages that may still come: the states between, and how it may end. */
function stagesAhead({ case: definition }: ReturnType<typeof caseOf>, from: string): StageNote[] {
  const { passes, ends } = aheadOf(definition, from)
  const titles = ends.map(({ title }) => title)
  const between = passes.map(({ state, sure }) => ahead(state.title, sure ? 'ahead' : 'perhaps'))
  return [...between, titles.length === 1 ? ahead(titles[0]!, 'ahead') : ahead(words.outcome, 'ahead', titles)]
}

/** The states in which a case was before the present one, as its version called them then, each with the instant at which it came there. */
export function pastOf(
  events: readonly CaseEvent[],
  compiledAt: (number: number) => CompiledService,
): { title: Text; at: string }[] {
  return events
    .flatMap((event) =>
      event.kind === 'begun' || event.kind === 'step-taken'
        ? [{ title: stateOf(compiledAt(event.number), event.data.state).title, at: event.at }]
        : [],
    )
    .slice(0, -1)
}

/**
 * The line of a case from its sending to its end: what is behind with its days, where it stands, and what may still come by its version.
 * Of one that has ended nothing comes any more.
 */
export function stagesOf(
  now: Pick<Case, 'state' | 'stateSinceAt' | 'openedAt' | 'endedAt' | 'outcome' | 'reviewOf'>,
  compiled: CompiledService,
  past: readonly { title: Text; at: string }[],
  timeZone: string,
): StageNote[] {
  const stage = (title: Text, is: StageNote['is'], at: string): StageNote => ({
    ...{ title, is, ends: [] },
    on: dayAt(new Date(at), timeZone),
  })
  const { title, ends } = stateOf(compiled, now.state)
  const behind = [
    stage(now.reviewOf === null ? words.sent : words.reviewAsked, 'done', now.openedAt),
    ...past.map((each) => stage(each.title, 'done', each.at)),
  ]
  if (now.endedAt === null)
    return [...behind, stage(title, 'now', now.stateSinceAt), ...stagesAhead(caseOf(compiled), now.state)]
  if (ends) return [...behind, stage(title, 'ended', now.stateSinceAt)]
  const end = now.outcome === 'merged' ? words.merged : words.withdrawn
  return [...behind, stage(title, 'done', now.stateSinceAt), stage(end, 'ended', now.endedAt)]
}
