import type { Sql } from '#platform'
import { type TilePiece, tileWidth } from '../tree/tiles.rules.ts'
import { type Hash, hashBytes } from '../tree/tree.rules.ts'

/** What a bundle goes on with: `width` more entries, from the place `start` in it. */
export type BundlePiece = { index: bigint; start: number; width: number; entries: Uint8Array }

/** Adds to tiles. Throws where one does not end where it should go on: then nothing of the transaction may stand. */
export async function growTileRows(sql: Sql, log: number, pieces: readonly TilePiece[]): Promise<void> {
  const { count } = await sql`
    insert into ledger.tile as held (log, level, index, hashes)
    select ${log}, piece.level, piece.index, piece.hashes
    from unnest(
      ${pieces.map(({ level }) => level)}::int[], ${pieces.map(({ index }) => Number(index))}::bigint[],
      ${sql.array(pieces.map(({ hashes }) => Buffer.concat(hashes)))}::bytea[]) as piece(level, index, hashes)
    on conflict (log, level, index) do update
    set hashes = held.hashes || excluded.hashes`
  if (count !== pieces.length) throw new Error('A tile was not written')
}

/** Adds to bundles, as `growTileRows` to tiles. */
export async function growBundles(sql: Sql, log: number, pieces: readonly BundlePiece[]): Promise<void> {
  // All octets in one value: an array of many would be written out and read octet by octet.
  let end = 0
  const ends = pieces.map(({ entries }) => (end += entries.length))
  const { count } = await sql`
    insert into ledger.bundle as held (log, index, width, entries)
    select ${log}, piece.index, piece.width, substring(given.entries from piece.start + 1 for piece.length)
    from (select ${Buffer.concat(pieces.map(({ entries }) => entries))}::bytea as entries) as given,
      unnest(
        ${pieces.map(({ index }) => Number(index))}::bigint[], ${pieces.map(({ width }) => width)}::int[],
        ${pieces.map(({ entries }, at) => ends[at]! - entries.length)}::int[],
        ${pieces.map(({ entries }) => entries.length)}::int[]) as piece(index, width, start, length)
    on conflict (log, index) do update
    set entries = held.entries || excluded.entries, width = held.width + excluded.width
    where held.width = ${pieces[0]?.start ?? 0}`
  if (count !== pieces.length) throw new Error('A bundle does not end where it should go on')
}

/** The first `width` hashes of a tile; undefined unless it has as many. */
export async function findTile(
  sql: Sql,
  log: number,
  { level, index, width }: { level: number; index: bigint; width: number },
): Promise<Buffer | undefined> {
  const [row] = await sql<{ hashes: Buffer }[]>`
    select substring(hashes from 1 for ${width * hashBytes}) as hashes
    from ledger.tile
    where log = ${log} and level = ${level} and index = ${Number(index)}
      and octet_length(hashes) >= ${width * hashBytes}`
  return row?.hashes
}

/** A whole bundle as it is now; undefined unless it has `width` entries at least. */
export async function findBundle(
  sql: Sql,
  log: number,
  { index, width }: { index: bigint; width: number },
): Promise<{ width: number; entries: Buffer } | undefined> {
  const [row] = await sql<{ width: number; entries: Buffer }[]>`
    select width, entries
    from ledger.bundle
    where log = ${log} and index = ${Number(index)} and width >= ${width}`
  return row
}

/** How `ledger.leaf` knows a leaf. */
const prefixOf = (leaf: Hash): number => Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).readUIntBE(0, 6)

/**
 * Gives the leaves that the log does not have their indexes, from `start` on, and returns their places in `leaves`, in that
 * order. Each is looked for just before it is written, while its page of the index is at hand: in a log of ten million, looking
 * for all and then writing all takes more than half as long again.
 */
export async function insertLeaves(sql: Sql, log: number, start: number, leaves: readonly Hash[]): Promise<number[]> {
  const prefixes = leaves.map(prefixOf)
  const [done] = await sql<[{ count: number; inOrder: boolean }]>`
    with written as (
      insert into ledger.leaf (log, prefix, index)
      select ${log}, asked.prefix, ${start} + row_number() over () - 1
      from unnest(${prefixes}::bigint[]) as asked(prefix)
      where (select true from ledger.leaf where leaf.prefix = asked.prefix and leaf.log = ${log} limit 1) is null
      returning prefix, index
    )
    select count(*)::int as count,
      coalesce(bool_and(prefix = (${prefixes}::bigint[])[index - ${start} + 1]), true) as "inOrder"
    from written`
  const places = leaves.map((_, place) => place)
  if (done.count === leaves.length && done.inOrder) return places
  const alike = await findAlike(sql, log, leaves)
  const known = await compareAlike(sql, log, leaves, alike)
  const written = new Set<number>()
  const indexes = new Set<number>()
  for (const { place, index } of alike.toSorted((one, other) => one.index - other.index || one.place - other.place)) {
    if (index < start || written.has(place) || indexes.has(index)) continue
    written.add(place)
    indexes.add(index)
  }
  if (written.size !== done.count) throw new Error('Of the leaves that were written not each was found again')
  // What only begins as a leaf of before does was not written.
  const left = places.filter((place) => !written.has(place) && !known.has(place))
  if (left.length > 0)
    await sql`
      insert into ledger.leaf (log, prefix, index)
      select ${log}, leaf.prefix, ${start + written.size} + leaf.place - 1
      from unnest(${left.map((place) => prefixes[place]!)}::bigint[]) with ordinality as leaf(prefix, place)`
  return [...written, ...left]
}

/**
 * Where leaves are in a log: the place of each in `leaves` → its index. Those that are not there are left out, and of most
 * callers that is all: only what begins alike is compared with the whole hash.
 */
export async function findIndexes(sql: Sql, log: number, leaves: readonly Hash[]): Promise<Map<number, number>> {
  if (leaves.length === 0) return new Map()
  return compareAlike(sql, log, leaves, await findAlike(sql, log, leaves))
}

/** A leaf that begins as the one at `place` of those that were asked for. */
type Alike = { place: number; index: number }

/** Leaves that begin like others: of 10 million, about one. */
const alikeMax = 10_000

const findAlike = (sql: Sql, log: number, leaves: readonly Hash[]) => sql<Alike[]>`
  select (asked.place - 1)::int as place, leaf.index
  from unnest(${leaves.map(prefixOf)}::bigint[]) with ordinality as asked(prefix, place)
  join ledger.leaf on leaf.prefix = asked.prefix and leaf.log = ${log}
  limit ${leaves.length + alikeMax}`

/** Which of them are the same, by their whole hash. */
async function compareAlike(sql: Sql, log: number, leaves: readonly Hash[], alike: readonly Alike[]) {
  if (alike.length === 0) return new Map<number, number>()
  const rows = await sql<Alike[]>`
    select asked.place, asked.index
    from unnest(
      ${alike.map(({ place }) => place)}::int[], ${alike.map(({ index }) => index)}::bigint[],
      ${sql.array(alike.map(({ place }) => leaves[place]!))}::bytea[]) as asked(place, index, hash)
    join ledger.tile on tile.log = ${log} and tile.level = 0 and tile.index = asked.index / ${tileWidth}
      and substring(tile.hashes from (asked.index % ${tileWidth})::int * ${hashBytes} + 1 for ${hashBytes}) = asked.hash
    limit ${alike.length}`
  return new Map(rows.map(({ place, index }) => [place, index]))
}
