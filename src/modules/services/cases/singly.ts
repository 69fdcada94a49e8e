import { type Installation, isDatabaseGone, type Sql } from '#platform'

/**
 * Does something with each of some cases, in a transaction of its own. One that fails holds up none of those behind it: what it
 * threw is thrown when all were tried, so that the job counts as failed and is tried again. A database that is gone ends it at once.
 */
export async function singly<Row>(
  { sql }: Pick<Installation, 'sql'>,
  rows: readonly Row[],
  work: (sql: Sql, row: Row) => Promise<unknown>,
): Promise<void> {
  let failure: { error: unknown } | undefined
  for (const row of rows)
    try {
      await sql.begin((transaction) => work(transaction, row))
    } catch (error) {
      if (isDatabaseGone(error as { code?: string })) throw error
      failure ??= { error }
    }
  if (failure) throw failure.error
}
