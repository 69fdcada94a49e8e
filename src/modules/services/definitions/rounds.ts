import { type Static, Type } from 'typebox'
import { expects, oneOf, PackId, packText } from '#pack'
import { AnswerName } from './form.ts'

const Criterion = Type.Object({
  id: PackId,
  title: packText(80),
  text: Type.Optional(packText(600, 'What a judge looks at')),
  weight: Type.Integer({ minimum: 1, maximum: 100, description: 'In percent; those of a round add up to 100' }),
})

/** As many questions are answered for each stream apart, and for as many streams, so that their form stays one that people fill in. */
const perStreamMax = 10
export const streamsApartMax = 40

/** One round of a competition: who is judged by what, and how many go on. */
export type Round = Static<typeof Round>
export const Round = Type.Object({
  id: PackId,
  title: packText(80),
  from: Type.Optional({
    ...PackId,
    description: 'The state of the cases that it judges; those from which its step leads where none is named',
  }),
  criteria: Type.Array(Criterion, { minItems: 1, maxItems: 20 }),
  scale: Type.Object({
    min: Type.Integer({ minimum: 0, maximum: 100 }),
    max: Type.Integer({ minimum: 1, maximum: 100 }),
  }),
  judges: Type.Integer({ minimum: 1, maximum: 20, description: 'How many look at each entry' }),
  hidden: Type.Optional(
    Type.Array(AnswerName, {
      ...{ minItems: 1, maxItems: 100, uniqueItems: true },
      description: 'Questions and lists of the form that judges do not see',
    }),
  ),
  goesOn: Type.Integer({ minimum: 1, maximum: 1000, description: 'How many of each stream go on, or win, at most' }),
  ties: oneOf(['chair', 'all'], 'Where a tie lies on the line: the chair chooses with a reason, or all go on'),
  normalise: oneOf(['none', 'z-score'], 'Whether the marks of each judge are brought to one mean and one spread'),
  promotes: Type.Optional({
    ...PackId,
    description:
      'The step of the case that is taken for those who go on; whoever confirms the result answers what it asks, once for all',
  }),
  ends: Type.Optional({
    ...PackId,
    description: 'The step of the case that is taken for all others, with what it asks likewise',
  }),
  perStream: Type.Optional(
    Type.Array(AnswerName, {
      ...{ minItems: 1, maxItems: perStreamMax, uniqueItems: true },
      description:
        'Questions of these steps that are answered for each stream apart, as the day of its final; all others once for all',
    }),
  ),
})

/** A competition: streams that are judged apart, and rounds in their order. */
export type Rounds = Static<typeof Rounds>
export const Rounds = Type.Object({
  edition: Type.Integer({ minimum: 2000, maximum: 2199, description: 'The year' }),
  streams: Type.Optional({ ...AnswerName, description: 'The question, a choice, whose options are the streams' }),
  named: Type.Optional({
    ...AnswerName,
    description: 'The question whose answer names an entry among the public results; otherwise its reference does',
  }),
  rounds: Type.Array(Round, { minItems: 1, maxItems: 8 }),
  resultsAt: Type.String({
    format: 'date-time',
    ...expects({
      en: 'The instant before which no result is public, as 2027-06-30T10:00:00+08:00',
      'zh-Hant': '結果公布的時間，此前不公開，例如 2027-06-30T10:00:00+08:00',
    }),
  }),
})
