import type { AdapterPayload } from 'oidc-provider'
import type { Installation } from '#platform'
import { providerOf } from '../provider/provider.ts'
import type { Put } from '../provider/records.sql.ts'
import { findAnswered, model } from './requests.sql.ts'

export const pingJob = 'identity.tell-service-of-answer'

type Vault = Installation['vault']

/** `auth_req_id` and the token of a notification are secrets of their bearer, and sealed wherever they are kept. */
export const identifierIn = (vault: Vault, secret: Buffer): string =>
  vault.open('provider-record', secret, model).toString()

const tokenOf = (handle: string) => `${model} ${handle} client_notification_token`

/** The request as it is kept: with the token sealed by which the service will know us, if it is one to be told. */
export function withSealedToken(vault: Vault, request: Put): Put {
  const { params, ...payload } = request.payload as AdapterPayload & { params: Record<string, unknown> }
  const token = params.client_notification_token
  if (typeof token !== 'string') return request
  const sealed = vault.seal('provider-record', token, tokenOf(request.key.id)).toString('hex')
  return { ...request, payload: { ...payload, params: { ...params, client_notification_token: sealed } } }
}

/**
 * A job: tells a service in ping mode that the person answered (CIBA Core 1.0, §10.2), unless it asked by itself meanwhile.
 * Throws where the service did not take it, to be tried again.
 */
export async function tellServiceOfAnswer(installation: Installation, payload: unknown): Promise<void> {
  const { sql, vault } = installation
  const { handle } = payload as { handle: string }
  const secret = await findAnswered(sql, handle)
  if (!secret) return
  const provider = await providerOf(installation).get()
  const request = await provider.BackchannelAuthenticationRequest.find(identifierIn(vault, secret))
  const client = request && (await provider.Client.find(request.clientId!))
  const sealed = request?.params?.client_notification_token
  // It may have been suspended meanwhile, or wants to be told no longer.
  if (client?.backchannelTokenDeliveryMode !== 'ping' || typeof sealed !== 'string') return
  const token = vault.open('provider-record', Buffer.from(sealed, 'hex'), tokenOf(handle)).toString()
  request!.params = { ...request!.params, client_notification_token: token }
  await client.backchannelPing(request!)
}
