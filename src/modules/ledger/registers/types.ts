import { type Static, Type } from 'typebox'
import { DrawnCode } from '#identity'
import { Text } from '#platform'
import { orNull } from '../types.ts'
import { itemPattern } from './step-entry.rules.ts'
import { reasonMax } from './values.rules.ts'

export const RegisterId = Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' })
export const ItemNumber = Type.String({ maxLength: 20, pattern: itemPattern })
export const AtRegister = Type.Object({ register: RegisterId })
export const AtItem = Type.Object({ register: RegisterId, number: ItemNumber })
export const Word = Type.String({ maxLength: 60 })
export const Token = Type.String({ format: 'uuid', maxLength: 36, description: 'Once for each form' })
export const Reason = Type.Optional(Type.String({ maxLength: 4 * reasonMax }))

/** What came of a step for a program: the entry’s leaf, and whether a step took effect by it. */
export const Answer = Type.Object({ number: Type.String(), leaf: Type.String(), tookEffect: Type.Boolean() })

/** A register as its pages name it. */
export type RegisterNote = Static<typeof RegisterNote>
export const RegisterNote = Type.Object({
  id: Type.String(),
  path: Type.String(),
  title: Text,
  about: Text,
  item: Text,
  keeper: Text,
  log: Type.Object({ title: Text, path: Type.String() }),
})

export type Approval = Static<typeof Approval>
export const Approval = Type.Object({
  party: Text,
  persons: Type.Integer(),
  /** How many, where whoever holds or takes the item is an organisation. */
  ofOrganisation: Type.Integer(),
})

const RuleNote = Type.Object({
  title: Text,
  /** Empty for the step by which an item begins. */
  from: Type.Array(Text),
  to: Text,
  when: orNull(Type.Enum(['held', 'unheld'])),
  passes: Type.Boolean(),
  /** Any one of these, whole. */
  approvals: Type.Array(Type.Array(Approval)),
})
export type RuleNote = Static<typeof RuleNote>

const Tone = orNull(Type.Enum(['good', 'warn', 'bad']))
export type Tone = Static<typeof Tone>

export type RegisterData = Static<typeof RegisterData>
export const RegisterData = Type.Object({
  register: RegisterNote,
  states: Type.Array(Type.Object({ id: Type.String(), title: Text, count: Type.Integer() })),
  parties: Type.Array(
    Type.Object({ title: Text, is: Type.Enum(['organisation', 'holder', 'taker']), organisation: orNull(Text) }),
  ),
  steps: Type.Array(RuleNote),
  /** The rules in the log: how many versions there were, and where the newest is. */
  rules: Type.Object({ version: Type.Integer(), setAt: Type.String(), path: Type.String(), openDays: Type.Integer() }),
  /** What was looked for, and why it was not found. */
  find: Type.String(),
  wrong: orNull(Type.Enum(['empty', 'slip', 'other-register', 'unknown'])),
})

export const RegistersData = Type.Object({
  registers: Type.Array(RegisterNote),
  /** Whether the person who asks keeps registers for the organisation they act for. */
  keeps: Type.Boolean(),
})
export type RegistersData = Static<typeof RegistersData>

/** What an item is worth today. */
export type Standing = Static<typeof Standing>
export const Standing = Type.Object({
  kind: Type.Enum(['state', 'expired', 'proposed', 'lapsed']),
  /** Of its state, also where that has expired; null for what has not begun. */
  title: orNull(Text),
  tone: Tone,
  since: orNull(Type.String()),
  /** The day up to which it counts, or counted. */
  ends: orNull(Type.String()),
  erased: Type.Boolean(),
  /** Whether what it held was lost with a database, and its state came back with its log. */
  lost: Type.Boolean(),
  /** When it was so. */
  asOf: Type.String(),
})

export type FieldValue = Static<typeof FieldValue>
export const FieldValue = Type.Object({
  id: Type.String(),
  title: Text,
  kind: Type.Enum(['text', 'date', 'number']),
  value: Type.String(),
  public: Type.Boolean(),
})

