import { type Static, Type } from 'typebox'
import { AnswerName } from './form.ts'

/**
 * That a question of the form is answered by a session which officers keep, with a number of places: its options are not in the
 * definition, and whoever sends the application has a place in the one that they chose.
 */
export type Places = Static<typeof Places>
export const Places = Type.Object({
  question: {
    ...AnswerName,
    description: 'The question of the kind choice, without options, that asks for the session',
  },
  wait: Type.Optional(Type.Boolean({ description: 'Whether people may wait for a place where a session is full' })),
  offerDays: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 60,
      description: 'Where people may wait: days that a place which came free is kept for the one to whom it is offered',
    }),
  ),
})
