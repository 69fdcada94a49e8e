import { type Static, Type } from 'typebox'
import { Text } from '#platform'
import { waits } from '../cases/events.ts'
import { AnswerName, Question } from '../definitions/form.ts'
import { FileNote } from '../files/types.ts'
import { ClockLeft, SentFile, StageNote } from '../types.ts'

const Word = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })
export const Uuid = Type.String({ format: 'uuid', maxLength: 36 })

export const AtService = Type.Object({ service: Word })
export const AtApplication = Type.Object({ id: Uuid })
export const AtPage = Type.Object({ id: Uuid, page: Word })
export const AtParty = Type.Object({ id: Uuid, party: Word })
export const AtThing = Type.Object({ id: Uuid, page: Word, thing: Uuid })
export const AtThingPage = Type.Object({ id: Uuid, page: Word, thing: Uuid, part: Word })

/** A form as it is sent: the controls of its page, whatever they are called. */
export const FormBody = Type.Record(
  Type.String({ maxLength: 80 }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 60 }), { maxItems: 300 })]),
  { maxProperties: 150 },
)

export const MistakeNote = Type.Object({ control: Type.String(), text: Text })
const maybe = <Shape extends Parameters<typeof Type.Array>[0]>(shape: Shape) => Type.Union([shape, Type.Null()])

/** What every page of an application says of it. */
export type ApplicationNote = Static<typeof ApplicationNote>
export const ApplicationNote = Type.Object({
  id: Uuid,
  service: Type.Object({ id: Word, title: Text }),
  path: Type.String(),
  /** Until when it is kept, if nothing more is typed. */
  keptUntil: Type.String({ format: 'date-time' }),
  /** Whether it is in somebody’s account, and not only in a browser. */
  inAccount: Type.Boolean(),
  /** Whether an editor only tries it out. */
  preview: Type.Boolean(),
})

/** A question with what was typed for it: a day has three parts, and `choices` several. */
export type Asked = Static<typeof Asked>
export const Asked = Type.Object({
  question: Question,
  typed: Type.Array(Type.String()),
  files: Type.Array(SentFile),
  /** Where the answer comes from, where nobody typed it. */
  source: maybe(Text),
})

export type QuestionData = Static<typeof QuestionData>
export const QuestionData = Type.Object({
  application: ApplicationNote,
  title: maybe(Text),
  caption: maybe(Text),
  text: maybe(Text),
  asked: Type.Array(Asked),
  /** How far the files are that were sent for its question, also those that were refused. */
  files: Type.Array(FileNote),
  mistakes: Type.Array(MistakeNote),
  /** Where the form is sent, and where one goes back to. */
  action: Type.String(),
  back: Type.String(),
  /** Whether the person came from the answers to check, and returns there. */
  returns: Type.Boolean(),
  /** The code of the currency in which money is typed. */
  currency: Type.String(),
})

/** An answer as it is shown to be checked. */
export type AnswerRow = Static<typeof AnswerRow>
export const AnswerRow = Type.Object({
  ...{ name: AnswerName, title: Text, text: maybe(Text), source: maybe(Text) },
  /** What was sent, where a question asks for files. */
  files: Type.Optional(Type.Array(SentFile)),
})

export type ListData = Static<typeof ListData>
export const ListData = Type.Object({
  application: ApplicationNote,
  ...{ title: Text, caption: maybe(Text), text: maybe(Text), item: Text },
  things: Type.Array(
    Type.Object({
      id: Uuid,
      rows: Type.Array(AnswerRow),
      isComplete: Type.Boolean(),
      change: Type.String(),
      remove: Type.String(),
    }),
  ),
  ...{ min: Type.Integer(), max: Type.Integer(), returns: Type.Boolean() },
  mistakes: Type.Array(MistakeNote),
  ...{ action: Type.String(), back: Type.String() },
  /** Becomes the identifier of the next thing, so that a button that is pressed twice adds one. */
  token: Uuid,
})

export type RemoveData = Static<typeof RemoveData>
export const RemoveData = Type.Object({
  application: ApplicationNote,
  ...{ list: Text, item: Text, number: Type.Integer(), rows: Type.Array(AnswerRow) },
  ...{ action: Type.String(), back: Type.String() },
})

export type TasksData = Static<typeof TasksData>
export const TasksData = Type.Object({
  application: ApplicationNote,
  sections: Type.Array(
    Type.Object({
      title: Text,
      pages: Type.Array(
        Type.Object({ title: Text, path: maybe(Type.String()), state: Type.Enum(['done', 'wrong', 'todo', 'later']) }),
      ),
    }),
  ),
  check: maybe(Type.String()),
})

