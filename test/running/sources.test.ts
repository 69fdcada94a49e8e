import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { endWithFile, environment, project, temporaryFolder } from './praya.ts'

/** A project of one page, whose name says `word`, and a program that prints what the page says. */
function aProject() {
  let folder = join(temporaryFolder(), 'clone')
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  mkdirSync(join(folder, 'scripts'))
  cpSync(join(project, 'scripts', 'sources.mjs'), join(folder, 'scripts', 'sources.mjs'))
  for (const name of ['esbuild', '@esbuild', 'preact'])
    symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name))
  const write = (word: string) => writeFileSync(join(folder, '頁 page.tsx'), `export const word: string = '${word}'\n`)
  write('one')
  writeFileSync(join(folder, 'say.mjs'), `console.log((await import(new URL('頁 page.tsx', import.meta.url))).word)\n`)
  const words = () => [
    '--import',
    new URL(`file://${encodeURI(folder)}/scripts/sources.mjs`).href,
    join(folder, 'say.mjs'),
  ]
  const say = () => {
    const { stdout, stderr } = spawnSync(process.execPath, words(), {
      cwd: '/',
      env: environment({}),
      encoding: 'utf8',
    })
    return stdout.trim() || stderr
  }
  const begin = () => endWithFile(spawn(process.execPath, words(), { cwd: '/', env: environment({}) }))
  const cache = () => join(folder, 'node_modules', '.cache', 'praya')
  const kept = () => readdirSync(cache()).filter((name) => /\.js/.test(name))
  const move = () => {
    renameSync(folder, `${folder} 2`)
    folder = `${folder} 2`
  }
  return {
    write,
    say,
    begin,
    move,
    cache,
    kept,
    file: () => join(cache(), kept().find((name) => name.endsWith('.js'))!),
  }
}

test('a page is compiled again when its source or place changes, and else once', () => {
  const { write, say, move, file } = aProject()
  assert.equal(say(), 'one')
  const first = readFileSync(file(), 'utf8')
  assert.equal(say(), 'one')
  assert.equal(readFileSync(file(), 'utf8'), first)
  write('two')
  assert.equal(say(), 'two')
  move()
  assert.equal(say(), 'two')
  assert.match(readFileSync(file(), 'utf8'), /clone%202/)
})

test('what is kept of a page is used as it was written, or not at all', () => {
  const { say, file } = aProject()
  assert.equal(say(), 'one')
  const whole = readFileSync(file(), 'utf8')
  const damages: Record<string, string> = {
    'cut off': whole.slice(0, whole.length >> 1),
    empty: '',
    'with a hole': whole.replace('word = ', '\0\0\0\0\0\0\0'),
    'another text': whole.replace('"one"', '"two"'),
  }
  for (const [how, text] of Object.entries(damages)) {
    assert.notEqual(text, whole, how)
    writeFileSync(file(), text)
    assert.equal(say(), 'one', how)
    assert.equal(readFileSync(file(), 'utf8'), whole, how)
  }
})

test('where a page cannot be kept it is compiled each time, and nothing unfinished stays', () => {
  const { say, file, kept, cache } = aProject()
  assert.equal(say(), 'one')
  const path = file()
  rmSync(path)
  mkdirSync(path)
  const before = kept()
  assert.equal(say(), 'one')
  assert.deepEqual(kept(), before)
  rmSync(cache(), { recursive: true })
  writeFileSync(cache(), '')
  assert.equal(say(), 'one')
})

test('processes that compile at once all read the whole', async () => {
  const { begin, kept } = aProject()
  const children = Array.from({ length: 4 }, begin)
  const said = children.map(async (child) => {
    let text = ''
    child.stdout.on('data', (part) => {
      text += part
    })
    await once(child, 'close')
    return text.trim()
  })
  assert.deepEqual(await Promise.all(said), Array(4).fill('one'))
  assert.equal(kept().length, 2)
})

test('the two ways to start give Node the same memory', () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const memoryOf = (text: string) => /exec (env .*?) --conditions/.exec(text)?.[1]
  const words = memoryOf(scripts.start)
  assert.match(words ?? '', /--max-semi-space-size/)
  assert.equal(memoryOf(readFileSync(join(project, 'praya'), 'utf8')), words)
})
