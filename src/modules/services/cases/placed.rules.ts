import type { CompiledService } from '../definitions/compile.rules.ts'
import { addDays, type Calendar, type Count, countDays, dayAt, endOfDay } from './clocks.rules.ts'
import { caseOf } from './decide.rules.ts'
import type { Case, Placed } from './events.ts'

export function stateOf(service: CompiledService, id: string) {
  const state = caseOf(service).case.states.find((each) => each.id === id)
  if (!state) throw new Error(`A case stands in ${id}, which its version does not have`)
  return state
}

export function stepOf(service: CompiledService, id: string) {
  return caseOf(service).case.steps.find((each) => each.id === id)
}

/** Where a case stands that comes into a state at an instant: who works it, and when the clock of the state runs out. */
export function placeIn(service: CompiledService, id: string, at: Date, calendar: Calendar): Placed {
  const { case: definition } = caseOf(service)
  const { clock, ends } = stateOf(service, id)
  const names = new Set(definition.steps.filter(({ from }) => from.includes(id)).flatMap(({ by }) => by))
  const roles = definition.roles.filter((role) => names.has(role.id))
  const [first, ...others] = new Set(roles.map(({ organisation }) => organisation))
  const isDeciders = roles.length > 0 && roles.every(({ permission }) => permission === 'services:decide-case')
  return {
    state: id,
    // Where every step is another department’s, the case is theirs until they have taken one.
    organisation: first !== undefined && others.length === 0 ? first : service.service.organisation,
    queue: isDeciders ? 'decide' : 'work',
    due: clock && !ends ? dueFrom(dayAt(at, calendar.timeZone), clock.days, clock.count, calendar) : null,
    ends: ends ?? null,
  }
}

/** When a clock of so many days runs out that begins on a day: at the end of its last day. */
export function dueFrom(day: string, days: number, count: Count, calendar: Calendar): NonNullable<Placed['due']> {
  const on = addDays(day, days, count, calendar)
  return { on, at: endOfDay(on, calendar.timeZone).toISOString(), count }
}

/** Days that were left when a clock stopped; null for a case without one. An overdue case has none left. */
export const leftDays = ({ dueOn, dueCount }: Case, at: Date, calendar: Calendar): number | null =>
  dueOn === null || dueCount === null ? null : countDays(dayAt(at, calendar.timeZone), dueOn, dueCount, calendar)

/** Whether the clock of a case has run out. */
export const isOverdue = ({ dueAt }: Pick<Case, 'dueAt'>, now: Date): boolean =>
  dueAt !== null && dueAt <= now.toISOString()

/** What the clock of a case has left that stands; null where none does. */
export const leftOf = ({ leftDays, dueCount }: Pick<Case, 'leftDays' | 'dueCount'>) =>
  leftDays === null || dueCount === null ? null : { days: leftDays, count: dueCount }

/** The clock of a case that goes on after it stood, and the working days for which it did. */
export function restart({ leftDays, stoppedAt, dueCount }: Case, at: Date, calendar: Calendar) {
  const today = dayAt(at, calendar.timeZone)
  return {
    due: leftDays === null || dueCount === null ? null : dueFrom(today, leftDays, dueCount, calendar),
    stoodDays: stoppedAt === null ? 0 : workingDays(stoppedAt, at, calendar),
  }
}

/**
 * Until when a review can be asked for of what is decided on a day; null where there is none. A review is not reviewed again: whoever is
 * not content with it goes to a court.
 */
export function appealUntil(now: Case, service: CompiledService, today: string, calendar: Calendar): string | null {
  const { appealDays } = caseOf(service).case
  return appealDays === undefined || now.reviewOf !== null ? null : addDays(today, appealDays, 'calendar', calendar)
}

/** Working days from one instant to another. */
export const workingDays = (from: string, to: Date, calendar: Calendar): number =>
  countDays(dayAt(new Date(from), calendar.timeZone), dayAt(to, calendar.timeZone), 'working', calendar)
