import { type Static, Type } from 'typebox'
import type { Pack } from '#pack'
import { fold, Text, texts } from '#platform'
import type { Client } from '../provider/clients.sql.ts'
import { isLoopback, linesOf, mistakeInAddresses, type Sentence } from './addresses.rules.ts'
import { holdsPrivateKey, type Keys, keysLengthMax, readKeys } from './keys.rules.ts'

/** How a client proves who it is: by a secret, by its own key, or, where it can keep neither, by PKCE alone. */
export const kinds = ['secret', 'key', 'public'] as const
export type Kind = (typeof kinds)[number]
export const Kind = Type.Enum([...kinds])

export const ClientState = Type.Enum(['sandbox', 'live', 'suspended'])

export const nameMax = 60

/** What a developer sends. */
export type Registration = Static<typeof Registration>
export const Registration = Type.Object({
  nameEn: Type.String({ maxLength: 500 }),
  nameHant: Type.String({ maxLength: 500 }),
  kind: Type.String({ maxLength: 20 }),
  addresses: Type.String({ maxLength: 10_000 }),
  signOutAddresses: Type.String({ maxLength: 10_000 }),
  keys: Type.String({ maxLength: keysLengthMax }),
})
export type Field = keyof Registration

/** The form as it was filled in, with what is wrong with it. */
export type Filled = Static<typeof Filled>
export const Filled = Type.Object({
  values: Type.Object({
    nameEn: Type.String(),
    nameHant: Type.String(),
    kind: Type.String(),
    addresses: Type.String(),
    signOutAddresses: Type.String(),
    keys: Type.String(),
  }),
  mistakes: Type.Array(
    Type.Object({ field: Type.String(), text: Text, values: Type.Record(Type.String(), Type.Unknown()) }),
  ),
})
type Mistake = { field: Field } & Sentence

export const empty: Registration = {
  nameEn: '',
  nameHant: '',
  kind: '',
  addresses: '',
  signOutAddresses: '',
  keys: '',
}

const words = texts({
  noName: {
    en: 'Write the name that people will read, in English or Chinese or both.',
    'zh-Hant': '請填寫使用者會看到的名稱，中文、英文或兩者皆可。',
  },
  longName: {
    en: 'Shorten the name to {max} characters at most.',
    'zh-Hant': '請把名稱縮短至最多 {max} 個字元。',
  },
  strangeName: {
    en: 'The name has characters that cannot be seen. Type it again rather than pasting it.',
    'zh-Hant': '名稱含有不可見的字元。請重新輸入，不要貼上。',
  },
  governmentName: {
    en: 'This is the name of the government or of one of its organisations, and people would take your service for theirs. Choose another.',
    'zh-Hant': '這是政府或其機構的名稱，使用者會誤以為是官方服務。請另選名稱。',
  },
  liveName: {
    en: 'An officer approved this client under its name. Keep it, or register another client and have that approved.',
    'zh-Hant': '這個客戶端是以現有名稱獲批准的。請保留原名，或另行登記一個客戶端申請批准。',
  },
  liveHost: {
    en: 'An officer approved this client at {host}. Keep that host, or register another client and have that approved.',
    'zh-Hant': '這個客戶端是以 {host} 獲批准的。請保留該主機，或另行登記一個客戶端申請批准。',
  },
  noKind: { en: 'Choose what your service is.', 'zh-Hant': '請選擇服務的種類。' },
})

/** What `registration` means, or what is wrong with it; `before` is the client that it changes. */
export async function readRegistration(
  pack: Pick<Pack, 'organisations' | 'government'>,
  registration: Registration,
  before?: Client,
): Promise<{ name: Text; kind: Kind; metadata: Record<string, unknown>; mistakes: Mistake[] }> {
  const mistakes: Mistake[] = []
  const wrong = (field: Field, sentence: Sentence | undefined) => sentence && mistakes.push({ field, ...sentence })
  const live = before !== undefined && before.liveAt !== null
  const name = nameOf(registration)
  const inName = mistakeInName(name, pack)
  wrong(inName?.field ?? 'nameEn', inName)
  if (live && (name.en !== before.name.en || name['zh-Hant'] !== before.name['zh-Hant']) && !inName)
    wrong('nameEn', { text: words.liveName, values: {} })

  const kind = before ? kindOf(before) : (kinds.find((each) => each === registration.kind) ?? 'public')
  if (!before && !kinds.some((each) => each === registration.kind)) wrong('kind', { text: words.noKind, values: {} })

  const addresses = linesOf(registration.addresses)
  const signOut = linesOf(registration.signOutAddresses)
  const inAddresses = mistakeInAddresses(addresses, { live })
  wrong('addresses', inAddresses)
  wrong('signOutAddresses', mistakeInAddresses(signOut, { live, required: false }))
  if (live && !inAddresses) {
    const host = new URL((before.metadata.redirect_uris as string[])[0]!).host
    if (new URL(addresses[0]!).host !== host) wrong('addresses', { text: words.liveHost, values: { host } })
  }

  let keys: Keys | undefined
  if (kind === 'key' && !before) {
    const read = await readKeys(registration.keys)
    wrong('keys', read.mistake)
    keys = read.keys
  } else if (kind === 'key') keys = before?.metadata.jwks as Keys
  const metadata = mistakes.length > 0 ? {} : metadataOf(kind, { addresses, signOut, keys })
  return { name, kind, metadata, mistakes }
}

