import type { FastifyRequest } from 'fastify'
import type { Client } from '../provider/clients.sql.ts'
import type { AsOneself } from './as-oneself.page.tsx'

/**
 * For the page that says that the service at `origin` would be told of the person alone; undefined for who acts for nobody
 * else. `path` is where the page that asks stands.
 */
export function actsForAnother(
  { person, server }: Pick<FastifyRequest, 'person' | 'server'>,
  { client, origin, path }: { client: Client; origin: string; path: string },
): AsOneself | undefined {
  if (!person?.onBehalfOf) return undefined
  const { organisations } = server.installation.pack
  return {
    path,
    service: client.name,
    organisation: organisations.find(({ id }) => id === client.organisation)?.name ?? null,
    origin,
    sandbox: client.state === 'sandbox',
    person: person.name,
    other: person.onBehalfOf.name,
  }
}
