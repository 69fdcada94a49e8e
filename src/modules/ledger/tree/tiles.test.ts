// C2SP tlog-tiles: addresses, what a log of some size has, bundles, and what follows from tiles.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { faultOf } from '../testing/faults.ts'
import { tessera } from '../testing/vectors.ts'
import { isConsistent, isIncluded, makeConsistency, makeInclusion } from './proofs.rules.ts'
import {
  bundlesOf,
  consistencyByTiles,
  growTiles,
  hashOfFullTile,
  inclusionByTiles,
  newBundles,
  newTiles,
  packBundle,
  packTile,
  parseTilePath,
  type ReadTile,
  rootByTiles,
  type Tile,
  tilePath,
  tilesOf,
  unpackBundle,
  unpackTile,
} from './tiles.rules.ts'
import { type Hash, hashLeaf, newTree, rootOf, rootOfLeaves } from './tree.rules.ts'

const hex = (hash: Hash) => Buffer.from(hash).toString('hex')
const tile = (level: Tile['level'], index: bigint, width = 256): Tile => ({ level, index, width })

test('a tile has one address, and an address names one tile', () => {
  // biome-ignore format: a table
  const cases: [Tile, string][] = [
    [tile(0, 0n),                  'tile/0/000'],
    [tile(0, 0n, 1),               'tile/0/000.p/1'],
    [tile(3, 1234067n),            'tile/3/x001/x234/067'],
    [tile('entries', 999n, 255),   'tile/entries/999.p/255'],
    [tile('entries', 1000n),       'tile/entries/x001/000'],
    [tile(63, 2n ** 56n - 1n),     'tile/63/x072/x057/x594/x037/x927/935'],
  ]
  for (const [named, path] of cases) {
    assert.equal(tilePath(named), path)
    assert.deepEqual(parseTilePath(path), named)
  }
})

test('an address in any other spelling names no tile', () => {
  // biome-ignore format: a list
  const odd = [
    '', 'tile', 'tile/0', 'tile/0/0', 'tile/0/00', 'tile/0/0000', 'tile/00/000', 'tile/01/000', 'tile/64/000', 'tile/99/000', 'tile/-1/000',
    'tile/0/x000/000', 'tile/0/x000/001', 'tile/0/001/000', 'tile/0/x001', 'tile/0/x001/x000', 'tile/0/000.p/0', 'tile/0/000.p/256',
    'tile/0/000.p/01', 'tile/0/000.p/', 'tile/0/000.p', '/tile/0/000', 'tile/0/000/', 'tile/0/000\n', 'tile/Entries/000', 'tile/entries/000.p/1/2',
    'tile/0/../000', 'tile/0/٠٠٠', `tile/0/${'x999/'.repeat(7)}999`,
  ]
  for (const path of odd) assert.equal(parseTilePath(path), undefined, JSON.stringify(path))
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(63),
      fc.bigInt({ min: 0n, max: 2n ** 60n }),
      fc.integer({ min: 1, max: 256 }),
      (text, level, index, width) => {
        const found = parseTilePath(text)
        if (found) assert.equal(tilePath(found), text)
        assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width })
      },
    ),
  )
})

test('a log of 70,000 entries has 273 full tiles and one of 112, 1 and one of 17, and one of 1', () => {
  const all = [...tilesOf(70_000n)]
  const widths = (level: number) => all.filter((each) => each.level === level).map(({ width }) => width)
  assert.deepEqual(widths(0), [...Array(273).fill(256), 112])
  assert.deepEqual(widths(1), [256, 17])
  assert.deepEqual(widths(2), [1])
  assert.equal(all.length, 274 + 2 + 1)
  assert.deepEqual(
    [...bundlesOf(70_000n)].map(({ index, width }) => [index, width]),
    all.filter(({ level }) => level === 0).map(({ index, width }) => [index, width]),
  )
  assert.deepEqual([...tilesOf(0n)], [])
  assert.deepEqual([...bundlesOf(0n)], [])
  assert.deepEqual([...tilesOf(256n)], [tile(0, 0n), tile(1, 0n, 1)])
})

test('what is new after growth is what was not there before', () => {
  const size = fc.bigInt({ min: 0n, max: 200_000n })
  fc.assert(
    fc.property(size, size, (one, other) => {
      const [before, after] = one < other ? [one, other] : [other, one]
      const had = new Set([...tilesOf(before), ...bundlesOf(before)].map(tilePath))
      const has = [...tilesOf(after), ...bundlesOf(after)].map(tilePath)
      const fresh = [...newTiles(before, after), ...newBundles(before, after)].map(tilePath)
      assert.deepEqual(
        fresh,
        has.filter((path) => !had.has(path)),
      )
    }),
    { numRuns: 20 },
  )
})

test('a bundle gives back what was packed, and nothing else can be read as it', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 256 })
  fc.assert(
    fc.property(entries, (packed) => {
      const bytes = packBundle(packed)
      const whole = tile('entries', 7n, packed.length)
      assert.deepEqual(unpackBundle(bytes, whole).map(hex), packed.map(hex))
      faultOf('bundle-short', () => unpackBundle(bytes.subarray(0, -1), whole))
      faultOf('bundle-long', () => unpackBundle(Buffer.concat([bytes, Buffer.of(0)]), whole))
      faultOf('bundle-short', () => unpackBundle(bytes, { ...whole, width: packed.length + 1 }))
    }),
    { numRuns: 50 },
  )
  const longest = Buffer.alloc(65_535, 1)
  assert.equal(unpackBundle(packBundle([longest]), tile('entries', 0n, 1))[0]!.length, 65_535)
  assert.throws(() => packBundle([Buffer.alloc(65_536)]), RangeError)
  assert.throws(() => packBundle([]), RangeError)
  assert.throws(() => packBundle(Array(257).fill(longest)), RangeError)
})

