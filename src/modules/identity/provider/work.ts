import { AsyncLocalStorage } from 'node:async_hooks'
import type { Sql } from '#platform'
import type { Account } from './accounts.sql.ts'
import { type Key, type Put, type Row, type Written, writeRecords } from './records.sql.ts'

/**
 * What one request reads and writes of the provider's records: read once, and written in one statement before the answer is
 * sent. `undefined` among the read says that there is none.
 */
export type Work = {
  /** Who is signed in on the browser that asks, of whom a record is taken to speak that names nobody. */
  askedBy: string | undefined
  read: Map<string, Row | undefined>
  /** The accounts that came with what was read, by person and client. */
  accounts: Map<string, Account | undefined>
  /** What was answered to the requests among the read. */
  answers: Map<string, 'agree' | 'refuse'>
  puts: Map<string, Put>
  gone: Map<string, Key>
  /** What is used up. Where any of it was used before, nothing of this work is written. */
  used: Map<string, Key>
}

const works = new AsyncLocalStorage<Work>()

/** The work of the request that is being answered; undefined outside of one. */
export const workOf = (): Work | undefined => works.getStore()

/** Runs `answer` as one piece of work, and returns it for `Writer.write`. */
export function beginWork<Answer>(answer: () => Answer, askedBy?: string): { work: Work; answer: Answer } {
  const work: Work = {
    askedBy,
    read: new Map(),
    accounts: new Map(),
    answers: new Map(),
    puts: new Map(),
    gone: new Map(),
    used: new Map(),
  }
  return { work, answer: works.run(work, answer) }
}

/** Resolves when it is on disk; rejects with `UsedBefore` where something that it uses up was used before. */
export type Writer = { write: (work: Pick<Work, 'puts' | 'gone' | 'used'>) => Promise<void> }

/** Statements under way at once; whatever comes meanwhile goes together in the next. */
const writingMax = 2

type Waiting = Required<Written> & { done: () => void; failed: (error: unknown) => void }

/**
 * Writes what several requests wait for in one statement, and so in one commit. Resolves when it is on disk; where one of
 * them cannot be written, the others still are.
 */
export function openWriter(sql: Sql): Writer {
  let waiting: Waiting[] = []
  let writing = 0

  async function writeAll(batch: readonly Waiting[]): Promise<void> {
    try {
      await writeRecords(sql, {
        puts: batch.flatMap(({ puts }) => puts),
        gone: batch.flatMap(({ gone }) => gone),
        used: batch.flatMap(({ used }) => used),
      })
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
    write: ({ puts, gone, used }) =>
      new Promise((done, failed) => {
        if (puts.size + gone.size + used.size === 0) return done()
        waiting.push({ puts: [...puts.values()], gone: [...gone.values()], used: [...used.values()], done, failed })
        // What the same turn of the loop brings goes along.
        if (waiting.length === 1) setImmediate(() => void next())
      }),
  }
}
