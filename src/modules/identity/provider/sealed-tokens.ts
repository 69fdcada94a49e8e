import type { AdapterPayload, Provider } from 'oidc-provider'
import type { Installation } from '#platform'

type Vault = Installation['vault']

const purpose = 'client-credentials'
const context = 'provider-token'

/**
 * A token of a program for itself (RFC 6749, §4.4) carries what it stands for, sealed: it is opaque to everybody else, good on
 * every process, and needs no row. Only one that is revoked has a row until it would have ended.
 */
export function sealClientCredentials(provider: Provider, vault: Vault): void {
  const model = (provider as unknown as { ClientCredentials: { prototype: Issues } }).ClientCredentials.prototype
  const plain = model.getValueAndPayload
  // A token that the library needs not keep is one without a payload to keep, as its tokens in the form of a JWT are.
  model.getValueAndPayload = async function issue() {
    const { payload } = await plain.call(this)
    return { value: vault.seal(purpose, JSON.stringify(payload), context).toString('base64url'), payload: undefined }
  }
}

/** As the library has it, without a type. */
type Issues = { getValueAndPayload: () => Promise<{ value: string; payload: AdapterPayload | undefined }> }

/** What a token stands for; undefined for everything that was not sealed here. */
export function openClientCredentials(vault: Vault, token: string): AdapterPayload | undefined {
  if (token.length > tokenLengthMax) return undefined
  try {
    return JSON.parse(vault.open(purpose, Buffer.from(token, 'base64url'), context).toString()) as AdapterPayload
  } catch {
    return undefined
  }
}

const tokenLengthMax = 4000
