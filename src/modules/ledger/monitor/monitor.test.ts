// ./praya ledger monitor: what is new in a log of anybody, and that it is still the log it was.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { printEnvelope } from '../entries/envelope.rules.ts'
import { printVerifierKey } from '../notes/keys.rules.ts'
import { policyOfKey } from '../notes/policy.rules.ts'
import { call } from '../testing/calls.ts'
import { lateFaultOf } from '../testing/faults.ts'
import { aSigner } from '../testing/keys.ts'
import { aLog, entryAt, keepLog } from '../testing/logs.ts'
import { tessera } from '../testing/vectors.ts'
import { monitor } from './command.ts'
import { fits, readOn } from './monitor.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-monitor-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const signer = aSigner()
const key = printVerifierKey(signer.key)
let made = 0
const place = () => join(folder, String(++made))
const envelope = (kind: string, org: string) =>
  printEnvelope({ kind, org, commitment: '0'.repeat(64), time: '2031-03-01T08:00:00Z', v: 1 })

test('each new entry that fits is told once, also from one call to the next', async () => {
  const [log, state] = [place(), place()]
  const watch = (more = {}) => call(monitor, [log], { key, state, match: 'ENTRY 25', ...more })
  const found = ({ out }: { out: string }) => [...out.matchAll(/ (\d+): entry/g)].map(([, index]) => Number(index))
  keepLog(aLog(signer, 30), log)
  assert.deepEqual(found(await watch()), [25])
  assert.deepEqual(found(await watch()), [])
  for (const [size, indexes] of [
    [253, [250, 251, 252]],
    [255, [253, 254]],
    [256, [255]],
    [257, [256]],
    [700, [257, 258, 259]],
  ] as const) {
    keepLog(aLog(signer, size), log)
    const ended = await watch()
    assert.equal(ended.code, 0, ended.errors)
    assert.deepEqual(found(ended), indexes, `${size}`)
  }
  assert.deepEqual(found(await call(monitor, [log], { key, match: 'entry 25', from: '258' })), [258, 259])
})

test('a log that is another one than before, or shorter, ends it with 1, and nothing of it is told', async () => {
  const other = (at: number) => (at < 10 ? Buffer.from(`other ${at}`) : entryAt(at))
  // biome-ignore format: a table
  const cases: [name: string, before: number, files: ReturnType<typeof aLog>, says: RegExp][] = [
    ['another history', 300, aLog(signer, 400, other), /does not begin with|is not the one|history/i],
    ['shorter',         300, aLog(signer, 200),        /200/],
  ]
  for (const [name, before, files, says] of cases) {
    const [log, state] = [place(), place()]
    keepLog(aLog(signer, before), log)
    assert.equal((await call(monitor, [log], { key, state })).code, 0)
    keepLog(files, log)
    const ended = await call(monitor, [log], { key, state })
    assert.deepEqual([ended.code, ended.out], [1, ''], name)
    assert.match(ended.errors, says, name)
  }
  const [log] = [place()]
  const files = aLog(signer, 20)
  const [path] = [...files.keys()].filter((each) => each.includes('entries'))
  keepLog(
    files.set(
      path!,
      Buffer.from(files.get(path!)!).map((each, at) => (at === 5 ? each ^ 1 : each)),
    ),
    log,
  )
  const changed = await call(monitor, [log], { key })
  assert.deepEqual([changed.code, changed.out], [1, ''])
})

test('another log in the place of the one that was read ends it with 1, and where it was stays known', async () => {
  const [log, state, policy] = [place(), place(), place()]
  const other = aSigner('other.example/log')
  writeFileSync(policy, `log ${key}\nlog ${printVerifierKey(other.key)}\nquorum none\n`)
  keepLog(aLog(signer, 30), log)
  assert.equal((await call(monitor, [log], { policy, state })).code, 0)
  const before = readFileSync(state, 'utf8')
  keepLog(aLog(other, 40), log)
  const ended = await call(monitor, [log], { policy, state })
  assert.deepEqual([ended.code, ended.out, readFileSync(state, 'utf8')], [1, '', before])
  assert.match(ended.errors, /This is the log “other\.example\/log”, and what was read before was “example\.com\/log”/)
})

