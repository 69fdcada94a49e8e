import { createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { type Text, texts, type Values } from '#platform'
import type { Sentence } from './addresses.rules.ts'

export const keysMax = 4
export const keysLengthMax = 20_000

const words = texts({
  none: {
    en: 'Paste the public key of your service, as JSON: a JWK, or a set of them.',
    'zh-Hant': '請貼上服務的公開密鑰（JSON）：一個 JWK，或一組 JWK。',
  },
  unreadable: {
    en: 'This is no JSON Web Key. It stands in braces and has kty, crv, x and y; several stand in a list named keys. “How to make a key” above the form shows one.',
    'zh-Hant':
      '這不是 JSON Web Key。密鑰放在大括號內，含 kty、crv、x 和 y；多把密鑰放在名為 keys 的清單內。可參考表格上方的「如何建立密鑰」。',
  },
  private: {
    en: 'That was a private key. We did not keep it, but it has travelled: make a new one, keep its private part to yourself, and paste the public part.',
    'zh-Hant': '剛才貼上的是私人密鑰。我們沒有保存，但它已經外傳：請另建一把，私人部分自行保管，只貼上公開部分。',
  },
  kind: {
    en: 'Key {number} is of a kind that is not taken. Use EC on P-256, Ed25519, or RSA of 2,048 to 4,096 bits.',
    'zh-Hant': '第 {number} 把密鑰的種類不適用。請用 P-256 的 EC、Ed25519，或 2,048 至 4,096 位元的 RSA。',
  },
  broken: {
    en: 'Key {number} is not whole, so no signature could be checked by it. Copy it again.',
    'zh-Hant': '第 {number} 把密鑰不完整，不能用來核對簽署。請重新複製。',
  },
  use: {
    en: 'Key {number} says that it is for something other than signing. Leave out “use”, “key_ops” and “alg”, or paste the key that signs.',
    'zh-Hant': '第 {number} 把密鑰註明並非用於簽署。請刪去 use、key_ops 和 alg，或貼上用於簽署的密鑰。',
  },
  many: {
    en: 'Keep at most {max} keys: the one in use and the next.',
    'zh-Hant': '最多 {max} 把密鑰：現用的一把和下一把即可。',
  },
  twice: {
    en: 'Two keys have the same identifier (kid) or are the same key. Keep one of them.',
    'zh-Hant': '有兩把密鑰的識別碼（kid）相同，或為同一把密鑰。請只保留一把。',
  },
})

/** Which algorithm a kind of key signs by here. */
export const algorithmOf = ({ kty }: Pick<JWK, 'kty'>) => (kty === 'EC' ? 'ES256' : kty === 'RSA' ? 'PS256' : 'Ed25519')

const algorithms: Record<string, readonly string[]> = {
  ES256: ['ES256'],
  PS256: ['PS256'],
  Ed25519: ['EdDSA', 'Ed25519'],
}
const parts: Record<string, readonly string[]> = { EC: ['crv', 'x', 'y'], RSA: ['e', 'n'], OKP: ['crv', 'x'] }
const privateParts = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

export type Keys = { keys: JWK[] }
type Read = { keys: Keys; mistake?: never } | { mistake: Sentence; keys?: never }

/** The public keys in what somebody pasted, reduced to what verifies and named where they had no name (RFC 7517, RFC 7638). */
export async function readKeys(text: string): Promise<Read> {
  const wrong = (sentence: Text, values: Values = {}): Read => ({ mistake: { text: sentence, values } })
  if (text.trim() === '') return wrong(words.none)
  const given = keysIn(text)
  if (!given) return wrong(words.unreadable)
  if (given.some((key) => privateParts.some((part) => Object.hasOwn(key, part)))) return wrong(words.private)
  if (given.length > keysMax) return wrong(words.many, { max: keysMax })
  const keys: JWK[] = []
  for (const [index, key] of given.entries()) {
    const mistake = mistakeIn(key)
    if (mistake) return wrong(mistake, { number: index + 1 })
    keys.push(await reduce(key as JWK & { kty: string }))
  }
  const prints = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)))
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length || new Set(prints).size < keys.length)
    return wrong(words.twice)
  return { keys: { keys } }
}

/** Somebody pasted something private: it is not sent back in the page. */
export const holdsPrivateKey = (text: string): boolean =>
  (keysIn(text) ?? []).some((key) => privateParts.some((part) => Object.hasOwn(key, part)))

/** For people, who know a key by its name. */
export const writeKeys = ({ keys }: Keys): string =>
  JSON.stringify({ keys: keys.map(({ kid, kty, ...key }) => ({ kid, kty, ...key })) }, null, 2)

function keysIn(text: string): Record<string, unknown>[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const isObject = (each: unknown): each is Record<string, unknown> =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
  if (!isObject(value)) return undefined
  const list = Array.isArray(value.keys) ? (value.keys as unknown[]) : [value]
  return list.length > 0 && list.every(isObject) ? list : undefined
}

function mistakeIn(key: Record<string, unknown>): Text | undefined {
  const needed = parts[String(key.kty)]
  if (!needed || (key.kty === 'EC' && key.crv !== 'P-256') || (key.kty === 'OKP' && key.crv !== 'Ed25519'))
    return words.kind
  const kidFits = key.kid === undefined || (typeof key.kid === 'string' && /^[!-&(-[\]-~]{1,100}$/.test(key.kid))
  if (!kidFits || needed.some((part) => typeof key[part] !== 'string')) return words.broken
  let bits: number | undefined
  try {
    bits = createPublicKey({ key: key as never, format: 'jwk' }).asymmetricKeyDetails?.modulusLength
  } catch {
    return words.broken
  }
  if (key.kty === 'RSA' && (bits === undefined || bits < 2048 || bits > 4096)) return words.kind
  const algs = algorithms[algorithmOf(key as JWK & { kty: string })]!
  // RFC 7517, §4.3: a key that says for what it is, is for nothing else.
  const verifies = key.key_ops === undefined || (Array.isArray(key.key_ops) && key.key_ops.includes('verify'))
  if (!verifies || (key.use !== undefined && key.use !== 'sig')) return words.use
  if (key.alg !== undefined && !algs.includes(String(key.alg))) return words.use
  return undefined
}

async function reduce(key: JWK & { kty: string }): Promise<JWK> {
  const kept = Object.fromEntries(['kty', ...parts[key.kty]!].map((part) => [part, key[part as keyof JWK]])) as JWK
  return { ...kept, kid: key.kid ?? (await calculateJwkThumbprint(kept)), use: 'sig' }
}
