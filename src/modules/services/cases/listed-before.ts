import { type Installation, queueJob, type Sql } from '#platform'
import type { Answer } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { type EventRow, updateListed } from './cases.sql.ts'
import type { CaseEvent } from './events.ts'
import { isBefore, type Listed, listedOf } from './listed.rules.ts'
import { termsOfCase } from './listed.ts'
import { lockListedBefore } from './listed-before.sql.ts'
import { openEvent } from './write.ts'

/** What lists keep of a case by its first event. One of the time before says texts alone, and has the answers sealed beside them. */
export async function listedOfBegun(
  sql: Sql,
  installation: Pick<Installation, 'vault'>,
  reference: string,
  event: EventRow,
): Promise<Listed> {
  const { data } = event as CaseEvent & { kind: 'begun' }
  if (!isBefore(data.listed)) return data.listed
  const { answers } = openEvent<'begun'>(installation, reference, event)
  const listed = listedOf(await getVersion(sql, data.version), data.version, answers)
  return {
    ...listed,
    answers: Object.fromEntries(Object.entries(listed.answers).map(([id, of]) => [id, keepable(of)])),
  }
}

/**
 * Texts of the time before ended after 200 halves of letters, and answers end after 200 letters: what stood behind the end was sealed
 * without a look, and may hold what the database keeps in no clear text. Whoever sends that now is told.
 */
const keepable = (answer: Answer): Answer =>
  typeof answer === 'string' ? answer.toWellFormed().replaceAll('\0', '\ufffd') : answer

export const moveListedJob = 'services.move-listed'
const batchMax = 200
const batchesMax = 50

/**
 * A job: puts answers in the place of the texts that lists kept before. Each batch is a transaction of its own, any number of processes may do
 * so at once, and where none is left it costs a look into an empty index. Events stay as they were written. A case whose first event cannot be
 * opened keeps its texts, holds no other up, and is told by what the job throws at its end. With many it goes on in another run, behind `after`.
 */
export async function moveListed(
  installation: Pick<Installation, 'sql' | 'vault' | 'pack'>,
  payload: unknown = {},
): Promise<void> {
  const { sql } = installation
  const failures: unknown[] = []
  let after: string | undefined = (payload as { after?: string }).after ?? ''
  for (let batch = 0; batch < batchesMax && after !== undefined; batch += 1) {
    const from: string = after
    after = await sql.begin((transaction) => moveBatch(transaction, installation, from, failures))
  }
  if (after !== undefined) await queueJob(sql, moveListedJob, { after }, { key: `${moveListedJob}.next`, triesMax: 1 })
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cases could not be opened`)
}

/** The last reference that was looked at; undefined where none is left. */
async function moveBatch(
  sql: Sql,
  installation: Pick<Installation, 'vault' | 'pack'>,
  after: string,
  failures: unknown[],
): Promise<string | undefined> {
  const rows = await lockListedBefore(sql, after, batchMax)
  for (const { reference, ...event } of rows) {
    try {
      const listed = await listedOfBegun(sql, installation, reference, event)
      const search = await termsOfCase(sql, installation, { reference, listed })
      await updateListed(sql, { reference, listed }, search)
    } catch (error) {
      failures.push(error)
    }
  }
  return rows.at(-1)?.reference
}
