import { acrOf } from '#platform'
import type { FieldKind } from '../profile/fields.rules.ts'
import type { Verification } from '../profile/values.ts'
import type { ClaimRequest, VerifiedRequest } from './asked.rules.ts'

/** A field by its claim, and a field that a document proves. */
type Known = { name: string; value: string | null; verification: Verification | null }
type Proven = Known & { value: string; verification: Verification }

/** How a document was checked, in the words that the standard’s implementers share. */
const checksOf: Readonly<Record<string, readonly string[]>> = {
  // Compared with the register that issued it.
  register: ['data'],
  // Looked at by an officer, with its holder before them, and compared as well.
  counter: ['vpip', 'pvp', 'data'],
}
const levelOf: Readonly<Record<string, number>> = { register: 2, counter: 3 }

export const checkMethods = [...new Set(Object.values(checksOf).flat())]

type Verified = { verification: object; claims: Record<string, string> }

/**
 * The `verified_claims` that answer a request (OpenID Connect for Identity Assurance 1.0): of `fields`, which the person
 * agreed to, those that are proven and fit. Only what was asked for of how it was verified is said. Undefined where the
 * request cannot be met; the standard has it left out then, and no error made.
 */
export function answerVerified(
  request: VerifiedRequest,
  fields: readonly Known[],
  { trustFramework, now }: { trustFramework: string; now: Date },
): Verified | undefined {
  const proven = fields.filter((each): each is Proven => each.value !== null && each.verification !== null)
  const { verification: wanted } = request
  const told = Object.entries(request.claims).flatMap(([claim, constraint]) => {
    const found = proven.find(({ name }) => name === claim)
    return found && fits(constraint, found.value) ? [found] : []
  })
  const [first] = told
  if (!first || !fits(wanted.trust_framework, trustFramework)) return undefined
  const { at, method, by } = first.verification
  // By the day: the millisecond is the same wherever it is told, and so would tell services that they know the same person.
  const time = `${new Date(at).toISOString().slice(0, 10)}T00:00:00Z`
  const level = acrOf(levelOf[method] ?? 1)
  if (!fits(wanted.assurance_level ?? null, level)) return undefined
  const maxAge = wanted.time?.max_age
  if (maxAge !== undefined && now.getTime() - Date.parse(at) > maxAge * 1000) return undefined
  const document = wanted.evidence?.find(({ type }) => fits(type ?? null, 'document'))
  if (wanted.evidence && !document) return undefined
  const checks = (checksOf[method] ?? []).map((check) => ({ check_method: check, organization: by.en, time }))
  return {
    verification: {
      trust_framework: trustFramework,
      ...(wanted.assurance_level !== undefined && { assurance_level: level }),
      ...(wanted.time !== undefined && { time }),
      ...(document && { evidence: [{ type: 'document', ...(document.check_details && { check_details: checks }) }] }),
    },
    claims: Object.fromEntries(told.map(({ name, value }) => [name, value])),
  }
}

const fits = (request: ClaimRequest, value: string): boolean =>
  (request?.value === undefined || request.value === value) &&
  (request?.values === undefined || request.values.includes(value))

/** A value as its claim has it: an address is an object (OpenID Connect Core 1.0, §5.1.1). */
export const written = (kind: FieldKind, value: string) => (kind === 'address' ? { formatted: value } : value)
