import type { Sql } from '#platform'

/** What the pack says of a service, by the hashes of its versions. */
export type PackVersion = {
  /** What the pack said when it was last dealt with here; none where officers were first to have a service of this name. */
  settled: string | null
  /** What it says now, where that waits for officers. */
  proposed: string | null
  proposedAt: string | null
  askedAt: string | null
  askedBy: string | null
}

export async function findPackVersion(sql: Sql, service: string): Promise<PackVersion | undefined> {
  const [row] = await sql<PackVersion[]>`
    select encode(settled, 'hex') as settled, encode(proposed, 'hex') as proposed, proposed_at, asked_at, asked_by
    from services.pack_version
    where service = ${service}`
  return row
}

/** Services of which a change of the pack waits for officers. */
export const listProposed = (sql: Sql) =>
  sql<{ service: string }[]>`
    select service
    from services.pack_version
    where proposed is not null
    order by service
    limit 5000`

/** Keeps that this version of the pack was dealt with. What waited beside it waits no more, unless it is what `waits`. */
export async function settlePackVersion(
  sql: Sql,
  { service, settled, waits = null }: { service: string; settled: string; waits?: string | null },
): Promise<void> {
  await sql`
    insert into services.pack_version (service, settled)
    values (${service}, decode(${settled}, 'hex'))
    on conflict (service) do update
    set settled = excluded.settled`
  await sql`
    update services.pack_version
    set proposed = null, proposed_at = null, asked_at = null, asked_by = null
    where service = ${service} and proposed is distinct from decode(${waits}, 'hex')`
}

/** Lets a version of the pack wait for officers, in the place of an older one that does. */
export const proposePackVersion = (
  sql: Sql,
  { service, hash, now }: { service: string; hash: string; now: Date },
) => sql`
  insert into services.pack_version (service, proposed, proposed_at)
  values (${service}, decode(${hash}, 'hex'), ${now})
  on conflict (service) do update
  set proposed = excluded.proposed, proposed_at = excluded.proposed_at, asked_at = null, asked_by = null`

/** What a pack says no more of waits for nobody. */
export const withdrawProposals = (sql: Sql, services: readonly string[]) => sql`
  update services.pack_version
  set proposed = null, proposed_at = null, asked_at = null, asked_by = null
  where proposed is not null and service <> all(${services as string[]})`

export const updatePackAsked = (sql: Sql, service: string, asked: { now: Date; by: string } | null) => sql`
  update services.pack_version
  set asked_at = ${asked?.now ?? null}, asked_by = ${asked?.by ?? null}
  where service = ${service}`
