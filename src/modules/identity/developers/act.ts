import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { recordAct, type Sql } from '#platform'
import { type Act, doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import type { Client } from '../provider/clients.sql.ts'
import { providerOf } from '../provider/provider.ts'
import { getOwnClient } from './own.ts'

/** How an act on a client answers. */
export const done = { 303: Type.Null() }

type Change = (sql: Sql, client: Client) => Promise<unknown>

/**
 * Changes the client in the address, in one transaction with what the audit trail says of it, and leads to `next`, which
 * is its page. Refuses as `client-other-state` where `change` returns false, and then nothing has happened.
 */
export const actOn = (server: FastifyInstance) =>
  async function act(request: FastifyRequest, reply: FastifyReply, name: Act, change: Change, next?: string) {
    const id = await server.sql.begin(async (transaction) => {
      const client = await getOwnClient(transaction, request)
      if ((await change(transaction, client)) === false) throw problem('client-other-state')
      await recordAct(transaction, request, { event: `identity.${name}`, subject: `client/${client.id}` })
      return client.id
    })
    providerOf(server.installation).forget(id)
    return reply.redirect(doneAt(request, next ?? `/developers/clients/${id}`, name), 303)
  }
