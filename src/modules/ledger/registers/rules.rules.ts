import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { canonicalOf } from '../proofs/commitment.rules.ts'

const Word = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })
const list = <Shape extends Parameters<typeof Type.Array>[0]>(shape: Shape, minItems: number, maxItems: number) =>
  Type.Array(shape, { minItems, maxItems })

/** How many different persons of a party must approve; where the holder or taker is an organisation, how many of it. */
const Need = Type.Object(
  {
    party: Word,
    persons: Type.Integer({ minimum: 1, maximum: 5 }),
    ofOrganisation: Type.Integer({ minimum: 1, maximum: 5 }),
  },
  { additionalProperties: false },
)

const Step = Type.Object(
  {
    id: Word,
    /** The states in which it may be proposed and take effect; none of them for the step by which an item begins. */
    from: list(Word, 0, 20),
    to: Word,
    /** Whether somebody must hold the item, or nobody may. */
    when: Type.Optional(Type.Enum(['held', 'unheld'])),
    /** Who approves as the taker holds the item from then on. */
    passes: Type.Boolean(),
    fields: list(Word, 0, 30),
    /** Any one of these is enough, whole. */
    approvals: list(list(Need, 1, 6), 1, 10),
  },
  { additionalProperties: false },
)

/**
 * What decides in a register, without a word for people: which steps lead from which state to which, and who must approve.
 * An entry of its log holds it, so that whoever has the tiles can say what every later entry did.
 */
export type Rules = Static<typeof Rules>
export const Rules = Type.Object(
  {
    states: list(Word, 1, 20),
    fields: list(Word, 0, 30),
    parties: list(
      Type.Object(
        { id: Word, is: Type.Enum(['organisation', 'holder', 'taker']), organisation: Type.Optional(Word) },
        { additionalProperties: false },
      ),
      1,
      20,
    ),
    steps: list(Step, 1, 40),
    /** How long a proposal may wait for its approvals. */
    openDays: Type.Integer({ minimum: 1, maximum: 3660 }),
  },
  { additionalProperties: false },
)
export type Step = Rules['steps'][number]
export type Party = Rules['parties'][number]

/** Rules as an entry holds them, which anybody may have written; undefined for what are none. */
export const readRules = (value: unknown): Rules | undefined => (Value.Check(Rules, value) ? value : undefined)

/** The one spelling of anything that is JSON: RFC 8785. */
export function canonical(value: unknown): Buffer {
  const bytes = canonicalOf(Buffer.from(JSON.stringify(value)))
  if (!bytes) throw new Error('This has no canonical form')
  return Buffer.from(bytes)
}

/** The parties that can approve a step, each once. */
export const partiesOf = ({ approvals }: Step): string[] => [
  ...new Set(approvals.flatMap((needs) => needs.map(({ party }) => party))),
]
