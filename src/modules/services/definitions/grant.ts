import { type Static, Type } from 'typebox'
import { expects, oneOf, PackId, packText } from '#pack'
import { AnswerName, Question } from './form.ts'

const Cents = (description: string) => Type.Integer({ minimum: 1, maximum: 1_000_000_000_000_00, description })

const Report = Type.Object({
  days: Type.Integer({ minimum: 1, maximum: 3660, description: 'Calendar days after the agreement was made' }),
  questions: Type.Array(Question, { minItems: 1, maxItems: 10 }),
})

/** When an instalment may be paid: what must have come and been accepted. */
export const conditions = ['acceptance', 'interim', 'final'] as const

/** Money that a decision of this service grants: what it may be spent on, in which parts it is paid, and what is told of it. */
export type Grant = Static<typeof Grant>
export const Grant = Type.Object({
  step: { ...PackId, description: 'The step of the case that grants it' },
  amount: { ...AnswerName, description: 'The question of that step by which an officer says how much' },
  lines: Type.Object(
    { list: AnswerName, title: AnswerName, amount: AnswerName, category: Type.Optional(AnswerName) },
    {
      description:
        'The list of the form that is its budget, and the questions that say what, how much and of which kind',
    },
  ),
  categories: Type.Optional(
    Type.Array(Type.Object({ id: PackId, mostCents: Cents('Ceiling of this kind in one grant') }), {
      minItems: 1,
      maxItems: 20,
    }),
  ),
  yearFrom: Type.Optional(
    Type.String({
      pattern: '^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$',
      maxLength: 5,
      ...expects({
        en: 'Month and day, up to the 28th, on which a financial year begins, as 04-01: ceilings of kinds then hold for all grants of a recipient in it, not for each',
        'zh-Hant': '財政年度開始的月和日（最遲 28 日），例如 04-01；各類開支上限其後按受資助者全年合計，而非逐宗計算',
      }),
      description:
        'Day on which a financial year begins: the ceilings of kinds then hold for all grants of a recipient in it, not for each',
    }),
  ),
  recipient: Type.Object({
    question: {
      ...AnswerName,
      description: 'By whose answer the same recipient is known again, as the code of a school',
    },
    called: Type.Optional({
      ...AnswerName,
      description: 'The question whose answer names the recipient, where `question` asks for a code',
    }),
    mostCents: Cents('Ceiling of one recipient over the whole programme'),
  }),
  sumCents: Cents('The approved sum of the whole programme'),
  paidFrom: Type.Optional(
    Type.Object({
      initiative: Type.String({
        pattern: '^[0-9]{4}-[0-9]{2}/[1-9][0-9]{0,2}/[a-z0-9-]{1,60}$',
        maxLength: 80,
        ...expects({
          en: 'An initiative of the Estimates, as 2023-24/47/school-it',
          'zh-Hant': '預算文件的計劃項目，例如 2023-24/47/school-it',
        }),
      }),
      item: Type.Optional(
        Type.String({
          pattern: '^[0-9]{3}$',
          ...expects({ en: "The item of its commitment, as '894'", 'zh-Hant': "承擔額項目，例如 '894'" }),
        }),
      ),
    }),
  ),
  instalments: Type.Array(
    Type.Object({
      id: PackId,
      title: packText(80),
      percent: Type.Integer({ minimum: 1, maximum: 100, description: 'Of what was granted; together 100' }),
      on: oneOf(conditions, 'What must have been accepted: the agreement, or a report'),
    }),
    { minItems: 1, maxItems: 6 },
  ),
  freePercent: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: 'How much of a line may go to others without asking',
  }),
  reports: Type.Object({ interim: Type.Optional(Report), final: Report }),
})
