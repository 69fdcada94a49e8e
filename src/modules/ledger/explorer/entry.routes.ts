import { Type } from 'typebox'
import type { Routes } from '#platform'
import { findSizeOver } from '../anchor/shown.sql.ts'
import { Hex32 } from '../entries/types.ts'
import { pathOf } from '../log/logs.ts'
import { LogName } from '../log/types.ts'
import { problem } from '../problems.ts'
import { showEntry } from './entries.ts'
import { EntryPage } from './entry.page.tsx'
import { organisationsOf } from './known.ts'
import { entryNote, noteOfOpen } from './logs.routes.ts'
import { findPublished, getEntry, getLog, provePublished } from './read.ts'
import { EntryData } from './types.ts'

const hexBytesMax = 4096

/** One entry: what it says, its octets, and the proof that it is in the log. */
export const entryRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const organisations = organisationsOf(installation)
  const params = Type.Object({
    log: LogName,
    index: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  })

  const entry = {
    config: { access: 'public' },
    schema: { summary: 'An entry of a log, in words and as it is', params, response: { 200: EntryData } },
  }
  app.get('/ledger/logs/:log/entries/:index', entry, async ({ params }, reply) => {
    const log = await getLog(installation, params.log)
    const octets = await getEntry(sql, log, params.index)
    const { text, ...shown } = showEntry(params.index, octets)
    const hex = text === null ? Buffer.from(octets.subarray(0, hexBytesMax)).toString('hex') : null
    const anchoredSize = (await findSizeOver(sql, log.row.id, params.index)) ?? null
    const data = {
      log: noteOfOpen(log),
      entry: entryNote({ ...shown, text }, { installation, organisations }),
      ...{ text, hex, anchoredSize },
    }
    return reply.page(data, EntryPage)
  })

  const raw = {
    config: { access: 'public' },
    schema: { summary: 'The octets of an entry', params, produces: ['application/octet-stream'] },
  }
  app.get('/ledger/logs/:log/entries/:index/octets', raw, async ({ params }, reply) => {
    const octets = await getEntry(sql, await getLog(installation, params.log), params.index)
    return reply
      .header('content-disposition', attachment(params, 'entry'))
      .header('cache-control', 'public, max-age=604800, immutable')
      .type('application/octet-stream')
      .send(octets)
  })

  const proof = {
    config: { access: 'public' },
    schema: {
      summary:
        'The proof that an entry is in the log, against its newest checkpoint or an anchored one (C2SP tlog-proof)',
      params,
      querystring: Type.Object({
        size: Type.Optional(
          Type.Integer({
            ...{ minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
            description: 'Of an anchored checkpoint: …/anchors lists them',
          }),
        ),
      }),
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/logs/:log/entries/:index/proof', proof, async ({ params, query: { size } }, reply) => {
    const proved = await provePublished(installation, { ...params, size })
    return reply
      .header('content-disposition', attachment(params, 'tlog-proof'))
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(proved)
  })

  const leaf = {
    config: { access: 'public' },
    schema: {
      summary: 'Leads to the entry of this leaf hash, once it is in order',
      params: Type.Object({ log: LogName, leaf: Hex32 }),
      response: { 303: Type.Null() },
    },
  }
  app.get('/ledger/logs/:log/leaves/:leaf', leaf, async ({ params }, reply) => {
    const log = await getLog(installation, params.log)
    const index = await findPublished(sql, log, Buffer.from(params.leaf, 'hex'))
    if (index === undefined) throw problem('entry-not-found')
    return reply.header('cache-control', 'no-store').redirect(`${pathOf(params.log)}/entries/${index}`, 303)
  })
}

const attachment = ({ log, index }: { log: string; index: number }, ending: string) =>
  `attachment; filename="${log}-${index}.${ending}"`
