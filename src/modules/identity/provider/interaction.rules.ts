import type { AuthorizationDetail, Provider } from 'oidc-provider'
import type { Pack } from '#pack'
import { acrOf, allScopes, type Level, type Person, say, type Text } from '#platform'
import {
  type AskedField,
  answeredBefore,
  askedFields,
  type ClaimsParameter,
  claimsNamed,
} from '../consents/asked.rules.ts'
import type { Consent } from '../consents/consents.sql.ts'
import { withheldClaim } from '../developers/powers.ts'
import { profileFields } from '../profile/definitions.ts'
import { standardFields } from '../profile/fields.rules.ts'
import { describeDetail } from './authorization-details.ts'
import type { Client } from './clients.sql.ts'
import { sentencesOf } from './interaction.page.tsx'

/** A client's request that waits for its person. */
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** The page at which a request waits. */
export const pathOfInteraction = (uid: string) => `/sign-in/services/${uid}`
export const uidIn = (path: string): string | undefined => /^\/sign-in\/services\/([\w-]{20,60})$/.exec(path)?.[1]

const nextOf = ({ uid }: Pick<Interaction, 'uid'>) => `next=${encodeURIComponent(pathOfInteraction(uid))}`

/** Where whoever is not signed in goes first. */
export const signInStep = (interaction: Pick<Interaction, 'uid'>): string => `/sign-in?${nextOf(interaction)}`

/** Where the person must go first: to sign in, to do so again, or to prove more. */
export function firstStep(interaction: Interaction, client: Risk, person: Person | undefined): string | undefined {
  if (!person) return signInStep(interaction)
  const { prompt, params, iat } = interaction
  const next = nextOf(interaction)
  const { reasons } = prompt
  const level = reasons.includes('level_too_low') ? levelWanted(interaction) : 1
  if (person.level < level || isPhoneTooLittle(interaction, client, person))
    return `/sign-in/again?level=${level}&${next}`
  const authenticatedAt = Date.parse(person.authenticatedAt) / 1000
  const notBefore = reasons.includes('login_prompt') ? (iat ?? 0) : 0
  const oldest = params.max_age === undefined ? 0 : (iat ?? 0) - Number(params.max_age)
  if (authenticatedAt < Math.max(notBefore, oldest)) return `/sign-in/again?level=${level}&${next}`
  return undefined
}

/** What the person reads before agreeing, a sentence each; the fields stand below. */
export const sentencesFor = (interaction: Interaction): Text[] => [
  ...sentencesOf(scopesIn(interaction)),
  ...detailsIn(interaction).map((detail) => {
    const { text, values } = describeDetail(detail)
    return { en: say(text, 'en', values), 'zh-Hant': say(text, 'zh-Hant', values) }
  }),
]

/** Every scope that stands for something of a person here. */
const knownScopes = ['openid', 'offline_access', ...new Set(standardFields.flatMap(({ scope }) => scope ?? []))]

/** The scopes asked for that stand for something here; others give nothing (RFC 6749, §3.3). */
export const scopesIn = ({ params }: Interaction): string[] =>
  String(params.scope ?? '')
    .split(' ')
    .filter((scope) => knownScopes.includes(scope) || (asksToAct(params) && allScopes.has(scope)))

/** Those that are of this installation’s own interfaces: the only resource for which there are tokens (RFC 8707). */
export const actsIn = (interaction: Interaction): string[] =>
  scopesIn(interaction).filter((scope) => allScopes.has(scope))

const asksToAct = ({ resource, redirect_uri: back }: Interaction['params']) => Boolean(resource && back)

export const originOf = ({ params }: Interaction): string => new URL(String(params.redirect_uri)).origin

export function detailsIn({ params }: Interaction): AuthorizationDetail[] {
  const details = params.authorization_details
  return typeof details === 'string' ? (JSON.parse(details) as AuthorizationDetail[]) : []
}

/** What the person reads beside the fields: who asks, from where, and for what else. */
export const aroundOf = (interaction: Interaction, { id, name, state }: Pick<Client, 'id' | 'name' | 'state'>) => [
  id,
  name,
  state,
  originOf(interaction),
  sentencesFor(interaction),
]

