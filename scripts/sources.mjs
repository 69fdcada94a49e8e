/* Lets this process run the sources: TypeScript and JSX, compiled once and kept. For run.mjs and the processes it starts. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const { TMPDIR: before } = process.env
const cache = pathOf('../node_modules/.cache/praya')
try {
  mkdirSync(cache, { recursive: true })
  accessSync(cache, constants.W_OK)
  enableCompileCache(cache)
  // tsx keeps what it compiled below the folder for temporary files, where other users of a machine may write too.
  process.env.TMPDIR = cache
} catch {
  // A user who may only read the clone starts a little slower.
}
const { register } = await import('tsx/esm/api')
if (before === undefined) delete process.env.TMPDIR
else process.env.TMPDIR = before

// Named, because tsx would look for it in the folder that the person is in.
register({ tsconfig: pathOf('../tsconfig.json') })
