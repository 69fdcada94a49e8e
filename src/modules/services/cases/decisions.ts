import { isDeepStrictEqual } from 'node:util'
import type { FastifyRequest } from 'fastify'
import { type Installation, say, sayEverywhere, type Text, texts } from '#platform'
import { questionsOf, textOfValue } from '../applying/answers.rules.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import { requireOffice } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { dayAt } from './clocks.rules.ts'
import { caseOf, evaluate, inputsOf, type TableResult } from './decide.rules.ts'
import { stepOf } from './placed.rules.ts'
import { nameOfOutput, namesIn, type Writing, writingOf } from './show.ts'
import type { DecisionData } from './types.ts'
import { notedIn, openEvent, readWhole, type Sealed, type Whole } from './write.ts'

const words = texts({
  person: { en: 'The person', 'zh-Hant': '當事人' },
  account: { en: 'The person’s account', 'zh-Hant': '當事人的帳戶' },
  register: { en: 'The register {id}', 'zh-Hant': '登記冊 {id}' },
  party: { en: 'Another party: {id}', 'zh-Hant': '另一方：{id}' },
  officer: { en: 'Officer: {name}', 'zh-Hant': '人員：{name}' },
  calculation: { en: 'Calculated from answers', 'zh-Hant': '由答案計算' },
  calendar: { en: 'The calendar', 'zh-Hant': '日曆' },
  today: { en: 'The day of the decision', 'zh-Hant': '決定當日' },
})

/** A decision of a case with all on which it rests, told in words, and evaluated again. */
export async function readDecision(
  installation: Installation,
  request: FastifyRequest,
  at: { reference: string; number: number },
): Promise<DecisionData> {
  const { sql } = installation
  const now = await requireOffice(sql, await findCase(sql, at.reference), request.person!)
  const whole = await readWhole(sql, installation, now)
  const event = whole.events.find(({ number }) => number === at.number)
  if (event?.kind !== 'step-taken' && event?.kind !== 'redecided') throw problem('decision-not-found')
  const compiled = whole.compiledAt(event.number)
  const step = stepOf(compiled, event.data.step)!
  const rests = openEvent<'step-taken'>(installation, now.reference, event)
  const nameOf = await namesIn(sql, whole)
  const told = whole.events.find(({ number, kind }) => number > event.number && kind === 'message-sent')
  const isItsOwn = (step.message !== undefined || event.kind === 'redecided') && told?.at === event.at
  const { reasons = [] } = caseOf(compiled).case
  const writing = writingOf(installation, request)
  return {
    ...{ reference: now.reference, number: event.number, service: compiled.service.title, step: step.done },
    ...{ decides: event.data.decides, at: event.at, by: nameOf(event.by) ?? same(event.by) },
    proposedBy: event.data.proposedBy === null ? null : nameOf(event.data.proposedBy),
    ...{ version: versionAt(whole, event.number), appealUntilOn: event.data.appealUntilOn },
    reasons: event.data.reasons.flatMap((id) => reasons.find((each) => each.id === id)?.text ?? []),
    inputs: rests.inputs.map(({ name, value, source }) => ({
      name,
      ...nameAndValue(compiled, name, value, writing),
      source: sourceOf(source, nameOf),
    })),
    tables: rests.tables.map((table) => explain(compiled, table, writing)),
    message: isItsOwn && told ? openEvent<'message-sent'>(installation, now.reference, told) : null,
    replays: replays(installation, whole, at.number, rests),
  }
}

/** The hash of the version by which the case went when an event was written. */
const versionAt = ({ events }: Whole, number: number): string =>
  events.reduce((version, { number: at, data }) => (at <= number && 'version' in data ? data.version : version), '')

/**
 * Whether the version of the case, evaluated again with the answers as they were then, reads the same inputs and comes to the same
 * as was kept with the decision.
 */
function replays(installation: Installation, whole: Whole, number: number, rests: Sealed['step-taken']): boolean {
  const event = whole.events[number - 1]!
  if (event.kind !== 'step-taken' && event.kind !== 'redecided') return false
  const compiled = whole.compiledAt(number)
  const today =
    event.kind === 'redecided' ? event.data.asOn : dayAt(new Date(event.at), installation.pack.government.timeZone)
  const noted = notedIn(installation, whole.now.reference, whole.events.slice(0, number))
  const then = { ...whole.known, ...noted, today }
  const again = evaluate(compiled, then)
  const inputs = inputsOf(compiled, event.data.step, then, again)
  // As JSON has them: what is kept went through it.
  const plainly = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
  return isDeepStrictEqual(plainly({ inputs, tables: again.tables }), { inputs: rests.inputs, tables: rests.tables })
}

function nameAndValue(compiled: CompiledService, name: string, value: unknown, { language, currency }: Writing) {
  const calculated = compiled.form?.form.values?.find(({ id }) => id === name)
  const question =
    (compiled.form && questionsOf(compiled.form.form).get(name)) ??
    caseOf(compiled)
      .case.steps.flatMap(({ asks = [] }) => asks)
      .find(({ id }) => id === name)
  const title = name === 'today' ? words.today : (question?.title ?? calculated?.title ?? same(name))
  const kind = name === 'today' ? 'date' : (question?.kind ?? calculated?.kind ?? kindOf(value))
  if (typeof value === 'object' && value !== null && kind !== 'choices' && kind !== 'file')
    return { title, value: JSON.stringify(value).slice(0, 2000) }
  return { title, value: say(textOfValue({ ...question, kind }, value, currency), language) }
}

/** What an expression comes to says itself how it is written, as `count(topics)`, of which no question tells. */
const kindOf = (value: unknown) =>
  typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'yes-no' : 'text'

function sourceOf(source: string, nameOf: (id: string) => Text | null): Text {
  const [kind = '', id = ''] = source.split(/:(.*)/s)
  if (kind === 'register' || kind === 'party') return sayEverywhere(words[kind], { id })
  if (kind === 'officer') return sayEverywhere(words.officer, { name: nameOf(id) ?? id })
  return kind === 'account' || kind === 'calculation' || kind === 'calendar' ? words[kind] : words.person
}

/** A table of a decision in words: what it looked at, which rows fitted, and what they gave. */
export function explain(compiled: CompiledService, { id, outcome, inputs, matches }: TableResult, writing: Writing) {
  const { rules = [], reasons = [] } = caseOf(compiled).case
  const rule = rules.find((each) => each.id === id)!
  const outputOf = (name: string) => rule.outputs.find((each) => each.id === name)
  return {
    ...{ id, title: rule.title, outcome },
    looked: inputs.map((value, at) => {
      const read = nameAndValue(compiled, rule.inputs[at]!, value, writing)
      return { title: say(read.title, writing.language), value: read.value }
    }),
    rows: matches.map(({ row, reason, outputs }) => ({
      ...{ row: row + 1, when: [...rule.rows[row]!.when] },
      reason: reasons.find((each) => each.id === reason)?.text ?? null,
      gives: Object.entries(outputs).map(([name, value]) => ({
        title: nameOfOutput(outputOf(name), name, writing),
        value: say(textOfValue({ kind: outputOf(name)?.kind ?? 'text' }, value, writing.currency), writing.language),
      })),
    })),
  }
}
