import { Type } from 'typebox'
import { readTimestamp, writeTimestampReply } from '#identity'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { access, findPlace, getNotarisation } from './notarise.ts'

const params = Type.Object({ id: Type.String({ format: 'uuid', maxLength: 36 }) })

/** Where an officer takes away the time stamp of a notarisation, and what vouches for whoever stamped. */
export const stampRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const stamp = {
    config: { access },
    schema: {
      summary: 'The time stamp over the entry of a notarisation: a TimeStampResp (RFC 3161)',
      params,
      produces: ['application/timestamp-reply'],
    },
  }
  app.get('/office/ledger/notarise/:id/timestamp', stamp, async (request, reply) => {
    const row = await getNotarisation(installation, request)
    if (!row.stamp) throw problem('timestamp-waiting')
    const place = await findPlace(installation, row)
    return reply
      .header('content-disposition', `attachment; filename="${row.log}-${place?.index ?? row.id.slice(0, 8)}.tsr"`)
      .header('cache-control', 'no-store')
      .type('application/timestamp-reply')
      .send(writeTimestampReply({ token: row.stamp }))
  })

  const root = {
    config: { access },
    schema: {
      summary: 'The certificate that vouches for whoever stamped a notarisation, where it is one of ours',
      params,
      produces: ['application/x-pem-file'],
    },
  }
  app.get('/office/ledger/notarise/:id/timestamp/authority', root, async (request, reply) => {
    const row = await getNotarisation(installation, request)
    const pem = row.stamp && (await readTimestamp(sql, row.stamp, row.entry)).root
    if (!pem) throw problem(row.stamp ? 'authority-elsewhere' : 'timestamp-waiting')
    return reply
      .header('content-disposition', 'attachment; filename="authority.pem"')
      .type('application/x-pem-file')
      .send(pem)
  })
}
