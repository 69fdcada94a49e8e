import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Installation } from '#platform'
import { listRecipients } from '../inbox/inbox.sql.ts'
import { sendAlert } from '../inbox/messages.ts'
import { findClient } from '../provider/clients.sql.ts'
import { workOf } from '../provider/work.ts'
import { withSealedToken } from './ping.ts'
import { insertRequest, model } from './requests.sql.ts'

/** CIBA Core 1.0, §7.1: plain words, short enough for two small screens. */
const bindingMessage = /^[\p{L}\p{N}][\p{L}\p{N} .,:/-]{1,39}$/u

/**
 * OpenID Connect Client-Initiated Backchannel Authentication Core 1.0, in poll and ping mode: staff begin at their counter, or on
 * the phone, and the person answers in their own account. The person is named by the inbox code that they say
 * (`login_hint`), and the two compare the words of `binding_message`, which is why it is required.
 */
export function backchannelAuthentication({ sql, vault }: Installation) {
  const refuse = async () => {
    throw new errors.InvalidRequest('name the person by login_hint: the inbox code that they say')
  }
  return {
    enabled: true,
    deliveryModes: ['poll', 'ping'],
    async processLoginHint(_: KoaContextWithOIDC, hint: string) {
      const code = hint.replace(/[\s-]/g, '').toUpperCase()
      const [found] = /^[A-Z0-9]{1,40}$/.test(code) ? await listRecipients(sql, [], [code]) : []
      return found?.personId
    },
    processLoginHintToken: refuse,
    async validateBindingMessage(_: KoaContextWithOIDC, message: string | undefined) {
      if (message === undefined || !bindingMessage.test(message))
        throw new errors.InvalidBindingMessage(
          'binding_message is required: 2 to 40 letters, digits, spaces and . , : / - that are on the screen of the staff as well',
        )
    },
    async validateRequestContext(_: KoaContextWithOIDC, context: string | undefined) {
      if (context !== undefined) throw new errors.InvalidRequest('request_context is not used here')
    },
    async verifyUserCode(_: KoaContextWithOIDC, __: unknown, code: string | undefined) {
      if (code !== undefined) throw new errors.InvalidRequest('user_code is not used here')
    },
    async triggerAuthenticationDevice(_: KoaContextWithOIDC, __: unknown, ___: unknown, client: Client) {
      const { name: service } = (await findClient(sql, client.clientId))!
      const { puts } = workOf()!
      const [name, request] = [...puts].find(([, { key }]) => key.model === model)!
      // It is kept now, with the alert, or not at all: what else this answer writes is written as it goes out.
      puts.delete(name)
      const kept = await sql.begin(async (sql) => {
        if (!(await insertRequest(sql, withSealedToken(vault, request)))) return false
        await sendAlert(sql, { personId: request.accountId!, kind: 'sign-in-asked', values: { service } })
        return true
      })
      if (!kept)
        throw new errors.AccessDenied('this person has several requests to answer first; try again in five minutes')
    },
  } as unknown as NonNullable<Configuration['features']>['ciba']
}
