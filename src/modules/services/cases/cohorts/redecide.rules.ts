import { isDeepStrictEqual } from 'node:util'
import { valuesOfQuestions } from '../../applying/answers.rules.ts'
import type { CompiledService } from '../../definitions/compile.rules.ts'
import type { Question } from '../../definitions/form.ts'
import { RulesExceeded } from '../../rules/types.rules.ts'
import type { Answer, Answers } from '../../types.ts'
import {
  caseOf,
  type Evaluation,
  evaluate,
  holds,
  type Input,
  inputsOf,
  type Known,
  type TableResult,
} from '../decide.rules.ts'
import type { Outcome } from '../events.ts'
import { stateOf, stepOf } from '../placed.rules.ts'
import { type Misfit, misfit, misfitsOfAnswers } from './fit.rules.ts'

/** A decision as it was taken: the step, from where, for which reasons, and what was known on its day. */
export type Decided = { step: string; from: string; reasons: readonly string[]; known: Known }

/** What a decision comes to by one version. Of what officers noted, what they noted at its step. */
export type Side = { step: string; state: string; outcome: Outcome; reasons: readonly string[]; noted: Answers }

type Redecision =
  | { misfits: Misfit[] }
  | {
      before: Side
      after: Side
      changed: boolean
      rests: { noted: Answers; inputs: Input[]; tables: readonly TableResult[] }
    }

/**
 * What a decided case comes to by another version, with the answers and the day as they were then. Pure, and the same each time.
 *
 * What an officer noted at the step follows the tables where it was just what a table gave: a grant at the ceiling goes with the ceiling. Where
 * the officer decided otherwise than the tables, and these now say something else, the case is left to an officer.
 */
export function redecide(before: CompiledService, after: CompiledService, decided: Decided, by: string): Redecision {
  try {
    return compare(before, after, decided, by)
  } catch (error) {
    if (error instanceof RulesExceeded) return { misfits: [misfit('too-much-work')] }
    throw error
  }
}

function compare(before: CompiledService, after: CompiledService, decided: Decided, by: string): Redecision {
  const { known } = decided
  const misfits = misfitsOfAnswers(after, known)
  if (misfits.length > 0) return { misfits }
  const oldStep = stepOf(before, decided.step)!
  const [old, now] = [evaluate(before, known), evaluate(after, known)]
  const followed = follow({ before, after, old, now }, oldStep.asks ?? [], known.noted)
  if ('misfits' in followed) return followed
  const names = Object.keys(followed.noted)
  const all: Known = {
    ...known,
    noted: { ...known.noted, ...followed.noted },
    notedBy: { ...known.notedBy, ...Object.fromEntries(names.map((name) => [name, `officer:${by}`])) },
  }
  const evaluation = evaluate(after, all)
  const step = stepNow(after, decided, evaluation)
  if (!step) return { misfits: [misfit('step-unclear', decided.step)] }
  const wrong = wrongNotes(step.asks ?? [], all.noted)
  if (wrong) return { misfits: [wrong] }
  const reasons = reasonsNow(step, decided, old, evaluation)
  if (!reasons) return { misfits: [misfit('no-reason', step.id)] }
  const { ends } = stateOf(after, step.to)
  const side = (asks: readonly Question[], noted: Answers): Answers =>
    Object.fromEntries(asks.flatMap(({ id }) => (noted[id] === undefined ? [] : [[id, noted[id]]])))
  const was: Side = {
    ...{ step: oldStep.id, state: oldStep.to, outcome: stateOf(before, oldStep.to).ends! },
    ...{ reasons: decided.reasons, noted: side(oldStep.asks ?? [], known.noted) },
  }
  const becomes: Side = {
    ...{ step: step.id, state: step.to, outcome: ends!, reasons },
    noted: side(step.asks ?? [], all.noted),
  }
  return {
    ...{ before: was, after: becomes, changed: !isDeepStrictEqual(sorted(was), sorted(becomes)) },
    rests: { noted: followed.noted, inputs: inputsOf(after, step.id, all, evaluation), tables: evaluation.tables },
  }
}

