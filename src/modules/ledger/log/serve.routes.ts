import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { findPolicy } from '../publication/policies.sql.ts'
import { parseTilePath } from '../tree/tiles.rules.ts'
import { findLog } from './logs.sql.ts'
import { readTile } from './served.ts'
import { LogName } from './types.ts'

/** C2SP tlog-tiles, Parameters: what anybody needs to check a log. None of it speaks of who asks. */
export const serveRoutes: Routes = async (app) => {
  const open = { access: 'public', rateLimit: false as const }

  const checkpoint = {
    config: open,
    schema: {
      summary: 'The newest checkpoint of a log (C2SP tlog-checkpoint)',
      params: Type.Object({ log: LogName }),
      response: { 200: Type.String() },
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/logs/:log/checkpoint', checkpoint, async ({ params }, reply) => {
    const log = await findLog(app.sql, params.log)
    if (!log?.published) throw problem('log-not-found')
    return forAll(reply)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(log.published.toString())
  })

  const policy = {
    config: open,
    schema: {
      summary: 'Who must have cosigned a checkpoint of a log before it is served (C2SP tlog-policy)',
      params: Type.Object({ log: LogName }),
      response: { 200: Type.String() },
      produces: ['text/plain'],
    },
  }
  app.get('/ledger/logs/:log/policy', policy, async ({ params }, reply) => {
    const log = await findLog(app.sql, params.log)
    if (!log) throw problem('log-not-found')
    const set = await findPolicy(app.sql, log.id)
    if (!set) throw problem('policy-not-found')
    return forAll(reply).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(set.text)
  })

  const tile = {
    config: open,
    schema: {
      summary: 'A tile of hashes or a bundle of entries of a log (C2SP tlog-tiles)',
      params: Type.Object({ log: LogName, '*': Type.String({ maxLength: 100 }) }),
      produces: ['application/octet-stream'],
    },
  }
  app.get('/ledger/logs/:log/tile/*', tile, async ({ params }, reply) => {
    const asked = parseTilePath(`tile/${params['*']}`)
    const log = asked && (await findLog(app.sql, params.log))
    const bytes = log && (await readTile(app.sql, log, asked))
    if (!bytes) throw problem('tile-not-found')
    return forAll(reply)
      .header('cache-control', 'public, max-age=604800, immutable')
      .type('application/octet-stream')
      .send(bytes)
  })
}

/** Pages of others compute proofs from it. */
const forAll = (reply: FastifyReply) => reply.header('access-control-allow-origin', '*').removeHeader('vary')
