import { type Installation, recordAct } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { warnOfEndingMandates } from './mandates.sql.ts'

/** A job: notes, once, each mandate that ends within a fortnight. Its two people are told, and see so on their page. */
export async function warnOfEndings({ sql }: Pick<Installation, 'sql'>): Promise<void> {
  await sql.begin(async (transaction) => {
    const ending = await warnOfEndingMandates(transaction)
    for (const { id, principalId, agentId } of ending) {
      await recordAct(transaction, 'system', {
        event: 'identity.mandate-ending',
        subject: `person/${principalId}`,
        detail: { mandate: id },
      })
      for (const personId of [principalId, agentId])
        await sendAlert(transaction, { personId, kind: 'mandate-ending', values: { mandate: id } })
    }
  })
}