/** What goes back into the form: everything, but no private key. */
export const keptValues = (registration: Registration): Registration => ({
  ...registration,
  keys: holdsPrivateKey(registration.keys) ? '' : registration.keys,
})

type Parts = { addresses: string[]; signOut: string[]; keys: Keys | undefined }

/** As RFC 7591 names it. What follows from risk and from approval is added when the provider reads it. */
export function metadataOf(kind: Kind, { addresses, signOut, keys }: Parts): Record<string, unknown> {
  const methods = { secret: 'client_secret_basic', key: 'private_key_jwt', public: 'none' }
  const isOwn = (address: string) => address.startsWith('http:') && isLoopback(address)
  const native =
    kind === 'public' &&
    addresses.some(isOwn) &&
    [...addresses, ...signOut].every((address) => isOwn(address) || !isLoopback(address))
  return {
    redirect_uris: addresses,
    ...(signOut.length > 0 && { post_logout_redirect_uris: signOut }),
    // RFC 8252, §7.3: a program on one's own computer listens on whichever port is free.
    ...(native && { application_type: 'native' }),
    token_endpoint_auth_method: methods[kind],
    grant_types: ['authorization_code', 'refresh_token', ...(kind === 'public' ? [] : ['client_credentials'])],
    response_types: ['code'],
    ...(keys && { jwks: keys }),
  }
}

export function kindOf({ metadata }: Pick<Client, 'metadata'>): Kind {
  const method = metadata.token_endpoint_auth_method
  return method === 'none' ? 'public' : method === 'private_key_jwt' ? 'key' : 'secret'
}

/** The form of a client as it stands. */
export const registrationOf = (client: Client): Registration => ({
  nameEn: client.name.en,
  // One language that stands for both was written once.
  nameHant: client.name['zh-Hant'] === client.name.en ? '' : client.name['zh-Hant'],
  kind: kindOf(client),
  addresses: addressesOf(client).join('\n'),
  signOutAddresses: ((client.metadata.post_logout_redirect_uris ?? []) as string[]).join('\n'),
  keys: '',
})

export const addressesOf = ({ metadata }: Pick<Client, 'metadata'>) => (metadata.redirect_uris ?? []) as string[]

/** One language stands for both. */
function nameOf({ nameEn, nameHant }: Registration): Text {
  const [en, hant] = [nameEn.trim().normalize('NFC'), nameHant.trim().normalize('NFC')]
  return { en: en || hant, 'zh-Hant': hant || en }
}

const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  // biome-ignore format: matrix
  ['аa', 'еe', 'оo', 'рp', 'сc', 'уy', 'хx', 'іi', 'ѕs', 'ԁd', 'һh', 'ոn', 'αa', 'οo', 'ρp', 'νv', 'ιi', 'κk', 'τt', 'мm', 'тt', 'кk', 'вb', 'нh', 'ıi', '0o', '1l', '|l']
    .map(([look, like]) => [look!, like!]),
)

/** What is left of a name for the eye that passes over it: no accents, gaps, marks and article, lookalikes as what they look like. */
const boneOf = (text: string): string =>
  [...fold(text).normalize('NFD')]
    .map((each) => lookalikes[each] ?? each)
    .join('')
    .replace(/^the\b/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

export type Official = Pick<Pack, 'organisations' | 'government'>

/** Whether a name looks like that of the government, this site or one of its organisations. */
export function isOfficialName(name: string, { organisations, government }: Official): boolean {
  const official = [government.name, government.site, ...organisations.flatMap((each) => [each.name, each.short ?? []])]
    .flat()
    .flatMap((each) => [each.en, each['zh-Hant']])
    .map(boneOf)
  return official.includes(boneOf(name))
}

function mistakeInName(name: Text, pack: Official) {
  for (const [field, text] of [
    ['nameEn', name.en],
    ['nameHant', name['zh-Hant']],
  ] as const) {
    const wrong = (sentence: Text) => ({ field, text: sentence, values: { max: nameMax } })
    if (text === '') return wrong(words.noName)
    if ([...text].length > nameMax) return wrong(words.longName)
    // Control and format characters turn the direction of what follows, or hide.
    if (/[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/u.test(text)) return wrong(words.strangeName)
    if (isOfficialName(text, pack)) return wrong(words.governmentName)
  }
  return undefined
}
