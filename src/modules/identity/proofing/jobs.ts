import { type Installation, recordAct } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { deleteExpiredDrafts } from './drafts.sql.ts'
import { policyOf } from './policy.ts'
import { markEndingProofs } from './proofs.sql.ts'
import { deleteOldTries } from './tries.sql.ts'

/** Tells people once that a level of theirs ends soon. */
export async function warnOfEndingProofs({ sql, pack }: Installation): Promise<void> {
  const policy = policyOf(pack)
  if (!policy) return
  await sql.begin(async (transaction) => {
    for (const { personId, level, expiresAt } of await markEndingProofs(transaction, policy.warnDays)) {
      const detail = { level, expiresAt }
      await recordAct(transaction, 'system', { event: 'identity.proof-ending', subject: `person/${personId}`, detail })
      await sendAlert(transaction, { personId, kind: 'level-ending', values: { level, days: policy.warnDays } })
    }
  })
}

/** Takes away what was typed and never sent, and tries that limit nobody any more. */
export async function sweepProofing({ sql }: Installation): Promise<void> {
  await deleteExpiredDrafts(sql)
  await deleteOldTries(sql)
}
