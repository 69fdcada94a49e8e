import { type Installation, takeWaitingEvents } from '#platform'
import { append } from '../log/append.ts'
import { tileWidth } from '../tree/tiles.rules.ts'
import { entryOf, trailLog } from './trail.rules.ts'

/**
 * Appends the events of the trail that are committed and not in its log yet, up to 256. Returns how many. Acts do not wait
 * for it; of several processes one does it at a time.
 */
export const feedTrail = ({ sql, vault }: Pick<Installation, 'sql' | 'vault'>): Promise<number> =>
  sql.begin(async (transaction) => {
    const events = await takeWaitingEvents(transaction, tileWidth)
    if (events.length > 0)
      await append(
        transaction,
        trailLog,
        events.map((event) => entryOf(vault, event)),
      )
    return events.length
  })
