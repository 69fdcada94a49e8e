import type { Logger } from 'pino'
import { type Installation, recordAct } from '#platform'
import { findLog, type LogRow } from '../log/logs.sql.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { isSameKey } from '../notes/keys.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { isQuorum, type Policy, parsePolicy, type Witness } from '../notes/policy.rules.ts'
import { askWitness } from './ask.ts'
import {
  findPolicy,
  keepCosigned,
  keepFailure,
  listContacts,
  listUnpublished,
  updatePublished,
} from './policies.sql.ts'

/** A witness that did not answer is left alone for as long. */
const restMs = 5000

export type Publisher = {
  /** Has the newest checkpoint of a log cosigned, and serves it as soon as enough have; one at a time for each log. */
  publish: (name: string) => Promise<void>
  /** The same for whatever is behind, as after a witness was away. */
  catchUp: () => Promise<void>
  stop: () => Promise<void>
}

/** One for each process. Two that ask the same witness for the same checkpoint get the same answer. */
export function openPublisher({ sql }: Pick<Installation, 'sql'>, log: Pick<Logger, 'error' | 'warn'>): Publisher {
  const underWay = new Map<string, Promise<void>>()
  const resting = new Map<string, number>()
  const stopping = new AbortController()

  function publish(name: string): Promise<void> {
    const running = underWay.get(name)
    if (running || stopping.signal.aborted) return running ?? Promise.resolve()
    const work = publishOnce(name)
      .catch((error) => {
        if (!stopping.signal.aborted) log.error({ err: error, log: name }, 'A checkpoint could not be published')
      })
      .finally(() => underWay.delete(name))
    underWay.set(name, work)
    return work
  }

  async function publishOnce(name: string): Promise<void> {
    const row = await findLog(sql, name)
    const set = row?.sequenced && (await findPolicy(sql, row.id))
    if (!set || !row.sequenced) return
    const policy = parsePolicy(encodeUtf8(set.text))
    const known = new Map((await listContacts(sql, row.id)).map(({ url, size }) => [url, size]))
    const gathered = [Buffer.from(row.sequenced).toString()]
    const cosigned = new Set<string>()
    const serve = async () => {
      if (!isQuorum(policy.quorum, cosigned)) return
      await updatePublished(sql, row.id, { size: row.size, note: encodeUtf8(gathered.join('')) })
    }
    await serve()
    const urls = [...new Set(policy.witnesses.flatMap(({ url }) => url ?? []))]
    await Promise.all(
      urls.map(async (url) => {
        if ((resting.get(url) ?? 0) > performance.now()) return
        const lines = await cosignedBy(row, policy, url, BigInt(known.get(url) ?? 0))
        if (!lines) return
        for (const { line, name } of lines) {
          gathered.push(line)
          cosigned.add(name)
        }
        await serve()
      }),
    )
  }

  /** The lines of one witness that hold, each with the name of its key in the policy; undefined where it did not cosign. */
  async function cosignedBy(row: LogRow, policy: Policy, url: string, old: bigint) {
    const note = row.sequenced!
    const own = policy.witnesses.filter((each) => each.url === url)
    const ask = (old: bigint) => askWitness(sql, row, { url, old, note, signal: stopping.signal })
    let answer = await ask(old < BigInt(row.size) ? old : BigInt(row.size))
    if ('knows' in answer && answer.knows <= BigInt(row.size)) answer = await ask(answer.knows)
    if (stopping.signal.aborted) return undefined
    // It cosigned more than there is: this log lost entries, or somebody else signs with its keys.
    if ('knows' in answer) return fail(row, url, `knows ${answer.knows}`)
    if ('failure' in answer) return fail(row, url, answer.failure)
    const lines = holding(note, answer.lines, own)
    if (lines.length === 0) return fail(row, url, 'signature')
    await keepCosigned(sql, row.id, { url, size: row.size })
    return lines
  }

  async function fail(row: LogRow, url: string, failure: string): Promise<undefined> {
    resting.set(url, performance.now() + restMs)
    const isNew = await keepFailure(sql, row.id, { url, failure })
    if (!isNew) return
    log.warn({ code: 'ledger.not-cosigned', why: `${row.name} ${url} ${failure}` }, 'A witness did not cosign')
    // What a witness says of the log, and not of itself.
    if (/^knows|^(403|409|422)$/.test(failure))
      await recordAct(sql, 'system', {
        event: 'ledger.checkpoint-refused',
        subject: `log/${row.name}`,
        detail: { witness: url, failure },
      })
  }

  return {
    publish,
    async catchUp() {
      await Promise.all((await listUnpublished(sql)).map(publish))
    },
    async stop() {
      stopping.abort()
      await Promise.all(underWay.values())
    },
  }
}

/** Of what a witness answered, the lines that are cosignatures by its keys over this checkpoint. */
function holding(note: Uint8Array, answered: string, own: readonly Witness[]): { line: string; name: string }[] {
  return answered
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        const whole = Buffer.concat([note, encodeUtf8(`${line}\n`)])
        const { signed } = openCheckpoint(
          whole,
          own.map(({ key }) => key),
        )
        const witness = own.find(({ key }) => signed.some((each) => isSameKey(each.key, key)))
        return witness ? [{ line: `${line}\n`, name: witness.name }] : []
      } catch {
        return []
      }
    })
}
