// The tree of RFC 9162 and its proofs, against vectors that others made (transparency-dev/merkle) and against themselves.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { vectors } from '../testing/vectors.ts'
import {
  consistencyRanges,
  hasGrown,
  inclusionRanges,
  isConsistent,
  isIncluded,
  makeConsistency,
  makeInclusion,
  nodesOf,
} from './proofs.rules.ts'
import { emptyRoot, grow, type Hash, hashLeaf, hashNode, newTree, rootOf, rootOfLeaves } from './tree.rules.ts'

const { folder, skip } = vectors('merkle/testdata')
const bytes = (encoded: string | null) => Buffer.from(encoded ?? '', 'base64')
const filesOf = (kind: string) => (skip ? [] : globSync(`${kind}/**/*.json`, { cwd: folder }).sort())
const read = <Case>(path: string): Case => JSON.parse(readFileSync(resolve(folder, path), 'utf8')) as Case

type Inclusion = {
  leafIdx: number
  treeSize: number
  root: string
  leafHash: string
  proof: string[] | null
  wantErr: boolean
}
type Consistency = {
  size1: number
  size2: number
  root1: string
  root2: string
  proof: string[] | null
  wantErr: boolean
}

describe('the vectors of transparency-dev/merkle', { skip }, () => {
  test('98 proofs of inclusion are judged as their makers do', () => {
    const files = filesOf('inclusion')
    assert.equal(files.length, 98)
    for (const file of files) {
      const { leafIdx, treeSize, root, leafHash, proof, wantErr } = read<Inclusion>(file)
      const included = isIncluded(
        BigInt(leafIdx),
        BigInt(treeSize),
        bytes(leafHash),
        (proof ?? []).map(bytes),
        bytes(root),
      )
      assert.equal(included, !wantErr, file)
    }
  })

  test('98 proofs of consistency are judged as their makers do', () => {
    const files = filesOf('consistency')
    assert.equal(files.length, 98)
    for (const file of files) {
      const { size1, size2, root1, root2, proof, wantErr } = read<Consistency>(file)
      const consistent = isConsistent(
        { size: BigInt(size1), root: bytes(root1) },
        { size: BigInt(size2), root: bytes(root2) },
        (proof ?? []).map(bytes),
      )
      assert.equal(consistent, !wantErr, file)
    }
  })
})

const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const known = ['6e340b9c', 'fac54203', 'aeb6bcfe', 'd37ee418', '4e3bbb1f', '76e67dad', 'ddb89be4', '5dc9da79']
const leaves = entries.map((entry) => hashLeaf(Buffer.from(entry, 'hex')))
const hex = (hash: Hash) => Buffer.from(hash).toString('hex')

