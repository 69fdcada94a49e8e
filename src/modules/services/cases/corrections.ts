import { type Text, texts } from '#platform'
import type { Mistake } from '../applying/read.rules.ts'
import { controlsOf } from '../applying/show.ts'
import { problem } from '../problems.ts'
import { isEntered } from '../rounds/entered.sql.ts'
import { same } from '../texts.rules.ts'
import { type Act, type Done, lockForOffice, record, requireClaimed, requireOpen, requireSeen } from './acting.ts'
import { correct, correctableOf, type TypedAnswers, tellChanges } from './corrections.rules.ts'
import type { CaseEvent } from './events.ts'
import { listedOf } from './listed.rules.ts'
import { tellBuiltIn } from './talk.ts'
import { append, readWhole } from './write.ts'

const words = texts({
  same: {
    en: 'This answer stands already. Change it, or go back to the case.',
    'zh-Hant': '答案與現時相同。請更改，或返回個案。',
  },
  reason: {
    en: 'Write why you correct it and how you know. The person reads it.',
    'zh-Hant': '請寫明更正的原因和依據，當事人會看到。',
  },
})

/** What must be put right first: what no answer can be, by its control, and that the reason is missing. It ends the transaction of the act. */
export class Uncorrected extends Error {
  readonly mistakes: readonly Mistake[]
  readonly reason: Text | undefined
  constructor(mistakes: readonly Mistake[], isWithoutReason: boolean) {
    super('The correction is not complete')
    this.mistakes = mistakes
    this.reason = isWithoutReason ? words.reason : undefined
  }
}

export type Correction = {
  /** The names of the questions. */
  questions: readonly string[]
  typed: TypedAnswers
  /** Why, and how the officer knows: the person reads it. */
  reason: string
  /** The number of the last event that the officer saw; what was seen as it stands now where it is left out. */
  seen?: number
}

/**
 * Corrects answers of an open case, by the officer who has it. What was sent stays as it was sent: the corrected answers stand beside it in
 * an event, with the reason, count from then on, and the person is told what was changed.
 * Throws `Uncorrected` for what no answer can be, and for an answer that stands already, and problems for what is not to be corrected.
 */
export async function correctAnswers(act: Act, reference: string, correction: Correction): Promise<Done> {
  const { sql, installation, at } = act
  const { questions, typed, reason, seen } = correction
  const now = await lockForOffice(act, reference)
  requireOpen(now)
  requireSeen(now, seen ?? now.number)
  requireClaimed(now, act.request.person!)
  if (await isEntered(sql, reference)) throw problem('case-is-judged')
  const { compiledAt, known, events } = await readWhole(sql, installation, now)
  const compiled = compiledAt(1)
  const asked = correctableOf(compiled, known).filter(({ id }) => questions.includes(id))
  if (asked.length < questions.length) throw problem('answer-not-corrected')
  const corrected = correct(compiled.form!, known, asked, typed)
  if (corrected === 'elsewhere') throw problem('correction-leads-elsewhere')
  if ('mistakes' in corrected) throw new Uncorrected(corrected.mistakes, reason === '')
  const { answers, changed } = corrected
  const unchanged =
    changed.length > 0 ? [] : asked.map((question) => ({ control: controlsOf(question)[0]!, text: words.same }))
  if (unchanged.length > 0 || reason === '') throw new Uncorrected(unchanged, reason === '')
  const sources = { ...known.sources, ...Object.fromEntries(changed.map((id) => [id, `officer:${act.by.id}`])) }
  const { version } = (events[0] as CaseEvent & { kind: 'begun' }).data
  await record(act, 'services.case-corrected', reference, { questions: changed.join(' ') })
  const done = await append(sql, installation, { before: now, reference, by: act.by, at }, [
    {
      kind: 'corrected',
      data: { questions: changed, listed: listedOf(compiled, version, answers) },
      sealed: { answers, sources, text: reason },
    },
  ])
  const { code: currency } = installation.pack.government.currency
  const more = {
    text: tellChanges(compiled, changed, { before: known.answers, after: answers, currency }),
    why: same(reason),
  }
  await tellBuiltIn(sql, installation, done, { builtIn: 'corrected', more, at })
  return { reference, number: done.number }
}
