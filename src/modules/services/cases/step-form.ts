import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Installation, sayEverywhere, type Text, texts } from '#platform'
import { problem } from '../problems.ts'
import { type Act, requireOffice } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { addDays, dayAt } from './clocks.rules.ts'
import { caseOf, evaluate } from './decide.rules.ts'
import { calendarOf } from './holidays.ts'
import { fillText, nameOfOrganisation } from './messages.ts'
import { stateOf, stepOf } from './placed.rules.ts'
import { caseLines, choiceOf, tellTables, writingOf } from './show.ts'
import { mayTake, type Step } from './steps.ts'
import { readTyped, type Typed } from './typed.rules.ts'
import type { AskedField, StepData } from './types.ts'
import { readWhole, type Whole } from './write.ts'

const words = texts({
  reasons: { en: 'Choose at least one reason.', 'zh-Hant': '請選擇最少一個原因。' },
})

export type Given = { typed: Typed; reasons: readonly string[]; token?: string | undefined }

/** The form of a step for an officer who may take it; `wrong` is what a form that came back has to put right. */
export async function readStepForm(
  installation: Installation,
  request: FastifyRequest,
  at: { reference: string; step: string },
  given?: Given & { wrong: StepData['wrong'] },
): Promise<StepData> {
  const { sql } = installation
  const person = request.person!
  const now = await requireOffice(sql, await findCase(sql, at.reference), person)
  const whole = await readWhole(sql, installation, now)
  const step = requireFrom(whole, at.step)
  if (!mayTake(whole, step, person)) throw problem('case-not-for-role')
  const { compiled, known } = whole
  const [line] = await caseLines(sql, installation, { person, language: request.language }, [now])
  const { tables } = evaluate(compiled, known)
  const suggested = new Set(tables.flatMap(({ matches }) => matches.map(({ reason }) => reason)))
  const { reasons = [] } = caseOf(compiled).case
  const offered = reasons.filter(({ id }) => step.reasons?.includes(id))
  const to = stateOf(compiled, step.to)
  return {
    ...{ line: line!, number: now.number, step: choiceOf(step), to: to.title, next: to.next },
    told: messageOf(
      installation,
      whole,
      step,
      offered.filter(({ id }) => suggested.has(id)).map(({ id }) => id),
    ),
    tables: tellTables(compiled, tables, writingOf(installation, request)),
    fields: (step.asks ?? []).map((question) => fieldOf(question, given?.typed ?? {})),
    reasons: offered.map(({ id, text }) => ({ id, text, suggested: suggested.has(id) })),
    chosen: [...(given?.reasons ?? offered.filter(({ id }) => suggested.has(id)).map(({ id }) => id))],
    ...{ token: given?.token ?? randomUUID(), wrong: given?.wrong ?? [] },
  }
}

function requireFrom({ now, compiled }: Whole, id: string): Step {
  const step = stepOf(compiled, id)
  if (!step?.from.includes(now.state) || now.endedAt !== null) throw problem('step-not-possible')
  return step
}

/** What the person will be told, as far as it is known before the officer has answered. */
function messageOf(installation: Installation, whole: Whole, step: Step, reasons: readonly string[]) {
  const { now, compiled, known } = whole
  const { messages, appealDays } = caseOf(compiled).case
  const message = messages.find(({ id }) => id === step.message)
  if (!message) return null
  const calendar = calendarOf(installation.pack)
  const today = dayAt(installation.now(), calendar.timeZone)
  const appealUntilOn = appealDays === undefined ? null : addDays(today, appealDays, 'calendar', calendar)
  const organisation = nameOfOrganisation(installation, now.organisation)
  const open = Object.fromEntries((step.asks ?? []).map(({ id, title }) => [id, sayEverywhere(bracketed, { title })]))
  const { code: currency } = installation.pack.government.currency
  const told = { compiled, known, reasons, appealUntilOn, organisation, currency }
  const filling = { ...told, now: { ...now, state: step.to }, more: open }
  return { subject: fillText(message.subject, filling), text: fillText(message.text, filling) }
}

const { bracketed } = texts({ bracketed: { en: '[{title}]', 'zh-Hant': '［{title}］' } })

type Question = NonNullable<Step['asks']>[number]

export function fieldOf(question: Question, typed: Typed): AskedField {
  const { id, title, hint, kind, optional, max, unit, options = [] } = question
  const name = `answer.${id}`
  const kept = Object.entries(typed).filter(([each]) => each === name || each.startsWith(`${name}-`))
  return {
    ...{ name, title, hint: hint ?? null, kind, optional: optional === true, max: max ?? null, unit: unit ?? null },
    options: options.map((option) => ({
      id: option.id,
      title: option.title,
      ...(option.hint && { hint: option.hint }),
    })),
    typed: Object.fromEntries(
      kept.map(([each, value]) => [each, Array.isArray(value) ? value.map(String) : String(value)]),
    ),
  }
}

/** What an officer sent for a step, read by the questions of the version; with what is wrong, as the form says it. */
export async function readStepAnswers(
  { sql, installation, request }: Pick<Act, 'sql' | 'installation' | 'request'>,
  at: { reference: string; step: string },
  given: Given,
) {
  const now = await requireOffice(sql, await findCase(sql, at.reference), request.person!)
  const whole = await readWhole(sql, installation, now)
  const step = requireFrom(whole, at.step)
  const { answers, wrong } = readTyped(step.asks ?? [], given.typed)
  const reasons = given.reasons.filter((each) => step.reasons?.includes(each))
  const told = wrong.map(({ name, text, values = {} }) => ({ field: name, text: sayEverywhere(text, values) }))
  const isWithout = step.reasons !== undefined && (reasons.length === 0 || reasons.length < given.reasons.length)
  const all = isWithout ? [...told, { field: 'reasons', text: words.reasons }] : told
  return { answers, reasons, wrong: all as { field: string; text: Text }[] }
}
