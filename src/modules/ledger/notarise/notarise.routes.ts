import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { FormPage } from './form.page.tsx'
import { readForm } from './notarise.rules.ts'
import { listNotarisations, notarisationsShown } from './notarise.sql.ts'
import { access, namesOf, notarise, placeOf, showNotarisation, titlesOf } from './notarise.ts'
import { pdfRoutes } from './pdf.routes.ts'
import { receiveForm } from './receive.ts'
import { stampRoutes } from './stamps.routes.ts'
import { takenRoutes } from './taken.routes.ts'
import { type Mistake, NotariseData } from './types.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Where an officer lets a document of the organisation stand in a log. */
export const notariseRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  await app.register(takenRoutes)
  await app.register(pdfRoutes)
  await app.register(stampRoutes)

  async function formOf(
    { organisation, logs }: ReturnType<typeof placeOf>,
    given: { token: string; values: NotariseData['values'] },
    mistakes: Mistake[] = [],
  ): Promise<NotariseData> {
    const titles = await titlesOf(installation)
    const rows = await listNotarisations(sql, organisation)
    return {
      ...{ organisation: nameOf(organisation), logs, shown: notarisationsShown, mistakes, ...given },
      notarisations: rows.map((row) => showNotarisation(installation, row, titles)),
    }
  }

  const form = {
    config: { access },
    schema: {
      summary: 'Notarise a document for the organisation one acts for, and what it notarised',
      response: { 200: NotariseData },
    },
  }
  app.get('/office/ledger/notarise', form, async (request, reply) => {
    const place = placeOf(installation, request)
    const values = { title: '', log: place.logs.length === 1 ? place.logs[0]!.name : '', hash: '' }
    return reply.page(await formOf(place, { token: randomUUID(), values }), FormPage)
  })

  const send = {
    config: { access, event: 'ledger.document-notarised' },
    schema: {
      summary:
        'Notarise: multipart with token (a UUID, once for each document), title and log, and either file or hash (SHA-256 in hex)',
      consumes: ['multipart/form-data'],
      response: { 303: Type.Null(), 422: NotariseData },
    },
  }
  app.post('/office/ledger/notarise', send, async (request, reply) => {
    const place = placeOf(installation, request)
    const { organisation } = place
    const { file, fields, isTooLarge } = await receiveForm(request)
    const { token = '' } = fields
    const values = { title: fields.title?.trim() ?? '', log: fields.log ?? '', hash: fields.hash?.trim() ?? '' }
    const read = isTooLarge
      ? { mistakes: ['file-too-large' as const] }
      : readForm(
          { file, ...values },
          place.logs.map(({ name }) => name),
        )
    // Without one nobody could send it again in safety.
    if (!uuid.test(token)) throw problem('form-without-token')
    if ('mistakes' in read) return reply.code(422).page(await formOf(place, { token, values }, read.mistakes), FormPage)
    const id = await sql.begin((transaction) =>
      notarise(transaction, installation, request, { organisation, token, wanted: read.wanted }),
    )
    return reply.redirect(
      withLanguage(installation.pack.government, request.language, `/office/ledger/notarise/${id}`),
      303,
    )
  })
}
