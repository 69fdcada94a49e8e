import { randomInt } from 'node:crypto'
import type { Installation, Sql } from '#platform'
import type { Register } from './definitions.ts'
import type { ItemRow } from './registers.sql.ts'
import { findInvitation, insertInvitation, type StepRow } from './steps.sql.ts'

type Means = Pick<Installation, 'vault'>

// What of a register is not for everybody: sealed by the vault, and found again by keyed hashes.

export type Values = Readonly<Record<string, string>>

/** What a step was committed to: sealed here, and in the log as an HMAC alone. */
export type StepContent = { fields: Values; reason: string; person: string; organisation: string | null }

export const purposes = {
  step: 'ledger-step',
  salt: 'ledger-step-salt',
  item: 'ledger-item',
  code: 'ledger-invitation',
} as const
export const itemContext = (register: string, number: string) => `item/${register}/${number}`

const valuePurpose = 'ledger-item-value'

/** What no two items may share, each as a keyed hash; capital letters, width and spaces make no difference. */
export const uniqueOf = ({ vault }: Means, { id, fields }: Register, values: Values) =>
  fields.flatMap((field) => {
    const value = field.unique
      ? values[field.id]?.normalize('NFKC').toUpperCase().replace(/\s+/g, ' ').trim()
      : undefined
    return value ? [{ field: field.id, lookup: vault.lookup(valuePurpose, `${id}/${field.id}/${value}`) }] : []
  })

const codeLetters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Twenty letters, in groups as people read them out. */
export async function invite(sql: Sql, { vault }: Means, proposal: Buffer): Promise<void> {
  const text = Array.from({ length: 20 }, () => codeLetters[randomInt(codeLetters.length)]).join('')
  const code = text.replace(/(.{5})(?=.)/g, '$1-')
  await insertInvitation(sql, {
    proposal,
    lookup: lookupOf({ vault }, code),
    code: vault.seal(purposes.code, code, contextOf(proposal)),
  })
}

/** A code as somebody typed it, as it is looked up. */
export const lookupOf = ({ vault }: Means, code: string): Buffer =>
  vault.lookup(purposes.code, code.toUpperCase().replace(/[^0-9A-Z]/g, ''))

/** The code of a proposal, for who proposed it; undefined where none is needed any more. */
export async function findCode(sql: Sql, { vault }: Means, proposal: Buffer): Promise<string | undefined> {
  const invitation = await findInvitation(sql, proposal)
  return invitation && vault.open(purposes.code, invitation.code, contextOf(proposal)).toString()
}

export const contextOf = (leaf: Uint8Array) => `step/${Buffer.from(leaf).toString('hex')}`

export const openSalt = ({ vault }: Means, { leaf, salt }: Pick<StepRow, 'leaf' | 'salt'>): Buffer =>
  vault.open(purposes.salt, salt!, contextOf(leaf))

/** What an entry was committed to; undefined after it was erased or lost. */
export const openStep = (
  { vault }: Means,
  { leaf, content }: Pick<StepRow, 'leaf' | 'content'>,
): StepContent | undefined =>
  content ? (JSON.parse(vault.open(purposes.step, content, contextOf(leaf)).toString()) as StepContent) : undefined

/** What the fields of an item hold; nothing after it was erased or lost. */
export const openItem = (
  { vault }: Means,
  { register, number, content }: Pick<ItemRow, 'register' | 'number' | 'content'>,
): Values =>
  content ? (JSON.parse(vault.open(purposes.item, content, itemContext(register, number)).toString()) as Values) : {}
