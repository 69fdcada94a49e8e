import { fork } from 'node:child_process'
import { extname } from 'node:path'

/** What a page asks of this site while it is printed. */
export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

/** What the two processes say to each other. */
export type ToPrinter =
  | { kind: 'print'; path: string; footer: string }
  | { kind: 'answer'; to: number; answer: Answer | null }
export type FromPrinter =
  | { kind: 'ask'; id: number; path: string }
  | { kind: 'done'; pdf: Uint8Array }
  | { kind: 'failed'; why: string }

const timeoutMs = 120_000
/** What the browser needs to find its files; nothing of this program's settings and secrets. */
const environment = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH']

/**
 * A page of this site as a tagged PDF with bookmarks, made by a process of its own: the browser's memory is given back when
 * it ends, and nothing that goes wrong in it takes this one down. Every request of the browser is answered by `answer`
 * and none leaves the machine, so that it works before the program listens and behind any proxy.
 */
export function printPage(path: string, footer: string, answer: (path: string) => Promise<Answer>): Promise<Buffer> {
  const program = new URL(`./print-process${extname(import.meta.url)}`, import.meta.url)
  const env = Object.fromEntries(environment.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env })
  const say = (message: ToPrinter) => void (child.connected && child.send(message))
  return new Promise<Buffer>((resolve, reject) => {
    let last = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      last = (last + text).slice(-2000)
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.on('message', (message: FromPrinter) => {
      if (message.kind === 'done') resolve(Buffer.from(message.pdf))
      else if (message.kind === 'failed') reject(new Error(message.why))
      else
        answer(message.path).then(
          (found) => say({ kind: 'answer', to: message.id, answer: found }),
          () => say({ kind: 'answer', to: message.id, answer: null }),
        )
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      // After `done` or `failed` this changes nothing.
      reject(new Error(`The printing process ended by ${signal ?? code}: ${last}`))
    })
    say({ kind: 'print', path, footer })
  })
}