export type HistoryLine = Static<typeof HistoryLine>
export const HistoryLine = Type.Object({
  leaf: Type.String(),
  at: Type.String(),
  kind: Type.Enum(['done', 'proposed', 'approved', 'refused']),
  title: Text,
  parties: Type.Array(Text),
  /** Where the entry is in the log; null until that is published. */
  path: orNull(Type.String()),
})

/** An item as everybody may see it. */
export type ItemData = Static<typeof ItemData>
export const ItemData = Type.Object({
  register: RegisterNote,
  number: Type.String(),
  standing: Standing,
  /** Whether anybody can hold what stands in this register, and who does. */
  holdable: Type.Boolean(),
  heldAs: orNull(Type.Enum(['person', 'organisation'])),
  fields: Type.Array(FieldValue),
  /** The newest first. */
  history: Type.Array(HistoryLine),
  /** Of how many of the newest entries this is, where there may be more; else null. */
  cut: orNull(Type.Integer()),
  /** Where it is shown that nothing is left out; null where no index is kept of the log. */
  wholePath: orNull(Type.String()),
  /** Whether the way to all of it is shown: to nobody who is signed in and no party of it. */
  leadsOn: Type.Boolean(),
  address: Type.String(),
  code: DrawnCode,
})

/** Whoever did something, as far as the person who asks may know. */
const Actor = Type.Object({ party: Text, name: orNull(Text), me: Type.Boolean() })

const EntryNote = Type.Object({
  leaf: Type.String(),
  kind: Type.Enum(['step-proposed', 'step-approved', 'step-refused']),
  step: Text,
  by: Actor,
  at: Type.String(),
  tookEffect: Type.Boolean(),
  /** Null after they were erased, or where they were lost. */
  fields: orNull(Type.Array(FieldValue)),
  lost: Type.Boolean(),
  reason: Type.String(),
  path: Type.String(),
})
export type EntryNote = Static<typeof EntryNote>

/** A proposal that waits, and what the person who asks may do with it. */
export type Proposal = Static<typeof Proposal>
export const Proposal = Type.Object({
  leaf: Type.String(),
  path: Type.String(),
  step: Text,
  to: Text,
  passes: Type.Boolean(),
  harm: Type.Boolean(),
  at: Type.String(),
  until: Type.String(),
  late: Type.Boolean(),
  by: Type.Array(Actor),
  fields: Type.Array(FieldValue),
  reason: Type.String(),
  missing: Type.Array(Type.Array(Approval)),
  /** The party for which they may approve; null where they may not. */
  approve: orNull(Type.String()),
  refuse: orNull(Type.String()),
  mine: Type.Boolean(),
  /** Whether a code waits for whoever is to hold the item, and they may see it. */
  letter: Type.Boolean(),
})

export type StepsData = Static<typeof StepsData>
export const StepsData = Type.Object({
  register: RegisterNote,
  number: Type.String(),
  path: Type.String(),
  standing: Standing,
  holdable: Type.Boolean(),
  holder: orNull(Type.Object({ name: orNull(Text), me: Type.Boolean() })),
  fields: Type.Array(FieldValue),
  proposals: Type.Array(Proposal),
  offers: Type.Array(
    Type.Object({ step: Type.String(), party: Type.String(), title: Text, as: Text, harm: Type.Boolean() }),
  ),
  entries: Type.Array(EntryNote),
  shown: Type.Integer(),
  mayErase: Type.Boolean(),
  /** What the person did just now; null where they come from elsewhere. */
  entered: orNull(EntryNote),
})

const Mistake = Type.Object({ field: Type.String(), text: Text })
export type Mistake = Static<typeof Mistake>

/** The form of a step. */
export type StepData = Static<typeof StepData>
export const StepData = Type.Object({
  register: RegisterNote,
  /** Null for a new item. */
  number: orNull(Type.String()),
  step: Type.Object({
    id: Type.String(),
    title: Text,
    to: Text,
    passes: Type.Boolean(),
    harm: Type.Boolean(),
    reason: Type.Boolean(),
    approvals: Type.Array(Type.Array(Approval)),
  }),
  party: Type.Object({ id: Type.String(), title: Text }),
  openDays: Type.Integer(),
  fields: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Text,
      hint: orNull(Text),
      kind: Type.Enum(['text', 'date', 'number']),
      max: Type.Integer(),
      required: Type.Boolean(),
      public: Type.Boolean(),
      value: Type.String(),
    }),
  ),
  reason: Type.String(),
  /** Goes back with the form, so that a second sending of it is known. */
  token: Type.String(),
  mistakes: Type.Array(Mistake),
})

