import type { Installation, Sql, Text } from '#platform'
import type { Offered } from './types.ts'

const listMax = 200

/** The services to which somebody can be limited: every client that is in use, but for the platforms of other governments. */
export async function listServices(sql: Sql, { pack }: Pick<Installation, 'pack'>): Promise<Offered[]> {
  const rows = await sql<(Omit<Offered, 'organisation'> & { organisation: string | null })[]>`
    select id, name, organisation, high_risk
    from identity.client
    where state = 'live' and channel is null
    order by organisation, name ->> 'en', id
    limit ${listMax}`
  return rows.map(({ organisation, ...service }) => ({
    ...service,
    organisation: pack.organisations.find(({ id }) => id === organisation)?.name ?? null,
  }))
}

/** In a statement: the names of the services whose identifiers stand in a column, in their order; null for no limit. */
export const serviceNames = (sql: Sql, column: ReturnType<Sql>) => sql`
  (select jsonb_agg(coalesce(client.name, jsonb_build_object('en', listed.id, 'zh-Hant', listed.id)) order by listed.place)
   from unnest(${column}) with ordinality as listed(id, place)
   left join identity.client on client.id = listed.id)`

/** As a row has them. */
export type ServiceNames = Text[] | null
