import { hash } from 'node:crypto'

/** A hash of SHA-256: 32 octets. */
export type Hash = Uint8Array
export const hashBytes = 32

/*
 * Sizes and indexes are bigint everywhere in this module: on the wire they are uint64, and a log that says 2^53 + 1 must
 * not be taken for one that says 2^53. What it costs is not seen beside the hashing.
 */
export const sizeMax = 2n ** 64n - 1n

/** By way of a string of octets, which takes less than half of the time that Node.js needs to hand out a Buffer. */
const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'binary')

/** RFC 9162, §2.1.1: the hash of a leaf, told apart from that of a node by its first octet. */
export const hashLeaf = (entry: Uint8Array): Hash => sha256(Buffer.concat([leafMark, entry]))

/** RFC 9162, §2.1.1: the hash of a node. */
export function hashNode(left: Hash, right: Hash): Hash {
  node.set(left, 1)
  node.set(right, 1 + hashBytes)
  return sha256(node)
}

/** What is hashed as a node, written anew for each. */
const node = Buffer.alloc(1 + 2 * hashBytes, 1)

/** Of hashes that stand side by side, each pair hashed as a node, again side by side; one that is left over is left out. */
export function hashPairs(row: Uint8Array): Uint8Array {
  const pairs = Math.floor(row.length / (2 * hashBytes))
  const above = Buffer.alloc(pairs * hashBytes)
  for (let at = 0; at < pairs; at += 1) {
    node.set(row.subarray(2 * at * hashBytes, 2 * (at + 1) * hashBytes), 1)
    above.write(hash('sha256', node, 'binary'), at * hashBytes, 'binary')
  }
  return above
}

export const leafMark: Uint8Array = Buffer.of(0)

/** RFC 9162, §2.1.1: the root of a tree without leaves. */
export const emptyRoot: Hash = sha256(Buffer.alloc(0))

/** A tree that grows: the roots of the perfect subtrees that it consists of, the largest first. Nothing else is kept. */
export type Growing = { size: bigint; peaks: Hash[] }

export const newTree = (): Growing => ({ size: 0n, peaks: [] })

/**
 * Adds one leaf, in place: each 1 at the end of the size is a perfect subtree that the new one completes. `onNode` is told
 * of each, with its height.
 */
export function grow(tree: Growing, leaf: Hash, onNode?: (hash: Hash, height: number) => void): void {
  let joined = leaf
  let height = 0
  for (let size = tree.size; size & 1n; size >>= 1n) {
    joined = hashNode(tree.peaks.pop()!, joined)
    height += 1
    onNode?.(joined, height)
  }
  tree.peaks.push(joined)
  tree.size += 1n
}

/** The root of a tree as far as it has grown. */
export const rootOf = ({ peaks }: Growing): Hash => (peaks.length === 0 ? emptyRoot : joinPeaks(peaks))

/** RFC 9162, §2.1.1: the root over the hashes of leaves. */
export function rootOfLeaves(leaves: Iterable<Hash>): Hash {
  const tree = newTree()
  for (const leaf of leaves) grow(tree, leaf)
  return rootOf(tree)
}

/** The root over perfect subtrees, from left to right, each smaller than the one before it; one at least. */
export const joinPeaks = (peaks: readonly Hash[]): Hash => peaks.reduceRight((right, left) => hashNode(left, right))

export const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
