import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { startChild } from '../child.ts'

/** What a page asks of this site while it is printed. */
export type Answer = { status: number; headers: Record<string, string>; body: Buffer }

/** A file that a PDF carries (ISO 32000-2, §7.11.4). */
export type Attachment = { name: string; type: string; about: string; bytes: Uint8Array }

export type ToPrint = {
  /** Its address on this site. */
  path: string
  /** HTML that stands before the number of each page. */
  footer: string
  /** Where people reach this installation; if that is not known, links are text. */
  site?: string | undefined
  attachments?: readonly Attachment[]
}

/** What the two processes say to each other. */
export type ToPrinter =
  | ({ kind: 'print'; folder: string } & ToPrint)
  | { kind: 'answer'; to: number; answer: Answer | null }
export type FromPrinter =
  | { kind: 'ask'; id: number; path: string }
  | { kind: 'done'; pdf: Uint8Array }
  | { kind: 'failed'; why: string }

const program = new URL(`./print-process${extname(import.meta.url)}`, import.meta.url)
const timeoutMs = 120_000
const heapMb = 256

/**
 * A page of this site as a tagged PDF with bookmarks, made by a process of its own. Every request of its browser is
 * answered by `answer` and none leaves the machine, so that it works before the program listens and behind any proxy.
 */
export async function printPage(page: ToPrint, answer: (path: string) => Promise<Answer>): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-print-'))
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const printer = startChild<ToPrinter, FromPrinter>(program, heapMb, (message) => {
    if (message.kind === 'done') resolve(Buffer.from(message.pdf))
    else if (message.kind === 'failed') reject(new Error(message.why))
    else
      answer(message.path).then(
        (found) => printer.tell({ kind: 'answer', to: message.id, answer: found }),
        () => printer.tell({ kind: 'answer', to: message.id, answer: null }),
      )
  })
  // After `done` or `failed` this rejects nothing. What a process that was killed leaves behind goes with the folder.
  const cleared = printer.ended.catch(reject).then(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  printer.limit(timeoutMs)
  printer.tell({ kind: 'print', folder, ...page })
  return promise.finally(() => cleared)
}
