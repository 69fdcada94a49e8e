import type { FastifyInstance } from 'fastify'
import type { Text } from '#platform'
import { type Demand, demandOf } from './allowed.rules.ts'

/** Who wants the browser to be signed in, as the phone shows it, and how sure it must be. */
export type Asking = Demand & { name: Text; origin: string }

/**
 * Who asks, by where the browser goes afterwards. Of this site itself: its name and address. A provider that leads to
 * clients answers here with the name, origin and demand of the client behind `next`.
 */
export async function askingOf(app: FastifyInstance, next: string): Promise<Asking> {
  const { pack, address } = app.installation
  const languages = pack.government.languages.map(({ address }) => address)
  return { ...demandOf(next, app.routeTable, languages), name: pack.government.site, origin: new URL(address).origin }
}
