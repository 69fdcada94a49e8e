import { type Text, texts } from '#platform'
import type { ProvenField } from '../proofing/claims.ts'
import { type BirthParts, readBirthDate } from '../proofing/documents.rules.ts'

export const fieldKinds = ['text', 'date', 'email', 'phone', 'address', 'choice'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** One thing that a profile can say. `name` is its claim. */
export type Field = {
  name: string
  label: Text
  kind: FieldKind
  /** The scope that stands for it (OpenID Connect Core 1.0, §5.4). */
  scope?: 'profile' | 'email' | 'phone' | 'address'
  /** What of a document verifies it. */
  proven?: ProvenField['field']
  /** Whether the person may write it themselves. */
  declared: boolean
  options?: readonly { value: string; name: Text }[]
  autocomplete?: string
}

const labels = texts({
  name: { en: 'Name by which you are addressed', 'zh-Hant': '稱呼' },
  family: { en: 'Family name', 'zh-Hant': '姓' },
  given: { en: 'Given names', 'zh-Hant': '名' },
  born: { en: 'Date of birth', 'zh-Hant': '出生日期' },
  kind: { en: 'Kind of identity document', 'zh-Hant': '身份證明文件類別' },
  number: { en: 'Number of the identity document', 'zh-Hant': '身份證明文件號碼' },
  email: { en: 'Email address', 'zh-Hant': '電郵地址' },
  phone: { en: 'Telephone number', 'zh-Hant': '電話號碼' },
  address: { en: 'Address', 'zh-Hant': '地址' },
})

/** The claims of OpenID Connect Core 1.0, §5.1 that Praya keeps, and the two of an identity document. */
export const standardFields: readonly Field[] = [
  { name: 'name', label: labels.name, kind: 'text', scope: 'profile', declared: false },
  {
    name: 'family_name',
    label: labels.family,
    kind: 'text',
    scope: 'profile',
    proven: 'family-name',
    declared: true,
    autocomplete: 'family-name',
  },
  {
    name: 'given_name',
    label: labels.given,
    kind: 'text',
    scope: 'profile',
    proven: 'given-name',
    declared: true,
    autocomplete: 'given-name',
  },
  { name: 'birthdate', label: labels.born, kind: 'date', scope: 'profile', proven: 'birth-date', declared: true },
  { name: 'document_kind', label: labels.kind, kind: 'text', proven: 'document-kind', declared: false },
  { name: 'document_number', label: labels.number, kind: 'text', proven: 'document-number', declared: false },
  { name: 'email', label: labels.email, kind: 'email', scope: 'email', declared: true, autocomplete: 'email' },
  { name: 'phone_number', label: labels.phone, kind: 'phone', scope: 'phone', declared: true, autocomplete: 'tel' },
  {
    name: 'address',
    label: labels.address,
    kind: 'address',
    scope: 'address',
    declared: true,
    autocomplete: 'street-address',
  },
]

/** Longest values, in characters: of an address as RFC 5321, §4.5.3 has it for mail, of a number by E.164. */
export const lengthMax: Readonly<Record<FieldKind, number>> = {
  text: 120,
  date: 10,
  email: 254,
  phone: 16,
  address: 300,
  choice: 60,
}
const addressLinesMax = 8

export const fieldMistakes = ['missing', 'long', 'birth', 'date', 'email', 'phone', 'lines', 'choice'] as const
export type FieldMistake = (typeof fieldMistakes)[number]
type Typed = { text?: string | undefined; date?: BirthParts }

/** As the inbox takes it: one mailbox in plain ASCII. */
const mailbox = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/

type Rules = { today: string; callingCode?: string | undefined }

/** The value as it is kept, from how a person typed it; or what is wrong with it. */
export function readField(field: Field, typed: Typed, rules: Rules): { value: string } | { mistake: FieldMistake } {
  if (field.kind === 'date') return readDate(field, typed.date ?? {}, rules.today)
  const lines = (typed.text ?? '')
    .normalize('NFC')
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim())
    .filter(Boolean)
  const value = lines.join(field.kind === 'address' ? '\n' : ' ')
  if (!/[\p{L}\p{N}]/u.test(value)) return { mistake: 'missing' }
  if (field.kind === 'phone') return readPhone(value, rules.callingCode)
  if (field.kind === 'choice')
    return field.options?.some((each) => each.value === value) ? { value } : { mistake: 'choice' }
  if (value.length > lengthMax[field.kind]) return { mistake: 'long' }
  if (field.kind === 'email' && !mailbox.test(value)) return { mistake: 'email' }
  if (lines.length > addressLinesMax) return { mistake: 'lines' }
  return { value }
}

function readDate(field: Field, parts: BirthParts, today: string): { value: string } | { mistake: FieldMistake } {
  if (!parts.year && !parts.month && !parts.day) return { mistake: 'missing' }
  if (field.name === 'birthdate') {
    const value = readBirthDate(parts, today)
    return value ? { value } : { mistake: 'birth' }
  }
  // Days that are to come are no birth dates; seen from far enough ahead, the same reader takes them.
  const value = readBirthDate(parts, `${Number(today.slice(0, 4)) + 100}-12-31`) ?? readBirthDate(parts, today)
  return value ? { value } : { mistake: 'date' }
}

/** As E.164 writes it, which OpenID Connect Core 1.0, §5.1 recommends. */
function readPhone(typed: string, callingCode: string | undefined): { value: string } | { mistake: FieldMistake } {
  const plain = typed.normalize('NFKC').replace(/[\s().\p{Pd}]/gu, '')
  const whole = plain.startsWith('+') || !callingCode ? plain : `+${callingCode}${plain}`
  return /^\+[1-9][0-9]{6,14}$/.test(whole) ? { value: whole } : { mistake: 'phone' }
}
