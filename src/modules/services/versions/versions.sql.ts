import type { Sql } from '#platform'
import type { Service } from '../definitions/service.ts'

export type Publication = {
  service: string
  number: number
  hash: string
  publishedAt: string
  publishedBy: string | null
}

/** What counts of each service: the last publication. */
export const listCurrent = (sql: Sql) =>
  sql<(Publication & { definition: Service })[]>`
    select distinct on (publication.service) publication.service, number, encode(hash, 'hex') as hash, published_at,
      published_by, definition
    from services.publication
    join services.version on hash = publication.version
    order by publication.service, number desc
    limit 5000`

/** Number and hash of the last publication of each service: cheap, to see whether anything was published since. */
export const listCurrentHashes = (sql: Sql) =>
  sql<{ service: string; number: number; hash: string }[]>`
    select distinct on (service) service, number, encode(version, 'hex') as hash
    from services.publication
    order by service, number desc
    limit 5000`

export const listPublications = (sql: Sql, service: string) =>
  sql<Publication[]>`
    select service, number, encode(version, 'hex') as hash, published_at, published_by
    from services.publication
    where service = ${service}
    order by number desc
    limit 1000`

export async function findVersion(sql: Sql, hash: string): Promise<Service | undefined> {
  const [row] = await sql<{ definition: Service }[]>`
    select definition
    from services.version
    where hash = decode(${hash}, 'hex')`
  return row?.definition
}

/** The definition of a service that counts now. */
export async function findCurrentDefinition(sql: Sql, service: string): Promise<Service | undefined> {
  const [row] = await sql<{ definition: Service }[]>`
    select definition
    from services.publication
    join services.version on hash = publication.version
    where publication.service = ${service}
    order by number desc
    limit 1`
  return row?.definition
}

/** What counts of a service now: who published which version. */
export async function findCurrent(
  sql: Sql,
  service: string,
): Promise<Pick<Publication, 'hash' | 'publishedBy'> | undefined> {
  const [row] = await sql<Pick<Publication, 'hash' | 'publishedBy'>[]>`
    select encode(version, 'hex') as hash, published_by
    from services.publication
    where service = ${service}
    order by number desc
    limit 1`
  return row
}

/** A publication of a service by its number, with what it says. */
export async function findPublished(
  sql: Sql,
  service: string,
  number: number,
): Promise<{ definition: Service; publishedAt: string } | undefined> {
  const [row] = await sql<{ definition: Service; publishedAt: string }[]>`
    select definition, published_at
    from services.publication
    join services.version on hash = publication.version
    where publication.service = ${service} and number = ${number}`
  return row
}

/** Waits until no other transaction publishes this service. */
export const lockService = (sql: Sql, service: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`services.publish.${service}`}, 0))`

export async function insertVersion(
  sql: Sql,
  version: { hash: string; definition: Service; now: Date },
): Promise<void> {
  await sql`
    insert into services.version (hash, service, definition, created_at)
    values (decode(${version.hash}, 'hex'), ${version.definition.id}, ${sql.json(version.definition as never)}, ${version.now})
    on conflict (hash) do nothing`
}

export async function insertPublication(
  sql: Sql,
  publication: { service: string; hash: string; now: Date; by: string | null },
): Promise<number> {
  const [row] = await sql<[{ number: number }]>`
    insert into services.publication (service, number, version, published_at, published_by)
    select ${publication.service}, coalesce(max(number), 0) + 1, decode(${publication.hash}, 'hex'), ${publication.now}, ${publication.by}
    from services.publication
    where service = ${publication.service}
    returning number`
  return row.number
}

/** Whether this version of a service ever counted. */
export async function wasPublished(sql: Sql, service: string, hash: string): Promise<boolean> {
  const [row] = await sql`
    select 1
    from services.publication
    where service = ${service} and version = decode(${hash}, 'hex')
    limit 1`
  return row !== undefined
}
