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

export async function insertLeaves(sql: Sql, log: number, start: number, leaves: readonly Hash[]): Promise<void> {
  await sql`
    insert into ledger.leaf (log, prefix, index)
    select ${log}, leaf.prefix, ${start} + leaf.place - 1
    from unnest(${leaves.map(prefixOf)}::bigint[]) with ordinality as leaf(prefix, place)`
}

/**
 * Where leaves are in a log: the place of each in `leaves` → its index. Those that are not there are left out, and of most
 * callers that is all: only what begins alike is compared with the whole hash.
 */
export async function findIndexes(sql: Sql, log: number, leaves: readonly Hash[]): Promise<Map<number, number>> {
  if (leaves.length === 0) return new Map()
  const alike = await sql<{ place: number; index: number }[]>`
    select (asked.place - 1)::int as place, leaf.index
    from unnest(${leaves.map(prefixOf)}::bigint[]) with ordinality as asked(prefix, place)
    join ledger.leaf on leaf.log = ${log} and leaf.prefix = asked.prefix
    limit ${leaves.length + alikeMax}`
  if (alike.length === 0) return new Map()
  const rows = await sql<{ place: number; index: number }[]>`
    select asked.place, asked.index
    from unnest(
      ${alike.map(({ place }) => place)}::int[], ${alike.map(({ index }) => index)}::bigint[],
      ${sql.array(alike.map(({ place }) => leaves[place]!))}::bytea[]) as asked(place, index, hash)
    join ledger.tile on tile.log = ${log} and tile.level = 0 and tile.index = asked.index / ${tileWidth}
      and substring(tile.hashes from (asked.index % ${tileWidth})::int * ${hashBytes} + 1 for ${hashBytes}) = asked.hash
    limit ${alike.length}`
  return new Map(rows.map(({ place, index }) => [place, index]))
}

/** Leaves that begin like others: of 10 million, about one. */
const alikeMax = 10_000
