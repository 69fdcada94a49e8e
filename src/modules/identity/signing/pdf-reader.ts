import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Inspected, PdfRefusal, PdfSignature, PdfWords } from './pdf.ts'
import type { Prepared } from './pdf-place.ts'

/** What a thread is asked, and by which name it answers. */
export type PdfTask =
  | { kind: 'inspect'; bytes: Uint8Array }
  | { kind: 'prepare'; bytes: Uint8Array; words: PdfWords }
  | { kind: 'signatures'; bytes: Uint8Array }

export type PdfReader = {
  /** Whether a file can be signed; `damaged` too where reading it took too long or too much memory. */
  inspect: (bytes: Uint8Array) => Promise<Inspected | { refusal: PdfRefusal }>
  prepare: (bytes: Uint8Array, words: PdfWords) => Promise<Prepared>
  /** Undefined where the file cannot be read. */
  signatures: (bytes: Uint8Array) => Promise<PdfSignature[] | undefined>
}

const program = new URL(`./pdf-process${extname(import.meta.url)}`, import.meta.url)
/** A thread stays a while for the next file: who sent one signs it soon. */
export const readerLimits = { timeoutMs: 30_000, heapMb: 512, atOnce: 2, restMs: 20_000 }

/** Reads PDFs apart from the thread that serves, which stays free for everybody else; a few at once at most. */
export function openPdfReader(limits = readerLimits): PdfReader & { close: () => Promise<void> } {
  let running = 0
  const queue: (() => void)[] = []
  const resting = new Set<Worker>()

  async function ask<Answer>(task: PdfTask): Promise<Answer | undefined> {
    if (running >= limits.atOnce) await new Promise<void>((turn) => queue.push(turn))
    else running++
    const thread = [...resting][0] ?? startThread()
    resting.delete(thread)
    try {
      const answer = await answerOf<Answer>(thread, task, limits.timeoutMs)
      if (answer) rest(thread)
      return answer?.answer
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }

  function startThread(): Worker {
    const thread = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } })
    // Heard by nobody, what goes wrong in a thread that rests or is being ended would end the process.
    return thread.on('error', () => {}).on('exit', () => resting.delete(thread))
  }

  function rest(thread: Worker): void {
    resting.add(thread)
    thread.unref()
    setTimeout(() => {
      if (resting.delete(thread)) void thread.terminate()
    }, limits.restMs).unref()
  }

  return {
    close: async () => void (await Promise.all([...resting].map((thread) => thread.terminate()))),
    inspect: async (bytes) =>
      (await ask<Inspected | { refusal: PdfRefusal }>({ kind: 'inspect', bytes })) ?? { refusal: 'damaged' },
    signatures: (bytes) => ask<PdfSignature[]>({ kind: 'signatures', bytes }),
    prepare: async (bytes, words) => {
      const prepared = await ask<Prepared>({ kind: 'prepare', bytes, words })
      if (!prepared) throw new Error('A PDF that could be read before cannot be prepared for its signature')
      return { ...prepared, digest: Buffer.from(prepared.digest) }
    },
  }
}

/** Undefined where the thread ended, or took too long and was ended. */
function answerOf<Answer>(thread: Worker, task: PdfTask, timeoutMs: number): Promise<{ answer: Answer } | undefined> {
  return new Promise((resolve) => {
    const done = (answer?: { answer: Answer }) => {
      clearTimeout(timer)
      thread.off('message', done).off('error', fail).off('exit', fail)
      resolve(answer)
    }
    const fail = () => done()
    const timer = setTimeout(() => {
      done()
      void thread.terminate()
    }, timeoutMs)
    thread.on('message', done).on('error', fail).on('exit', fail)
    thread.ref()
    thread.postMessage(task)
  })
}
