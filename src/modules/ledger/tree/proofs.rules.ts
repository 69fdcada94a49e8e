import { type Hash, hashBytes, hashNode, isSame, joinPeaks, rootOfLeaves } from './tree.rules.ts'

/** Leaves from `start` up to `end`, which is not one of them. */
export type Range = { start: bigint; end: bigint }

/** The perfect subtree of `2 ** height` leaves that has `index` others of its kind to its left. */
export type Node = { height: number; index: bigint }

/** Hashes in a proof, from the leaf up: a tree of uint64 leaves is not higher. */
export const proofHashesMax = 64

/** RFC 9162, §2.1.3.1: the subtrees whose roots show that the leaf `index` is in a tree of `size`, from the leaf up. */
export function inclusionRanges(index: bigint, size: bigint): Range[] {
  if (index < 0n || index >= size) throw new RangeError(`There is no leaf ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let [start, end] = [0n, size]
  while (end - start > 1n) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      ranges.unshift({ start: middle, end })
      end = middle
    } else {
      ranges.unshift({ start, end: middle })
      start = middle
    }
  }
  return ranges
}

/** RFC 9162, §2.1.4.1: the subtrees whose roots show that the tree of size `earlier` is the beginning of that of `later`. */
export function consistencyRanges(earlier: bigint, later: bigint): Range[] {
  if (earlier < 0n || earlier > later) throw new RangeError(`A tree of ${later} has no beginning of ${earlier}`)
  if (earlier === 0n) return []
  const ranges: Range[] = []
  let [start, end] = [0n, later]
  while (end !== earlier) {
    const middle = start + splitOf(end - start)
    if (earlier <= middle) {
      ranges.unshift({ start: middle, end })
      end = middle
    } else {
      ranges.unshift({ start, end: middle })
      start = middle
    }
  }
  // Whoever asks knows the root of the whole earlier tree; of a part of it they do not.
  return start === 0n ? ranges : [{ start, end }, ...ranges]
}

/** The perfect subtrees of a range, from left to right. It starts where its largest one may start, as all above do. */
export function nodesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = []
  for (let at = start; at < end; ) {
    const height = heightOf(end - at)
    nodes.push({ height, index: at >> BigInt(height) })
    at += 1n << BigInt(height)
  }
  return nodes
}

/** The height of the largest perfect subtree of up to `leaves`, one at least. */
function heightOf(leaves: bigint): number {
  const high = Number(leaves >> 32n)
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(Number(leaves))
}

export const makeInclusion = (leaves: readonly Hash[], index: bigint): Hash[] =>
  inclusionRanges(index, BigInt(leaves.length)).map((range) => rootOfRange(leaves, range))

/** Between the first `earlier` leaves and the first `later` ones; by default all. */
export const makeConsistency = (leaves: readonly Hash[], earlier: bigint, later = BigInt(leaves.length)): Hash[] =>
  consistencyRanges(earlier, later).map((range) => rootOfRange(leaves, range))

/** RFC 9162, §2.1.3.2: the root to which a proof leads from a leaf; undefined if it leads to none. */
export function rootByInclusion(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[]): Hash | undefined {
  if (index < 0n || index >= size || !areHashes([leaf, ...proof])) return undefined
  let [first, last, root] = [index, size - 1n, leaf]
  for (const each of proof) {
    if (last === 0n) return undefined
    if (first & 1n || first === last) {
      root = hashNode(each, root)
      while (!(first & 1n) && first !== 0n) [first, last] = [first >> 1n, last >> 1n]
    } else root = hashNode(root, each)
    ;[first, last] = [first >> 1n, last >> 1n]
  }
  return last === 0n ? root : undefined
}

/** RFC 9162, §2.1.3.2: whether the leaf is at `index` in the tree of `size` with this root. */
export function isIncluded(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  const led = rootByInclusion(index, size, leaf, proof)
  return led !== undefined && isSame(led, root)
}

export type Head = { size: bigint; root: Hash }

/**
 * RFC 9162, §2.1.4.2: whether `earlier` is the beginning of `later`. The RFC proves nothing of an empty tree, so that one is
 * refused here: a program that takes it for proved has learned nothing. For witnesses there is `hasGrown`.
 */
export function isConsistent(earlier: Head, later: Head, proof: readonly Hash[]): boolean {
  if (earlier.size <= 0n || earlier.size > later.size) return false
  if (earlier.size === later.size) return proof.length === 0 && isSame(earlier.root, later.root)
  if (!areHashes([earlier.root, later.root, ...proof])) return false
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof
  const [seed, ...rest] = path
  if (!seed) return false
  let [first, last] = [earlier.size - 1n, later.size - 1n]
  while (first & 1n) [first, last] = [first >> 1n, last >> 1n]
  let [before, after] = [seed, seed]
  for (const each of rest) {
    if (last === 0n) return false
    if (first & 1n || first === last) {
      before = hashNode(each, before)
      after = hashNode(each, after)
      while (!(first & 1n) && first !== 0n) [first, last] = [first >> 1n, last >> 1n]
    } else after = hashNode(after, each)
    ;[first, last] = [first >> 1n, last >> 1n]
  }
  return last === 0n && isSame(before, earlier.root) && isSame(after, later.root)
}

/**
 * C2SP tlog-witness, add-checkpoint: as `isConsistent`, and from `old 0` any tree has grown, with an empty proof. To an empty
 * one only if it has the root of one.
 */
export function hasGrown(earlier: Head, later: Head, proof: readonly Hash[]): boolean {
  if (earlier.size !== 0n) return isConsistent(earlier, later, proof)
  const isEmpty = (head: Head) => isSame(head.root, rootOfLeaves([]))
  return proof.length === 0 && later.size >= 0n && isEmpty(earlier) && (later.size > 0n || isEmpty(later))
}

/** RFC 9162, §2.1.1: the largest power of two that is smaller than `size`. */
function splitOf(size: bigint): bigint {
  return 1n << BigInt(heightOf(size - 1n))
}

/** A hash of another length would move the border between two that are hashed together. */
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every(({ length }) => length === hashBytes)

const isPowerOfTwo = (size: bigint) => (size & (size - 1n)) === 0n

const rootOfRange = (leaves: readonly Hash[], range: Range): Hash =>
  joinPeaks(
    nodesOf(range).map(({ height, index }) => {
      const width = 2 ** height
      return rootOfLeaves(leaves.slice(Number(index) * width, (Number(index) + 1) * width))
    }),
  )
