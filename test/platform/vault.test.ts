import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openVault } from '../../src/platform/vault.ts'

const vault = openVault('a secret of this installation alone')

test('what was sealed opens again, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (plain, context) => {
      const sealed = vault.seal('number', plain, context)
      assert.equal(vault.open('number', sealed, context).toString(), Buffer.from(plain).toString())
      assert.ok(!sealed.equals(vault.seal('number', plain, context)))
    }),
  )
})

test('it opens for its own purpose, context and secret, unchanged, and for nothing else', () => {
  const sealed = vault.seal('number', 'A1234563', 'person/p-1')
  const changed = (at: number) => {
    const copy = Buffer.from(sealed)
    copy[at]! ^= 1
    return copy
  }
  const other = openVault('another secret')
  assert.throws(() => vault.open('key', sealed, 'person/p-1'))
  assert.throws(() => vault.open('number', sealed, 'person/p-2'))
  assert.throws(() => other.open('number', sealed, 'person/p-1'))
  assert.throws(() => vault.open('number', sealed.subarray(0, 20), 'person/p-1'))
  assert.throws(() => vault.open('number', Buffer.alloc(0), 'person/p-1'))
  for (let at = 0; at < sealed.length; at++)
    assert.throws(() => vault.open('number', changed(at), 'person/p-1'), `byte ${at}`)
})

test('a text is found again by its keyed hash, which is another for each purpose and installation', () => {
  const hash = vault.lookup('number', 'A1234563')
  assert.equal(hash.length, 32)
  assert.ok(hash.equals(openVault('a secret of this installation alone').lookup('number', 'A1234563')))
  assert.ok(!hash.equals(vault.lookup('email', 'A1234563')))
  assert.ok(!hash.equals(vault.lookup('number', 'A1234564')))
  assert.ok(!hash.equals(openVault('another secret').lookup('number', 'A1234563')))
})
