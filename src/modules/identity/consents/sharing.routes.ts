import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { labelled } from './labels.ts'
import { ReceiptPage, SharingData, SharingReceipt, SharingsPage } from './sharing.page.tsx'
import { findSharing, listSharings, type Sharing, sharingsShown } from './sharing.sql.ts'

const path = '/account/sharing'
const Id = Type.String({ format: 'uuid' })

/** Every time a service was told something of the person. */
export const sharingRoutes: Routes = async (app) => {
  const lineOf = ({ id, clientId, client, way, fields, at, collectedAt, receipt }: Sharing) => ({
    id,
    service: receipt?.service ?? client ?? { en: clientId, 'zh-Hant': clientId },
    way,
    fields: labelled(app.installation, fields),
    at,
    collectedAt,
  })

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'When services were told what of me, and by which way',
      querystring: Type.Object({ before: Type.Optional(Id) }),
      response: { 200: SharingData },
    },
  }
  app.get(path, list, async ({ person, query }, reply) => {
    const lines = await listSharings(app.sql, person!.id, query.before)
    const shown = lines.slice(0, sharingsShown)
    const next = lines.length > sharingsShown ? shown.at(-1)!.id : null
    return reply.page({ lines: shown.map(lineOf), next }, SharingsPage)
  })

  const one = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'The receipt of a form that I had filled in',
      params: Type.Object({ id: Id }),
      response: { 200: SharingReceipt },
    },
  }
  app.get(`${path}/:id`, one, async ({ person, params }, reply) => {
    const found = await findSharing(app.sql, person!.id, params.id)
    if (!found?.receipt) throw problem('receipt-not-found')
    const { origin, sentences, language, purpose } = found.receipt
    const data = { ...lineOf(found), origin, sentences: [...sentences], language, purpose: purpose ?? null }
    return reply.page(data, ReceiptPage)
  })
}