test('a tile is as long as its width says', () => {
  const hashes = [hashLeaf(Buffer.of(1)), hashLeaf(Buffer.of(2))]
  assert.deepEqual(unpackTile(packTile(hashes), tile(0, 0n, 2)).map(hex), hashes.map(hex))
  for (const bytes of [Buffer.alloc(63), Buffer.alloc(65), Buffer.alloc(0), Buffer.alloc(96)])
    faultOf('tile-length', () => unpackTile(bytes, tile(0, 0n, 2)))
  assert.throws(() => hashOfFullTile(hashes), RangeError)
})

/** A log in memory, whose tiles are made by the definition: each hash of a level is the root over the tile below. */
function aLog(size: number) {
  const leaves = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from(`entry ${at}`)))
  const levels = [leaves]
  for (let row = leaves; row.length >= 256; ) {
    const full = Array.from({ length: Math.floor(row.length / 256) }, (_, at) => row.slice(at * 256, (at + 1) * 256))
    row = full.map(hashOfFullTile)
    levels.push(row)
  }
  const asked: string[] = []
  const read: ReadTile = async (each) => {
    asked.push(tilePath(each))
    const start = Number(each.index) * 256
    const found = levels[each.level as number]?.slice(start, start + each.width)
    assert.equal(found?.length, each.width, `${tilePath(each)} is not there`)
    return packTile(found!)
  }
  return { leaves, read, asked }
}

test('root and proofs by tiles are those of the leaves, and ask for no tile that is not there', async () => {
  const { leaves } = aLog(66_000)
  for (const size of [1, 2, 255, 256, 257, 700, 65_536, 66_000]) {
    const log = aLog(size)
    const known = leaves.slice(0, size)
    const root = await rootByTiles(BigInt(size), log.read)
    assert.equal(hex(root), hex(rootOfLeaves(known)), `${size}`)
    const there = new Set([...tilesOf(BigInt(size))].map(tilePath))
    for (const index of new Set([0, 1, 254, 255, 256, 65_535, size - 2, size - 1])) {
      if (index < 0 || index >= size) continue
      const proof = await inclusionByTiles(BigInt(index), BigInt(size), log.read)
      if (size < 1000) assert.deepEqual(proof.map(hex), makeInclusion(known, BigInt(index)).map(hex))
      assert.ok(isIncluded(BigInt(index), BigInt(size), leaves[index]!, proof, root), `${index} of ${size}`)
      const earlier = { size: BigInt(index + 1), root: rootOfLeaves(leaves.slice(0, index + 1)) }
      const grown = await consistencyByTiles(earlier.size, BigInt(size), log.read)
      if (size < 1000) assert.deepEqual(grown.map(hex), makeConsistency(known, earlier.size).map(hex))
      assert.ok(isConsistent(earlier, { size: BigInt(size), root }, grown), `${index + 1} to ${size}`)
    }
    assert.deepEqual(
      [...new Set(log.asked)].filter((path) => !there.has(path)),
      [],
    )
  }
  assert.equal(hex(await rootByTiles(0n, aLog(1).read)), hex(rootOfLeaves([])))
})

test('the tiles and bundles of Tessera’s log are what these rules make of its entries', { skip: tessera.skip }, () => {
  for (let size = 1; size <= 15; size += 1) {
    const bundle = readFileSync(join(tessera.folder, tilePath(tile('entries', 0n, size))))
    const entries = unpackBundle(bundle, tile('entries', 0n, size))
    assert.deepEqual(Buffer.from(packBundle(entries)), bundle)
    const served = readFileSync(join(tessera.folder, tilePath(tile(0, 0n, size))))
    assert.deepEqual(Buffer.from(packTile(entries.map(hashLeaf))), served)
  }
})

test('tiles that grow from peaks alone are those of the leaves, and their new hashes go where the old ones end', () => {
  const leaves = Array.from({ length: 66_000 }, (_, at) => hashLeaf(Buffer.from(`entry ${at}`)))
  const tree = newTree()
  const held = new Map<string, Hash[]>()
  for (const until of [1, 2, 255, 256, 257, 511, 1024, 65_535, 65_536, 65_537, 66_000])
    for (const { level, index, start, hashes } of growTiles(tree, leaves.slice(Number(tree.size), until))) {
      const before = held.get(`${level}/${index}`) ?? []
      assert.equal(start, before.length)
      held.set(`${level}/${index}`, [...before, ...hashes])
    }
  assert.deepEqual(hex(rootOf(tree)), hex(rootOfLeaves(leaves)))
  const expected = [...tilesOf(66_000n)]
  assert.equal(held.size, expected.length)
  for (const { level, index, width } of expected) {
    const hashes = held.get(`${level}/${index}`)!
    assert.equal(hashes.length, width)
    const below = held.get(`${Number(level) - 1}/${index * 256n}`)
    if (below) assert.equal(hex(hashes[0]!), hex(hashOfFullTile(below)))
  }
})
