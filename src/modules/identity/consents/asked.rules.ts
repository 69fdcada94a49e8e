import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { say, type Text } from '#platform'
import type { Field } from '../profile/fields.rules.ts'
import type { FieldValue } from '../profile/values.ts'

/** How one claim is asked for (OpenID Connect Core 1.0, §5.5.1); `purpose` is the service’s own word for why. */
export type ClaimRequest = Static<typeof ClaimRequest>
const Scalar = Type.Union([Type.String({ maxLength: 300 }), Type.Number(), Type.Boolean()])
const ClaimRequest = Type.Union([
  Type.Null(),
  Type.Object({
    essential: Type.Optional(Type.Boolean()),
    value: Type.Optional(Scalar),
    values: Type.Optional(Type.Array(Scalar, { minItems: 1, maxItems: 20 })),
    purpose: Type.Optional(Type.String({ minLength: 3, maxLength: 300, pattern: '^[^\\p{C}]+$' })),
  }),
])
/** Names that we do not know are passed over, as the standard says; here is what no name may be. */
const claimsMax = 50
const Requests = Type.Record(Type.String({ maxLength: 100 }), ClaimRequest, { maxProperties: claimsMax })

/** What is asked to be verified (OpenID Connect for Identity Assurance 1.0, “Requesting verified claims”). */
export type VerifiedRequest = Static<typeof VerifiedRequest>
const VerifiedRequest = Type.Object({
  verification: Type.Object({
    trust_framework: ClaimRequest,
    assurance_level: Type.Optional(ClaimRequest),
    time: Type.Optional(
      Type.Union([
        Type.Null(),
        Type.Object({ essential: Type.Optional(Type.Boolean()), max_age: Type.Optional(Type.Integer({ minimum: 0 })) }),
      ]),
    ),
    evidence: Type.Optional(
      Type.Array(
        Type.Object({ type: Type.Optional(ClaimRequest), check_details: Type.Optional(Type.Array(Type.Unknown())) }),
        { minItems: 1, maxItems: 10 },
      ),
    ),
  }),
  claims: Type.Record(Type.String({ maxLength: 100 }), ClaimRequest, { minProperties: 1, maxProperties: claimsMax }),
})

/** One, or a list in which each has a verification of its own. */
const VerifiedRequests = Type.Union([VerifiedRequest, Type.Array(VerifiedRequest, { minItems: 1, maxItems: 10 })])

type Place = Record<string, unknown> & { verified_claims?: unknown }

/** What one place asks to be verified, from a parameter that was checked. */
export const verifiedIn = (place: Place | undefined): VerifiedRequest[] =>
  [(place?.verified_claims ?? []) as VerifiedRequest | VerifiedRequest[]].flat()

export type ClaimsParameter = { id_token?: Place; userinfo?: Place }
const places = ['id_token', 'userinfo'] as const

/** Every claim that is asked for, verified or not. */
export const claimsNamed = (claims: ClaimsParameter): string[] =>
  places.flatMap((place) => [
    ...Object.keys(claims[place] ?? {}),
    ...verifiedIn(claims[place]).flatMap((each) => Object.keys(each.claims)),
  ])

const parameterLengthMax = 8000

/** What is wrong with a `claims` parameter that is a JSON object already, as its developer reads it; undefined for nothing. */
export function mistakeIn(claims: ClaimsParameter): string | undefined {
  if (JSON.stringify(claims).length > parameterLengthMax)
    return `claims is longer than ${parameterLengthMax} characters`
  for (const place of places) {
    const { verified_claims: verified, ...rest } = claims[place] ?? {}
    if (!Value.Check(Requests, rest))
      return `claims.${place} does not have the shape of OpenID Connect Core 1.0, §5.5.1`
    if (verified !== undefined && !Value.Check(VerifiedRequests, verified))
      return `claims.${place}.verified_claims needs a verification with trust_framework, and one claim at least, or is a list of up to ten such`
  }
  return undefined
}

/** A field that a service asks for: as it stands, with who verified it, or both. */
export type AskedField = {
  name: string
  essential: boolean
  plain: boolean
  verified: boolean
  /** Whether the service needs it verified: as it stands is not enough. */
  proofEssential: boolean
  purpose: string | null
}

const notAsked = { essential: false, plain: false, verified: false, proofEssential: false, purpose: null }

const ofClaim: Readonly<Record<string, string>> = { email_verified: 'email', phone_number_verified: 'phone_number' }

