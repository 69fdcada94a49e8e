import { AsyncLocalStorage } from 'node:async_hooks'
import type { Sql } from '#platform'
import { type Put, type Row, writeRecords } from './records.sql.ts'

/**
 * What one request reads and writes of the provider's records: read once, and written in one statement before the answer is
 * sent. `undefined` among the read says that there is none.
 */
export type Work = { read: Map<string, Row | undefined>; puts: Map<string, Put>; gone: Map<string, Put['key']> }

const works = new AsyncLocalStorage<Work>()

/** The work of the request that is being answered; undefined outside of one. */
export const workOf = (): Work | undefined => works.getStore()

/** Runs `answer` as one piece of work, and returns it for `Writer.finish`. */
export function beginWork<Answer>(answer: () => Answer): { work: Work; answer: Answer } {
  const work: Work = { read: new Map(), puts: new Map(), gone: new Map() }
  return { work, answer: works.run(work, answer) }
}

export type Writer = { write: (puts: readonly Put[], gone: readonly Put['key'][]) => Promise<void> }

/** Statements under way at once; whatever comes meanwhile goes together in the next. */
const writingMax = 2

type Waiting = { puts: readonly Put[]; gone: readonly Put['key'][]; done: () => void; failed: (error: unknown) => void }

/**
 * Writes what several requests wait for in one statement, and so in one commit. Resolves when it is on disk; where one of
 * them cannot be written, the others still are.
 */
export function openWriter(sql: Sql): Writer {
  let waiting: Waiting[] = []
  let writing = 0

  async function writeAll(batch: readonly Waiting[]): Promise<void> {
    try {
      await writeRecords(
        sql,
        batch.flatMap(({ puts }) => puts),
        batch.flatMap(({ gone }) => gone),
      )
      for (const { done } of batch) done()
    } catch (error) {
      if (batch.length === 1) batch[0]!.failed(error)
      else for (const each of batch) await writeAll([each])
    }
  }

  async function next(): Promise<void> {
    if (writing >= writingMax || waiting.length === 0) return
    const batch = waiting
    waiting = []
    writing++
    await writeAll(batch)
    writing--
    void next()
  }

  return {
    write: (puts, gone) =>
      new Promise((done, failed) => {
        if (puts.length + gone.length === 0) return done()
        waiting.push({ puts, gone, done, failed })
        // What the same turn of the loop brings goes along.
        if (waiting.length === 1) setImmediate(() => void next())
      }),
  }
}
