import type { Sql } from '#platform'
import { type Hash, hashBytes } from '../tree/tree.rules.ts'
import type { Nodes, Pair } from './trie.rules.ts'

export type IndexedLog = {
  log: number
  name: string
  origin: string
  output: number
  outputName: string
  scanned: number
  depth: number
  publishedSize: number
}

export async function insertIndexedLog(sql: Sql, { log, output }: { log: string; output: string }): Promise<void> {
  await sql`
    insert into ledger.indexed_log (log, output)
    select input.id, output.id
    from ledger.log as input, ledger.log as output
    where input.name = ${log} and output.name = ${output}
    on conflict (log) do nothing`
}

const columns = (sql: Sql) => sql`
  indexed_log.log, input.name, input.origin, indexed_log.output, output.name as output_name, indexed_log.scanned,
  indexed_log.depth, coalesce(input.published_size, 0) as published_size`

const indexedMax = 200

export async function listIndexedLogs(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select log.name
    from ledger.indexed_log
    join ledger.log on log.id = indexed_log.log
    order by log.name
    limit ${indexedMax}`
  return rows.map(({ name }) => name)
}

export async function findIndexedLog(sql: Sql, name: string): Promise<IndexedLog | undefined> {
  const [row] = await sql<IndexedLog[]>`
    select ${columns(sql)}
    from ledger.indexed_log
    join ledger.log as input on input.id = indexed_log.log
    join ledger.log as output on output.id = indexed_log.output
    where input.name = ${name}`
  return row
}

/** For whoever lets an index grow; undefined while somebody else does. */
export async function lockIndexedLog(sql: Sql, name: string): Promise<IndexedLog | undefined> {
  const [row] = await sql<IndexedLog[]>`
    select ${columns(sql)}
    from ledger.indexed_log
    join ledger.log as input on input.id = indexed_log.log
    join ledger.log as output on output.id = indexed_log.output
    where input.name = ${name}
    for no key update of indexed_log skip locked`
  return row
}

export type MapRoot = { version: number; size: number; root: Buffer; leaf: Buffer; entry: Buffer; madeAt: string }

const rootColumns = (sql: Sql) => sql`version, size, root, leaf, entry, made_at`

/** The newest roots of an index, the newest first. */
export async function listNewestRoots(sql: Sql, log: number, limit: number): Promise<MapRoot[]> {
  return sql<MapRoot[]>`
    select ${rootColumns(sql)}
    from ledger.map_root
    where log = ${log}
    order by version desc
    limit ${limit}`
}

/** Roots in the order in which they were made, after this version. */
export async function listRoots(sql: Sql, log: number, after: number, limit: number): Promise<MapRoot[]> {
  return sql<MapRoot[]>`
    select ${rootColumns(sql)}
    from ledger.map_root
    where log = ${log} and version > ${after}
    order by version
    limit ${limit}`
}

export async function insertRoot(
  sql: Sql,
  log: number,
  root: Omit<MapRoot, 'madeAt'> & { madeAt: Date },
): Promise<void> {
  await sql`
    insert into ledger.map_root (log, version, size, root, leaf, entry, made_at)
    values (${log}, ${root.version}, ${root.size}, ${root.root}, ${root.leaf}, ${root.entry}, ${root.madeAt})`
}

export async function updateScanned(
  sql: Sql,
  log: number,
  { scanned, depth }: Pick<IndexedLog, 'scanned' | 'depth'>,
): Promise<void> {
  await sql`
    update ledger.indexed_log
    set scanned = ${scanned}, depth = greatest(depth, ${depth})
    where log = ${log}`
}

export type KeyRow = { key: Buffer; count: number; peaks: Buffer }

const octetsOf = (sql: Sql, each: readonly Uint8Array[]) => sql.array(each.map((one) => Buffer.from(one)))

/** What is known of these keys. */
export async function listKeys(sql: Sql, log: number, keys: readonly Hash[]): Promise<KeyRow[]> {
  if (keys.length === 0) return []
  return sql<KeyRow[]>`
    select key, count, peaks
    from ledger.indexed_key
    where log = ${log} and key = any (${octetsOf(sql, keys)}::bytea[])
    limit ${keys.length}`
}

/** The keys just before and just after each of these. */
export async function listNeighbours(sql: Sql, log: number, keys: readonly Hash[]): Promise<Buffer[]> {
  if (keys.length === 0) return []
  const rows = await sql<{ key: Buffer }[]>`
    select distinct beside.key
    from unnest(${octetsOf(sql, keys)}::bytea[]) as given(key),
      lateral (
        (select key from ledger.indexed_key where log = ${log} and key < given.key order by key desc limit 1)
        union all
        (select key from ledger.indexed_key where log = ${log} and key > given.key order by key limit 1)) as beside
    limit ${2 * keys.length}`
  return rows.map(({ key }) => key)
}

/** A key between these two that had an entry below this size of the log. */
export async function findKeyWithin(
  sql: Sql,
  log: number,
  { least, greatest, below }: { least: Hash; greatest: Hash; below: number },
): Promise<Buffer | undefined> {
  const [row] = await sql<{ key: Buffer }[]>`
    select key
    from ledger.indexed_key
    where log = ${log} and key between ${Buffer.from(least)} and ${Buffer.from(greatest)}
      and exists (
        select from ledger.indexed_entry
        where indexed_entry.log = indexed_key.log and indexed_entry.key = indexed_key.key and index < ${below})
    limit 1`
  return row?.key
}

export async function upsertKeys(sql: Sql, log: number, keys: readonly KeyRow[]): Promise<void> {
  await sql`
    insert into ledger.indexed_key (log, key, count, peaks)
    select ${log}, given.key, given.count, given.peaks
    from unnest(${octetsOf(
      sql,
      keys.map(({ key }) => key),
    )}::bytea[], ${keys.map(({ count }) => count)}::bigint[],
      ${octetsOf(
        sql,
        keys.map(({ peaks }) => peaks),
      )}::bytea[]) as given(key, count, peaks)
    on conflict (log, key) do update set count = excluded.count, peaks = excluded.peaks`
}

export async function insertIndexed(
  sql: Sql,
  log: number,
  entries: readonly { key: Hash; index: number }[],
): Promise<void> {
  await sql`
    insert into ledger.indexed_entry (log, key, index)
    select ${log}, given.key, given.index
    from unnest(${octetsOf(
      sql,
      entries.map(({ key }) => key),
    )}::bytea[], ${entries.map(({ index }) => index)}::bigint[]) as given(key, index)`
}

/** Entries that bear a key, below this size of the log, in order. */
export async function listIndexed(
  sql: Sql,
  log: number,
  { key, below, limit }: { key: Hash; below: number; limit: number },
): Promise<number[]> {
  const rows = await sql<{ index: number }[]>`
    select index
    from ledger.indexed_entry
    where log = ${log} and key = ${Buffer.from(key)} and index < ${below}
    order by index
    limit ${limit}`
  return rows.map(({ index }) => index)
}

/** The nodes at these paths as they were at a version of the root. */
export async function listNodes(
  sql: Sql,
  log: number,
  { paths, version }: { paths: readonly Uint8Array[]; version: number },
): Promise<Nodes> {
  const nodes: Nodes = new Map()
  if (paths.length === 0) return nodes
  const rows = await sql<{ path: Buffer; pair: Buffer | null }[]>`
    select path, case when since <= ${version} then pair else before end as pair
    from ledger.index_node
    where log = ${log} and path = any (${octetsOf(sql, paths)}::bytea[])
    limit ${paths.length}`
  for (const { path, pair } of rows) if (pair) nodes.set(path.toString('hex'), pairOf(pair))
  return nodes
}

const pairOf = (pair: Buffer): Pair => [pair.subarray(0, hashBytes), pair.subarray(hashBytes)]

/** Nodes as they are from this version on; what each was before it is kept until the next. */
export async function upsertNodes(
  sql: Sql,
  log: number,
  { nodes, version }: { nodes: Nodes; version: number },
): Promise<void> {
  const each = [...nodes]
  await sql`
    insert into ledger.index_node (log, path, since, pair)
    select ${log}, given.path, ${version}, given.pair
    from unnest(${octetsOf(
      sql,
      each.map(([path]) => Buffer.from(path, 'hex')),
    )}::bytea[], ${octetsOf(
      sql,
      each.map(([, pair]) => Buffer.concat(pair)),
    )}::bytea[]) as given(path, pair)
    on conflict (log, path) do update
    set since = excluded.since, before = index_node.pair, pair = excluded.pair`
}

const keysAtOnce = 2000

/** Keys in their order, after this one. */
export async function listAllKeys(sql: Sql, log: number, after: Buffer): Promise<KeyRow[]> {
  return sql<KeyRow[]>`
    select key, count, peaks
    from ledger.indexed_key
    where log = ${log} and key > ${after}
    order by key
    limit ${keysAtOnce}`
}

export type IndexedRow = { key: Buffer; index: number }

/** Which entries bear which key, in the order of both, after this one. */
export async function listAllIndexed(sql: Sql, log: number, after: IndexedRow): Promise<IndexedRow[]> {
  return sql<IndexedRow[]>`
    select key, index
    from ledger.indexed_entry
    where log = ${log} and (key, index) > (${after.key}, ${after.index})
    order by key, index
    limit ${keysAtOnce}`
}

export type NodeRow = { path: Buffer; since: number; pair: Buffer; before: Buffer | null }

/** Nodes in the order of their paths, after this one. */
export async function listAllNodes(sql: Sql, log: number, after: Buffer): Promise<NodeRow[]> {
  return sql<NodeRow[]>`
    select path, since, pair, before
    from ledger.index_node
    where log = ${log} and path > ${after}
    order by path
    limit ${keysAtOnce}`
}
