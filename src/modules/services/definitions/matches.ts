import { type Static, Type } from 'typebox'
import { reference } from '#pack'
import { AnswerName } from './form.ts'

const Pair = Type.Object({
  mine: { ...AnswerName, description: 'A question of this form, of the kind choice or choices' },
  theirs: { ...AnswerName, description: 'A question of the other form with the same options' },
  weight: Type.Integer({ minimum: 1, maximum: 100, description: 'How much it counts beside the others' }),
})

/** Cases of another service that fit those of this one: needs and what answers them. */
export type Matches = Static<typeof Matches>
export const Matches = Type.Object({
  service: reference('service'),
  by: Type.Array(Pair, { minItems: 1, maxItems: 10 }),
  names: Type.Optional({
    ...AnswerName,
    description: 'A question of this form that names the reference of the other case',
  }),
  named: Type.Optional({
    ...AnswerName,
    description: 'A question of the other form that names the reference of this case',
  }),
})
