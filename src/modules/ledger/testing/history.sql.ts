import type { Sql } from '#platform'

/**
 * Has the database itself write down every checkpoint that was ever visible, and gives tests a table of acts that entries
 * tell of. As the owner; `app` may act, and may not touch what was seen.
 */
export async function watchHistory(owner: Sql): Promise<void> {
  await owner.unsafe(`
    create table public.act (
      log   text not null,
      entry bytea not null
    );
    grant select, insert on public.act to app;
    create table public.seen (
      at           bigint generated always as identity primary key,
      log          smallint not null,
      size         bigint not null,
      sequenced    bytea not null,
      published    bytea not null
    );
    grant select on public.seen to app;
    create function public.see() returns trigger language plpgsql security definer as $$
      begin
        insert into public.seen (log, size, sequenced, published)
        values (new.id, new.size, new.sequenced, new.published);
        return null;
      end $$;
    create trigger see after update on ledger.log for each row execute function public.see();`)
}

/** What an entry tells of, in the transaction that promises it. */
export async function insertActs(sql: Sql, log: string, entries: readonly Uint8Array[]): Promise<void> {
  await sql`
    insert into public.act (log, entry)
    select ${log}, given.entry
    from unnest(${sql.array([...entries])}::bytea[]) as given(entry)`
}

const manyMax = 1_000_000

export async function listActs(sql: Sql, log: string): Promise<Buffer[]> {
  const rows = await sql<{ entry: Buffer }[]>`
    select distinct entry
    from public.act
    where log = ${log}
    limit ${manyMax}`
  return rows.map(({ entry }) => entry)
}

export type Seen = { size: number; sequenced: Buffer; published: Buffer }

/** Every checkpoint that a log ever had, the oldest first: whoever changes a log holds its row. */
export async function listSeen(sql: Sql, log: number): Promise<Seen[]> {
  return sql<Seen[]>`
    select size, sequenced, published
    from public.seen
    where log = ${log}
    order by at
    limit ${manyMax}`
}

/** How much of each kind there is of a log, to be held against its size. */
export async function countParts(sql: Sql, log: number) {
  const [row] = await sql<[{ pending: number; leaves: number; hashes: number; entries: number }]>`
    select
      (select count(*) from ledger.pending where log = ${log}) as pending,
      (select count(*) from ledger.leaf where log = ${log}) as leaves,
      (select coalesce(sum(octet_length(hashes)), 0)::bigint / 32 from ledger.tile where log = ${log} and level = 0) as hashes,
      (select coalesce(sum(width), 0)::bigint from ledger.bundle where log = ${log}) as entries`
  return row
}

/** Ends the server’s process for a connection of the same login. */
export async function killBackend(sql: Sql, backend: number): Promise<void> {
  await sql`select pg_terminate_backend(${backend})`
}

/** How many transactions are under way in this database, beside the one that asks. */
export async function countUnderWay(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*) as count
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`
  return row.count
}
