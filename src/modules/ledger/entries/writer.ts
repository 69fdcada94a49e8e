import { randomInt } from 'node:crypto'
import type { Installation } from '#platform'
import { dayOf } from '../quotas/admit.ts'
import { type Appended, insertAppended } from './append.sql.ts'

/** Statements under way at once; whatever comes meanwhile goes together in the next. */
const writingMax = 2
const batchMax = 500
/** Requests that wait; more are refused, as memory has an end. */
const waitingMax = 5000

type Waiting = { request: Appended; done: (kept: boolean) => void; failed: (error: unknown) => void }

export class TooMany extends Error {}

/**
 * Keeps what requests bring, several in one commit. Resolves when it is on disk: true, or false where its key was sent
 * before. Rejects with `TooMany` where more waits than may.
 */
export function openAppendWriter({
  sql,
  now,
}: Pick<Installation, 'sql' | 'now'>): (request: Appended) => Promise<boolean> {
  let waiting: Waiting[] = []
  /** Each statement under way counts in a row that no other one changes, or hardly ever one of another process. */
  const lanes = Array.from({ length: writingMax }, () => randomInt(2 ** 31))

  /** As many as go together: of one key only the first, as the second has to see it. */
  function take(): Waiting[] {
    const names = new Set<string>()
    const [now, later]: [Waiting[], Waiting[]] = [[], []]
    for (const each of waiting) {
      const { log, organisation, once } = each.request
      const name = once && JSON.stringify([log, organisation, once.key])
      if (now.length >= batchMax || (name && names.has(name))) later.push(each)
      else now.push(each)
      if (name) names.add(name)
    }
    waiting = later
    return now
  }

  async function next(): Promise<void> {
    const lane = waiting.length > 0 ? lanes.pop() : undefined
    if (lane === undefined) return
    const batch = take()
    try {
      const before = await insertAppended(
        sql,
        batch.map(({ request }) => request),
        { day: dayOf(now()), lane },
      )
      for (const [place, { done }] of batch.entries()) done(!before.has(place))
    } catch (error) {
      // Nothing of it was kept, or nobody knows: whoever asked sends it again, with its key.
      for (const { failed } of batch) failed(error)
    }
    lanes.push(lane)
    void next()
  }

  return (request) =>
    new Promise((done, failed) => {
      if (waiting.length >= waitingMax) return failed(new TooMany())
      waiting.push({ request, done, failed })
      // What the same turn of the loop brings goes along.
      if (waiting.length === 1) setImmediate(() => void next())
    })
}
