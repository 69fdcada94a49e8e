import { Type } from 'typebox'
import { readTimestamp } from '#identity'
import { type Language, type Routes, recordAct, withLanguage } from '#platform'
import { parseEnvelope } from '../entries/envelope.rules.ts'
import { problem } from '../problems.ts'
import { makeCertificate } from './certificate.ts'
import { ErasePage } from './erase.page.tsx'
import { NotarisationPage } from './notarisation.page.tsx'
import { eraseNotarisation, type NotarisationRow } from './notarise.sql.ts'
import {
  access,
  findPlace,
  getNotarisation,
  namesOf,
  proveNotarisation,
  showNotarisation,
  titlesOf,
} from './notarise.ts'
import { authorityOf } from './stamps.ts'
import { NotarisationData } from './types.ts'

const params = Type.Object({ id: Type.String({ format: 'uuid', maxLength: 36 }) })
const refreshSeconds = 2

/** Where an officer takes away what shows that a document was notarised, and has it forgotten. */
export const takenRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  const addressOf = (id: string, language: Language) =>
    withLanguage(installation.pack.government, language, `/office/ledger/notarise/${id}`)

  async function dataOf(row: NotarisationRow): Promise<NotarisationData> {
    const place = await findPlace(installation, row)
    const stamped = row.stamp && (await readTimestamp(sql, row.stamp, row.entry))
    return {
      organisation: nameOf(row.organisation),
      notarisation: showNotarisation(installation, row, await titlesOf(installation)),
      leaf: row.leaf.toString('hex'),
      commitment: parseEnvelope(row.entry)!.commitment,
      index: place?.index ?? null,
      timestamp: stamped && { authority: authorityOf(installation, stamped), isOwn: stamped.root !== null },
    }
  }

  const show = {
    config: { access },
    schema: { summary: 'A notarisation, and what to take away', params, response: { 200: NotarisationData } },
  }
  app.get('/office/ledger/notarise/:id', show, async (request, reply) => {
    const data = await dataOf(await getNotarisation(installation, request))
    // Without a script, too, the page follows until the entry is in the log.
    if (data.index === null) reply.header('refresh', String(refreshSeconds))
    return reply.page(data, NotarisationPage)
  })

  const proof = {
    config: { access },
    schema: {
      summary: 'The proof of a notarisation (C2SP tlog-proof), with its salt unless that was erased',
      params,
      produces: ['text/plain'],
    },
  }
  app.get('/office/ledger/notarise/:id/proof', proof, async (request, reply) => {
    const row = await getNotarisation(installation, request)
    const proved = await proveNotarisation(installation, row)
    return reply
      .header('content-disposition', `attachment; filename="${row.log}-${proved.index}.tlog-proof"`)
      .header('cache-control', 'no-store')
      .type('text/plain; charset=utf-8')
      .send(proved.proof)
  })

  const certificate = {
    config: { access },
    schema: {
      summary: 'The certificate of a notarisation: one HTML file that checks the document without a network',
      params,
      produces: ['text/html'],
    },
  }
  app.get('/office/ledger/notarise/:id/certificate', certificate, async (request, reply) => {
    const row = await getNotarisation(installation, request)
    if (row.erasedAt !== null) throw problem('notarisation-erased')
    const proved = await proveNotarisation(installation, row)
    const stamp = row.stamp && (await readTimestamp(sql, row.stamp, row.entry))
    return reply
      .header('content-disposition', `attachment; filename="${row.log}-${proved.index}.html"`)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(await makeCertificate(installation, proved, { row, language: request.language, stamp }))
  })

  const erasing = {
    config: { access, level: 2 } as const,
    schema: { summary: 'Asks whether to erase a notarisation', params, response: { 200: NotarisationData } },
  }
  app.get('/office/ledger/notarise/:id/erase', erasing, async (request, reply) => {
    const row = await getNotarisation(installation, request)
    if (row.erasedAt !== null) throw problem('notarisation-erased')
    return reply.page(await dataOf(row), ErasePage)
  })

  const erase = {
    config: { access, level: 2, event: 'ledger.notarisation-erased' } as const,
    schema: {
      summary: 'Erase salt and title of a notarisation for good; its entry stands',
      params,
      response: { 303: Type.Null() },
    },
  }
  app.post('/office/ledger/notarise/:id/erase', erase, async (request, reply) => {
    const { id, organisation } = await getNotarisation(installation, request)
    await sql.begin(async (transaction) => {
      const by = request.person!.id
      // Who asks twice gets what they asked for, and one line in the trail.
      if (!(await eraseNotarisation(transaction, { id, organisation, by, now: installation.now() }))) return
      await recordAct(transaction, request, { event: 'ledger.notarisation-erased', subject: `notarisation/${id}` })
    })
    return reply.redirect(addressOf(id, request.language), 303)
  })
}