/** The `claims` parameter, which was checked when the request came. */
export const claimsIn = ({ params }: Pick<Interaction, 'params'>): ClaimsParameter =>
  typeof params.claims === 'string' ? (JSON.parse(params.claims) as ClaimsParameter) : {}

/** The fields that a client asks for, by its scopes and its `claims`. */
export const fieldsOf = (pack: Pack, interaction: Interaction): AskedField[] =>
  askedFields(profileFields(pack), scopesIn(interaction), claimsIn(interaction))

type Agreement = Pick<Consent, 'scopes' | 'fields' | 'refused'>

/** Whether the person answered all of this before. Details are asked for this once, always. */
export const isCovered = (pack: Pack, interaction: Interaction, consent: Agreement | undefined | null): boolean =>
  Boolean(consent) &&
  scopesIn(interaction).every((scope) => consent!.scopes.includes(scope)) &&
  answeredBefore(fieldsOf(pack, interaction), consent!) &&
  detailsIn(interaction).length === 0

/** Whether nothing is left to ask: who agreed to as much before is not asked again, unless the client wants it. */
export function isAnswered(pack: Pack, interaction: Interaction, consent: Agreement | undefined | null): boolean {
  const asks = interaction.prompt.name !== 'login' || String(interaction.params.prompt).includes('consent')
  return !asks && isCovered(pack, interaction, consent)
}

type Asking = Pick<Interaction, 'params'>
type Risk = Pick<Client, 'highRisk'>

/** Phishing-resistant and held by hardware (OpenID Connect Extended Authentication Profile ACR Values 1.0). */
export const isHighRiskAcr = (acr: unknown): boolean => acr === 'phrh'

/** Whether a request is high-risk: by its client, by a claim that needs an officer’s approval, or by its own word. */
export const isHighRisk = (request: Asking, { highRisk }: Risk): boolean =>
  highRisk ||
  withheldClaim([], claimsNamed(claimsIn(request))) !== undefined ||
  [...acrsWanted(request).values, ...acrValuesIn(request)].some(isHighRiskAcr)

/** Whether a session was approved on a phone (RFC 8176: by another channel): somebody may have passed the code on. */
export const isByPhone = (methods: readonly string[] | undefined): boolean => methods?.includes('mca') ?? false

/** Whether a session that a phone began must be confirmed in its own browser, as what is asked is high-risk. */
export const isPhoneTooLittle = (request: Asking, client: Risk, { methods }: Pick<Person, 'methods'>): boolean =>
  isByPhone(methods) && isHighRisk(request, client)

const acrValuesIn = ({ params }: Asking): string[] => String(params.acr_values ?? '').split(' ')

/** What a request demands as the `acr` of its ID token; nobody is told of a login without what is `essential`. */
export function acrsWanted(request: Asking): { values: unknown[]; essential: boolean } {
  type Acr = { value?: unknown; values?: unknown[]; essential?: boolean } | null | undefined
  const acr = claimsIn(request).id_token?.acr as Acr
  const values = [acr?.value, ...(acr?.values ?? [])].filter((value) => value !== undefined)
  return { values, essential: acr?.essential === true && values.length > 0 }
}

/** Our levels among values of `acr`, the lowest first. */
export const levelsIn = (acrs: readonly unknown[]) =>
  ([1, 2, 3] as const).filter((level) => acrs.includes(acrOf(level)))

/**
 * The level that a request demands by `acr_values` or as a claim of the ID token: the lowest of ours that will do. Beside an
 * essential claim `acr_values` is no more than a wish (OpenID Connect Core 1.0, §5.5.1.1).
 */
export function levelWanted(request: Asking): Level {
  const { values, essential } = acrsWanted(request)
  return levelsIn(essential ? values : [...values, ...acrValuesIn(request)])[0] ?? 1
}

/** As whom a request wants the person, by the names that its client is told. The library has verified the hint. */
export function subjectsWanted(request: Asking): unknown[] {
  const { id_token_hint: hint } = request.params
  const claim = claimsIn(request).id_token?.sub as { value?: unknown } | null | undefined
  const hinted =
    typeof hint === 'string' ? [JSON.parse(Buffer.from(hint.split('.')[1]!, 'base64url').toString()).sub] : []
  return [...hinted, ...(claim && 'value' in claim ? [claim.value] : [])]
}
