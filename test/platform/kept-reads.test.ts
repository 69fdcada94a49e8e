// What is read once and kept for a while: who gets which answer when it is forgotten meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepReads } from '../../src/platform/kept-reads.ts'

/** A reading that ends when the test says so, and how often it began. */
function slowReads(limits: { keptMs: number; keptMax?: number }) {
  const begun: PromiseWithResolvers<string>[] = []
  const reads = keepReads(() => {
    const one = Promise.withResolvers<string>()
    begun.push(one)
    return one.promise
  }, limits)
  return { begun, reads }
}

test('however many ask, one reads; also where reading takes longer than what was read is kept', async () => {
  const { begun, reads } = slowReads({ keptMs: 0 })
  const all = [reads.get('a'), reads.get('a'), reads.get('a')]
  assert.equal(begun.length, 1)
  begun[0]!.resolve('read')
  assert.deepEqual(await Promise.all(all), ['read', 'read', 'read'])
})

test('what was forgotten while it was read is read again, and the older answer never comes back', async () => {
  const { begun, reads } = slowReads({ keptMs: 60_000 })
  const before = reads.get('a')
  reads.forget('a')
  const after = reads.get('a')
  begun[1]!.resolve('new')
  assert.equal(await after, 'new')
  begun[0]!.resolve('old')
  assert.equal(await before, 'old')
  assert.equal(await reads.get('a'), 'new')
  assert.equal(begun.length, 2)
})

test('a failure reaches those who asked and is not kept, nor does it end what was begun after it', async () => {
  const { begun, reads } = slowReads({ keptMs: 60_000 })
  const first = reads.get('a')
  reads.forget('a')
  const second = reads.get('a')
  begun[0]!.reject(new Error('gone'))
  await assert.rejects(first, /gone/)
  begun[1]!.resolve('read')
  assert.equal(await second, 'read')
  assert.equal(await reads.get('a'), 'read')
  const third = slowReads({ keptMs: 60_000 })
  const failing = third.reads.get('a')
  third.begun[0]!.reject(new Error('gone'))
  await assert.rejects(failing, /gone/)
  void third.reads.get('a')
  assert.equal(third.begun.length, 2)
})

test('no more is kept than may be: what was read longest ago goes first', async () => {
  const { begun, reads } = slowReads({ keptMs: 60_000, keptMax: 2 })
  for (const key of ['a', 'b', 'c']) void reads.get(key)
  void reads.get('c')
  assert.equal(begun.length, 3)
  void reads.get('a')
  assert.equal(begun.length, 4)
})
