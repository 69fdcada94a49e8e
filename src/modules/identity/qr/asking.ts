import type { FastifyInstance } from 'fastify'
import type { Installation, Text } from '#platform'
import { type Client, findClient } from '../provider/clients.sql.ts'
import { type Interaction, isHighRisk, levelWanted, uidIn } from '../provider/interaction.rules.ts'
import { findRecord, hashOf } from '../provider/records.sql.ts'
import { findFormService, type Service, serviceOf } from '../sign-in/sent-by.ts'
import { type Demand, demandOf, type Place, placesOf, together } from './allowed.rules.ts'

/** Who wants the browser to be signed in, as the phone shows it, and how sure it must be. */
export type Asking = Demand & {
  /** This site, at which the browser must be. */
  name: Text
  origin: string
  /** To which the browser goes on; null where it stays here. */
  service: Service | null
}

/** Who asks, by where the browser goes afterwards: this site, and the service whose request waits there. */
export async function askingOf(app: FastifyInstance, next: string): Promise<Asking> {
  const { pack, address } = app.installation
  const languages = pack.government.languages.map((each) => each.address)
  const site = { name: pack.government.site, origin: new URL(address).origin }
  const places = placesOf(next, languages)
  if (!places) return { level: 3, highRisk: true, service: null, ...site }
  const waiting = await Promise.all(places.map((place) => waitingAt(app.installation, place)))
  const demands = [...places.map((place) => demandOf(place, app.routeTable)), ...waiting.flatMap((each) => each ?? [])]
  const service = waiting.find((each) => each?.service)?.service ?? null
  return { ...together(demands), service, ...site }
}

type Waiting = Demand & { service: Service | null }

/** What the service demands whose request or form waits at a place; undefined where none does. */
async function waitingAt(installation: Installation, { path, query }: Place): Promise<Waiting | undefined> {
  const { sql } = installation
  const uid = /^\/id\/auth\/([\w-]{20,60})$/.exec(path)?.[1] ?? uidIn(path.replace(/\/link$/, ''))
  if (uid !== undefined) {
    const found = await findRecord(sql, 'Interaction', hashOf(uid))
    const request = found?.payload as Pick<Interaction, 'params'> | undefined
    const client = request && (await findClient(sql, String(request.params.client_id)))
    return client && ofRequest(installation, request, client)
  }
  // Of a request that has not come yet only its client is known, and not where it leads.
  const id = path === '/id/auth' ? query.get('client_id') : null
  const client = id === null || id.includes('\0') ? undefined : await findClient(sql, id)
  if (client) return { level: 1, highRisk: client.highRisk, service: null }
  const service = await findFormService(installation, path)
  return service ? { level: 1, highRisk: true, service } : undefined
}

function ofRequest(installation: Installation, request: Pick<Interaction, 'params'>, client: Client): Waiting {
  const redirectUri = String(request.params.redirect_uri)
  const service = client.state === 'suspended' ? null : serviceOf(installation, { ...client, redirectUri })
  return { level: levelWanted(request), highRisk: isHighRisk(request, client), service }
}
