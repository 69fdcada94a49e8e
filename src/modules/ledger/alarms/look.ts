import { listHolders, sendAlert } from '#identity'
import type { Installation } from '#platform'
import { targetOf } from '../anchor/anchor.ts'
import { keepAlarms, lockAlarms } from './alarms.sql.ts'

/**
 * A job: looks for what is wrong, opens an alarm for each cause that has none, closes those whose cause is gone, and tells the
 * officers of what is new. Two processes that look at once open one alarm and tell of it once.
 */
export const lookForAlarms = ({ sql, now, chain }: Pick<Installation, 'sql' | 'now' | 'chain'>): Promise<void> =>
  sql.begin(async (transaction) => {
    if (!(await lockAlarms(transaction))) return
    const told = new Set<string>()
    for (const { organisation } of await keepAlarms(transaction, { place: targetOf({ chain }), now: now() }))
      for (const personId of organisation === null
        ? await listHolders(transaction, 'ledger:run')
        : await listHolders(transaction, 'ledger:issue-key', organisation))
        told.add(personId)
    for (const personId of [...told].sort()) await sendAlert(transaction, { personId, kind: 'ledger-alarm' })
  })
