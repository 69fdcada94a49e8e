import { extname } from 'node:path'
import { startChild } from '../child.ts'

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

const program = new URL(`./print-process${extname(import.meta.url)}`, import.meta.url)
const timeoutMs = 120_000
const heapMb = 256

/**
 * A page of this site as a tagged PDF with bookmarks, made by a process of its own. Every request of its browser is
 * answered by `answer` and none leaves the machine, so that it works before the program listens and behind any proxy.
 */
export function printPage(path: string, footer: string, answer: (path: string) => Promise<Answer>): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const printer = startChild<ToPrinter, FromPrinter>(program, heapMb, (message) => {
      if (message.kind === 'done') resolve(Buffer.from(message.pdf))
      else if (message.kind === 'failed') reject(new Error(message.why))
      else
        answer(message.path).then(
          (found) => printer.tell({ kind: 'answer', to: message.id, answer: found }),
          () => printer.tell({ kind: 'answer', to: message.id, answer: null }),
        )
    })
    // After `done` or `failed` this changes nothing.
    printer.ended.catch(reject)
    printer.limit(timeoutMs)
    printer.tell({ kind: 'print', path, footer })
  })
}
