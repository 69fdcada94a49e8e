import type { Sql } from '#platform'

const browsersMax = 100

/**
 * Notes that a person signed in in this browser, by a keyed hash of its cookie. `first` if they never signed in anywhere
 * before, `new` if not in this one.
 */
export async function noteBrowser(sql: Sql, personId: string, key: Buffer): Promise<'first' | 'new' | 'known'> {
  const { count } = await sql`
    update identity.known_browser
    set used_at = now()
    where person_id = ${personId} and key = ${key}`
  if (count > 0) return 'known'
  const others = await sql`
    select key
    from identity.known_browser
    where person_id = ${personId}
    order by used_at desc
    limit ${browsersMax}`
  await sql`
    insert into identity.known_browser (person_id, key)
    values (${personId}, ${key})
    on conflict (person_id, key) do nothing`
  if (others.length === browsersMax) await deleteLongestUnused(sql, personId)
  return others.length === 0 ? 'first' : 'new'
}

async function deleteLongestUnused(sql: Sql, personId: string): Promise<void> {
  await sql`
    delete from identity.known_browser
    where person_id = ${personId} and key not in (
      select key from identity.known_browser
      where person_id = ${personId}
      order by used_at desc
      limit ${browsersMax})`
}

/** A job: browsers whose cookie has ended. */
export async function deleteOldBrowsers(sql: Sql): Promise<void> {
  await sql`delete from identity.known_browser where used_at < now() - interval '400 days'`
}
