import { type Person, recordAct } from '#platform'
import { makeAgreement } from '../grants/agree.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import {
  type Act,
  type Cause,
  type Done,
  lockForOffice,
  record,
  requireClaimed,
  requireHuman,
  requireMayDecide,
  requireOpen,
  requireSeen,
} from './acting.ts'
import { dayAt } from './clocks.rules.ts'
import { caseOf, evaluate, holds, inputsOf } from './decide.rules.ts'
import type { Case } from './events.ts'
import { calendarOf } from './holidays.ts'
import { tell } from './messages.ts'
import { keepEntry, type Made, makeOutputs } from './outputs.ts'
import { appealUntil, placeIn, stepOf, workingDays } from './placed.rules.ts'
import { findItems, undoItems } from './records.ts'
import { append, openEvent, readWhole, type Sealed, type Whole } from './write.ts'

export type Step = NonNullable<ReturnType<typeof stepOf>>

/** Whether an officer holds a role that takes a step: its permission, for the department that the role is in. */
export function mayTake({ now, compiled }: Pick<Whole, 'now' | 'compiled'>, step: Step, person: Person): boolean {
  const roles = caseOf(compiled).case.roles.filter(({ id }) => step.by.includes(id))
  return roles.some(
    ({ permission, organisation = compiled.service.organisation }) =>
      person.permissions.includes(permission) && organisation === now.organisation,
  )
}

/** Steps that an officer may take now, by where the case stands and what it says. */
export function stepsFor(whole: Whole, person: Person): Step[] {
  const { now, compiled, known } = whole
  if (now.endedAt !== null || now.wait !== 'officer' || now.excluded.includes(person.id)) return []
  const definition = caseOf(compiled)
  const evaluation = evaluate(compiled, known)
  return definition.case.steps.filter(
    (step) => step.from.includes(now.state) && mayTake(whole, step, person) && holds(definition, step.id, evaluation),
  )
}

export type Asked = { step: string; seen: number; reasons: readonly string[]; noted: Answers }

/** Takes a step, or proposes it where another officer must approve. What the officer answered has been read before. */
export async function takeStep(act: Act, reference: string, asked: Asked): Promise<Done> {
  const person = act.request.person!
  const now = await lockForOffice(act, reference)
  requireOpen(now)
  requireSeen(now, asked.seen)
  requireMayDecide(now, person)
  requireClaimed(now, person)
  const whole = await readWhole(act.sql, act.installation, now)
  const step = requireStep(whole, asked.step, person)
  const rests = restsOn(whole, step, asked.noted, person.id)
  const where = { before: now, reference, by: act.by, at: act.at }
  if (step.fourEyes) {
    // Whoever runs a program that proposes could be the one who approves.
    requireHuman(person)
    await record(act, 'services.step-proposed', reference, { step: step.id })
    const data = { step: step.id, reasons: asked.reasons }
    return append(act.sql, act.installation, where, [{ kind: 'step-proposed', data, sealed: rests }])
  }
  return finish(act, whole, step, { reasons: asked.reasons, rests, proposal: null, proposedBy: null })
}

function requireStep(whole: Whole, id: string, person: Person): Step {
  const step = stepOf(whole.compiled, id)
  if (!step?.from.includes(whole.now.state)) throw problem('step-not-possible')
  if (!mayTake(whole, step, person)) throw problem('case-not-for-role')
  return step
}

/** What a step rests on, with what its officer answered among it. Refuses a step whose condition does not hold. */
function restsOn({ compiled, known }: Whole, step: Step, noted: Answers, officer: string): Sealed['step-taken'] {
  const by = Object.fromEntries(Object.keys(noted).map((name) => [name, `officer:${officer}`]))
  const all = { ...known, noted: { ...known.noted, ...noted }, notedBy: { ...known.notedBy, ...by } }
  const evaluation = evaluate(compiled, all)
  if (!holds(caseOf(compiled), step.id, evaluation)) throw problem('step-not-possible')
  return { noted, inputs: inputsOf(compiled, step.id, all, evaluation), tables: evaluation.tables }
}

type Finished = {
  reasons: readonly string[]
  rests: Sealed['step-taken']
  proposal: number | null
  proposedBy: string | null
  /** The round of judging by whose result the system takes it, and who confirmed that. */
  of?: OfRound
}

type OfRound = { round: string; confirmedBy: string }

/** Takes a step that nobody approves, by the result of a round of judging, with what was answered when that was confirmed. */
export async function takeStepOfSystem(
  cause: Cause,
  whole: Whole,
  step: Step,
  { noted, ...of }: OfRound & { noted: Answers },
): Promise<Done> {
  const rests = restsOn(whole, step, noted, of.confirmedBy)
  return finish(cause, whole, step, { reasons: step.reasons ?? [], rests, proposal: null, proposedBy: null, of })
}

