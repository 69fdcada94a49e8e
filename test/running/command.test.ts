import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { modules } from '../../src/modules.ts'
import { environment, project, run, startPraya, temporaryFolder } from './praya.ts'

const verbs = [
  'start',
  'check',
  'reset',
  'docs',
  ...modules.flatMap(({ commands }) => commands ?? []).map(({ name }) => name),
]

test('every verb is listed, and says how it is used', async () => {
  const { code, out, err } = await run(['--help'])
  assert.deepEqual({ code, err }, { code: 0, err: '' })
  for (const verb of verbs) {
    assert.match(out, new RegExp(`^  ${verb} +\\S`, 'm'))
    const help = await run([...verb.split(' '), '--help'])
    assert.equal(help.code, 0)
    assert.match(help.out, new RegExp(`Usage: \\./praya ${verb}`))
    assert.match(help.out, /--help/)
  }
})

// biome-ignore format: a table
const cases: [typed: string[], code: number, said: RegExp][] = [
  [['strat'], 2, /^There is no verb “strat”\. Did you mean “start”\?\n$/],
  [['nothing-like-it'], 2, /^There is no verb “nothing-like-it”\. Run \.\/praya --help/],
  [['check', '--jsn'], 2, /^“--jsn” is no option of “check”\. Run \.\/praya check --help\.\n$/],
  [['reset', '--yes=now'], 2, /^The option --yes takes no value\.\n$/],
  [['check', 'one', 'two'], 2, /^“two” is one word too many\. Usage: \.\/praya check \[FOLDER\]\n$/],
  [['estimates', 'check'], 2, /^FILE is missing\. Usage: \.\/praya estimates check FILE/],
  [['estimates', 'check', 'x', '--mapping'], 2, /^The option --mapping needs a value: --mapping /],
]
for (const [typed, code, said] of cases)
  test(`./praya ${typed.join(' ')} ends with ${code} and one sentence`, async () => {
    const ran = await run(typed)
    assert.equal(ran.code, code)
    assert.equal(ran.out, '')
    assert.match(ran.err, said)
  })

test('a person who works in Chinese is answered in Chinese', async () => {
  assert.match((await run(['--help'], { LANG: 'zh_TW.UTF-8' })).out, /用法：\.\/praya 指令/)
  assert.match((await run(['--help'], { LANG: 'zh_CN.UTF-8' })).out, /程序|启动/)
  assert.match((await run(['--help'], { LANG: 'zh_CN.UTF-8', PRAYA_LANGUAGE: 'en' })).out, /^Usage:/m)
})

test('a pack is checked: 0 when it is right, 1 with file and line of every mistake', async () => {
  assert.equal((await run(['check', 'governments/testland'])).code, 0)
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'government.yaml'), 'id: nowhere\nnmae: x\n')
  const { code, out } = await run(['check', folder])
  assert.equal(code, 1)
  assert.match(out, /government\.yaml:2 {2}“nmae” is not known here/)
})

test('the command line works from any folder, through a link, and hands over its exit code', () => {
  const elsewhere = temporaryFolder()
  mkdirSync(join(elsewhere, 'a folder'))
  symlinkSync(join(project, 'praya'), join(elsewhere, 'a folder', 'praya'))
  const cwd = elsewhere
  const call = (...words: string[]) =>
    spawnSync(join(elsewhere, 'a folder', 'praya'), words, { cwd, env: environment({}), encoding: 'utf8' })
  assert.match(call().stdout, /Usage:/)
  assert.equal(call('check').status, 0)
  assert.equal(call('check', 'no-such-folder').status, 1)
  assert.equal(call('strat').status, 2)
  assert.ok(!existsSync(join(elsewhere, '.praya')))
})

test('reset asks, and deletes only what Praya has put there', async () => {
  const folder = temporaryFolder()
  const settings = { PRAYA_DATA: folder }
  assert.match((await run(['reset'], settings)).out, /holds nothing to delete/)
  const praya = await startPraya(folder)
  writeFileSync(join(folder, 'mine.txt'), 'mine')

  const running = await run(['reset', '--yes'], settings)
  assert.equal(running.code, 1)
  assert.match(running.err, /is in use by another Praya/)
  praya.child.kill('SIGTERM')
  await praya.ended

  const asked = await run(['reset'], settings)
  assert.equal(asked.code, 2)
  assert.match(asked.err, /There is no terminal to ask at/)
  assert.ok(existsSync(join(folder, 'postgres')))

  assert.equal((await run(['reset', '--yes'], settings)).code, 0)
  assert.deepEqual(
    ['postgres', 'secrets.json', 'files', 'mine.txt'].map((name) => existsSync(join(folder, name))),
    [false, false, false, true],
  )
})