export type CheckData = Static<typeof CheckData>
export const CheckData = Type.Object({
  application: ApplicationNote,
  sections: Type.Array(
    Type.Object({
      title: maybe(Text),
      rows: Type.Array(Type.Object({ ...AnswerRow.properties, change: maybe(Type.String()) })),
    }),
  ),
  declaration: Text,
  /** What exactly is sent: another one means that the answers have changed since. */
  digest: Type.String(),
  back: Type.String(),
  mistakes: Type.Array(MistakeNote),
})

export type ExitData = Static<typeof ExitData>
export const ExitData = Type.Object({
  application: ApplicationNote,
  ...{ title: Text, text: Text, back: Type.String() },
  instead: Type.Array(Type.Object({ title: Text, summary: Text, path: Type.String() })),
})

export type LaterData = Static<typeof LaterData>
export const LaterData = Type.Object({ application: ApplicationNote })

export type SentData = Static<typeof SentData>
export const SentData = Type.Object({
  service: Type.Object({ id: Word, title: Text }),
  ...{ reference: Type.String(), sentAt: Type.String({ format: 'date-time' }) },
  ...{ takes: Text, next: Text, contact: Text, inAccount: Type.Boolean(), casePath: Type.String() },
  sections: CheckData.properties.sections,
})

export type BeginData = Static<typeof BeginData>
export const BeginData = Type.Object({
  service: Type.Object({ id: Word, title: Text, summary: Text }),
  signIn: Type.Enum(['needed', 'possible', 'none']),
  token: Uuid,
  draftDays: Type.Integer(),
  drafts: Type.Array(Type.Object({ path: Type.String(), begunAt: Type.String(), changedAt: Type.String() })),
})

export type PartsData = Static<typeof PartsData>
export const PartsData = Type.Object({
  application: ApplicationNote,
  parts: Type.Array(
    Type.Object({
      ...{ party: Word, title: Text, text: maybe(Text), pages: Type.Array(Text) },
      state: Type.Enum(['open', 'asked', 'begun', 'signed', 'changed']),
    }),
  ),
  onward: maybe(Type.String()),
  /** Whether the applicant has answered everything of their own. */
  isOpen: Type.Boolean(),
})

export type HandData = Static<typeof HandData>
export const HandData = Type.Object({
  application: ApplicationNote,
  ...{ title: Text, text: maybe(Text), code: Type.String(), address: Type.String(), back: Type.String() },
})

export type TakeData = Static<typeof TakeData>
export const TakeData = Type.Object({ mistakes: Type.Array(MistakeNote), typed: Type.String() })

export type SignData = Static<typeof SignData>
export const SignData = Type.Object({
  application: ApplicationNote,
  title: Text,
  sections: CheckData.properties.sections,
  ...{ declaration: Text, digest: Type.String(), back: Type.String(), mistakes: Type.Array(MistakeNote) },
})

export type PartData = Static<typeof PartData>
export const PartData = Type.Object({
  application: ApplicationNote,
  ...{ title: Text, text: maybe(Text) },
  state: PartsData.properties.parts.items.properties.state,
  pages: TasksData.properties.sections.items.properties.pages,
  sign: maybe(Type.String()),
  /** What the applicant wrote, as far as it is answered. */
  sections: CheckData.properties.sections,
})

export type ReturnData = Static<typeof ReturnData>
export const ReturnData = Type.Object({ number: Type.String(), mistakes: Type.Array(MistakeNote) })

export type ReturnCodeData = Static<typeof ReturnCodeData>
export const ReturnCodeData = Type.Object({
  ...{ service: ApplicationNote.properties.service, number: Type.String(), code: Type.String() },
  ...{ address: Type.String(), back: Type.String() },
})

export type MineData = Static<typeof MineData>
export const MineData = Type.Object({
  applications: Type.Array(
    Type.Object({
      ...{ id: Uuid, title: Text, path: Type.String(), state: Type.Enum(['draft', 'sent']) },
      ...{ reference: maybe(Type.String()), changedAt: Type.String(), sentAt: maybe(Type.String()) },
      expiresAt: maybe(Type.String()),
      /** Where it stands after it was sent, and the reviews of it; the newest first. */
      cases: Type.Array(
        Type.Object({
          ...{ reference: Type.String(), path: Type.String(), state: Text, next: Text, dueOn: maybe(Type.String()) },
          ...{
            wait: Type.Enum([...waits]),
            hasEnded: Type.Boolean(),
            openedAt: Type.String(),
            overdue: Type.Boolean(),
          },
          ...{ replyUntilOn: maybe(Type.String()), left: maybe(ClockLeft) },
          /** Of one that has not ended. */
          stages: Type.Array(StageNote),
          /** Of which decision it is a review. */
          reviewOf: maybe(Type.String()),
        }),
      ),
    }),
  ),
})
