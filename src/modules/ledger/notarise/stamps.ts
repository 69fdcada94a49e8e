import { hash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { TransactionSql } from 'postgres'
import { readTimestamp, type Timestamp, timestampsOf } from '#identity'
import { type Installation, type Job, queueJob, type Sql, sayEverywhere, type Text, texts } from '#platform'
import { insertStamp, listUnstamped } from './stamps.sql.ts'

const stampJob = 'ledger.stamp-notarisations'
const stampsOfJobMax = 100

type Means = Pick<Installation, 'vault' | 'pack' | 'now' | 'address' | 'timestampUrl'>
type ToStamp = { id: string; entry: Uint8Array }

/**
 * A time stamp for a new notarisation: of our own authority in the caller's transaction; of one elsewhere soon after it, as
 * nobody waits for another's server in a transaction. Where our own has none to give, the notarisation stands without it,
 * and the job asks again.
 */
export async function stampNew(
  sql: TransactionSql<{ bigint: number }>,
  means: Means,
  { log, ...made }: ToStamp & { log: FastifyBaseLogger },
): Promise<void> {
  const isStamped =
    !means.timestampUrl &&
    (await sql
      .savepoint((inner) => stamp(inner, means, made))
      .then(
        () => true,
        (error: Error) => log.error({ err: error }, 'A notarisation has no time stamp yet: a job asks again'),
      ))
  if (!isStamped) await queueJob(sql, stampJob, {}, { key: stampJob })
}

/** Over the octets of the entry, so that it holds without the log and without us: `openssl ts -verify -data ENTRY`. */
async function stamp(sql: Sql, means: Means, { id, entry }: ToStamp): Promise<void> {
  const token = await timestampsOf(sql, means)(hash('sha256', entry, 'buffer'))
  const { at } = await readTimestamp(sql, token, entry)
  await insertStamp(sql, { notarisation: id, token, stampedAt: at })
}

/** Stamps what has no stamp yet: what is new, what was made before there were any, and what an authority failed at. */
export const stampJobs: Readonly<Record<string, Job>> = {
  [stampJob]: {
    every: '*/10 * * * *',
    run: async (installation) => {
      const { sql } = installation
      const waiting = await listUnstamped(sql, stampsOfJobMax)
      for (const each of waiting) await stampOne(installation, each)
      if (waiting.length === stampsOfJobMax) await queueJob(sql, stampJob, {}, { key: stampJob })
    },
  },
}

const stampOne = (installation: Installation, each: ToStamp) =>
  // Our own authority makes its keys in a transaction when it is first asked.
  installation.timestampUrl
    ? stamp(installation.sql, installation, each)
    : installation.sql.begin((sql) => stamp(sql, installation, each))

const words = texts({ own: { en: '{title} Time Stamps', 'zh-Hant': '{title}時間戳記機構' } })

/** Who stamped. Our own authority is called by whose it is: the name in a certificate is in one language, and has 64 characters. */
export const authorityOf = ({ pack }: Pick<Installation, 'pack'>, { authority, root }: Timestamp): Text =>
  root === null ? { en: authority, 'zh-Hant': authority } : sayEverywhere(words.own, { title: pack.government.name })