/** Moves the case, tells the person, and makes what the step leaves behind: all in the caller’s transaction. */
async function finish(act: Cause, whole: Whole, step: Step, done: Finished): Promise<Done> {
  const { sql, installation, at, by } = act
  const { now, compiled, known } = whole
  const calendar = calendarOf(installation.pack)
  const placed = placeIn(compiled, step.to, at, calendar)
  const today = dayAt(at, calendar.timeZone)
  const appealUntilOn = step.decides ? appealUntil(now, compiled, today, calendar) : null
  const holder = now.claimedBy
  const keeps =
    holder === by.id && !placed.ends && placed.organisation === now.organisation && canGoOn(placed.queue, act)
  const detail = { step: step.id, decides: step.decides ?? null, ...(done.of && { round: done.of.round }) }
  await recordAct(sql, act.request ?? 'system', {
    ...{ event: 'services.step-taken', subject: `services/cases/${now.reference}` },
    detail,
  })
  const where = { before: now, reference: now.reference, by, at }
  const moved = await append(sql, installation, where, [
    {
      kind: 'step-taken',
      data: {
        ...placed,
        ...{ step: step.id, from: now.state, decides: step.decides ?? null, reasons: done.reasons },
        ...{ proposal: done.proposal, proposedBy: done.proposedBy, keeps, appealUntilOn },
        ...done.of,
        workedDays: Math.max(0, workingDays(now.openedAt, at, calendar) - now.stoodDays),
      },
      sealed: done.rests,
    },
  ])
  const noted = { ...known.noted, ...done.rests.noted }
  await makeAgreement(act, { now: moved, compiled, step: step.id }, { answers: known.answers, noted })
  const filling = {
    ...{ compiled, reasons: done.reasons, appealUntilOn },
    known: { ...known, noted, today },
  }
  const after: Made[] = []
  if (step.message) after.push({ event: await tell(sql, installation, moved, { id: step.message }, filling) })
  // By the department that took the step, wherever the case goes on.
  const leaving = { ...act, now: { ...moved, organisation: now.organisation }, number: moved.number }
  const ids = step.outputs ?? []
  const items = await findItems(sql, now, whole.events)
  // A grant adds to what stands; a refusal, and what is decided in a review, stand in the place of what was decided.
  const replaces = step.decides === 'refused' || (step.decides !== undefined && now.reviewOf !== null)
  if (replaces) after.push(...(await undoItems(leaving, items, ids)))
  after.push(...(await makeOutputs(leaving, { ids, items, filling })))
  const events = after.map(({ event }) => event)
  if (after.length > 0)
    await append(sql, installation, { ...where, before: moved, by: { ...by, token: undefined } }, events)
  for (const [index, made] of after.entries())
    await keepEntry(sql, installation, { reference: now.reference, number: moved.number + 1 + index }, made)
  return { reference: now.reference, number: moved.number }
}

const canGoOn = (queue: Case['queue'], { request }: Cause): boolean =>
  request !== undefined &&
  request.person!.permissions.includes(queue === 'decide' ? 'services:decide-case' : 'services:work-case')

/** Approves a proposal, or sends it back to whoever proposed it. By another officer than that one, always. */
export async function answerProposal(
  act: Act,
  reference: string,
  asked: { proposal: number; seen: number; answer: 'approved' | 'sent-back'; text: string },
): Promise<Done> {
  const person = act.request.person!
  const now = await lockForOffice(act, reference)
  if (now.endedAt !== null) throw problem('case-ended')
  if (now.proposal === null || now.proposal !== asked.proposal) throw problem('proposal-closed')
  requireSeen(now, asked.seen)
  requireMayDecide(now, person)
  if (now.proposedBy === person.id) throw problem('proposal-own')
  if (asked.answer === 'approved') requireHuman(person)
  const whole = await readWhole(act.sql, act.installation, now)
  const event = whole.events.find(({ number }) => number === now.proposal)!
  if (event.kind !== 'step-proposed') throw new Error(`Event ${event.number} of ${reference} proposes nothing`)
  if (asked.answer === 'sent-back') {
    await record(act, 'services.step-sent-back', reference, { step: event.data.step })
    const data = { proposal: event.number, to: event.by }
    const where = { before: now, reference, by: act.by, at: act.at }
    return append(act.sql, act.installation, where, [{ kind: 'step-sent-back', data, sealed: { text: asked.text } }])
  }
  const step = stepOf(whole.compiled, event.data.step)!
  const proposed = openEvent<'step-proposed'>(act.installation, reference, event)
  // By what is known now: a reply may have come since it was proposed.
  const rests = restsOn(whole, step, proposed.noted, event.by)
  return finish(act, whole, step, { reasons: event.data.reasons, rests, proposal: event.number, proposedBy: event.by })
}
