import { hash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import type { Routes } from '#platform'
import { logs } from '../log/definitions.ts'
import { findLog, type LogRow } from '../log/logs.sql.ts'
import { pathOf } from '../log/logs.ts'
import type { Sequencer } from '../log/sequencer.ts'
import { LogName } from '../log/types.ts'
import { problem } from '../problems.ts'
import type { Programs } from '../programs/api-keys.ts'
import { type Admit, outOfQuota } from '../quotas/admit.ts'
import { packBundle, tileWidth, unpackBundle } from '../tree/tiles.rules.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { findAppended } from './append.sql.ts'
import { printEnvelope, secondOf } from './envelope.rules.ts'
import { NewEntry } from './types.ts'
import { openAppendWriter, TooMany } from './writer.ts'

const waitSecondsMax = 10

const Promised = Type.Object({
  log: Type.String(),
  entries: Type.Array(
    Type.Object({
      leaf: Type.String({ description: 'The hash by which the entry is found: RFC 9162, §2.1.1' }),
      index: Type.Optional(Type.Integer({ description: 'Its place, if it is in order already' })),
      entry: Type.String({ description: 'The octets of the entry, in UTF-8: keep them with the content' }),
    }),
  ),
})

/** What the programs of departments do with a log. */
export const entryRoutes =
  (sequencer: Sequencer, programs: Programs, admit: Admit): Routes =>
  async (app) => {
    const { installation, sql } = app
    const keep = openAppendWriter(installation)
    /** A log is never renamed and never goes away. */
    const known = new Map<string, Pick<LogRow, 'id'>>()
    const logOf = async (name: string) => {
      const log = known.get(name) ?? (await findLog(sql, name))
      if (log && !known.has(name)) known.set(name, { id: log.id })
      return log
    }
    const writersOf = new Map(installation.pack.list(logs).map(({ id, writers }) => [id, new Set(writers)]))

    const post = {
      onRequest: programs.require('append', 'log'),
      config: {
        access: 'public',
        scope: 'own',
        anySite: true,
        rateLimit: false as const,
        event: 'none' /* the log itself is the trail: who says what, and when */,
      },
      schema: {
        summary:
          'Append 1 to 256 entries to a log, with the key of a program; wait for their places with “Prefer: wait=2”',
        params: Type.Object({ log: LogName }),
        headers: Type.Object({
          'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[!-~]+$' })),
          prefer: Type.Optional(Type.String({ maxLength: 100 })),
        }),
        body: Type.Object(
          { entries: Type.Array(NewEntry, { minItems: 1, maxItems: tileWidth }) },
          { additionalProperties: false },
        ),
        response: { 201: Promised, 202: Promised },
      },
    }
    app.post('/ledger/logs/:log/entries', post, async (request, reply) => {
      const { params, body, headers } = request
      const program = programs.of(request)
      const log = await logOf(params.log)
      if (!log) throw problem('log-not-found')
      if (!writersOf.get(params.log)?.has(program.organisation))
        throw problem('log-not-open', { values: { log: params.log } })
      const key = headers['idempotency-key']
      const once = key ? { key, request: hash('sha256', JSON.stringify(body), 'buffer') } : undefined
      const said = { org: program.organisation, time: secondOf(installation.now()), v: 1 } as const
      let entries: Uint8Array[] = body.entries.map((each) => printEnvelope({ ...each, ...said }))
      const own = { log: log.id, organisation: program.organisation, program: program.id, once }
      const packed = packBundle(entries)
      const admitted = await admit(program.organisation, { entries: entries.length, octets: packed.length })
      const isKept =
        admitted !== undefined &&
        (await keep({ ...own, width: entries.length, entries: packed }).then(
          (kept) => {
            admitted.settle(kept)
            return kept
          },
          (error) => {
            admitted.settle(false)
            throw error instanceof TooMany ? problem('log-busy') : error
          },
        ))
      if (!isKept) {
        // What was kept once is answered as then, whatever may be written by now.
        const before = once && (await findAppended(sql, own))
        if (!before && !admitted) throw outOfQuota(reply, installation)
        if (!before) throw problem('key-reused')
        entries = unpackBundle(before, { level: 'entries', index: 0n, width: entries.length })
      }
      const leaves = entries.map(hashLeaf)
      const seconds = Math.min(
        Number(/(?:^|[,;\s])wait=(\d{1,4})/.exec(headers.prefer ?? '')?.[1] ?? 0),
        waitSecondsMax,
      )
      const indexes = seconds > 0 ? await sequencer.wait(params.log, leaves, AbortSignal.timeout(seconds * 1000)) : []
      const answer: Static<typeof Promised> = {
        log: params.log,
        entries: entries.map((entry, at) => ({
          leaf: Buffer.from(leaves[at]!).toString('hex'),
          ...(indexes[at] !== undefined && { index: indexes[at] }),
          entry: Buffer.from(entry).toString(),
        })),
      }
      const [first] = answer.entries
      const settled = first?.index === undefined ? `leaves/${first!.leaf}` : `entries/${first.index}`
      return reply
        .code(first?.index === undefined ? 202 : 201)
        .header('location', `${pathOf(params.log)}/${settled}`)
        .header('cache-control', 'no-store')
        .send(answer)
    })
  }
