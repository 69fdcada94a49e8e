import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, expects, oneOf, PackId, packText, reference } from '#pack'
import { texts } from '#platform'
import { addressesMax, addressLengthMax, mistakeInAddresses } from './addresses.rules.ts'
import { keysMax } from './keys.rules.ts'
import { isPower, powers } from './powers.ts'

const addresses = (description: string) =>
  Type.Array(
    Type.String({
      minLength: 1,
      maxLength: addressLengthMax,
      pattern: '^https?://',
      ...expects({
        en: 'A full address, as https://service.example/callback',
        'zh-Hant': '完整網址，例如 https://service.example/callback',
      }),
    }),
    { minItems: 1, maxItems: addressesMax, uniqueItems: true, description },
  )

const Key = Type.Object(
  {
    kty: oneOf(['EC', 'RSA', 'OKP'], 'What kind of key it is'),
    kid: Type.String({ minLength: 1, maxLength: 100, description: 'Its identifier' }),
    crv: Type.Optional(Type.String({ maxLength: 20 })),
    x: Type.Optional(Type.String({ maxLength: 2000 })),
    y: Type.Optional(Type.String({ maxLength: 2000 })),
    n: Type.Optional(Type.String({ maxLength: 2000 })),
    e: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { description: 'A public JWK (RFC 7517)' },
)

/** A client of the government itself. A pack is read by everybody, so it has keys and no secrets. */
export type PackClient = Static<typeof PackClient>
const PackClient = Type.Object({
  id: PackId,
  name: packText(60),
  organisation: reference('organisation'),
  state: oneOf(['sandbox', 'live'], 'In trial, with a warning to whoever signs in, or in use'),
  kind: oneOf(
    ['key', 'public', 'counter'],
    'It proves itself by its own key; it can keep none, and PKCE protects it; or staff begin at a counter (CIBA)',
  ),
  addresses: Type.Optional(addresses('Where people come back; none for a counter')),
  signOutAddresses: Type.Optional(addresses('Where people go after signing out')),
  keysAddress: Type.Optional(
    Type.String({
      maxLength: addressLengthMax,
      pattern: '^https://|^http://localhost[:/]',
      ...expects({
        en: 'A full address, as https://counter.example/jwks.json',
        'zh-Hant': '完整網址，例如 https://counter.example/jwks.json',
      }),
    }),
  ),
  notificationAddress: Type.Optional(
    Type.String({
      maxLength: addressLengthMax,
      pattern: '^https://',
      ...expects({
        en: 'A full address, as https://counter.example/answered, where a counter is told that the person answered (ping mode); without it, it asks',
        'zh-Hant':
          '完整網址，例如 https://counter.example/answered；市民回覆後會通知此網址（ping 模式），不填則由櫃位查詢',
      }),
    }),
  ),
  keys: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: keysMax })),
  powers: Type.Optional(
    Type.Array(
      oneOf(
        powers.map(({ id }) => id),
        'What of high risk it may do',
      ),
      { maxItems: powers.length, uniqueItems: true },
    ),
  ),
})

const sentences = texts({
  counter: {
    en: 'A client of kind “counter” has “keysAddress”, and no addresses to which people come back; every other has addresses, and no “keysAddress”.',
    'zh-Hant':
      '種類為 counter 的客戶端須有 keysAddress，而沒有 addresses；其他種類須有 addresses，而沒有 keysAddress。',
  },
  notification: {
    en: 'Only a client of kind “counter” has “notificationAddress”.',
    'zh-Hant': '只有種類為 counter 的客戶端才有 notificationAddress。',
  },
  needsKey: {
    en: 'A client that proves itself by a key, or may do what is of high risk, has kind “key” and its public keys.',
    'zh-Hant': '以密鑰證明自己或用於高風險用途的客戶端，kind 須為 key，並列出公開密鑰。',
  },
})

function* check(values: readonly PackClient[]): Generator<Complaint> {
  for (const client of values) {
    const { kind, keys, powers: held = [], state, signOutAddresses = [] } = client
    if ((kind === 'key') !== (keys !== undefined) || (held.some(isPower) && kind !== 'key'))
      yield { at: client, key: 'kind', text: sentences.needsKey }
    const isCounter = kind === 'counter'
    if (isCounter !== (client.keysAddress !== undefined) || isCounter !== (client.addresses === undefined))
      yield { at: client, key: 'kind', text: sentences.counter }
    if (client.notificationAddress !== undefined && !isCounter)
      yield { at: client, key: 'notificationAddress', text: sentences.notification }
    const live = state === 'live'
    const wrong = client.addresses && mistakeInAddresses(client.addresses, { live })
    if (wrong) yield { at: client, key: 'addresses', ...wrong }
    const wrongAfter = mistakeInAddresses(signOutAddresses, { live, required: false })
    if (wrongAfter) yield { at: client, key: 'signOutAddresses', ...wrongAfter }
  }
}

export const packClients: Definition<typeof PackClient> = {
  kind: 'client',
  file: 'clients.yaml',
  summary: 'Services of the government itself that people sign in to.',
  shape: PackClient,
  holds: 'list',
  identifier: 'id',
  check,
}
