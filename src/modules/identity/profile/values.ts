import type { Installation, Sql, Text } from '#platform'
import { findPerson } from '../people/people.sql.ts'
import { provenFields } from '../proofing/claims.ts'
import { policyOf } from '../proofing/policy.ts'
import { listDeclared } from './declared.sql.ts'
import { profileFields } from './definitions.ts'
import type { Field } from './fields.rules.ts'

/** Who answers for a value, when and how it was compared. */
export type Verification = { organisation: string; by: Text; at: string; method: string }

/** A field with what it says. What a document proves goes before what the person wrote. */
export type FieldValue = {
  field: Field
  value: string | null
  /** The same for people, where it is a code. */
  shown: Text | null
  verification: Verification | null
}

/**
 * Every field of a person's profile, in the order of its page; those that say nothing have null. With `wanted` only those,
 * and only what they need is read.
 */
export async function profileOf(
  sql: Sql,
  installation: Installation,
  personId: string,
  wanted?: ReadonlySet<string>,
): Promise<FieldValue[]> {
  const { pack } = installation
  const fields = profileFields(pack).filter(({ name }) => !wanted || wanted.has(name))
  const any = (of: (field: Field) => unknown) => fields.some(of)
  const person = any(({ name }) => name === 'name') ? await findPerson(sql, personId) : undefined
  const proven = any((field) => field.proven) ? await provenFields(sql, installation, personId) : []
  const declared = any((field) => field.declared) ? await listDeclared(sql, installation, personId) : []
  return fields.map((field): FieldValue => {
    const proof = field.proven && proven.find((each) => each.field === field.proven)
    if (proof) {
      const { value, verifiedBy: organisation, verifiedAt: at, method } = proof
      const known = pack.organisations.find(({ id }) => id === organisation)?.name
      const verification = { organisation, by: known ?? { en: organisation, 'zh-Hant': organisation }, at, method }
      return { field, value, shown: shownOf(installation, field, value), verification }
    }
    const written = field.declared ? declared.find((each) => each.field === field.name)?.value : undefined
    // Services ask for names in one writing; without a language tag it is the Latin one.
    const value = (field.name === 'name' ? person?.name.en : written) ?? null
    return { field, value, shown: value === null ? null : shownOf(installation, field, value), verification: null }
  })
}

function shownOf({ pack }: Installation, { name, options }: Field, value: string): Text | null {
  if (name === 'document_kind') return policyOf(pack)?.documents.find(({ kind }) => kind === value)?.name ?? null
  return options?.find((each) => each.value === value)?.name ?? null
}
