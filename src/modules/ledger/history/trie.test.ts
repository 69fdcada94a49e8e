// The trie against one that is made from all keys at once, by the definition.
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Hash, hashNode, isSame } from '../tree/tree.rules.ts'
import {
  amongNeighbours,
  bitAt,
  type Change,
  emptyPlace,
  followKey,
  growTrie,
  hashKey,
  type Nodes,
  pathOf,
  rootByWay,
  valueOfIndexes,
} from './trie.rules.ts'

/** The root by the definition: nothing, one key, or two halves. */
function rootOfAll(all: readonly Change[], depth = 0): Hash {
  if (all.length <= 1) return all[0]?.place ?? emptyPlace
  const side = (bit: number) => all.filter(({ key }) => bitAt(key, depth) === bit)
  return hashNode(rootOfAll(side(0), depth + 1), rootOfAll(side(1), depth + 1))
}

/** Keys that share their beginnings more often than hashes would. */
const aKey = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 40 })).map(([crowd, each]) => {
  const key = Buffer.from(hash('sha256', `${each}`, 'buffer'))
  key.fill(crowd << 5, 0, crowd)
  return key
})
const changeOf = (key: Hash, count: number): Change => ({
  key,
  place: hashKey(key, valueOfIndexes(Array.from({ length: count }, (_, at) => BigInt(at)))),
})

test('however keys come, in whatever batches, the root is that of the definition, and each way leads to it', () => {
  const batches = fc.array(fc.array(fc.tuple(aKey, fc.integer({ min: 1, max: 4 })), { maxLength: 12 }), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(batches, aKey, (given, stranger) => {
      const nodes: Nodes = new Map()
      const all = new Map<string, Change>()
      let root = emptyPlace
      for (const batch of given) {
        const before = [...all.values()].map(({ key }) => key)
        const changes = new Map(batch.map(([key, count]) => [key.toString('hex'), changeOf(key, count)]))
        for (const [name, change] of changes) all.set(name, change)
        const grown = growTrie(nodes, root, { changes: [...changes.values()], keyAt: amongNeighbours(before) })
        assert.ok(grown.depth <= 256)
        root = grown.root
        assert.ok(isSame(root, rootOfAll([...all.values()])))
      }
      const wayOf = (key: Hash) => followKey(root, key, (depth) => nodes.get(pathOf(key, depth).toString('hex')))
      for (const { key, place } of all.values()) {
        const { beside, end } = wayOf(key)
        assert.ok(isSame(end, place))
        assert.equal(beside.length, nodesOn(nodes, key))
      }
      const { beside, end } = wayOf(stranger)
      if (all.has(stranger.toString('hex'))) return
      const other = [...all.values()].find(({ place }) => isSame(place, end))
      assert.equal(isSame(end, emptyPlace), other === undefined)
      const count = other && [1, 2, 3, 4].find((each) => isSame(changeOf(other.key, each).place, end))!
      const value = count && valueOfIndexes(Array.from({ length: count }, (_, at) => BigInt(at)))
      const led = rootByWay(stranger, beside, other && value ? { key: other.key, value } : undefined)
      assert.ok(led && isSame(led, root))
    }),
    { numRuns: 300 },
  )
})

const nodesOn = (nodes: Nodes, key: Hash) => {
  let depth = 0
  while (nodes.has(pathOf(key, depth).toString('hex'))) depth += 1
  return depth
}

test('a way that is changed anywhere leads to another root, and a key that lies elsewhere is none', () => {
  const keys = Array.from({ length: 40 }, (_, at) => hash('sha256', `key ${at}`, 'buffer'))
  const nodes: Nodes = new Map()
  const changes = keys.map((key) => changeOf(key, 1))
  const { root } = growTrie(nodes, emptyPlace, { changes, keyAt: amongNeighbours([]) })
  const value = valueOfIndexes([0n])
  for (const key of keys) {
    const { beside } = followKey(root, key, (depth) => nodes.get(pathOf(key, depth).toString('hex')))
    assert.ok(isSame(rootByWay(key, beside, { key, value })!, root))
    for (const [at, each] of beside.entries()) {
      const other = Buffer.from(each)
      other[at % 32]! ^= 1
      assert.ok(!isSame(rootByWay(key, beside.with(at, other), { key, value })!, root))
    }
    assert.ok(!isSame(rootByWay(key, beside.slice(1), { key, value })!, root))
    assert.ok(!isSame(rootByWay(key, [...beside, emptyPlace], { key, value })!, root))
    assert.ok(!isSame(rootByWay(key, beside, { key, value: valueOfIndexes([0n, 1n]) })!, root))
    assert.ok(!isSame(rootByWay(key, beside, undefined)!, root))
    const elsewhere = keys.find((each) => bitAt(each, 0) !== bitAt(key, 0))!
    assert.equal(rootByWay(key, beside, { key: elsewhere, value }), undefined)
    assert.equal(rootByWay(key, Array(257).fill(emptyPlace), undefined), undefined)
  }
})

test('the path of a node is its depth and the bits so far', () => {
  const key = Buffer.from('ff'.repeat(32), 'hex')
  // biome-ignore format: a table
  const paths: [number, string][] = [[0, '00'], [1, '0180'], [7, '07fe'], [8, '08ff'], [9, '09ff80'], [255, `ff${'ff'.repeat(31)}fe`]]
  for (const [depth, path] of paths) assert.equal(pathOf(key, depth).toString('hex'), path)
})
