import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { openHold, projectFolder, type Take } from '#platform'
import { problem } from '../problems.ts'
import type { Inspected, PdfRefusal, PdfSignatures, PdfWords } from './pdf.ts'
import type { Prepared } from './pdf-place.ts'

/** What a process is asked. */
export type PdfTask =
  | { kind: 'inspect'; bytes: Uint8Array }
  | { kind: 'prepare'; bytes: Uint8Array; words: PdfWords }
  | { kind: 'signatures'; bytes: Uint8Array }

/** All that read refuse as `files-busy` where too many files wait for their turn. */
export type PdfReader = {
  /**
   * Does what files are received for, and counts until it ends the octets of which `take` was told. That refuses as
   * `files-busy` where everybody's files together would be too large to be held. A `sender`, an address or a person, does
   * two at once, whether it sends or waits, so that it keeps nobody else from it, and is refused as `files-of-yours` beyond.
   */
  hold: <Result>(work: (take: Take) => Promise<Result>, sender?: string) => Promise<Result>
  /** Whether a file can be signed; `damaged` too where reading it took too long or too much memory. */
  inspect: (bytes: Uint8Array) => Promise<Inspected | { refusal: PdfRefusal }>
  prepare: (bytes: Uint8Array, words: PdfWords) => Promise<Prepared>
  /** Undefined where the file cannot be read. */
  signatures: (bytes: Uint8Array) => Promise<PdfSignatures | undefined>
}
const program = new URL(`./pdf-process${extname(import.meta.url)}`, import.meta.url)
/** Run from the sources, a process must learn to read them; built, it is plain JavaScript. */
const readsSources = import.meta.url.endsWith('.ts')
  ? ['--conditions=source', '--import', new URL('scripts/sources.mjs', projectFolder).href]
  : []
/** Nothing of this program's settings and secrets. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH']

export const readerLimits = {
  timeoutMs: 30_000,
  /** Of one process: its objects, which the engine limits; and all that it takes, with its buffers, which nobody does. */
  heapMb: 384,
  memoryMb: 600,
  /** How often it is looked how much that is. */
  lookMs: 50,
  atOnce: 2,
  /** A process stays a while for the next file: who sent one signs it soon. But not one that has become large. */
  restMs: 20_000,
  restMb: 250,
  /** Of one reader: how many files wait for their turn, and how large all are that are received, wait or are read. */
  waiting: 8,
  heldMb: 120,
  /** What one sender has in it at once. */
  ofSender: 2,
}
const retrySeconds = 30

/** The reader of some routes, which ends with them; who is refused for now is told when to come again. */
export function pdfReaderOf(app: FastifyInstance): PdfReader {
  const reader = openPdfReader()
  app.addHook('onClose', async () => reader.close())
  app.addHook('onSend', async (_, reply) => {
    if (reply.statusCode === 503) reply.header('retry-after', retrySeconds)
  })
  return reader
}

/**
 * Reads PDFs apart from the process that serves, which stays free for everybody else; a few at once at most. Whatever a
 * file does to the process that reads it ends with that: a thread would not do, as one that runs out of memory may end all.
 */
export function openPdfReader(limits = readerLimits): PdfReader & { close: () => void } {
  let running = 0
  const queue: (() => void)[] = []
  const resting = new Set<ChildProcess>()
  const all = new Set<ChildProcess>()

  const hold = openHold({
    octetsMax: limits.heldMb * 1e6,
    ofSenderMax: limits.ofSender,
    full: (held) => problem('files-busy', { detail: `${held} octets are held` }),
    yours: () => problem('files-of-yours'),
  })

  async function ask<Answer>(task: PdfTask): Promise<Answer | undefined> {
    if (queue.length >= limits.waiting) throw problem('files-busy', { detail: `${queue.length} files wait` })
    if (running >= limits.atOnce) await new Promise<void>((turn) => queue.push(turn))
    else running++
    const child = [...resting][0] ?? startChild()
    resting.delete(child)
    try {
      const answer = await answerOf<Answer>(child, task, limits)
      if (answer && answer.mb < limits.restMb) rest(child)
      else child.kill('SIGKILL')
      return answer?.answer
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }

  function startChild(): ChildProcess {
    const child = fork(program, {
      cwd: projectFolder,
      env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
      execArgv: [`--max-old-space-size=${limits.heapMb}`, ...readsSources],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    all.add(child)
    // Heard by nobody, what goes wrong in a process that rests or is being ended would end this one.
    return child
      .on('error', () => {})
      .on('exit', () => {
        resting.delete(child)
        all.delete(child)
      })
  }

  function rest(child: ChildProcess): void {
    resting.add(child)
    child.unref()
    child.channel?.unref()
    setTimeout(() => {
      if (resting.delete(child)) child.kill('SIGKILL')
    }, limits.restMs).unref()
  }

  return {
    hold,
    close: () => {
      for (const child of all) child.kill('SIGKILL')
    },
    inspect: async (bytes) =>
      (await ask<Inspected | { refusal: PdfRefusal }>({ kind: 'inspect', bytes })) ?? { refusal: 'damaged' },
    signatures: (bytes) => ask<PdfSignatures>({ kind: 'signatures', bytes }),
    prepare: async (bytes, words) => {
      const prepared = await ask<Prepared>({ kind: 'prepare', bytes, words })
      if (!prepared) throw new Error('A PDF that could be read before cannot be prepared for its signature')
      return { ...prepared, digest: Buffer.from(prepared.digest) }
    },
  }
}

type Limits = typeof readerLimits
/** An answer, and how much memory the process was seen to take for it. */
type Answered<Answer> = { answer: Answer; mb: number }

/** Undefined where the process ended, or took too long or too much; whoever asked ends it then. */
function answerOf<Answer>(
  child: ChildProcess,
  task: PdfTask,
  { timeoutMs, memoryMb, lookMs }: Limits,
): Promise<Answered<Answer> | undefined> {
  return new Promise((resolve) => {
    let mb = 0
    const done = (answered?: unknown) => {
      clearTimeout(timer)
      clearInterval(looking)
      child.off('message', done).off('error', fail).off('exit', fail)
      resolve(answered === undefined ? undefined : { answer: (answered as { answer: Answer }).answer, mb })
    }
    const fail = () => done()
    const timer = setTimeout(fail, timeoutMs)
    // A few octets of a file may unpack to gigabytes.
    const looking = setInterval(async () => {
      mb = Math.max(mb, await residentMbOf(child))
      if (mb > memoryMb) fail()
    }, lookMs)
    child.on('message', done).on('error', fail).on('exit', fail)
    child.ref()
    child.channel?.ref()
    child.send(task, (error) => error && fail())
  })
}

/** What a process takes of the machine's memory, as Linux tells it; elsewhere nothing, and only its heap is limited. */
async function residentMbOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000
}
