import { allScopes, type Text, texts } from '#platform'

/**
 * What a client can be approved for beyond signing people in. Each needs an officer; this list is the only one. What stands
 * neither here nor among what is open to all, as asking on a person’s phone (CIBA), no registered client can do.
 */
type Power = {
  id: 'filling' | 'document' | 'acts'
  /** Scopes that nobody gets without it. */
  scopes: readonly string[]
  /** Claims that nobody asks for without it, verified or not. */
  claims: readonly string[]
}

export const powers: readonly Power[] = [
  { id: 'filling', scopes: ['filling'], claims: [] },
  { id: 'document', scopes: [], claims: ['document_number'] },
  // The scopes of the modules, whichever run.
  { id: 'acts', scopes: [], claims: [] },
]

export const powerNames: Readonly<Record<Power['id'], Text>> = texts({
  filling: { en: 'Ask for forms to be filled in, for many people', 'zh-Hant': '為多人提供填表服務' },
  acts: {
    en: 'Act over HTTP: for people who agree, and for its department',
    'zh-Hant': '經 HTTP 辦事：代表同意的用戶，以及所屬部門',
  },
  document: { en: 'Read numbers of identity documents', 'zh-Hant': '讀取身份證明文件號碼' },
})

export const isPower = (id: string): id is Power['id'] => powers.some((each) => each.id === id)

export const nameOfPower = (id: string): Text => (isPower(id) ? powerNames[id] : { en: id, 'zh-Hant': id })

const withheldFrom = (approved: readonly string[]) => powers.filter(({ id }) => !approved.includes(id))

/** Of `offered`, what a client with these powers may ask for: everything but what is of high risk and not approved. */
export function scopesFor(approved: readonly string[], offered: readonly string[]): string[] {
  const withheld = new Set(withheldFrom(approved).flatMap(({ scopes }) => scopes))
  return offered.filter((scope) => !withheld.has(scope) && (approved.includes('acts') || !allScopes.has(scope)))
}

/** The first of these claims that a client with these powers may not ask for. */
export function withheldClaim(approved: readonly string[], asked: readonly string[]): string | undefined {
  const withheld = new Set(withheldFrom(approved).flatMap(({ claims }) => claims))
  return asked.find((claim) => withheld.has(claim))
}

type Registered = { ownerId: string | null; fromPack: boolean; powers: readonly string[] }

/** What was approved for a client that somebody registered or the pack has; undefined for one that the operator wrote. */
export const powersOf = ({ ownerId, fromPack, powers }: Registered): readonly string[] | undefined =>
  ownerId !== null || fromPack ? powers : undefined