/** Reasons in whatever order are the same reasons. */
const sorted = (side: Side): Side => ({ ...side, reasons: [...side.reasons].sort() })

type Both = { before: CompiledService; after: CompiledService; old: Evaluation; now: Evaluation }

/** What a table gives under a name, for tables of which one row counts. */
function givenBy(service: CompiledService, { tables }: Evaluation) {
  const { rules = [] } = caseOf(service).case
  return new Map(
    rules
      .filter(({ hit }) => hit !== 'collect')
      .flatMap(({ id, outputs }) => {
        const said = tables.find((each) => each.id === id)
        const row = said?.outcome === 'matched' ? said.matches[0]!.outputs : {}
        return outputs.map(
          (output) => [`${id}.${output.id}`, { kind: output.kind, value: row[output.id] ?? null }] as const,
        )
      }),
  )
}

function follow(
  { before, after, old, now }: Both,
  asks: readonly Question[],
  noted: Answers,
): { noted: Answers } | { misfits: Misfit[] } {
  const [gave, gives] = [givenBy(before, old), givenBy(after, now)]
  const changed: Record<string, Answer> = {}
  for (const question of asks) {
    if (noted[question.id] === undefined) continue
    const value = valuesOfQuestions([question], noted)[question.id]
    const ofKind = [...gave].filter(([, { kind }]) => kind === question.kind)
    const sources = ofKind.filter(([, given]) => given.value === value)
    const all = sources.length > 0 ? sources : ofKind
    const moved = all.filter(([name, given]) => gives.get(name)?.value !== given.value)
    if (moved.length === 0) continue
    const values = new Set(sources.map(([name]) => gives.get(name)?.value ?? null))
    const [next] = values
    if (values.size !== 1 || next === null || next === undefined)
      return { misfits: [misfit('officer-differed', question.id)] }
    changed[question.id] = question.kind === 'money' ? Math.round((next as number) * 100) : (next as Answer)
  }
  return { noted: changed }
}

/** The step that decides: the same, where it still may be taken; otherwise the only other one that may. */
function stepNow(after: CompiledService, { step, from }: Decided, evaluation: Evaluation) {
  const definition = caseOf(after)
  const possible = definition.case.steps.filter(
    (each) =>
      each.decides &&
      each.from.includes(from) &&
      stateOf(after, each.to).ends &&
      holds(definition, each.id, evaluation),
  )
  const same = possible.find(({ id }) => id === step)
  return same ?? (possible.length === 1 ? possible[0] : undefined)
}

function wrongNotes(asks: readonly Question[], noted: Answers): Misfit | undefined {
  for (const { id, kind, optional, min, max } of asks) {
    if (noted[id] === undefined && !optional) return misfit('step-asks', id)
    if ((kind !== 'number' && kind !== 'money') || noted[id] === undefined) continue
    const value = (noted[id] as number) / (kind === 'money' ? 100 : 1)
    if ((min !== undefined && value < min) || (max !== undefined && value > max)) return misfit('beyond-limits', id)
  }
  return undefined
}

const reasonsIn = ({ tables }: Evaluation): string[] => [
  ...new Set(tables.flatMap(({ matches }) => matches.flatMap(({ reason }) => reason ?? []))),
]

/** Reasons that a table gave are replaced by what the tables say now; those of the officer stay. Undefined where none would be left. */
function reasonsNow(
  step: { id: string; reasons?: readonly string[] },
  decided: Decided,
  old: Evaluation,
  now: Evaluation,
): readonly string[] | undefined {
  const [gave, gives] = [reasonsIn(old), reasonsIn(now)]
  const follows = step.id !== decided.step || decided.reasons.some((each) => gave.includes(each))
  const kept = step.id === decided.step ? decided.reasons.filter((each) => !gave.includes(each)) : []
  const offered = step.reasons ?? []
  if (kept.some((each) => !offered.includes(each))) return undefined
  const reasons = [...kept, ...(follows ? gives.filter((each) => offered.includes(each) && !kept.includes(each)) : [])]
  return offered.length > 0 && reasons.length === 0 ? undefined : reasons
}
