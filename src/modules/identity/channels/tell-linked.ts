import { type Installation, queueJob } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { listLinked } from './changes.sql.ts'
import { channels } from './definitions.ts'

export const tellLinkedJob = 'identity.tell-linked-of-channel'
const peopleMax = 200

/** A job: tells everybody who is linked by a channel that it is reached otherwise, some hundreds at a time. */
export async function tellLinked({ sql, pack }: Pick<Installation, 'sql' | 'pack'>, payload: unknown): Promise<void> {
  const { channel, after = '' } = payload as { channel: string; after?: string }
  const name = pack.find(channels, channel)?.name
  if (!name) return
  await sql.begin(async (transaction) => {
    const people = await listLinked(transaction, channel, after, peopleMax)
    for (const personId of people)
      await sendAlert(transaction, { personId, kind: 'channel-changed', values: { channel: name } })
    if (people.length === peopleMax) await queueJob(transaction, tellLinkedJob, { channel, after: people.at(-1) })
  })
}
