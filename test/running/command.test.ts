import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { check } from '../../src/command/check.ts'
import { docs } from '../../src/command/docs.ts'
import { reset } from '../../src/command/reset.ts'
import { runCommand } from '../../src/command/run.ts'
import { modules } from '../../src/modules.ts'
import { lockFolderOrRefuse } from '../../src/start/lock.ts'
import { aDataFolder, endWithFile, environment, project, run, temporaryFolder } from './praya.ts'

const commands = [check, reset, docs, ...modules.flatMap((module) => module.commands ?? [])]

/** A verb that does nothing yet, called in this process. */
async function call(typed: string[], settings: Record<string, string> = {}) {
  const out: string[] = []
  const err: string[] = []
  const terminal = {
    environment: environment(settings),
    print: (line: string) => out.push(line),
    warn: (line: string) => err.push(line),
  }
  const code = await runCommand(commands, typed, terminal)
  return { code, out: out.join('\n'), err }
}

test('every verb is listed, and says how it is used', async () => {
  const { code, out, err } = await call(['--help'])
  assert.deepEqual({ code, err }, { code: 0, err: [] })
  for (const { name } of commands) {
    assert.match(out, new RegExp(`^  ${name} +\\S`, 'm'))
    const help = await call([...name.split(' '), '--help'])
    assert.equal(help.code, 0)
    assert.match(help.out, new RegExp(`Usage: \\./praya ${name}`))
    assert.match(help.out, /^ {2}--help /m)
  }
  assert.match((await call(['estimates'])).out, /estimates check/)
  assert.doesNotMatch((await call(['estimates'])).out, /reset/)
})

// biome-ignore format: a table
const cases: [typed: string[], sentence: RegExp][] = [
  [['rset'], /^There is no verb “rset”\. Did you mean “reset”\?$/],
  [['nothing-like-it'], /^There is no verb “nothing-like-it”\. Run \.\/praya --help/],
  [['--jsn'], /^“--jsn” comes before any verb\. Options follow theirs: \.\/praya --help/],
  [['--yes', 'reset'], /^“--yes” comes before any verb\./],
  [['estimates', '--json'], /^“--json” comes before any verb\./],
  [['check', '--jsn'], /^“--jsn” is no option of “check”\. Run \.\/praya check --help\.$/],
  [['check', '--toString'], /is no option of “check”/],
  [['reset', '--yes=now'], /^The option --yes takes no value\.$/],
  [['check', 'one', 'two'], /^“two” is one word too many\. Usage: \.\/praya check \[FOLDER\]$/],
  [['estimates', 'check'], /^FILE is missing\. Usage: \.\/praya estimates check FILE/],
  [['estimates', 'check', 'x', '--mapping'], /^The option --mapping needs a value: --mapping /],
]
for (const [typed, sentence] of cases)
  test(`./praya ${typed.join(' ')} is refused in one sentence`, async () => {
    const { code, out, err } = await call(typed)
    assert.deepEqual({ code, out, lines: err.length }, { code: 2, out: '', lines: 1 })
    assert.match(err[0]!, sentence)
  })

test('a person is answered in the language of the terminal', async () => {
  assert.match((await call(['--help'], { LANG: 'zh_TW.UTF-8' })).out, /用法：\.\/praya 指令/)
  assert.match((await call(['--help'], { LANG: 'zh_CN.UTF-8' })).out, /检查政府/)
  assert.match((await call(['--help'], { LANG: 'zh_CN.UTF-8', PRAYA_LANGUAGE: 'en' })).out, /^Usage:/m)
  assert.match((await call(['--help'], { LANG: 'fr_FR.UTF-8' })).out, /^Usage:/m)
  assert.match((await call(['rset'], { LC_ALL: 'zh_HK.UTF-8' })).err[0]!, /^沒有「rset」這個指令/)
})

test('a pack is checked: 0 when it is right, 1 with file and line of every mistake', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'government.yaml'), 'id: nowhere\nnmae: x\n')
  assert.equal((await call(['check', join(project, 'governments/testland')])).code, 0)
  const { code, out } = await call(['check', folder])
  assert.equal(code, 1)
  assert.match(out, /government\.yaml:2 {2}“nmae” is not known here/)
})

test('the command line works from any folder, through a link, and hands over its exit code', () => {
  const elsewhere = temporaryFolder()
  mkdirSync(join(elsewhere, 'a folder'))
  symlinkSync(join(project, 'praya'), join(elsewhere, 'a folder', 'praya'))
  const cwd = elsewhere
  const shell = (...words: string[]) =>
    spawnSync(join(elsewhere, 'a folder', 'praya'), words, { cwd, env: environment({}), encoding: 'utf8' })
  assert.match(shell().stdout, /Usage:/)
  assert.equal(shell('check').status, 0)
  assert.equal(shell('strat').status, 2)
  assert.ok(!existsSync(join(elsewhere, '.praya')))
})

// biome-ignore format: a table
const answers: [typed: string, language: string, code: number, deletes: boolean][] = [
  ['yes\n', 'en', 0, true],
  ['是\n', 'zh-Hant', 0, true],
  ['是\n', 'zh-Hans', 0, true],
  ['no\n', 'en', 1, false],
  ['\n', 'en', 1, false],
  ['\x03', 'en', 1, false],
  ['\x04', 'zh-Hant', 1, false],
]
for (const [typed, language, expected, deletes] of answers)
  test(`${JSON.stringify(typed)} to the question of reset in ${language} ${deletes ? 'deletes' : 'deletes nothing'}`, async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'files'))
    const settings = { PRAYA_DATA: folder, PRAYA_LANGUAGE: language, SHELL: '/bin/sh' }
    // A terminal, made by `script`, of which there are two kinds.
    const command = [process.execPath, '--conditions=source', join(project, 'scripts', 'run.mjs'), 'reset']
    const words =
      process.platform === 'linux'
        ? ['-qec', command.map((word) => `'${word}'`).join(' '), '/dev/null']
        : ['-q', '/dev/null', ...command]
    const child = endWithFile(spawn('script', words, { env: environment(settings) }))
    const said: string[] = []
    child.stdout.on('data', (piece) => {
      if (/yes|[「“]是/.test(said.join(''))) return
      said.push(String(piece))
      if (/yes|[「“]是/.test(said.join(''))) child.stdin.write(typed)
    })
    assert.deepEqual(await once(child, 'close'), [expected, null])
    assert.equal(existsSync(join(folder, 'files')), !deletes)
    assert.doesNotMatch(said.join(''), / {4}at /)
  })

test('reset asks, and deletes only what Praya has put there', async () => {
  const folder = await aDataFolder()
  const settings = { PRAYA_DATA: folder }
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  const lock = lockFolderOrRefuse(folder)
  const running = await run(['reset', '--yes'], settings)
  assert.equal(running.code, 1)
  assert.match(running.err, new RegExp(`is in use by another Praya \\(process ${process.pid}\\)`))
  lock.release()

  const asked = await run(['reset'], settings)
  assert.equal(asked.code, 2)
  assert.match(asked.err, /There is no terminal to ask at/)
  assert.ok(existsSync(join(folder, 'postgres')))

  assert.equal((await run(['reset', '--yes'], settings)).code, 0)
  assert.deepEqual(
    ['postgres', 'secrets.json', 'files', 'mine.txt'].map((name) => existsSync(join(folder, name))),
    [false, false, false, true],
  )
  assert.match((await run(['reset'], settings)).out, /holds nothing to delete/)
})