/** The fields of a login, in the order of the profile, from its scopes and its `claims` parameter. */
export function askedFields(
  fields: readonly Field[],
  scopes: readonly string[],
  claims: ClaimsParameter,
): AskedField[] {
  const asked = new Map<string, AskedField>()
  const ask = (name: string, way: 'plain' | 'verified', request: ClaimRequest) => {
    const before = asked.get(name) ?? { name, ...notAsked }
    asked.set(name, {
      ...before,
      [way]: true,
      essential: before.essential || request?.essential === true,
      proofEssential: before.proofEssential || (way === 'verified' && request?.essential === true),
      purpose: before.purpose ?? request?.purpose ?? null,
    })
  }
  for (const { name, scope } of fields) if (scope && scopes.includes(scope)) ask(name, 'plain', null)
  for (const place of places) {
    const { verified_claims: _, ...plain } = claims[place] ?? {}
    for (const [claim, request] of Object.entries(plain)) ask(ofClaim[claim] ?? claim, 'plain', request as ClaimRequest)
    for (const each of verifiedIn(claims[place]))
      for (const [claim, request] of Object.entries(each.claims)) ask(claim, 'verified', request)
  }
  return fields.flatMap(({ name, proven }) => {
    const each = asked.get(name)
    // What nothing can verify is never told as verified.
    if (!each || !(each.plain || proven)) return []
    return [{ ...each, verified: each.verified && proven !== undefined }]
  })
}

/** Under which names an agreement to a field is kept. */
const keysOf = ({ name, plain, verified }: Pick<AskedField, 'name' | 'plain' | 'verified'>): string[] => [
  ...(plain ? [name] : []),
  ...(verified ? [`verified/${name}`] : []),
]

/** The field of such a name. */
export const fieldOfKey = (key: string): string => key.replace(/^verified\//, '')

type Counts = { fields: readonly string[]; refused: readonly string[] }

/** Whether the person answered all of it before: what a service needs is agreed to, the rest agreed to or left out. */
export const answeredBefore = (asked: readonly AskedField[], { fields, refused }: Counts): boolean =>
  asked.every((each) =>
    keysOf(each).every((key) => {
      const needed = key === each.name ? each.essential : each.proofEssential
      return fields.includes(key) || (!needed && refused.includes(key))
    }),
  )

/** A field as the person is asked for it: exactly what would be sent, or null for nothing. */
export type AskedRow = AskedField &
  Omit<FieldValue, 'field'> &
  Pick<Field, 'label' | 'kind'> & {
    /** Where what is missing can be had: by writing it, by proving a document, nowhere. */
    missing: 'write' | 'prove' | 'nowhere' | null
  }

export function rowOf(asked: AskedField, { field, ...known }: FieldValue): AskedRow {
  const { label, kind } = field
  // Where only the verified value is asked for, what the person wrote is not it.
  const told = asked.plain || known.verification ? known : { value: null, shown: null, verification: null }
  const missing =
    told.value !== null ? null : asked.plain && field.declared ? 'write' : field.proven ? 'prove' : 'nowhere'
  return { ...asked, ...told, label, kind, missing }
}

export type Chosen = {
  agreed: string[]
  refused: string[]
  /** Needed fields that the person must fill in first. */
  open: AskedRow[]
  /** Whether something was sent that was not on the page. */
  forged: boolean
}

/**
 * What a person agreed to, from the boxes that are ticked. What the service needs goes with agreeing at all. As verified
 * only what was shown as verified: whoever agreed to what they wrote did not agree to what a document says later.
 */
export function choose(rows: readonly AskedRow[], ticked: readonly string[]): Chosen {
  const optional = rows.filter(({ essential, value }) => !essential && value !== null)
  const told = rows.filter(({ name, essential, value }) => value !== null && (essential || ticked.includes(name)))
  const agreed = told.flatMap((row) => keysOf({ ...row, verified: row.verified && row.verification !== null }))
  return {
    agreed,
    refused: rows.flatMap(keysOf).filter((key) => !agreed.includes(key)),
    open: rows.filter(({ essential, missing }) => essential && missing === 'write'),
    forged: ticked.some((name) => !optional.some((row) => row.name === name)),
  }
}

/** Labels in a row, in each language. */
export const joined = (labels: readonly Text[]): Text => ({
  en: labels.map(({ en }) => en).join(', '),
  'zh-Hant': labels.map((label) => label['zh-Hant']).join('、'),
  'zh-Hans': labels.map((label) => say(label, 'zh-Hans')).join('、'),
})
