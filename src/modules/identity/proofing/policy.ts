import { type Static, Type } from 'typebox'
import {
  type Complaint,
  type Definition,
  expects,
  oneOf,
  type Pack,
  PackDate,
  PackId,
  packText,
  reference,
} from '#pack'
import { texts } from '#platform'
import { type Algorithm, algorithms, foldName, readNumber } from './documents.rules.ts'

const Months = Type.Integer({ minimum: 1, maximum: 240 })

const DocumentKind = Type.Object({
  kind: PackId,
  name: packText(80),
  hint: packText(200, 'Where its number stands and what it looks like, with an example that nobody holds'),
  pattern: Type.String({
    maxLength: 100,
    ...expects({
      en: 'A regular expression over the number without spaces and brackets, as ^[A-Z][0-9]{7}$',
      'zh-Hant': '對應號碼（不含空格和括號）的正規表示式，例如 ^[A-Z][0-9]{7}$',
    }),
  }),
  checkDigit: oneOf(Object.keys(algorithms) as Algorithm[], 'The algorithm of its check digit'),
  brackets: Type.Optional(Type.Literal(true, { description: 'The check digit is printed in brackets' })),
})

/** What proves a person in this government, and for how long. */
export type Proofing = Static<typeof Proofing>
const Proofing = Type.Object({
  id: PackId,
  register: Type.Object(
    { organisation: reference('organisation'), name: packText(80) },
    { description: 'The population register, and the department that keeps it' },
  ),
  validity: Type.Object(
    { document: Months, counter: Months },
    { description: 'Months for which a document that was compared, and a visit to a counter, count' },
  ),
  warnDays: Type.Integer({ minimum: 1, maximum: 365, description: 'Days before the end at which the person is told' }),
  counterCodeHours: Type.Integer({
    minimum: 1,
    maximum: 720,
    description: 'Hours for which a code for a counter is good',
  }),
  counters: packText(300, 'Where the counters are, in a sentence'),
  documents: Type.Array(DocumentKind, { minItems: 1, maxItems: 10 }),
})

const Name = Type.Object({
  family: Type.String({ minLength: 1, maxLength: 80 }),
  given: Type.String({ minLength: 1, maxLength: 80 }),
})

/** A made-up entry of the register. */
export type Registered = Static<typeof Registered>
const Registered = Type.Object({
  number: Type.String({ minLength: 1, maxLength: 30, description: 'Without spaces and brackets' }),
  kind: PackId,
  born: PackDate,
  names: Type.Array(Name, { minItems: 1, maxItems: 4, description: 'In every script in which the document bears it' }),
  state: oneOf(['current', 'cancelled', 'deceased'] as const, 'What has become of the document or its holder'),
  person: Type.Optional(reference('person')),
})

export const proofing: Definition<typeof Proofing> = {
  kind: 'proofing',
  summary: 'How a person proves who they are, and for how long a proof counts.',
  file: 'identity.yaml',
  holds: 'one',
  identifier: 'id',
  shape: Proofing,
  *check(values) {
    for (const { documents } of values) {
      for (const [at, document] of documents.entries()) {
        if (documents.slice(0, at).some(({ kind }) => kind === document.kind))
          yield { at: document, key: 'kind', text: words.kindTwice, values: { kind: document.kind } }
        if (!compiles(document.pattern)) yield { at: document, key: 'pattern', text: words.pattern }
      }
    }
  },
}

export const register: Definition<typeof Registered> = {
  kind: 'registered-person',
  summary: 'A made-up population register for demonstrations and development.',
  file: 'register.yaml',
  holds: 'list',
  identifier: 'number',
  shape: Registered,
  *check(values, pack): Generator<Complaint> {
    const policy = policyOf(pack)
    for (const entry of values) {
      const document = policy?.documents.find(({ kind }) => kind === entry.kind)
      if (!document) {
        yield { at: entry, key: 'kind', text: words.kind, values: { kind: entry.kind } }
        continue
      }
      const read = readNumber(entry.number, document)
      if (!('number' in read) || read.number !== entry.number)
        yield { at: entry, key: 'number', text: words.number, values: { number: entry.number } }
      if (entry.names.some(({ family, given }) => foldName(family + given) === ''))
        yield { at: entry, key: 'names', text: words.name }
    }
  },
}

/** The policy of this pack; without one nobody can prove anything here. */
export const policyOf = (pack: Pack): Proofing | undefined => pack.list(proofing)[0]

const compiles = (pattern: string) => {
  try {
    new RegExp(pattern)
    return pattern.startsWith('^') && pattern.endsWith('$')
  } catch {
    return false
  }
}

const words = texts({
  kindTwice: {
    en: 'There are two documents “{kind}” here. Give one another name.',
    'zh-Hant': '這裏有兩種文件同名「{kind}」。其一須另取名稱。',
  },
  pattern: {
    en: 'This is no regular expression from ^ to $. Write one as ^[A-Z][0-9]{7}$.',
    'zh-Hant': '這不是由 ^ 至 $ 的正規表示式。寫法如 ^[A-Z][0-9]{7}$。',
  },
  kind: {
    en: 'identity.yaml has no document “{kind}”. Name one of those there.',
    'zh-Hant': 'identity.yaml 沒有「{kind}」這種文件。須為其中所列的一種。',
  },
  number: {
    en: '“{number}” does not fit the pattern or the check digit of its kind. Correct it.',
    'zh-Hant': '「{number}」不符合該類文件的格式或校驗碼。須更正。',
  },
  name: { en: 'A name has a letter at least. Write one.', 'zh-Hant': '姓名最少有一個字。須填寫。' },
})
