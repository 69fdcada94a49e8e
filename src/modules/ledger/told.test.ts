// How verbs end: whether a fault speaks of the log, or of what was typed and read, stands in one place for all of them.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { mirror } from './copies/command.ts'
import { Fault } from './faults.ts'
import { fsck } from './fsck/command.ts'
import { monitor } from './monitor/command.ts'
import { printVerifierKey } from './notes/keys.rules.ts'
import { replay } from './registers/command.ts'
import { call } from './testing/calls.ts'
import { aSigner } from './testing/keys.ts'
import { aLog, keepLog } from './testing/logs.ts'
import { endBy } from './told.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-told-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const signer = aSigner()
const key = printVerifierKey(signer.key)

test('a log that has not what its checkpoint stands for ends every verb that reads it with 1, and one that is away with 2', async () => {
  const files = aLog(signer, 300)
  files.delete('tile/entries/000')
  const lacking = keepLog(files, join(folder, 'lacking'))
  for (const [name, command, more] of [
    ['fsck', fsck, []],
    ['mirror', mirror, [join(folder, 'copy')]],
    ['monitor', monitor, []],
    ['replay', replay, []],
  ] as const) {
    const wrong = await call(command, [lacking, ...more], { key })
    assert.equal(wrong.code, 1, `${name}: ${wrong.out}${wrong.errors}`)
    assert.match(wrong.out + wrong.errors, /tile\/entries\/000 is missing/, name)
    assert.equal((await call(command, [join(folder, 'nowhere'), ...more], { key })).code, 2, name)
  }
})

test('a verb ends by a fault as the fault says, and a bug is thrown on', () => {
  const said: string[] = []
  const out = { say: ({ en }: { en: string }) => en, warn: (line: string) => said.push(line) }
  // biome-ignore format: a table
  const cases: [code: Fault['code'], exit: 1 | 2, mayPass: boolean][] = [
    ['read-missing', 1, true],  ['read-slow', 2, true],    ['no-checkpoint', 2, true],  ['rolled-back', 1, false],
    ['policy-few', 1, false],   ['policy-form', 2, false], ['proof-form', 1, false],    ['no-log', 2, false],
  ]
  for (const [code, exit, mayPass] of cases)
    assert.deepEqual([endBy(new Fault(code), out), new Fault(code).mayPass], [exit, mayPass], code)
  assert.equal(said.length, cases.length)
  assert.throws(() => endBy(new TypeError('a bug'), out), /a bug/)
})
