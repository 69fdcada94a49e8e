import { createHash } from 'node:crypto'
import { type Language, type Routes, withLanguage } from '#platform'
import { getHead } from '../documents/head.ts'
import { problem } from '../problems.ts'
import { HeadParams } from '../types.ts'
import { PrintData, PrintPage } from './print.page.tsx'
import { findPrint, insertPrint, type Print } from './prints.sql.ts'

const open = { access: 'public' }
type At = { year: string; head: string }

export const printRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const addressOf = (at: At, language: Language) =>
    withLanguage(pack.government, language, `/estimates/${at.year}/${at.head}?figures=false`)

  /** The PDF of a Head if it was made; else it is being made from now on, and this says for how long already. */
  async function findOrBegin(
    at: At,
    language: Language,
  ): Promise<{ print: Print } | { waitingMs: number; before: number }> {
    await getHead(app.installation, { ...at, language })
    const address = addressOf(at, language)
    const page = await app.askItself(address)
    if (page.statusCode !== 200) throw problem('pdf-not-made', { detail: `the page answered ${page.statusCode}` })
    const key = createHash('sha256')
      .update(page.rawPayload)
      .update(app.publicUrl ?? 'no links')
      .digest('hex')
    const print = await findPrint(app.sql, key)
    if (print) return { print }
    const turn = app.printing.queue(key, {
      path: address,
      footer: `${at.year} · ${at.head} ·`,
      keep: async (pdf) => insertPrint(app.sql, { page: key, file: await app.files.put(pdf), bytes: pdf.length }),
    })
    if (typeof turn === 'string') throw problem('pdf-not-made', { detail: turn })
    return { waitingMs: turn.waitingMs, before: turn.before }
  }

  const progress = {
    config: open,
    schema: {
      summary: 'Whether the PDF of a Head is made, and how far it is',
      params: HeadParams,
      response: { 200: PrintData, 202: PrintData },
    },
  }
  app.get('/estimates/:year/:head/print', progress, async ({ params, language }, reply) => {
    const found = await findOrBegin(params, language)
    const ready = 'print' in found
    // A header of browsers since the nineties: the page asks again without a script.
    if (!ready) reply.header('refresh', '2').header('cache-control', 'no-store').code(202)
    const data = {
      ...params,
      ready,
      bytes: ready ? found.print.bytes : null,
      waitingSeconds: ready ? 0 : Math.round(found.waitingMs / 1000),
      before: ready ? 0 : found.before,
    }
    return reply.page(data, PrintPage)
  })

  const file = {
    config: open,
    schema: {
      summary: 'A Head as a tagged PDF with bookmarks; 202 while it is being made',
      params: HeadParams,
      produces: ['application/pdf'],
    },
  }
  app.get('/estimates/:year/:head/head.pdf', file, async (request, reply) => {
    const { params, language } = request
    const found = await findOrBegin(params, language)
    if (!('print' in found)) {
      if (request.wanted.format === 'html')
        return reply.redirect(
          withLanguage(pack.government, language, `/estimates/${params.year}/${params.head}/print`),
          303,
        )
      return reply
        .code(202)
        .header('retry-after', '5')
        .send({ waitingSeconds: Math.round(found.waitingMs / 1000), before: found.before })
    }
    const bytes = await app.files.find(found.print.file)
    if (!bytes) throw new Error(`The PDF ${found.print.file} is in the table and not among the files`)
    const name = `head-${params.head}-${params.year}-${language}.pdf`
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${name}"`)
      .send(Buffer.from(bytes))
  })
}
