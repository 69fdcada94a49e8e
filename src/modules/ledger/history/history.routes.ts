import { type Static, Type } from 'typebox'
import type { Routes } from '#platform'
import { showEntry } from '../explorer/entries.ts'
import { organisationsOf } from '../explorer/known.ts'
import { entryNote } from '../explorer/logs.routes.ts'
import { getEntry, getLog } from '../explorer/read.ts'
import { LogName } from '../log/types.ts'
import { HistoryData, HistoryPage } from './history.page.tsx'
import { printHistory } from './history.rules.ts'
import { findHistory } from './lookup.ts'

/** On a page; the file holds all of them. */
const shownMax = 200

/** Everything that a log has of one item, with what shows that nothing is left out. */
export const historyRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const organisations = organisationsOf(installation)
  const params = Type.Object({
    log: LogName,
    register: Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' }),
    item: Type.String({ maxLength: 40, pattern: '^[A-Z0-9-]+$' }),
  })

  const show = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'Every entry of an item of a register, up to the size that the index of the log is complete for',
      params,
      response: { 200: HistoryData },
    },
  }
  app.get('/ledger/logs/:log/history/:register/:item', show, async ({ params }, reply) => {
    const { history, size, madeAt, output } = await findHistory({ ...installation, sql }, params)
    const log = await getLog(installation, params.log)
    const newest = history.entries.slice(-shownMax).reverse()
    const entries = await Promise.all(
      newest.map(async (index) => {
        const { text: _, ...shown } = showEntry(Number(index), await getEntry(sql, log, Number(index)))
        return entryNote({ ...shown, text: null }, { installation, organisations })
      }),
    )
    const data: Static<typeof HistoryData> = {
      log: { name: params.log, title: log.known.title, path: log.known.path },
      ...{ register: params.register, item: params.item, size, madeAt },
      count: history.entries.length,
      entries,
      index: { title: output.known.title, path: output.known.path },
    }
    return reply.page(data, HistoryPage)
  })

  const proof = {
    config: { access: 'public' },
    schema: {
      summary: 'The same as a file that `ledger history` checks without a network',
      params,
      produces: ['application/json'],
    },
  }
  app.get('/ledger/logs/:log/history/:register/:item/proof', proof, async ({ params }, reply) => {
    const { history } = await findHistory({ ...installation, sql }, params)
    return reply
      .header('content-disposition', `attachment; filename="${params.item}.history.json"`)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(printHistory(history))
  })
}
