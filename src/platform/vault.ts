import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomFillSync } from 'node:crypto'

/**
 * Keeps what a copy of the database must not give away: identity numbers, private keys. Where keys are held by a device,
 * another implementation of these three functions stands in its place.
 */
export type Vault = {
  /** Encrypts with AES-256-GCM. `context` is what the text belongs to, as `person/p-1`: it opens nowhere else. */
  seal: (purpose: string, plain: string | Uint8Array, context: string) => Buffer
  /** What was sealed for this purpose and context. Throws where it was not, or was changed since. */
  open: (purpose: string, sealed: Uint8Array, context: string) => Buffer
  /** HMAC-SHA-256 by which a text can be found again without being readable. Same text and purpose, same 32 bytes. */
  lookup: (purpose: string, text: string) => Buffer
}

const nonceBytes = 12
const tagBytes = 16
/** Also says how what follows is sealed, should that ever change. */
const version = Buffer.of(1)

/** A vault whose keys are all derived from one secret of the installation (HKDF, RFC 5869): one for each purpose. */
export function openVault(secret: string): Vault {
  // As objects: bytes would be made one at each use, which costs more than the sealing.
  const keys = new Map<string, ReturnType<typeof createSecretKey>>()
  const keyFor = (use: 'seal' | 'lookup', purpose: string) => {
    const info = `praya ${use} ${purpose}`
    const key = keys.get(info) ?? createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'praya vault', info, 32)))
    keys.set(info, key)
    return key
  }
  const bound = (context: string) => Buffer.concat([version, Buffer.from(context)])
  // Asked for in one go: each asking costs more than the sealing. Each is given out once.
  const nonces = Buffer.allocUnsafeSlow(nonceBytes * 256)
  let nonceAt = nonces.length
  const nextNonce = () => {
    if (nonceAt === nonces.length) {
      randomFillSync(nonces)
      nonceAt = 0
    }
    nonceAt += nonceBytes
    return nonces.subarray(nonceAt - nonceBytes, nonceAt)
  }
  return {
    seal(purpose, plain, context) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', keyFor('seal', purpose), nonce).setAAD(bound(context))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([version, nonce, cipher.getAuthTag(), body])
    },
    open(purpose, sealed, context) {
      const bytes = Buffer.from(sealed)
      const tagAt = version.length + nonceBytes
      const bodyAt = tagAt + tagBytes
      if (bytes.length < bodyAt || bytes[0] !== version[0]) throw new Error('This is not what the vault sealed')
      const nonce = bytes.subarray(version.length, tagAt)
      const options = { authTagLength: tagBytes }
      const decipher = createDecipheriv('aes-256-gcm', keyFor('seal', purpose), nonce, options)
      decipher.setAAD(bound(context)).setAuthTag(bytes.subarray(tagAt, bodyAt))
      return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()])
    },
    lookup: (purpose, text) => createHmac('sha256', keyFor('lookup', purpose)).update(text).digest(),
  }
}
