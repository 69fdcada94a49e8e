import { type Static, Type } from 'typebox'
import { expects, oneOf, PackId, packText, reference } from '#pack'
import { AnswerName, Expression, Question } from './form.ts'

/** Days by which something must have happened. Working days are those of the calendar of the pack. */
const Clock = Type.Object({
  days: Type.Integer({ minimum: 1, maximum: 1000 }),
  count: oneOf(['working', 'calendar'], 'Which days count'),
})

const Role = Type.Object({
  id: PackId,
  title: packText(80),
  permission: oneOf(['services:work-case', 'services:decide-case'], 'What an officer must hold to act in it'),
  organisation: Type.Optional(reference('organisation')),
})

const State = Type.Object({
  id: PackId,
  title: packText(60, 'As the person reads it: Being looked at'),
  next: packText(400, 'What happens next, said to the person'),
  ends: Type.Optional(
    oneOf(['granted', 'refused', 'withdrawn', 'done'], 'For a state in which nothing more is done: how it ended'),
  ),
  clock: Type.Optional(Clock),
})

const Step = Type.Object({
  id: PackId,
  title: packText(60, 'What a button says: Grant'),
  done: packText(80, 'What the history says: Granted'),
  from: Type.Array(PackId, { minItems: 1, maxItems: 20, uniqueItems: true }),
  to: PackId,
  by: Type.Array(PackId, { minItems: 1, maxItems: 10, uniqueItems: true, description: 'Which roles take it' }),
  when: Type.Optional(Expression('On which answers, values and notes of officers it may be taken')),
  asks: Type.Optional(Type.Array(Question, { maxItems: 20, description: 'What the officer writes' })),
  decides: Type.Optional(oneOf(['granted', 'refused'], 'For a decision: what it is')),
  reasons: Type.Optional(Type.Array(PackId, { minItems: 1, maxItems: 50, uniqueItems: true })),
  fourEyes: Type.Optional(Type.Boolean({ description: 'Whether another officer must approve it' })),
  message: Type.Optional(PackId),
  outputs: Type.Optional(Type.Array(PackId, { maxItems: 10, uniqueItems: true })),
})

const Reason = Type.Object({ id: PackId, text: packText(500, 'As the person reads it in the decision') })

/** `{name}` is a place: an answer, a value, or one of reference, title, state, reason, days, organisation. */
const Message = Type.Object({
  id: PackId,
  subject: packText(100),
  text: packText(4000),
  sms: Type.Optional(packText(300, 'For a phone, where it is told there too')),
})

/** What stands in a field of an item: a text with places as in messages, in one language, or what an expression gives. */
const RecordField = Type.Object({
  id: { ...PackId, description: 'The field of the register' },
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description: 'With places as in messages' })),
  language: Type.Optional(oneOf(['en', 'zh-Hant'], 'In which language the places of the text are filled')),
  value: Type.Optional(Expression('Instead of a text: what gives a text, a number or a day')),
})

/** What a case leaves behind. A kind that no module of this installation makes is refused. */
const Output = Type.Object({
  id: PackId,
  kind: oneOf(['letter', 'entry', 'credential', 'record'], 'What is made'),
  title: packText(120),
  text: Type.Optional(packText(8000, 'letter, entry: what it says, with places as in messages')),
  log: Type.Optional({ ...reference('log'), description: 'entry: the log in which a commitment to the text stands' }),
  register: Type.Optional({ ...reference('register'), description: 'record: the register in which an item begins' }),
  step: Type.Optional({ ...PackId, description: 'record: the step of the register by which it begins' }),
  party: Type.Optional({ ...PackId, description: 'record: the party of the register that the department is' }),
  fields: Type.Optional(Type.Array(RecordField, { maxItems: 30, description: 'record: what stands in it' })),
  pass: Type.Optional({
    ...PackId,
    description:
      'record: the step of the register by which it is offered to the applicant, who holds it once they take it',
  }),
  undo: Type.Optional({
    ...PackId,
    description:
      'record: the step of the register that is taken where the case is decided otherwise later, or joined with another',
  }),
  giveUp: Type.Optional({
    ...PackId,
    description:
      'record: the step of the register that is taken where its person withdraws the case; “undo” without one',
  }),
  reinstate: Type.Optional({
    ...PackId,
    description:
      'record: the step of the register by which what “undo” ended comes back where the decision counts again',
  }),
})

const Table = Type.Object({
  id: AnswerName,
  title: packText(120),
  hit: oneOf(['unique', 'first', 'collect'], 'How many rows may match (DMN 1.5, §8.2)'),
  inputs: Type.Array(Expression('What is looked at'), { minItems: 1, maxItems: 15 }),
  outputs: Type.Array(
    Type.Object({
      id: AnswerName,
      title: Type.Optional(packText(80, 'As officers and people read it; the name otherwise')),
      kind: oneOf(['text', 'number', 'money', 'date', 'yes-no'], 'What it gives'),
    }),
    { maxItems: 5 },
  ),
  rows: Type.Array(
    Type.Object({
      when: Type.Array(Expression('What the input must be; - for anything'), { maxItems: 15 }),
      gives: Type.Optional(Type.Record(AnswerName, Expression('What it then gives'))),
      reason: Type.Optional(PackId),
    }),
    { minItems: 1, maxItems: 500 },
  ),
})

export type CaseDefinition = Static<typeof CaseDefinition>
export const CaseDefinition = Type.Object({
  prefix: Type.String({
    pattern: '^[A-Z]{2,4}$',
    maxLength: 4,
    ...expects({ en: 'Two to four capital letters, as EG', 'zh-Hant': '兩至四個大寫字母，例如 EG' }),
  }),
  begins: PackId,
  roles: Type.Array(Role, { minItems: 1, maxItems: 10 }),
  states: Type.Array(State, { minItems: 2, maxItems: 30 }),
  steps: Type.Array(Step, { minItems: 1, maxItems: 60 }),
  rules: Type.Optional(Type.Array(Table, { minItems: 1, maxItems: 20 })),
  reasons: Type.Optional(Type.Array(Reason, { minItems: 1, maxItems: 100 })),
  messages: Type.Array(Message, { minItems: 1, maxItems: 60 }),
  received: { ...PackId, description: 'The message that says that it has come' },
  outputs: Type.Optional(Type.Array(Output, { minItems: 1, maxItems: 20 })),
  replyDays: Type.Integer({
    minimum: 1,
    maximum: 365,
    description: 'Days that a person has to answer a question of an officer',
  }),
  appealDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 365, description: 'Days to ask for a review of a decision' }),
  ),
})
