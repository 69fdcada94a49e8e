import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { projectFolder } from './database.ts'

/** Why a process ended before it was done with its work. */
export class ChildEnded extends Error {
  override name = 'ChildEnded'
  readonly why: 'too-long' | 'out-of-memory' | 'gone'
  constructor(why: ChildEnded['why'], message: string) {
    super(message)
    this.why = why
  }
}

export type Child<Told> = {
  pid: number | undefined
  tell(message: Told): void
  /** Ends it when this long has passed, counted anew each time, unless it rests by then. */
  limit(timeoutMs: number): void
  /** It has nothing to do: it neither keeps this process alive nor has a limit. */
  rest(): void
  /** Ends it at once, whatever it does. */
  end(): void
  /** Rejects with `ChildEnded`, or never. */
  ended: Promise<never>
}

/** What a browser needs to find its files; nothing of this program's settings and secrets. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH']
/** Run from the sources, a process must learn to read them; built, it is plain JavaScript. */
const readsSources = import.meta.url.endsWith('.ts')
  ? ['--conditions=source', '--import', new URL('scripts/sources.mjs', projectFolder).href]
  : []

/**
 * Work in a process of its own: its memory is given back when it ends, it has its own limits, and nothing that goes wrong
 * in it takes this one down. It is told and tells plain data, and ends with this process, whose end it notices.
 */
export function startChild<Told, Heard>(program: URL, heapMb: number, hear: (message: Heard) => void): Child<Told> {
  const child = fork(program, {
    cwd: projectFolder,
    env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    execArgv: [`--max-old-space-size=${heapMb}`, ...readsSources],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  let isLate = false
  let timer: NodeJS.Timeout | undefined
  child.on('message', (message) => hear(message as Heard))
  const ended = new Promise<never>((_, reject) => {
    // It never began. Whatever else goes wrong ends it, which is told below.
    child.on('error', (error) => child.pid === undefined && reject(new ChildEnded('gone', error.message)))
    // All that it said has arrived by then.
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const why = isLate ? 'too-long' : said.includes('heap out of memory') ? 'out-of-memory' : 'gone'
      reject(new ChildEnded(why, `The process ended by ${signal ?? code}: ${said}`))
    })
  })
  const held = [child, child.channel, child.stderr as Socket | null]
  // Who has what it wanted waits for no end.
  ended.catch(() => {})
  return {
    pid: child.pid,
    // What it does not hear any more is told by its end.
    tell: (message) => void (child.connected && child.send(message as object, () => {})),
    limit(timeoutMs) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, timeoutMs)
      for (const each of held) each?.ref()
    },
    rest() {
      clearTimeout(timer)
      for (const each of held) each?.unref()
    },
    end: () => void child.kill('SIGKILL'),
    ended,
  }
}
