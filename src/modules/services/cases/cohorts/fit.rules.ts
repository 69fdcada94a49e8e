import { questionsOf } from '../../applying/answers.rules.ts'
import { recall } from '../../applying/journey.rules.ts'
import type { CompiledService } from '../../definitions/compile.rules.ts'
import type { Question } from '../../definitions/form.ts'
import type { Answer, Answers } from '../../types.ts'
import type { Calendar } from '../clocks.rules.ts'
import { caseOf, type Known } from '../decide.rules.ts'
import type { Case, Queue } from '../events.ts'
import { placeIn } from '../placed.rules.ts'

/** Why a case is left out of what is done with its cohort; the last: what is left to do of one that was not. */
export const misfitCodes = [
  ...['state-missing', 'state-ends', 'clock-missing', 'department-changes', 'waits-for-approval'],
  ...['answer-unknown', 'answer-changed', 'asked-newly', 'file-asked-newly', 'note-unknown'],
  ...['not-decided', 'went-on', 'under-review', 'officer-differed', 'step-unclear', 'step-asks', 'beyond-limits'],
  ...['no-reason', 'too-much-work', 'money-agreed', 'own', 'changed-meanwhile', 'place-gone', 'register-refuses'],
] as const
export type MisfitCode = (typeof misfitCodes)[number]
/** `what` is a name of the definition: a state, a question, a reason. Nothing that a person wrote. */
export type Misfit = { code: MisfitCode; what: string }

const whatMax = 60
export const misfit = (code: MisfitCode, what = ''): Misfit => ({ code, what: what.slice(0, whatMax) })

/** A case that may be moved goes on in the queue that the other version has for its state. */
type MovePlan = { queue: Queue } | { misfits: Misfit[] }

/** Whether an open case can go on by another version, from where it stands, with what was sent and noted. Pure. */
export function planMove(now: Case, target: CompiledService, known: Known, at: Date, calendar: Calendar): MovePlan {
  const state = caseOf(target).case.states.find(({ id }) => id === now.state)
  if (!state) return { misfits: [misfit('state-missing', now.state), ...misfitsOfAnswers(target, known)] }
  const misfits: Misfit[] = []
  const placed = placeIn(target, now.state, at, calendar)
  if (state.ends) misfits.push(misfit('state-ends', now.state))
  const hasClock = now.dueOn !== null || now.leftDays !== null
  if (hasClock && !state.clock) misfits.push(misfit('clock-missing', now.state))
  if (placed.organisation !== now.organisation) misfits.push(misfit('department-changes', placed.organisation))
  if (now.wait === 'approval') misfits.push(misfit('waits-for-approval'))
  misfits.push(...misfitsOfAnswers(target, known))
  return misfits.length > 0 ? { misfits } : { queue: placed.queue }
}

/** What was answered and noted that another version does not know or reads otherwise, and what it asks that was not asked. */
export function misfitsOfAnswers(target: CompiledService, { answers, noted, sentOn }: Known): Misfit[] {
  if (!target.form) return []
  const { form } = target.form
  const asked = questionsOf(form)
  const things = new Map(form.pages.flatMap(({ repeat }) => (repeat ? [[repeat.name, repeat] as const] : [])))
  const found: Misfit[] = []
  for (const [name, answer] of Object.entries(answers)) {
    const question = asked.get(name)
    const list = things.get(name)
    if (question) found.push(...misfitOf(question, answer))
    else if (list)
      found.push(
        ...misfitsOfThings(
          list.pages.flatMap((page) => page.questions),
          answer,
        ),
      )
    else found.push(misfit('answer-unknown', name))
  }
  for (const { questions = [], repeat } of recall(target.form, answers, sentOn).pages) {
    for (const { id, kind, optional } of questions)
      if (!optional && answers[id] === undefined)
        found.push(misfit(kind === 'file' ? 'file-asked-newly' : 'asked-newly', id))
    if (repeat && repeat.min > 0 && answers[repeat.name] === undefined) found.push(misfit('asked-newly', repeat.name))
  }
  const steps = caseOf(target).case.steps.flatMap(({ asks = [] }) => asks)
  for (const name of Object.keys(noted))
    if (!steps.some(({ id }) => id === name)) found.push(misfit('note-unknown', name))
  return found
}

function misfitsOfThings(questions: readonly Question[], answer: Answer): Misfit[] {
  if (!Array.isArray(answer)) return []
  const found = (answer as Answers[]).flatMap((thing) =>
    Object.entries(thing).flatMap(([name, value]) => {
      const question = questions.find(({ id }) => id === name)
      return question ? misfitOf(question, value) : [misfit('answer-unknown', name)]
    }),
  )
  return [...new Map(found.map((each) => [`${each.code} ${each.what}`, each])).values()]
}

const shapes: Readonly<Record<string, (answer: Answer) => boolean>> = {
  number: (answer) => typeof answer === 'number',
  money: (answer) => typeof answer === 'number',
  'yes-no': (answer) => typeof answer === 'boolean',
  declaration: (answer) => typeof answer === 'boolean',
  choices: Array.isArray,
  file: Array.isArray,
}

/** An answer of another shape, or an option that is not offered any more. */
function misfitOf({ id, kind, options }: Question, answer: Answer): Misfit[] {
  const fits = shapes[kind]?.(answer) ?? typeof answer === 'string'
  const chosen = kind === 'choice' || kind === 'choices' ? ([answer].flat() as string[]) : []
  const offered = chosen.every((each) => options?.some((option) => option.id === each))
  return fits && offered ? [] : [misfit('answer-changed', id)]
}
