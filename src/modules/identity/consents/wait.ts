import type { FastifyRequest } from 'fastify'
import { type Installation, recordAct, type Sql, type Text } from '#platform'
import type { Client } from '../provider/clients.sql.ts'
import { alertOfHighRisk, findCoolOff } from './cool-off.sql.ts'
import type { Wait } from './wait.page.tsx'

/**
 * For a high-risk service that would be told something new: what keeps the session of this request from it, for the page
 * that says so; undefined for nothing. The person is alerted, and the trail has it, once a day. `action` is where the page
 * leads back to the service.
 */
export async function waitFor(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { client, scope, action }: { client: Client; scope: Text; action: string },
): Promise<Wait | undefined> {
  const coolOff = client.highRisk && (await findCoolOff(sql, installation, request))
  if (!coolOff) return undefined
  const { id: personId } = request.person!
  await installation.sql.begin(async (transaction) => {
    if (await alertOfHighRisk(transaction, { personId, service: client.name, scope }))
      await recordAct(transaction, request, { event: 'identity.high-risk-refused', subject: `client/${client.id}` })
  })
  return { action, service: client.name, ...coolOff }
}
