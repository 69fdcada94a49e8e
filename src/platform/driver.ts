// The PostgreSQL driver, mended while it loads. Everything else imports it from here.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const still = 'errorResponse = null; clearImmediate(nextWriteTimer); chunk = nextWriteTimer = null'

/**
 * What postgres 3.4.9 does wrong, most of it when a server goes away in the middle of things: file, text, text instead. If the text
 * is not there any more, the driver has changed, and whoever updated it looks here first.
 */
const repairs: readonly (readonly [file: string, from: string, to: string])[] = [
  // A connection that is lost while a write waits keeps the mark of that write, and never writes again: every later
  // query on it hangs until the connection times out. (porsager/postgres #1154) It also keeps what the server said as it
  // ended, and tells whoever comes first on the next one. (#1209)
  ['connection.js', 'incomings = null\n    clearImmediate(nextWriteTimer)', `incomings = null\n    ${still}`],
  ['connection.js', 'options))\n\n    clearImmediate(nextWriteTimer)', `options))\n\n    ${still}`],
  // A write without a socket throws where nobody can catch it, and the process ends. (#1066, #1208)
  [
    'connection.js',
    'const x = socket.write(chunk, fn)',
    "if (socket === null) return chunk = nextWriteTimer = null, error(Errors.connection('CONNECTION_CLOSED', options)), false\n    const x = socket.write(chunk, fn)",
  ],
  // So does a connection that is lost while it asks for the types of arrays, which nobody awaits.
  ['connection.js', 'return fetchArrayTypes()', 'return fetchArrayTypes().catch(() => {})'],
  // A connection that is reset tells of it twice, first of the error and later of its end. What is written in between, as
  // the `rollback` of its transaction, is rejected by neither, and takes the first answer on the new connection for its
  // own: every later query gets that of another one, or none. (#1215)
  ['connection.js', '!hadError && (query || sent.length) && error', 'if (query || sent.length) error'],
  // It also waits for the answer that will not come, so that closing the pool takes as long as it may.
  ['connection.js', 'closedTime = performance.now()', 'query = null; closedTime = performance.now()'],
  // A transaction whose connection is lost goes on: its next statement, or its `rollback`, runs on the new connection,
  // outside of any transaction or inside somebody else's.
  ['index.js', 'let savepoints = 0', 'let savepoints = 0, lost'],
  [
    'index.js',
    'connection.onclose = reject',
    'connection.onclose = error => { lost = error; while (queries.length) queries.shift().reject(error); reject(error) }',
  ],
  // So does one that has ended: of several statements at once one fails, and what its fellow goes on with stands for itself.
  [
    'index.js',
    'q.catch(e => uncaughtError || (uncaughtError = e))',
    `q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost) return q.reject(lost)
        if (/^(commit|rollback)$/.test(q.strings[0]))
          lost = Errors.generic('TRANSACTION_ENDED', 'The transaction of this statement has ended')`,
  ],
  // The folder of a socket in the place of a host, as libpq writes it (%2Frun%2Fpostgresql), is looked up as a name. (#1057)
  ['index.js', 'hostname: urlObj.hostname', 'hostname: decodeURIComponent(urlObj.hostname)'],
]

const missing = new Set(repairs)
const hooks = registerHooks({
  load(url, context, next) {
    const file = /\/postgres\/src\/([a-z]+\.js)$/.exec(url)?.[1]
    const own = repairs.filter(([name]) => name === file)
    if (own.length === 0) return next(url, context)
    let source = readFileSync(fileURLToPath(url), 'utf8')
    for (const repair of own) {
      if (source.split(repair[1]).length === 2) missing.delete(repair)
      source = source.replace(repair[1], () => repair[2])
    }
    return { format: 'module', source, shortCircuit: true }
  },
})
const { default: postgres } = await import('postgres')
hooks.deregister()
if (missing.size > 0)
  throw new Error(
    `The driver postgres was loaded without ${missing.size} repairs: it has changed, or was imported elsewhere first`,
  )

export default postgres
