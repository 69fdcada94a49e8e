import type { AskedField, AskedRow } from '../consents/asked.rules.ts'
import { answerVerified, written } from '../consents/verified.rules.ts'
import type { Filled, NewFilling } from './types.ts'

/** The fields of a form, as a login asks for them: verified ones are told as verified alone. */
export const askedBy = (fields: NewFilling['fields']): AskedField[] =>
  fields.map(({ name, essential = false, verified = false }) => ({
    name,
    essential,
    verified,
    plain: !verified,
    proofEssential: verified && essential,
    purpose: null,
  }))

/** The values of the rows that were agreed to, as userinfo gives them; those that are told verified, with all of how. */
export function filledBy(told: readonly AskedRow[], rules: { trustFramework: string; now: Date }): Filled {
  const verified = told.filter((row) => row.verified)
  const request = {
    verification: {
      trust_framework: null,
      assurance_level: null,
      time: null,
      evidence: [{ type: null, check_details: [{}] }],
    },
    claims: Object.fromEntries(verified.map(({ name }) => [name, null])),
  }
  const answer = answerVerified(request, verified, rules)
  return {
    claims: Object.fromEntries(
      told.flatMap(({ name, kind, value, plain }) => (plain ? [[name, written(kind, value!)]] : [])),
    ),
    ...(answer && { verified_claims: answer }),
  }
}