/** The question before a proposal is approved or refused. */
export type AnswerData = Static<typeof AnswerData>
export const AnswerData = Type.Object({
  register: RegisterNote,
  number: Type.String(),
  proposal: Proposal,
  answer: Type.Enum(['approved', 'refused']),
  party: Type.Object({ id: Type.String(), title: Text }),
  reason: Type.String(),
  token: Type.String(),
  mistakes: Type.Array(Mistake),
})

export type LetterData = Static<typeof LetterData>
export const LetterData = Type.Object({
  register: RegisterNote,
  number: Type.String(),
  step: Text,
  until: Type.String(),
  fields: Type.Array(FieldValue),
  code: Type.String(),
  address: Type.String(),
  drawn: DrawnCode,
})

/** An item in a list. */
export type ItemLine = Static<typeof ItemLine>
export const ItemLine = Type.Object({
  register: Type.Object({ title: Text, item: Text }),
  number: Type.String(),
  path: Type.String(),
  /** What its first public field says; null where there is none. */
  name: orNull(Type.String()),
  standing: Standing,
  changedAt: Type.String(),
  /** What waits for who asks; `mine` where they approved it, and it needs another of their organisation. */
  waiting: Type.Array(Type.Object({ step: Text, until: Type.String(), mine: Type.Boolean() })),
})

/** What a person or organisation holds. */
export type HoldingsData = Static<typeof HoldingsData>
export const HoldingsData = Type.Object({
  /** Null for who acts for themselves. */
  organisation: orNull(Text),
  /** Whether they may act in this name here at all. */
  may: Type.Boolean(),
  /** What waits for their answer: the newest, and whether there is more. */
  waiting: Type.Array(ItemLine),
  more: Type.Boolean(),
  items: Type.Array(ItemLine),
  next: orNull(Type.String()),
  entered: orNull(
    Type.Object({
      step: Text,
      item: Text,
      number: Type.String(),
      path: Type.String(),
      kind: Type.String(),
      tookEffect: Type.Boolean(),
    }),
  ),
  code: Type.String(),
  wrong: orNull(Type.Enum(['empty', 'unknown'])),
})

/** What the code of a letter leads to. */
export type InvitationData = Static<typeof InvitationData>
export const InvitationData = Type.Object({
  register: RegisterNote,
  number: Type.String(),
  standing: Standing,
  fields: Type.Array(FieldValue),
  proposal: Proposal,
  party: Type.Object({ id: Type.String(), title: Text }),
  proposer: Text,
  organisation: orNull(Text),
  code: Type.String(),
  tokens: Type.Object({ approve: Type.String(), refuse: Type.String() }),
  mistakes: Type.Array(Mistake),
})

export type OfficeRegistersData = Static<typeof OfficeRegistersData>
export const OfficeRegistersData = Type.Object({
  organisation: orNull(Text),
  waiting: Type.Array(ItemLine),
  /** Whether there may be more than these. */
  more: Type.Boolean(),
  registers: Type.Array(Type.Object({ title: Text, path: Type.String(), about: Text, parties: Type.Array(Text) })),
})

const Beginning = Type.Object({ step: Type.String(), title: Text, path: Type.String() })
export type OfficeRegisterData = Static<typeof OfficeRegisterData>
export const OfficeRegisterData = Type.Object({
  register: RegisterNote,
  path: Type.String(),
  beginnings: Type.Array(Beginning),
  states: Type.Array(Type.Object({ id: Type.String(), title: Text, count: Type.Integer() })),
  state: orNull(Type.String()),
  items: Type.Array(ItemLine),
  isFirst: Type.Boolean(),
  next: orNull(Type.String()),
  unique: Type.Array(Text),
  find: Type.String(),
  wrong: orNull(Type.Enum(['empty', 'unknown'])),
})
