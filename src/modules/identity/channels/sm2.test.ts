import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateSm2Key, pointOf, signSm2, verifySm2 } from './sm2.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-sm2-'))
after(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

/** OpenSSL, which computes the identity string as it is told to. */
const openssl = (...words: string[]) => spawnSync('openssl', words, { encoding: 'utf8' })
const identity = ['-sigopt', 'distid:1234567812345678']

const point =
  '04' +
  '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
  'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
const spki = Buffer.from(`3059301306072a8648ce3d020106082a811ccf5501822d034200${point}`, 'hex').toString('base64')
const standardKey = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`

test('the example of GB/T 32918.5-2017, annex A.2, verifies', () => {
  const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3'
  const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa'
  const signature = Buffer.from(`3046022100${r}022100${s}`, 'hex')
  assert.equal(pointOf(standardKey), point)
  assert.equal(verifySm2(Buffer.from('message digest'), signature, standardKey), true)
  assert.equal(verifySm2(Buffer.from('message digesu'), signature, standardKey), false)
})

test('OpenSSL accepts what we sign, and we what OpenSSL signs, over the identity string of the standard', (context) => {
  if (openssl('version').error) return context.skip('openssl is not installed here')
  const { privateKey, publicKey } = generateSm2Key()
  writeFileSync(at('ours.pem'), publicKey)
  for (const text of ['', 'a', '核實', 'x'.repeat(5000)]) {
    writeFileSync(at('text'), text)
    writeFileSync(at('signature'), signSm2(Buffer.from(text), privateKey))
    const verify = openssl(
      'dgst',
      '-sm3',
      '-verify',
      at('ours.pem'),
      '-signature',
      at('signature'),
      ...identity,
      at('text'),
    )
    assert.match(verify.stdout, /Verified OK/, verify.stderr)
  }
  openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', at('theirs.key'))
  const { stdout: theirs } = openssl('pkey', '-in', at('theirs.key'), '-pubout')
  const signed = spawnSync('openssl', ['dgst', '-sm3', '-sign', at('theirs.key'), ...identity, at('text')])
  assert.equal(verifySm2(Buffer.from('x'.repeat(5000)), signed.stdout, theirs), true)
  const other = spawnSync('openssl', [
    'dgst',
    '-sm3',
    '-sign',
    at('theirs.key'),
    '-sigopt',
    'distid:another',
    at('text'),
  ])
  assert.equal(verifySm2(Buffer.from('x'.repeat(5000)), other.stdout, theirs), false, 'another identity string')
})

test('nothing but a signature by this key over these bytes verifies, and nothing throws', () => {
  const { privateKey, publicKey } = generateSm2Key()
  const text = Buffer.from('text')
  const good = signSm2(text, privateKey)
  assert.equal(verifySm2(text, good, publicKey), true)
  const prime = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'
  // biome-ignore format: matrix
  const cases: [string, Buffer, string][] = [
    ['another key',        good,                                              standardKey],
    ['cut',                good.subarray(0, -1),                              publicKey],
    ['longer',             Buffer.concat([good, Buffer.of(0)]),               publicKey],
    ['empty',              Buffer.alloc(0),                                   publicKey],
    ['zeros',              Buffer.from('3006020100020100', 'hex'),            publicKey],
    ['no DER',             Buffer.alloc(64, 7),                               publicKey],
    ['half a character',   Buffer.from('1e03004100', 'hex'),                  publicKey],
    ['no key',             good,                                              ''],
    ['broken key',         good,                                              prime],
    ['key of a file name', good,                                              'ours.pem'],
  ]
  for (const [what, signature, key] of cases) assert.equal(verifySm2(text, signature, key), false, what)
  for (let bit = 0; bit < good.length * 8; bit++) {
    const changed = Buffer.from(good)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    assert.equal(verifySm2(text, changed, publicKey), false, `bit ${bit}`)
  }
})
