// Keys as developers paste them, and signatures by them as the provider meets them: the vectors of Wycheproof.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { projectFolder } from '#platform'
import { readKeys } from './keys.rules.ts'

type Case = { tcId: number; comment: string; jws?: string; result: 'valid' | 'invalid' | 'acceptable' }
type Group = { comment: string; private: object; public?: object; tests: Case[] }

const shared = process.env.TEST_SHARED ?? '../shared'
const folder = resolve(fileURLToPath(projectFolder), shared, 'vectors/wycheproof/testvectors_v1')
const skip = existsSync(folder) ? false : 'the vectors of Wycheproof are not beside this project: set TEST_SHARED'
const groupsOf = (name: string): Group[] =>
  skip ? [] : JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')).testGroups

/** What the provider takes of a client, whose keys it has from the form. */
const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519']

/** Whether a signature counts by the keys that somebody pasted: a refused key verifies nothing. */
async function counts(jws: string, pasted: object): Promise<boolean> {
  const { keys } = await readKeys(JSON.stringify(pasted))
  if (!keys) return false
  return compactVerify(jws, createLocalJWKSet(keys as JSONWebKeySet), { algorithms }).then(
    () => true,
    () => false,
  )
}

const algorithmIn = (jws: string): string => {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString()).alg
  } catch {
    return 'none'
  }
}

/** Kinds that the form takes; a valid signature by another counts for nothing, and is not asked here. */
const isTaken = ({ kty, crv, alg }: Record<string, unknown>) =>
  (kty === 'EC' && crv === 'P-256') || (kty === 'RSA' && (alg === undefined || alg === 'PS256'))

describe('keys that are pasted', { skip }, () => {
  for (const name of ['json_web_signature_test', 'json_web_key_test'])
    for (const [index, group] of groupsOf(name).entries()) {
      const pasted = group.public ?? group.private
      test(`${name}, group ${index}: ${group.comment}`, async () => {
        const { mistake } = await readKeys(JSON.stringify(group.private))
        assert.ok(mistake, 'a private or secret key is never taken')
        for (const { tcId, comment, jws, result } of group.tests) {
          if (jws === undefined) continue
          const did = await counts(jws, pasted)
          if (result === 'invalid') assert.equal(did, false, `${tcId}: ${comment}`)
          const one = pasted as Record<string, unknown>
          if (result === 'valid' && group.public && isTaken(one) && algorithms.includes(algorithmIn(jws)))
            assert.equal(did, true, `${tcId}: ${comment}`)
        }
      })
    }
})

test('the vectors hold signatures that count, and ones that do not', { skip }, async () => {
  let [valid, invalid] = [0, 0]
  for (const group of groupsOf('json_web_signature_test'))
    for (const { jws, result } of group.tests)
      if (jws !== undefined && group.public) {
        if (await counts(jws, group.public)) valid++
        else if (result === 'invalid') invalid++
      }
  assert.ok(valid > 0 && invalid > 100, `${valid} and ${invalid}`)
})
