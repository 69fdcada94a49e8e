/*
 * Lets this process read the sources as they lie, for run.mjs, the tests, and the processes that they start. Node itself
 * takes the types out of `.ts`, line for line; `.tsx` it leaves to esbuild, which compiles each file once.
 */
import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, renameSync, unlink, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const project = fileURLToPath(new URL('../', import.meta.url))
const sources = new URL('../src/', import.meta.url).href
const cache = join(project, 'node_modules/.cache/praya')
const options = {
  loader: 'tsx',
  format: 'esm',
  target: 'es2024',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Beside it, for --enable-source-maps: inside, it would stay in memory with the program.
  sourcemap: 'external',
  sourcesContent: false,
}
const settings = JSON.stringify([require('esbuild/package.json').version, options])
const isWritable = openCache()

/** What names lead to, for each folder that says them: most files name what another has named before. */
const resolved = new Map()

registerHooks({
  resolve(name, context, next) {
    const { parentURL, conditions } = context
    if (!parentURL || !conditions.includes('import')) return next(name, context)
    // What is no path leads to the same from all of the project’s own folders.
    const isOwn = !name.startsWith('.') && parentURL.startsWith(sources)
    const key = `${isOwn ? sources : parentURL.slice(0, parentURL.lastIndexOf('/'))} ${name}`
    const found = resolved.get(key) ?? { ...next(name, context), shortCircuit: true }
    resolved.set(key, found)
    return found
  },
  load: (url, context, next) =>
    /^file:.*\.tsx$/.test(url)
      ? { format: 'module', source: compile(fileURLToPath(url)), shortCircuit: true }
      : next(url, context),
})

/** Kept until the source or its settings change; the last line says of what it was made, and what it is. */
function compile(path) {
  const source = readFileSync(path, 'utf8')
  const madeOf = createHash('sha256').update(settings).update(path).update(source)
  const sealed = (text) => `${text}//${madeOf.copy().update(text).digest('base64url')}\n`
  const kept = join(cache, `${relative(project, path).replaceAll(/[^\w.]+/g, '-')}.js`)
  try {
    const text = readFileSync(kept, 'utf8')
    if (text === sealed(text.slice(0, text.lastIndexOf('//')))) return text
  } catch {
    // It was never compiled.
  }
  const { code, map } = require('esbuild').transformSync(source, { ...options, sourcefile: pathToFileURL(path).href })
  const text = sealed(`${code}//# sourceMappingURL=${pathToFileURL(kept)}.map\n`)
  if (isWritable) {
    keep(`${kept}.map`, map)
    keep(kept, text)
  }
  return text
}

/** Whole or not at all: other processes read it at the same time. */
function keep(path, text) {
  const unfinished = `${path}.${process.pid}`
  try {
    writeFileSync(unfinished, text)
    renameSync(unfinished, path)
  } catch {
    // The disk is full, or the folder was taken away: the next process compiles again.
    unlink(unfinished, () => {})
  }
}

function openCache() {
  try {
    mkdirSync(cache, { recursive: true })
    accessSync(cache, constants.W_OK)
    enableCompileCache(cache)
    return true
  } catch {
    // A user who may only read the clone starts a little slower.
    return false
  }
}
