import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Refusal } from '../../src/platform/command.ts'
import { say } from '../../src/platform/languages.ts'
import { lockFolderOrRefuse } from '../../src/start/lock.ts'
import { checkDisk } from '../../src/start/postgres/cluster.ts'
import { asNobody, environment, project, temporaryFolder } from './praya.ts'

const folder = temporaryFolder()
const at = (name: string) => join(folder, name)
writeFileSync(at('file'), '')
symlinkSync(at('nowhere'), at('dangling'))
symlinkSync(at('one'), at('other'))
symlinkSync(at('other'), at('one'))
mkdirSync(at('not-ours'))
writeFileSync(join(at('not-ours'), 'lock'), 'a shopping list\n')
mkdirSync(at('real'))
symlinkSync(at('real'), at('link'))

// biome-ignore format: a table
const refused: [what: string, path: string, sentence: RegExp][] = [
  ['a file', at('file'), /a file stands in its place/],
  ['below a file', at('file/data'), /a file stands in its place/],
  ['a device', '/dev/null', /a file stands in its place/],
  ['a link that leads nowhere', at('dangling'), /no folder can be made there/],
  ['a link to itself', at('one'), /its links lead in a circle/],
  ['a name that is too long', at('x'.repeat(300)), /its path is too long/],
  ['a path that is too long', at(Array(20).fill('x'.repeat(40)).join('/')), /its path is too long/],
  ['a folder with a lock of somebody else', at('not-ours'), /^The file lock in .* is not one of Praya \(file is not a database\)/],
  ...(process.platform === 'linux' ? [['below /proc', '/proc/praya/data', /no folder can be made there/] as [string, string, RegExp]] : []),
]
for (const [what, path, sentence] of refused)
  test(`a data folder that is ${what} is refused in one sentence, and nothing is left there`, () => {
    const before = readdirSync(folder, { recursive: true })
    assert.throws(
      () => lockFolderOrRefuse(path),
      (error) => {
        assert.ok(error instanceof Refusal)
        assert.match(error.message, sentence)
        assert.match(error.message, /PRAYA_DATA\.$/)
        assert.match(say(error.text, 'zh-Hant', error.values), /^(資料夾 |\/).*請.*以 PRAYA_DATA 另選資料夾。$/)
        return true
      },
    )
    assert.deepEqual(readdirSync(folder, { recursive: true }), before)
  })

test('a data folder may be a link, may lie below folders that are not there yet, and has one name', () => {
  const lock = lockFolderOrRefuse(at('link'))
  assert.equal(lock.folder, realpathSync(at('real')))
  lock.release()
  lockFolderOrRefuse(at('one more/and another')).release()
  assert.deepEqual(readdirSync(at('one more/and another')), ['lock'])
})

test('too little room on the disk is said before anything is written, for bytes and for files', () => {
  const refuses = (needed: { bytes: number; files: number }, sentence: RegExp) =>
    assert.throws(() => checkDisk(folder, needed), sentence)
  refuses({ bytes: 1e15, files: 0 }, /too little room .* MB are free and 1000000000 MB are needed/)
  refuses({ bytes: 0, files: 1e12 }, /takes too few more files: \d+ are left and 1000000000000 are needed/)
})

/** What a disk of root's making does to a start, in a mount that nobody else sees. */
const disks: [what: string, options: string, then: string, sentence: RegExp][] = [
  ['small', 'size=64m', '', /^There is too little room on the disk of .*: \d+ MB are free and \d+ MB are needed\. /],
  [
    'full',
    'size=64m',
    'cat /dev/zero > "$0/x" 2>/dev/null',
    /^There is too little room on the disk of .*: 0 MB are free/,
  ],
  ['out of files', 'size=1g,nr_inodes=9', '', /^The disk of .* takes too few more files: \d are left and 4000/],
  ['without one file more', 'size=64m,nr_inodes=1', '', /^The data folder .* cannot be used: its disk is full\. /],
  ['read-only', 'size=64m', 'mount -o remount,ro "$0"', /^The data folder .* cannot be used: its disk is read-only\. /],
]
for (const [what, options, then, sentence] of disks)
  test(`a disk that is ${what} is told in one sentence, with exit code 1`, {
    skip: process.getuid?.() !== 0 && 'only root can mount a disk',
  }, (t) => {
    const disk = temporaryFolder()
    const shell = (script: string, ...words: string[]) =>
      spawnSync('unshare', ['--mount', 'sh', '-c', script, disk, ...words], {
        cwd: project,
        env: environment({ PRAYA_DATA: disk, PRAYA_PORT: '0' }),
        encoding: 'utf8',
      })
    const mount = `mount -t tmpfs -o ${options} none "$0"`
    if (shell(mount).status !== 0) return t.skip('this machine forbids mounts')
    const start = [process.execPath, '--conditions=source', 'scripts/run.mjs', 'start']
    const { status, stderr } = shell(`${mount} && { ${then || ':'}; exec "$@"; }`, ...start)
    assert.equal(status, 1, stderr)
    assert.match(stderr, sentence)
    assert.equal(stderr.trim().split('\n').length, 1, stderr)
  })

test('a data folder of another user is refused to an ordinary one', (t) => {
  const nobody = asNobody()
  if ('skip' in nobody) return t.skip(nobody.skip)
  const [program, ...words] = [...nobody.prefix, process.execPath, '--conditions=source', 'scripts/run.mjs', 'start']
  const env = environment({ PRAYA_DATA: at('real'), PRAYA_PORT: '0' })
  const { status, stderr } = spawnSync(program!, words, { cwd: project, env, encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^The data folder .* cannot be used: this user may not write there\. Start Praya as the user .*\n$/,
  )
})
