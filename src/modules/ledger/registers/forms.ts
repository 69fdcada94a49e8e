import type { FastifyRequest } from 'fastify'
import { type Installation, Problem, sayEverywhere, type Text, texts } from '#platform'
import { type Register, type RegisterStep, rulesOf } from './definitions.ts'
import { problem } from './problems.ts'
import { findRules, requireKnown } from './registers.ts'
import { openItem } from './sealed.ts'
import { noteOf, ruleNotes, titleOf } from './show.ts'
import { getItemOfParty, getProposal, partiesToPropose } from './steps.ts'
import type { AnswerData, Mistake, StepData } from './types.ts'
import { reasonMax, textMaxDefault, type ValueMistake } from './values.rules.ts'

const wrongs: Readonly<Record<ValueMistake['wrong'], Text>> = texts({
  missing: { en: 'Fill in “{field}”.', 'zh-Hant': '請填寫「{field}」。' },
  'too-long': {
    en: '“{field}” is too long, or holds a character that cannot be kept. At most {max} characters.',
    'zh-Hant': '「{field}」過長，或含有不能儲存的字元。上限為 {max} 字。',
  },
  'no-date': {
    en: '“{field}” is no day of the calendar. Write day, month and year, as 28 2 2031.',
    'zh-Hant': '「{field}」不是曆上的日子。請填寫年、月、日，例如 2031 2 28。',
  },
  'no-number': {
    en: '“{field}” is no number. Write digits, with a point where there are decimals.',
    'zh-Hant': '「{field}」不是數字。請填寫數字，小數以點分隔。',
  },
})
export const reasonTitle: Text = { en: 'Reason', 'zh-Hant': '原因' }

/** What is wrong with what was typed, in words, at the control to go to. */
export const mistakesOf = ({ fields }: Register, mistakes: readonly ValueMistake[]): Mistake[] =>
  mistakes.map(({ field, wrong }) => {
    const known = fields.find(({ id }) => id === field)
    const max = known ? (known.max ?? textMaxDefault) : reasonMax
    return { field: controlOf(field), text: sayEverywhere(wrongs[wrong], { field: known?.title ?? reasonTitle, max }) }
  })

/** The name and id of a field’s control; the reason has none of a register. */
export const controlOf = (field: string) => (field === 'reason' ? field : `field.${field}`)

/** A refusal that the form can bear: it comes again with what was typed. Any other is thrown on. */
export function mistakeOfRefusal(error: unknown, { fields }: Register, place: string): Mistake {
  if (!(error instanceof Problem) || error.status !== 409) throw error
  const values = (error.options.values ?? {}) as Record<string, Text | number>
  const field = fields.find(({ id }) => error.options.errors?.some(({ pointer }) => pointer === `#/${id}`))
  return { field: field ? controlOf(field.id) : place, text: sayEverywhere(error.title, values) }
}

export type Typed = Readonly<Record<string, string | undefined>>

/** What a form sent for the fields of a register: `field.<id>`, or a day in three parts. */
export const typedOf = ({ fields }: Pick<Register, 'fields'>, body: Typed): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ id, kind }) => {
      const whole = body[controlOf(id)]
      if (whole !== undefined) return [[id, whole]]
      const [year, month, day] = ['year', 'month', 'day'].map((part) => body[`${controlOf(id)}-${part}`]?.trim() ?? '')
      const isSent = body[`${controlOf(id)}-year`] !== undefined
      if (kind !== 'date' || !isSent) return []
      if (!(year || month || day)) return [[id, '']]
      return [[id, `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`]]
    }),
  )

type Means = Pick<Installation, 'sql' | 'pack' | 'vault' | 'now'>
type Given = { typed?: Typed; reason?: string; mistakes?: Mistake[]; token: string; party?: string | undefined }

/** The form of a step for whoever may propose it; refuses everybody else. Fields hold what was typed, or what stands now. */
export async function stepForm(
  installation: Means,
  request: FastifyRequest,
  at: { register: Register; number: string | undefined; step: string },
  { typed, reason = '', mistakes = [], token, party: wanted }: Given,
): Promise<StepData> {
  const { register, number } = at
  const open =
    number === undefined ? undefined : await getItemOfParty(installation, request, { register: register.id, number })
  const rules = open?.rules ?? (await findRules(installation.sql, register.id))
  if (!rules) throw problem('register-not-found')
  if (open) requireKnown(open.item)
  const step = register.steps.find(({ id }) => id === at.step)
  const parties = partiesToPropose(request, { register, rules, item: open?.item }, at.step)
  const party = parties.find(({ id }) => id === wanted) ?? parties[0]
  // Whoever sent a form sees it again though the item has changed since.
  const kept =
    party ?? (mistakes.length > 0 && wanted ? { id: wanted, title: titleOf(register.parties, wanted) } : undefined)
  if (!step || !kept) throw problem(open && step ? 'step-not-open' : 'not-a-party')
  const held = open ? openItem(installation, open.item) : {}
  const given = typed ?? held
  return {
    ...{ register: noteOf(installation, register), number: number ?? null },
    step: describe(register, step),
    ...{ party: kept, openDays: rulesOf(register).openDays, reason, token, mistakes },
    fields: (step.fields ?? []).map((id) => {
      const field = register.fields.find((each) => each.id === id)!
      return {
        ...{ id, title: field.title, hint: field.hint ?? null, kind: field.kind, max: field.max ?? textMaxDefault },
        ...{ required: field.required ?? false, public: field.public ?? false, value: given[id] ?? '' },
      }
    }),
  }
}

function describe(register: Register, step: RegisterStep): StepData['step'] {
  const { id, title, to, passes = false, harm = false, reason = false } = step
  const { approvals } = ruleNotes(register)[register.steps.indexOf(step)]!
  return { id, title, to: titleOf(register.states, to), passes, harm, reason, approvals }
}

/** The question before a proposal is answered, for whoever may answer it so; refuses everybody else. */
export async function answerForm(
  installation: Means,
  request: FastifyRequest,
  at: { register: string; number: string; proposal: string },
  { answer, reason = '', mistakes = [], token }: Given & { answer: AnswerData['answer'] },
): Promise<AnswerData> {
  const { register, proposal, item } = await getProposal(installation, request, at)
  const party = answer === 'approved' ? proposal.approve : proposal.refuse
  if (party === null)
    throw problem(
      proposal.late ? 'proposal-closed' : answer === 'approved' && proposal.refuse ? 'approved-before' : 'not-a-party',
    )
  return {
    ...{ register: noteOf(installation, register), number: item.number, proposal, answer, reason, token, mistakes },
    party: { id: party, title: titleOf(register.parties, party) },
  }
}
