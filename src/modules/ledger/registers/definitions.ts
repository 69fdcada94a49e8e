import { type Static, Type } from 'typebox'
import { type Definition, expects, oneOf, PackId, packText, reference } from '#pack'
import { checkRegisters } from './checks.ts'
import type { Rules } from './rules.rules.ts'

const Persons = (description: string) => Type.Optional(Type.Integer({ minimum: 1, maximum: 5, description }))

const Field = Type.Object({
  id: PackId,
  title: packText(80),
  hint: Type.Optional(packText(200)),
  kind: oneOf(['text', 'date', 'number'], 'What is written in it'),
  max: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, description: 'Characters at most' })),
  required: Type.Optional(Type.Boolean()),
  public: Type.Optional(Type.Boolean({ description: 'Whether anybody may read it' })),
  unique: Type.Optional(Type.Boolean({ description: 'Whether no two items may have the same' })),
  ends: Type.Optional(Type.Boolean({ description: 'The date up to which the item counts' })),
})

const Party = Type.Object({
  id: PackId,
  title: packText(80),
  is: oneOf(['organisation', 'holder', 'taker'], 'Who it is: one of the pack, or whoever holds the item, or will'),
  organisation: Type.Optional(reference('organisation')),
})

const Need = Type.Object({
  party: PackId,
  persons: Persons('How many different persons of it; one where nothing is said'),
  ofOrganisation: Persons('How many, where the holder or taker is an organisation'),
})

const Step = Type.Object({
  id: PackId,
  title: packText(60, 'What a button says: Suspend'),
  done: packText(80, 'What the history says: Suspended'),
  from: Type.Array(PackId, { maxItems: 20, description: 'In which states; none for the step by which an item begins' }),
  to: PackId,
  when: Type.Optional(oneOf(['held', 'unheld'], 'Whether somebody must hold the item, or nobody may')),
  passes: Type.Optional(Type.Boolean({ description: 'Who approves as the taker holds the item from then on' })),
  fields: Type.Optional(Type.Array(PackId, { maxItems: 30, uniqueItems: true, description: 'What is asked' })),
  reason: Type.Optional(Type.Boolean({ description: 'Whether a reason must be given' })),
  harm: Type.Optional(Type.Boolean({ description: 'Whether it takes something from somebody: its button warns' })),
  approvals: Type.Array(Type.Array(Need, { minItems: 1, maxItems: 6 }), {
    minItems: 1,
    maxItems: 10,
    description: 'Who must approve: any one of these, whole',
  }),
})

/** A register that a department keeps on a log: what is in it, which steps its items take, and who must approve each. */
export type Register = Static<typeof Register>
export const Register = Type.Object({
  id: PackId,
  title: packText(80),
  about: packText(400, 'What stands in it, and what for'),
  item: packText(40, 'What one of its items is called'),
  prefix: Type.String({
    pattern: '^[A-Z]{2,4}$',
    maxLength: 4,
    ...expects({ en: 'Two to four capital letters, as TM', 'zh-Hant': '兩至四個大寫字母，例如 TM' }),
  }),
  keeper: reference('organisation'),
  log: reference('log'),
  openDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3660, description: 'How long a proposal waits; 30 days' }),
  ),
  fields: Type.Array(Field, { maxItems: 30 }),
  states: Type.Array(
    Type.Object({
      id: PackId,
      title: packText(60),
      tone: Type.Optional(oneOf(['good', 'warn', 'bad'], 'How it is marked')),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  parties: Type.Array(Party, { minItems: 1, maxItems: 20 }),
  steps: Type.Array(Step, { minItems: 1, maxItems: 40 }),
})

export const registers: Definition<typeof Register> = {
  kind: 'register',
  file: 'registers.yaml',
  summary: 'Registers that departments keep on a log: licences, certificates, assets, timelines of cases.',
  shape: Register,
  holds: 'list',
  identifier: 'id',
  check: checkRegisters,
}

export type RegisterStep = Register['steps'][number]
export type RegisterField = Register['fields'][number]

const openDaysDefault = 30

/** What of a definition decides: it goes into the log, and a new version of it counts from there on. */
export const rulesOf = ({ states, fields, parties, steps, openDays = openDaysDefault }: Register): Rules => ({
  states: states.map(({ id }) => id),
  fields: fields.map(({ id }) => id),
  parties: parties.map(({ id, is, organisation }) => ({ id, is, ...(organisation && { organisation }) })),
  steps: steps.map(({ id, from, to, when, passes = false, fields = [], approvals }) => ({
    ...{ id, from: [...from], to, ...(when && { when }), passes, fields: [...fields] },
    approvals: approvals.map((needs) =>
      needs.map(({ party, persons = 1, ofOrganisation = persons }) => ({ party, persons, ofOrganisation })),
    ),
  })),
  openDays,
})