test('what is told is what was checked, also where the server answers otherwise the second time', async () => {
  const files = aLog(signer, 300)
  const asked = new Map<string, number>()
  const read = async (path: string) => {
    asked.set(path, (asked.get(path) ?? 0) + 1)
    const bytes = files.get(path)
    return asked.get(path) === 1 ? bytes : bytes && Buffer.from(bytes).fill(0x78, 4, 6)
  }
  const told: bigint[] = []
  const given = { policy: policyOfKey(signer.key), where: 'x', seen: undefined, pattern: { text: 'entry 299' } }
  await lateFaultOf(
    'root-differs',
    readOn(read, given, (_, { index }) => told.push(index)),
  )
  assert.equal(told.length, 0)
  assert.equal(asked.get('tile/entries/000'), 1, 'only what fits is read again')
  await readOn(
    async (path) => files.get(path),
    given,
    (_, { index }) => told.push(index),
  )
  assert.deepEqual(told, [299n])
})

test('a line of JSON holds what the log holds, and nothing that commands a terminal', async () => {
  const [log] = [place()]
  const text = 'a \u202etxt.exe\u200b'
  keepLog(
    aLog(signer, 1, () => Buffer.from(text)),
    log,
  )
  const { out } = await call(monitor, [log], { key, json: 'yes' })
  assert.match(out, /a \\u202etxt\.exe\\u200b/)
  assert.equal((JSON.parse(out) as { entry: string }).entry, text)
  assert.match((await call(monitor, [log], { key })).out, /a \ufffdtxt/)
})

test('what was typed wrongly, a file that is another one and a log that is not there end it with 2', async () => {
  const log = place()
  keepLog(aLog(signer, 3), log)
  const state = join(folder, 'no-state')
  writeFileSync(state, 'something else\n')
  const large = join(folder, 'large')
  writeFileSync(large, 'x'.repeat(20_000))
  // biome-ignore format: a table
  const cases: [given: string[], options: Record<string, string>][] = [
    [[log], {}], [[log], { key: 'x' }], [[log], { key, every: '0' }], [[log], { key, from: 'x' }], [[log], { key, state }],
    [[join(folder, 'nowhere')], { key }], [[log], { policy: join(folder, 'nowhere') }], [[log], { key, state: folder }],
    [[log], { key, state: large }], [[log], { key, state: join(folder, 'no-folder', 'state') }],
  ]
  for (const [given, options] of cases) {
    const ended = await call(monitor, given, options)
    assert.equal(ended.code, 2, JSON.stringify(options))
    assert.match(ended.errors, /[.:]/)
  }
})

test('kind and organisation are those of an entry of a department, and text is looked for as text', () => {
  const entry = envelope('licence-issued', 'tide-station')
  // biome-ignore format: a table
  const cases: [pattern: Parameters<typeof fits>[0], fit: boolean][] = [
    [{}, true], [{ kind: 'licence-issued' }, true], [{ kind: 'licence' }, false], [{ org: 'tide-station' }, true], [{ org: 'dh' }, false],
    [{ kind: 'licence-issued', org: 'dh' }, false], [{ text: 'LICENCE-' }, true], [{ text: 'l.cence' }, false],
  ]
  for (const [pattern, fit] of cases) assert.equal(fits(pattern, entry), fit, JSON.stringify(pattern))
  assert.equal(fits({ kind: 'x' }, Buffer.from([0xff])), false)
})

test('Tessera’s log is followed by its key, with each entry as JSON', { skip: tessera.skip }, async () => {
  const ended = await call(monitor, [tessera.folder], { key: tessera.vkey, json: 'yes' })
  assert.equal(ended.code, 0, ended.errors)
  const lines = ended.out.split('\n').map((each) => JSON.parse(each) as { index: number })
  assert.deepEqual(
    lines.map(({ index }) => index),
    lines.map((_, at) => at),
  )
  assert.ok(lines.length > 1)
})
