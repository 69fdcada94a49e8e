import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { projectFolder } from '#platform'

const folder = fileURLToPath(new URL('src/modules/ledger/', projectFolder))
const inBrowser = (name: string) => `${folder}verify/browser/${name}.ts`

/** Of the door of identity, what a certificate uses: nothing else of that module goes into a browser. */
const judgeTimestamp = fileURLToPath(new URL('src/modules/identity/signing/judge-timestamp.ts', projectFolder))

/** The rules are bundled as they stand; what they rest on is another thing in a browser. */
const standInsFor = (name: string): Plugin => ({
  name: 'stand-ins',
  setup(build) {
    const crypto = inBrowser(name === 'certificate' ? 'crypto-certificates' : 'crypto')
    build.onResolve({ filter: /^node:crypto$/ }, () => ({ path: crypto }))
    build.onResolve({ filter: /^#identity$/ }, () => ({ path: judgeTimestamp }))
    build.onResolve({ filter: /\/faults\.ts$/ }, () => ({ path: inBrowser('faults') }))
  },
})

/** Where the page finds what reads codes. */
const codesAddress = '/verify/codes.js'

/** One file of verify/browser with everything that it imports, for browsers of the last years. */
export async function bundle(name: ScriptName | 'rules'): Promise<string> {
  // Loaded only now: it is asked for once, when somebody opens the page.
  const { build, stop } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [inBrowser(name)],
    inject: [inBrowser('buffer')],
    plugins: [standInsFor(name)],
    bundle: true,
    // Loaded by the page when a code is to be read.
    external: [codesAddress],
    write: false,
    format: 'esm',
    target: ['es2022', 'safari16.4'],
    minify: true,
    legalComments: 'inline',
    logLevel: 'silent',
  })
  // Else its process would stay.
  await stop()
  return outputFiles[0]!.text
}

export type Script = { body: string; brotli: Buffer; etag: string }
/** As small as it gets, beside the one thread: it is done once. */
const compress = promisify(brotliCompress)
const made = new Map<ScriptName, Promise<Script>>()
type ScriptName = 'page' | 'codes' | 'certificate'

/** A script of the page: made once for each process, when it is first asked for. */
export function scriptOf(name: ScriptName): Promise<Script> {
  const known = made.get(name)
  if (known) return known
  const script = bundle(name).then(async (body) => ({
    body,
    brotli: await compress(body),
    etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`,
  }))
  made.set(name, script)
  // What failed is tried again by the next who asks.
  script.catch(() => made.delete(name))
  return script
}