test('the roots of the first eight trees are those that every implementation knows', () => {
  assert.equal(hex(rootOfLeaves([])), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const tree = newTree()
  for (const [at, leaf] of leaves.entries()) {
    grow(tree, leaf)
    assert.equal(hex(rootOf(tree)).slice(0, 8), known[at])
    assert.equal(hex(rootOfLeaves(leaves.slice(0, at + 1))).slice(0, 8), known[at])
  }
  assert.equal(tree.size, 8n)
})

/** RFC 9162, §2.1.1, as it is written there. */
function rootAsDefined(hashes: readonly Hash[]): Hash {
  if (hashes.length <= 1) return hashes[0] ?? emptyRoot
  let middle = 1
  while (middle * 2 < hashes.length) middle *= 2
  return hashNode(rootAsDefined(hashes.slice(0, middle)), rootAsDefined(hashes.slice(middle)))
}

const many = Array.from({ length: 70 }, (_, at) => hashLeaf(Buffer.of(at)))

test('a tree that grows has the root that the definition gives, at every size', () => {
  for (let size = 0; size <= many.length; size += 1)
    assert.deepEqual(hex(rootOfLeaves(many.slice(0, size))), hex(rootAsDefined(many.slice(0, size))), `${size}`)
})

test('every proof that is made holds, for its leaf, size and root alone', () => {
  for (let size = 1; size <= 40; size += 1) {
    const tree = many.slice(0, size)
    const root = rootOfLeaves(tree)
    for (let index = 0; index < size; index += 1) {
      const proof = makeInclusion(tree, BigInt(index))
      const judge = (at: number, of: number, leaf: Hash) => isIncluded(BigInt(at), BigInt(of), leaf, proof, root)
      assert.ok(judge(index, size, many[index]!), `${index} of ${size}`)
      assert.ok(!judge(index, size, many[index + 1]!), `another leaf at ${index} of ${size}`)
      assert.ok(!judge(size, size, many[index]!) && !judge(-1, size, many[index]!), 'outside the tree')
      assert.ok(!isIncluded(BigInt(index), BigInt(size), many[index]!, [...proof, root], root), 'one hash too many')
    }
  }
})

test('every proof of consistency that is made holds, and none for roots that were changed', () => {
  for (let later = 1; later <= 40; later += 1)
    for (let earlier = 1; earlier <= later; earlier += 1) {
      const heads = [earlier, later].map((size) => ({ size: BigInt(size), root: rootOfLeaves(many.slice(0, size)) }))
      const [before, after] = [heads[0]!, heads[1]!]
      const proof = makeConsistency(many, before.size, after.size)
      const about = `${earlier} to ${later}`
      assert.ok(isConsistent(before, after, proof) && hasGrown(before, after, proof), about)
      assert.ok(!isConsistent({ ...before, root: emptyRoot }, after, proof), about)
      assert.ok(!isConsistent(before, { ...after, root: emptyRoot }, proof), about)
      assert.ok(!isConsistent(before, after, [...proof, emptyRoot]), about)
    }
})

test('a proof that goes on above the root is none, whatever root it leads to', () => {
  const [one, two, three, four, above] = leaves as [Hash, Hash, Hash, Hash, Hash]
  assert.ok(!isIncluded(0n, 1n, one, [two], hashNode(two, one)))
  const [pair, end] = [hashNode(one, two), hashNode(three, four)]
  const [before, after] = [hashNode(pair, three), hashNode(pair, end)]
  assert.ok(isConsistent({ size: 3n, root: before }, { size: 4n, root: after }, [three, four, pair]))
  const [earlier, later] = [hashNode(above, before), hashNode(above, after)]
  assert.ok(!isConsistent({ size: 3n, root: earlier }, { size: 4n, root: later }, [three, four, pair, above]))
})

test('a hash of another length is no hash', () => {
  const [before, after] = [1, 2].map((size) => ({ size: BigInt(size), root: rootOfLeaves(leaves.slice(0, size)) }))
  const longer = Buffer.concat([before!.root, Buffer.of(0)])
  assert.ok(isConsistent(before!, after!, [leaves[1]!]))
  assert.ok(!isConsistent({ ...before!, root: longer }, after!, [leaves[1]!]))
  assert.ok(!isIncluded(0n, 2n, longer, [leaves[1]!], after!.root))
})

test('an empty tree proves nothing to a reader, and is where a witness begins', () => {
  const nothing = { size: 0n, root: emptyRoot }
  const something = { size: 2n, root: rootOfLeaves(leaves.slice(0, 2)) }
  // biome-ignore format: a table
  const cases = [
    [nothing,                          something,                        [],          true],
    [nothing,                          nothing,                          [],          true],
    [nothing,                          something,                        [emptyRoot], false],
    [nothing,                          { size: 0n, root: leaves[0]! },   [],          false],
    [{ size: 0n, root: leaves[0]! },   something,                        [],          false],
    [something,                        nothing,                          [],          false],
  ] as const
  for (const [earlier, later, proof, grown] of cases) {
    assert.equal(hasGrown(earlier, later, proof), grown)
    assert.equal(isConsistent(earlier, later, proof), false)
  }
})

test('the subtrees of a proof are perfect ones that cover all else, in trees of any size', () => {
  const size = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n })
  fc.assert(
    fc.property(size, size, (one, other) => {
      const [index, whole] = one < other ? [one, other] : [other - 1n, one]
      const ranges = inclusionRanges(index, whole)
      const covered = ranges.reduce((sum, { start, end }) => sum + end - start, 1n)
      assert.equal(covered, whole)
      for (const range of [...ranges, ...consistencyRanges(index, whole)]) {
        const nodes = nodesOf(range)
        assert.equal((nodes[0]!.index << BigInt(nodes[0]!.height)) - range.start, 0n)
        assert.equal(
          nodes.reduce((sum, { height }) => sum + (1n << BigInt(height)), 0n),
          range.end - range.start,
        )
      }
    }),
  )
  assert.throws(() => inclusionRanges(5n, 5n), RangeError)
  assert.throws(() => consistencyRanges(6n, 5n), RangeError)
  assert.deepEqual(consistencyRanges(0n, 5n), [])
})
