import { type Static, Type } from 'typebox'
import { type Definition, expects, oneOf, PackDate, PackId, packText, reference } from '#pack'
import { CaseDefinition } from './case.ts'
import { checkServices } from './check.rules.ts'
import { Form } from './form.ts'
import { Grant } from './grant.ts'
import { Matches } from './matches.ts'
import { Places } from './places.ts'
import { Rounds } from './rounds.ts'

const Channel = Type.Object({
  kind: oneOf(['online', 'counter', 'post', 'phone'], 'How it can be asked for'),
  text: Type.Optional(packText(300, 'Where, when, which number')),
})

/** A document, or whatever else a person should have at hand. */
const Evidence = Type.Object({ title: packText(160), text: Type.Optional(packText(400)) })

const WebAddress = Type.String({
  pattern: '^https://\\S+$',
  maxLength: 400,
  ...expects({
    en: 'A web address, as https://www.example.org/law',
    'zh-Hant': '網址，例如 https://www.example.org/law',
  }),
})

const Law = Type.Object({
  title: packText(200),
  url: Type.Optional(WebAddress),
})

/**
 * A service: what it is for whom, what is asked, and what then happens. One document from the catalogue to the last letter
 * (CPSV-AP 3.2, PublicService, for what the catalogue says).
 */
export type Service = Static<typeof Service>
export const Service = Type.Object({
  id: PackId,
  title: packText(100),
  summary: packText(200, 'One sentence, for lists and search'),
  about: packText(4000, 'What it is and who it is for; an empty line divides paragraphs'),
  organisation: reference('organisation'),
  audiences: Type.Array(reference('audience'), { minItems: 1, maxItems: 10, uniqueItems: true }),
  lifeEvents: Type.Array(reference('life-event'), { maxItems: 10, uniqueItems: true }),
  keywords: Type.Optional(Type.Array(packText(60, 'Other words by which people look for it'), { maxItems: 40 })),
  channels: Type.Array(Channel, { minItems: 1, maxItems: 6 }),
  takes: packText(200, 'How long it takes'),
  fee: Type.Object({
    cents: Type.Integer({
      minimum: 0,
      maximum: 100_000_000_00,
      description: 'In hundredths of the currency; 0 where it is free',
    }),
    text: Type.Optional(packText(300)),
  }),
  who: Type.Array(packText(300), { minItems: 1, maxItems: 20, description: 'Who may use it, one condition each' }),
  evidence: Type.Array(Evidence, { maxItems: 30 }),
  legalBasis: Type.Array(Law, { maxItems: 20 }),
  contact: packText(300),
  related: Type.Optional(Type.Array(reference('service'), { maxItems: 10, uniqueItems: true })),
  opens: Type.Optional(
    Type.Object(
      { from: Type.Optional(PackDate), until: Type.Optional(PackDate) },
      { description: 'The first day on which it takes applications, and the last' },
    ),
  ),
  confirmed: Type.Optional(
    Type.Array(
      Type.String({
        pattern: '^[0-9a-f]{8}$',
        ...expects({ en: 'Eight digits, as the check printed them', 'zh-Hant': '檢查所列出的八個字元' }),
      }),
      {
        maxItems: 500,
        uniqueItems: true,
        description: 'Texts of which one language changed since the last version and the other still says the same',
      },
    ),
  ),
  apply: Type.Optional(
    Type.Object({
      signIn: oneOf(['needed', 'possible', 'none'], 'Whether a person must be signed in, may be, or never is'),
      level: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 3, description: 'Of assurance, where signing in is needed' }),
      ),
      once: Type.Optional(Type.Boolean({ description: 'Whether one person may have only one that is open' })),
      form: Form,
      places: Type.Optional(Places),
      showsAttendance: Type.Optional(
        Type.Boolean({ description: 'Whether officers see which sessions of the department the person attended' }),
      ),
      case: CaseDefinition,
      rounds: Type.Optional(Rounds),
      grant: Type.Optional(Grant),
      matches: Type.Optional(Matches),
      keep: Type.Object({
        draftDays: Type.Integer({
          minimum: 7,
          maximum: 365,
          description: 'How long a draft waits after the last answer',
        }),
        endedMonths: Type.Integer({ minimum: 1, maximum: 1200, description: 'How long a case is kept after it ended' }),
      }),
    }),
  ),
})

export const services: Definition<typeof Service> = {
  kind: 'service',
  file: 'services/*.yaml',
  summary: 'One service: its page, its form, its case and its messages.',
  shape: Service,
  holds: 'one',
  identifier: 'id',
  check: checkServices,
}
