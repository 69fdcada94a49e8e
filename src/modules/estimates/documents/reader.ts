import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { type Child, ChildEnded, startChild, type Text } from '#platform'
import type { Reading, SourceFile, SourceRefusal } from './read-source.ts'
import type { Rows } from './rows.ts'

/** What the two processes say to each other. The first `rows` says of which documents; each one after it asks for more. */
export type ToReader =
  | { kind: 'read'; file: SourceFile; mapping: SourceFile | undefined; startMonth: number }
  | { kind: 'rows'; places: readonly number[] }
  | { kind: 'more' }
export type FromReader =
  | { kind: 'refused'; refusal: SourceRefusal }
  | { kind: 'read'; told: Omit<Reading, 'rows'> }
  | { kind: 'rows'; rows: Rows | null }

export type Uploads = { file: SourceFile; mapping: SourceFile | undefined }

export type ReaderLimits = {
  /** Files that are read at the same moment, each in a process of its own. */
  atOnce: number
  /** Files that are received or wait for their turn; whoever comes then is asked to come again. */
  waiting: number
  /** For one file, from its first byte to its last row. */
  timeoutMs: number
  heapMb: number
  /** How long a process stays for the next file: who is told of a mistake in a mapping comes again soon. */
  restMs: number
  /** Told of every process that starts. */
  started?: (pid: number) => void
}
/** A workbook of 50,000 rows, the most that a table may have, takes some 20 s of this time and fits this memory. */
export const readerLimits: ReaderLimits = { atOnce: 2, waiting: 4, timeoutMs: 60_000, heapMb: 512, restMs: 20_000 }

const program = new URL(`./read-process${extname(import.meta.url)}`, import.meta.url)

/**
 * Reads files apart from the process that serves, which stays free for everybody else. Whatever a file does to the
 * process that reads it is a refusal with one sentence, and changes nothing.
 */
export function openReader(limits: ReaderLimits, startMonth: number, log: FastifyBaseLogger) {
  let running = 0
  const queue: (() => void)[] = []
  const resting = new Set<Reader>()

  /** Files that are received, wait for their turn or are read: all of them are held in memory. */
  let held = 0

  /** Receives when there is a place for a file, reads, and hands what was read to `use`. */
  async function read<Result>(
    receive: () => Promise<Uploads | { refusal: SourceRefusal }>,
    use: (reading: Reading) => Promise<Result>,
  ): Promise<{ result: Result } | { refusal: SourceRefusal }> {
    if (held >= limits.atOnce + limits.waiting) return refuse('busy')
    held++
    try {
      const uploads = await receive()
      return 'refusal' in uploads ? uploads : await readNext(uploads, use)
    } finally {
      held--
    }
  }

  /** Rows can be fetched until `use` is done. */
  async function readNext<Result>({ file, mapping }: Uploads, use: (reading: Reading) => Promise<Result>) {
    if (running >= limits.atOnce) await new Promise<void>((turn) => queue.push(turn))
    else running++
    const reader = [...resting][0] ?? startReader(limits)
    resting.delete(reader)
    try {
      reader.child.limit(limits.timeoutMs)
      const answer = await reader.ask({ kind: 'read', file, mapping, startMonth })
      const done =
        answer.kind === 'refused'
          ? { refusal: answer.refusal }
          : { result: await use({ ...(answer as Told).told, rows: reader.rows }) }
      rest(reader)
      return done
    } catch (error) {
      reader.child.end()
      if (!(error instanceof ChildEnded)) throw error
      // Which file, for whoever has it; its name is what a person wrote.
      const { byteLength: bytes } = file.bytes
      const sha256 = createHash('sha256').update(file.bytes).digest('hex')
      log.error({ err: error, why: error.why, bytes, sha256 }, 'A file could not be read')
      return refuse(error.why, { seconds: limits.timeoutMs / 1000, megabytes: limits.heapMb })
    } finally {
      // The place passes on to whoever waits longest, so that nobody overtakes.
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }

  function rest(reader: Reader): void {
    reader.child.rest()
    resting.add(reader)
    const timer = setTimeout(() => resting.delete(reader) && reader.child.end(), limits.restMs).unref()
    reader.child.ended.catch(() => {
      clearTimeout(timer)
      resting.delete(reader)
    })
  }

  const close = () => {
    for (const { child } of resting) child.end()
  }
  return { read, close }
}

type Reader = ReturnType<typeof startReader>
type Told = Extract<FromReader, { kind: 'read' }>

function startReader({ heapMb, started }: ReaderLimits) {
  let answered: ((answer: FromReader) => void) | undefined
  const child: Child<ToReader> = startChild<ToReader, FromReader>(program, heapMb, (answer) => answered?.(answer))
  if (child.pid !== undefined) started?.(child.pid)

  function ask(question: ToReader): Promise<FromReader> {
    const answer = new Promise<FromReader>((resolve) => {
      answered = resolve
    })
    child.tell(question)
    return Promise.race([answer, child.ended])
  }

  async function* rows(places: readonly number[]): AsyncGenerator<Rows> {
    for (let question: ToReader = { kind: 'rows', places }; ; question = { kind: 'more' }) {
      const answer = await ask(question)
      if (answer.kind !== 'rows' || answer.rows === null) return
      yield answer.rows
    }
  }

  return { child, ask, rows }
}

const sentences: Readonly<Record<ChildEnded['why'] | 'busy', Text>> = {
  busy: {
    en: 'Several files are being read at this moment. Try again in a minute.',
    'zh-Hant': '現正讀取多個檔案，請一分鐘後再試。',
  },
  'too-long': {
    en: 'Reading the file took longer than {seconds} seconds, so it was stopped. Divide the file and import the parts.',
    'zh-Hant': '讀取檔案超過 {seconds} 秒，已經停止。請把檔案分成數份，逐份匯入。',
  },
  'out-of-memory': {
    en: 'The file needs more memory than the {megabytes} MB that reading may take. Divide it and import the parts.',
    'zh-Hant': '讀取檔案所需的記憶體超過上限 {megabytes} MB。請把檔案分成數份，逐份匯入。',
  },
  gone: {
    en: 'Reading the file was broken off. Try again in a minute.',
    'zh-Hant': '讀取檔案時中斷，請一分鐘後再試。',
  },
}

/** Refusals that are no fault of the file: the same file may be read in a minute. */
export const passing: ReadonlySet<string> = new Set(['reading-busy', 'reading-gone'])

const refuse = (why: keyof typeof sentences, values: SourceRefusal['values'] = {}): { refusal: SourceRefusal } => ({
  refusal: { of: 'file', code: `reading-${why}`, text: sentences[why], values, mistakes: [] },
})
