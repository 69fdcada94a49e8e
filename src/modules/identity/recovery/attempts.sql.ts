import type { Installation, Sql } from '#platform'
import { problem } from '../problems.ts'
import { type AttemptKind, counting, networkOf, secondsToWait, type Tries, windowSeconds } from './attempts.rules.ts'

const keyOf = ({ vault }: Installation, kind: AttemptKind, address: string) =>
  vault.lookup('attempt', `${kind} ${networkOf(address)}`)

/** Of all addresses together, in this hour: no address is written so. */
const keyOfHour = ({ vault }: Installation, kind: AttemptKind, now: Date) =>
  vault.lookup('attempt', `${kind} * ${Math.floor(now.getTime() / (windowSeconds * 1000))}`)

/**
 * Counts a try of an address, or refuses it with `too-many-attempts`. In a transaction of its own, before what is tried:
 * it counts though that fails, and of many at once each is counted before the next is let through.
 */
export async function takeTurn(installation: Installation, kind: AttemptKind, address: string): Promise<void> {
  const now = installation.now()
  const own = keyOf(installation, kind, address)
  const all = keyOfHour(installation, kind, now)
  const seconds = await installation.sql.begin(async (sql) => {
    const tries = await lockTries(sql, own, now)
    const wait = secondsToWait(kind, tries, await findTries(sql, all, now), now)
    if (wait > 0) return wait
    await countTry(sql, own, counting(tries, now) + 1, now)
    await countOneMore(sql, all, now)
    return 0
  })
  if (seconds > 0) throw problem('too-many-attempts', { values: { seconds } })
}

/** After a try that was right: the address begins anew. */
export async function forgetTries(
  sql: Sql,
  installation: Installation,
  kind: AttemptKind,
  address: string,
): Promise<void> {
  await sql`delete from identity.attempt where key = ${keyOf(installation, kind, address)}`
}

async function lockTries(sql: Sql, key: Buffer, now: Date): Promise<Tries> {
  const [row] = await sql<{ count: number; lastAt: string }[]>`
    insert into identity.attempt (key, count, last_at)
    values (${key}, 0, ${now})
    on conflict (key) do update set count = attempt.count
    returning count, last_at`
  return { count: row!.count, lastAt: new Date(row!.lastAt) }
}

async function findTries(sql: Sql, key: Buffer, now: Date): Promise<Tries> {
  const [row] = await sql<{ count: number; lastAt: string }[]>`
    select count, last_at
    from identity.attempt
    where key = ${key}`
  return row ? { count: row.count, lastAt: new Date(row.lastAt) } : { count: 0, lastAt: now }
}

async function countTry(sql: Sql, key: Buffer, count: number, now: Date): Promise<void> {
  await sql`
    update identity.attempt
    set count = ${count}, last_at = ${now}
    where key = ${key}`
}

async function countOneMore(sql: Sql, key: Buffer, now: Date): Promise<void> {
  await sql`
    insert into identity.attempt (key, count, last_at)
    values (${key}, 1, ${now})
    on conflict (key) do update set last_at = excluded.last_at, count = attempt.count + 1`
}

/** A job: addresses that tried nothing for a while. */
export async function deleteOldTries(sql: Sql): Promise<void> {
  await sql`delete from identity.attempt where last_at < now() - ${windowSeconds} * interval '1 second'`
}
