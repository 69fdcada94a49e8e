import { type Static, Type } from 'typebox'
import { Text } from '#platform'

/** Working days within which a department answers a comment. */
export const answerDays = 10
/** Characters of a comment and of its answer. */
export const textMax = 2000
export const replyMax = 4000

/** How the answer reaches whoever wrote: in their inbox, by a number and a code, or not at all. */
const waysToAnswer = ['inbox', 'code', 'none'] as const
export type AnswerBy = (typeof waysToAnswer)[number]
export const AnswerBy = Type.Enum([...waysToAnswer])

/** Why a comment is closed without an answer. `noted` is for those who want none. */
export const reasons = ['noted', 'elsewhere', 'repeated', 'unclear', 'abuse'] as const
export type Reason = (typeof reasons)[number]
export const Reason = Type.Enum([...reasons])

export type State = 'waiting' | 'answered' | 'closed'
const State = Type.Enum(['waiting', 'answered', 'closed'])

const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Titled = Type.Object({ id: Type.String(), title: Text })
const Wrong = Type.Array(Type.Object({ field: Type.String(), text: Text }))
const token = Type.String({ format: 'uuid', maxLength: 36 })

// Longer than what is kept, so that a person who writes too much is told so with all that they typed.
const typed = Type.Optional(Type.String({ maxLength: 20_000 }))
export const CommentBody = Type.Object({ token, text: typed, answer: Type.Optional(AnswerBy) })

export type CommentData = Static<typeof CommentData>
export const CommentData = Type.Object({
  service: Titled,
  token: Type.String(),
  text: Type.String(),
  answer: nullable(AnswerBy),
  ways: Type.Array(AnswerBy),
  days: Type.Integer({ description: 'Working days within which it is answered' }),
  wrong: Wrong,
})

export type SentData = Static<typeof SentData>
export const SentData = Type.Object({
  service: Titled,
  number: Type.String(),
  code: nullable(Type.String({ description: 'With the number, what opens the answer' })),
  answer: AnswerBy,
  dueOn: Type.String(),
  address: Type.String({ description: 'Where number and code are asked for' }),
})

export const ReadBody = Type.Object({ number: Type.String({ maxLength: 60 }), code: Type.String({ maxLength: 60 }) })

export type ReadData = Static<typeof ReadData>
export const ReadData = Type.Object({
  number: Type.String(),
  comment: nullable(
    Type.Object({
      service: Titled,
      organisation: Text,
      text: Type.String(),
      state: State,
      reply: nullable(Type.String()),
      reason: nullable(Reason),
      sentOn: Type.String(),
      dueOn: Type.String(),
      settledOn: nullable(Type.String()),
    }),
  ),
  wrong: Wrong,
})

export const shows = ['waiting', 'mine', 'settled'] as const
export const OfficeQuery = Type.Object({ show: Type.Optional(Type.Enum([...shows])) })

export type OfficeListData = Static<typeof OfficeListData>
export const OfficeListData = Type.Object({
  show: Type.Enum([...shows]),
  today: Type.String(),
  comments: Type.Array(
    Type.Object({
      number: Type.String(),
      service: Titled,
      text: Type.String({ description: 'How it begins' }),
      answer: AnswerBy,
      state: State,
      dueOn: Type.String(),
      settledOn: nullable(Type.String()),
    }),
  ),
  more: Type.Boolean(),
})

export const AtComment = Type.Object({ number: Type.String({ maxLength: 20 }) })
export const ReplyBody = Type.Object({ text: typed })
export const CloseBody = Type.Object({ reason: Type.Optional(Reason) })

export type OfficeOneData = Static<typeof OfficeOneData>
export const OfficeOneData = Type.Object({
  number: Type.String(),
  service: Titled,
  text: Type.String(),
  answer: AnswerBy,
  state: State,
  sentOn: Type.String(),
  dueOn: Type.String(),
  settledOn: nullable(Type.String()),
  reply: nullable(Type.String()),
  reason: nullable(Reason),
  taken: Type.Enum(['nobody', 'me', 'other']),
  reasons: Type.Array(Reason),
  typed: Type.String(),
  wrong: Wrong,
})

/** How a service answers: of those who wanted an answer, within a year. */
export type Answering = Static<typeof Answering>
export const Answering = Type.Object({
  wanted: Type.Integer({ description: 'Comments whose answer is due or was given, or that were closed' }),
  inTime: Type.Integer({ description: 'Answered in time' }),
  answered: Type.Integer(),
  closed: Type.Integer({ description: 'Closed without an answer' }),
  waiting: Type.Integer({ description: 'Not answered yet, also those that are not due' }),
})

export type FiguresData = Static<typeof FiguresData>
export const FiguresData = Type.Object({
  days: Type.Integer(),
  since: Type.String({ description: 'The first day that counts' }),
  all: Answering,
  services: Type.Array(Type.Intersect([Titled, Answering])),
})
