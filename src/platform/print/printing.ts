import type { FastifyInstance } from 'fastify'
import { type Answer, printPage, type ToPrint } from './printer.ts'

declare module 'fastify' {
  interface FastifyInstance {
    printing: Printing
  }
}

/** A PDF that is being made, or waits to be. */
export type Turn = {
  waitingMs: number
  /** How many others are made first. */
  before: number
  /** Resolves when the PDF is made and kept. */
  made: Promise<Buffer>
}

export type NewPrint = Omit<ToPrint, 'site'> & {
  /** What is printed, where it is not what this site shows at the address to everybody. */
  html?: string
  /** Keeps what was made: until then whoever asks by this key waits for the same. */
  keep?: (pdf: Buffer) => Promise<void>
}

export type Printing = {
  /**
   * The turn of a PDF, under the key of what it holds: who asks again waits for the same one. `failed` where it could not be
   * made within the last minute, `busy` where too many wait.
   */
  queue: (key: string, print: NewPrint) => Turn | 'failed' | 'busy'
}

/** One browser at a time: each needs some 200 MB for its seconds. */
export const printsWaitingMax = 20
const failedForMs = 60_000

type Work = { since: number; made: Promise<Buffer>; failed?: number }

/** Prints pages of this site, of whichever module, one after the other. */
export function openPrinting(app: FastifyInstance): Printing {
  const work = new Map<string, Work>()
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false

  async function make({ html, keep, ...page }: NewPrint): Promise<Buffer> {
    if (isClosed) throw new Error('The program is being stopped')
    const answer = async (path: string) =>
      html !== undefined && path === page.path ? pageOf(html) : answerOf(app, path)
    const pdf = await printPage({ ...page, site: app.publicUrl }, answer)
    await keep?.(pdf)
    return pdf
  }

  function queue(key: string, print: NewPrint): Turn | 'failed' | 'busy' {
    const now = performance.now()
    // What failed a minute ago may be tried again, and takes nobody's place.
    for (const [each, { failed }] of work) if (failed !== undefined && now - failed >= failedForMs) work.delete(each)
    const known = work.get(key)
    if (known?.failed !== undefined) return 'failed'
    const waiting = [...work].filter(([, { failed }]) => failed === undefined).map(([each]) => each)
    if (known) return { waitingMs: now - known.since, before: waiting.indexOf(key), made: known.made }
    if (waiting.length >= printsWaitingMax || work.size >= 2 * printsWaitingMax) return 'busy'
    const made = turn.then(() => make(print))
    const own: Work = { since: now, made }
    work.set(key, own)
    turn = made.then(
      () => work.delete(key),
      (error: Error) => {
        app.log.error({ err: error, page: print.path }, 'A PDF could not be made')
        own.failed = performance.now()
      },
    )
    return { waitingMs: 0, before: waiting.length, made }
  }

  // Nothing of a PDF is left half made: a stop of the program ends the browser, and the next start begins again.
  app.addHook('onClose', async () => {
    isClosed = true
    await Promise.race([turn, new Promise((done) => setTimeout(done, 2000).unref())])
  })
  return { queue }
}

const pageOf = (html: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(html),
})

/** What this site answers at an address, without the network. */
async function answerOf(app: FastifyInstance, path: string): Promise<Answer> {
  const response = await app.askItself(path)
  const headers = Object.fromEntries(
    Object.entries(response.headers)
      .filter(([name]) => ['content-type', 'cache-control', 'location'].includes(name))
      .map(([name, value]) => [name, String(value)]),
  )
  return { status: response.statusCode, headers, body: response.rawPayload }
}
