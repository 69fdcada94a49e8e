import { uint64 } from '../notes/encoding.rules.ts'
import {
  type Growing,
  type Hash,
  hashBytes,
  hashLeaf,
  hashNode,
  isSame,
  rootOf,
  rootOfLeaves,
} from '../tree/tree.rules.ts'

/*
 * A trie over keys of 256 bits. A place without keys is 32 zeros; a place with one key is the hash of that leaf; a place with more
 * is the hash of its two halves. So each set of keys and values has one root, in whatever order it grew.
 */

export const keyBits = 256
export const emptyPlace: Hash = Buffer.alloc(hashBytes)

/** What a key stands for: how many entries bear it, and the root over their indexes, each eight octets, in order. */
export const valueOfIndexes = (indexes: readonly bigint[]): Hash =>
  hashValue(BigInt(indexes.length), rootOfLeaves(indexes.map(hashIndex)))
export const valueOfTree = (tree: Growing): Hash => hashValue(tree.size, rootOf(tree))
export const hashIndex = (index: bigint): Hash => hashLeaf(uint64(index))
const hashValue = (count: bigint, root: Hash) => hashLeaf(Buffer.concat([uint64(count), root]))

/** The place of one key. */
export const hashKey = (key: Hash, value: Hash): Hash => hashLeaf(Buffer.concat([key, value]))

export const bitAt = (key: Hash, depth: number): 0 | 1 => ((key[depth >> 3]! >> (7 - (depth & 7))) & 1) as 0 | 1

/** The way to the node at this depth above a key: the depth in one octet, and the bits so far. */
export function pathOf(key: Hash, depth: number): Buffer {
  const octets = Math.ceil(depth / 8)
  const path = Buffer.alloc(1 + octets)
  path[0] = depth
  path.set(key.subarray(0, octets), 1)
  if (depth % 8 > 0) path[octets]! &= 0xff << (8 - (depth % 8))
  return path
}

/** The least and the greatest key that begin with the same bits as this one. */
export function rangeOf(key: Hash, bits: number): { least: Hash; greatest: Hash } {
  const [least, greatest] = [Buffer.alloc(hashBytes, 0), Buffer.alloc(hashBytes, 0xff)]
  for (let at = 0; at < bits; at += 1) {
    const mask = 1 << (7 - (at & 7))
    if (bitAt(key, at)) least[at >> 3]! |= mask
    else greatest[at >> 3]! &= ~mask
  }
  return { least, greatest }
}

const nameOf = (key: Hash, depth: number) => pathOf(key, depth).toString('hex')

/** The hashes of both children of a node, by its path in hex. */
export type Pair = [left: Hash, right: Hash]
export type Nodes = Map<string, Pair>

/** The key of a place with one key, at a depth on the way to a key near it; undefined where that is among the changes alone. */
export type KeyAt = (place: Hash, near: Hash, depth: number) => Hash | undefined

/** A key with the hash of its place, as it is from now on. */
export type Change = { key: Hash; place: Hash }

/**
 * Sets keys, each once, in nodes that hold at least those on their ways, and returns the root and what became of which
 * node. `keyAt` tells which key a place with one key is of; it is asked for places next to keys that are new.
 */
export function growTrie(
  nodes: Nodes,
  root: Hash,
  { changes, keyAt }: { changes: readonly Change[]; keyAt: KeyAt },
): { root: Hash; grown: Nodes; depth: number } {
  const grown: Nodes = new Map()
  let deepest = 0
  const put = (depth: number, before: Hash, those: readonly Change[]): Hash => {
    const [first] = those
    if (!first) return before
    const pair = nodes.get(nameOf(first.key, depth))
    if (pair) return split(depth, pair, those)
    const there = isSame(before, emptyPlace) ? undefined : keyAt(before, first.key, depth)
    const all =
      there && !those.some(({ key }) => isSame(key, there)) ? [...those, { key: there, place: before }] : those
    return all.length === 1 ? all[0]!.place : split(depth, [emptyPlace, emptyPlace], all)
  }
  const split = (depth: number, [left, right]: Pair, those: readonly Change[]): Hash => {
    const side = (bit: 0 | 1) => those.filter(({ key }) => bitAt(key, depth) === bit)
    const pair: Pair = [put(depth + 1, left, side(0)), put(depth + 1, right, side(1))]
    const name = nameOf(those[0]!.key, depth)
    nodes.set(name, pair)
    grown.set(name, pair)
    deepest = Math.max(deepest, depth + 1)
    return hashNode(...pair)
  }
  return { root: put(0, root, changes), grown, depth: deepest }
}

/** Tells it by the keys next to those that are new, of which each is in the trie already. */
export function amongNeighbours(neighbours: readonly Hash[]): KeyAt {
  const sorted = [...neighbours].sort(Buffer.compare)
  return (_, near, depth) => {
    const lowest = Buffer.alloc(hashBytes)
    lowest.set(pathOf(near, depth).subarray(1))
    const first = sorted[lowerBound(sorted, lowest)]
    return first && agree(first, near, depth) ? first : undefined
  }
}

/** Where the first of sorted keys is that is not less than this one. */
function lowerBound(sorted: readonly Hash[], key: Hash): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Buffer.compare(sorted[middle]!, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether two keys begin with the same bits. */
function agree(one: Hash, other: Hash, bits: number): boolean {
  for (let at = 0; at < bits; at += 1) if (bitAt(one, at) !== bitAt(other, at)) return false
  return true
}

/** What stands at the end of the way of a key: nothing, or one key with its value. */
export type End = { key: Hash; value: Hash } | undefined

/** The nodes beside the way of a key, from the root down. */
export type Way = { beside: Hash[]; end: Hash }

/** Follows a key from the root; `pairAt` gives the node at a depth, undefined where none is. */
export function followKey(root: Hash, key: Hash, pairAt: (depth: number) => Pair | undefined): Way {
  const beside: Hash[] = []
  let end = root
  for (let depth = 0; depth < keyBits; depth += 1) {
    const pair = pairAt(depth)
    if (!pair) break
    const bit = bitAt(key, depth)
    beside.push(pair[1 - bit]!)
    end = pair[bit]!
  }
  return { beside, end }
}

/**
 * The root that follows from a key, what is beside its way, and what stands at its end; undefined where that cannot be: a way
 * that is too long, or a key at its end that lies elsewhere.
 */
export function rootByWay(key: Hash, beside: readonly Hash[], end: End): Hash | undefined {
  if (beside.length > keyBits) return undefined
  if (end && !agree(end.key, key, beside.length)) return undefined
  let root = end ? hashKey(end.key, end.value) : emptyPlace
  for (let depth = beside.length - 1; depth >= 0; depth -= 1)
    root = bitAt(key, depth) === 0 ? hashNode(root, beside[depth]!) : hashNode(beside[depth]!, root)
  return root
}
