import type { Complaint } from '#pack'
import { type Text, texts } from '#platform'
import type { Question } from '../form.ts'
import type { Service } from '../service.ts'
import type { Source } from '../sources.ts'

const sentences = texts({
  accountField: {
    en: 'An account gives {fields} to a question of this kind, and not “{field}”. Use one of them.',
    'zh-Hant': '帳戶可為這類問題提供 {fields}，不包括「{field}」。請用其中一個。',
  },
  accountNothing: {
    en: 'An account gives nothing to a question of this kind. Take the prefill out.',
    'zh-Hant': '帳戶沒有資料可填入這類問題，請刪去 prefill。',
  },
  accountWithKey: {
    en: '“{field}” belongs to registers. Take it out where the answer comes from the account.',
    'zh-Hant': '「{field}」只適用於登記冊。答案來自帳戶時請刪去。',
  },
  accountNobody: {
    en: 'Nobody signs in to this service, so that there is no account to fill in from. Take the prefill out.',
    'zh-Hant': '這項服務不用登入，沒有帳戶可供填入。請刪去 prefill。',
  },
  needed: {
    en: 'To fill in from a register, “{field}” is needed. Write it.',
    'zh-Hant': '由登記冊填入須有「{field}」，請補上。',
  },
  field: {
    en: 'The register “{register}” has no field “{field}”. It has: {fields}.',
    'zh-Hant': '登記冊「{register}」沒有欄位「{field}」。可用的欄位：{fields}。',
  },
  by: {
    en: '“{by}” is no text that a page before asks for. Name the question whose answer is the key.',
    'zh-Hant': '「{by}」不是前面各頁所問的文字問題。請指明以哪條問題的答案作鍵。',
  },
  unknown: {
    en: 'There is no register “{register}”. Write it in sources/, or correct it here.',
    'zh-Hant': '沒有登記冊「{register}」。請在 sources/ 加入，或在此更正。',
  },
})

/** What the account of a person knows, by the kinds of questions that it answers. */
const accountFields: { readonly [kind in Question['kind']]?: readonly string[] } = {
  text: ['name', 'email', 'phone'],
  email: ['email'],
  phone: ['phone'],
}

/** That what is filled in comes from where it is, by a key that is known then. `sources` is absent where they are not known. */
export function* checkPrefill(
  { apply }: Service,
  sources: ReadonlyMap<string, Source> | undefined,
): Generator<Complaint> {
  if (!apply) return
  const keys = new Set<string>()
  for (const { questions = [], repeat } of apply.form.pages) {
    for (const question of [...questions, ...(repeat?.pages.flatMap(({ questions }) => questions) ?? [])])
      if (question.prefill?.from === 'account') yield* checkAccount(question, apply.signIn)
      else if (question.prefill) yield* checkRegister(question.prefill, keys, sources)
    for (const { id, kind } of questions) if (kind === 'text' || kind === 'choice') keys.add(id)
  }
}

type Prefill = NonNullable<Question['prefill']>

function* checkAccount({ kind, prefill }: Question, signIn: string): Generator<Complaint> {
  const at = prefill!
  const { field } = at
  const fields = accountFields[kind]
  if (!fields) yield { at, text: sentences.accountNothing }
  else if (!fields.includes(field))
    yield { at, key: 'field', text: sentences.accountField, values: { field, fields: fields.join(', ') } }
  for (const each of ['register', 'by'] as const)
    if (at[each] !== undefined) yield { at, key: each, text: sentences.accountWithKey, values: { field: each } }
  if (signIn === 'none') yield { at, key: 'from', text: sentences.accountNobody }
}

function* checkRegister(
  prefill: Prefill,
  keys: ReadonlySet<string>,
  sources: ReadonlyMap<string, Source> | undefined,
): Generator<Complaint> {
  const { register, field, by } = prefill
  const complain = (key: string, text: Text, values: Record<string, string>): Complaint => ({
    ...{ at: prefill, key, text, values },
  })
  if (by === undefined) yield complain('from', sentences.needed, { field: 'by' })
  else if (!keys.has(by)) yield complain('by', sentences.by, { by })
  if (register === undefined) {
    yield complain('from', sentences.needed, { field: 'register' })
    return
  }
  if (!sources) return
  const source = sources.get(register)
  if (!source) yield complain('register', sentences.unknown, { register })
  else if (!source.fields.some(({ id }) => id === field)) {
    const fields = source.fields.map(({ id }) => id).join(', ')
    yield complain('field', sentences.field, { register, field, fields })
  }
}
