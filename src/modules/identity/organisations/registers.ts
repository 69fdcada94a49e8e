import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, packText } from '#pack'
import { texts } from '#platform'

/** A register of a government that gives companies or associations their numbers. */
export type BusinessRegister = Static<typeof BusinessRegister>
const BusinessRegister = Type.Object({
  id: Type.Enum(['company', 'association'], { description: 'What it registers' }),
  name: packText(80, 'What people call its number'),
  pattern: Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'How a number looks: a regular expression for all of it',
  }),
  example: Type.String({ minLength: 1, maxLength: 40, description: 'A number that nobody has' }),
})

/** Of a company or association that somebody registered. */
export const CompanyId = Type.String({ pattern: '^company-[0-9a-f]{16}$', maxLength: 60 })

const sentences = texts({
  pattern: {
    en: '“{pattern}” is no regular expression. Write one as [0-9]+.',
    'zh-Hant': '「{pattern}」並非正規表示式。寫法如 [0-9]+。',
  },
  example: {
    en: 'The example does not fit the pattern. Mend one of the two.',
    'zh-Hant': '例子不符合格式，須更正其一。',
  },
})

function* check(values: readonly BusinessRegister[]): Generator<Complaint> {
  for (const each of values) {
    const fits = fit(each)
    if (!fits) yield { at: each, key: 'pattern', text: sentences.pattern, values: { pattern: each.pattern } }
    else if (!fits.test(each.example)) yield { at: each, key: 'example', text: sentences.example }
  }
}

function fit({ pattern }: BusinessRegister): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'v')
  } catch {
    return undefined
  }
}

/** Whether a number looks as the register writes it. */
export const isNumberOf = (register: BusinessRegister, number: string): boolean => fit(register)?.test(number) ?? false

export const businessRegisters: Definition<typeof BusinessRegister> = {
  kind: 'business-register',
  file: 'business-registers.yaml',
  summary: 'Registers that give companies and associations their numbers.',
  shape: BusinessRegister,
  holds: 'list',
  identifier: 'id',
  check,
}
