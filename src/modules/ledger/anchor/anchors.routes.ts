import { Type } from 'typebox'
import type { Routes } from '#platform'
import { noteOfOpen } from '../explorer/logs.routes.ts'
import { getLog } from '../explorer/read.ts'
import { LogName } from '../log/types.ts'
import { problem } from '../problems.ts'
import { logIdOf } from './anchor.rules.ts'
import { targetOf } from './anchor.ts'
import { AnchorsPage } from './anchors.page.tsx'
import { anchorsOfPage, listAnchors } from './shown.sql.ts'
import { AnchorsData } from './types.ts'

/** Which checkpoints of a log are on a chain, and where there. */
export const anchorRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const anchors = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'The checkpoints of a log that are, or will be, on a chain, the newest first',
      params: Type.Object({ log: LogName }),
      querystring: Type.Object({
        before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
      }),
      response: { 200: AnchorsData },
    },
  }
  app.get('/ledger/logs/:log/anchors', anchors, async ({ params, query }, reply) => {
    const log = await getLog(installation, params.log)
    const found = await listAnchors(sql, log.row.id, query.before ?? Number.MAX_SAFE_INTEGER)
    // Who never anchored says nothing of it.
    if (found.length === 0 && !targetOf(installation)) throw problem('not-anchored')
    const shown = found.slice(0, anchorsOfPage)
    const older = found.length > anchorsOfPage ? shown.at(-1)!.number : null
    return reply.page({ log: noteOfOpen(log), logId: logIdOf(log.row.origin), anchors: shown, older }, AnchorsPage)
  })
}
