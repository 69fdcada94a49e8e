import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Language, type Routes, withLanguage } from '#platform'
import { getHead } from '../documents/head.ts'
import { problem } from '../problems.ts'
import { HeadParams } from '../types.ts'
import { PrintData, PrintPage } from './print.page.tsx'
import { type Answer, printPage } from './printer.ts'
import { findPrint, insertPrint, type Print } from './prints.sql.ts'

const open = { access: 'public' }
/** One browser at a time: each needs some 200 MB for its seconds. */
const waitingMax = 20
const failedForMs = 60_000

type At = { year: string; head: string }
type Work = { since: number; failed?: number }

export const printRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const work = new Map<string, Work>()
  let turn: Promise<unknown> = Promise.resolve()

  const addressOf = (at: At, language: Language) =>
    withLanguage(pack.government, language, `/estimates/${at.year}/${at.head}?figures=false`)

  /** The PDF of a Head if it was made; else it is being made from now on, and this says for how long already. */
  async function findOrBegin(
    at: At,
    language: Language,
  ): Promise<{ print: Print } | { waitingMs: number; before: number }> {
    await getHead(app.installation, { ...at, language })
    const address = addressOf(at, language)
    const page = await answerOf(app, address)
    if (page.status !== 200) throw problem('pdf-not-made', { detail: `the page answered ${page.status}` })
    const key = createHash('sha256')
      .update(page.body)
      .update(app.publicUrl ?? 'no links')
      .digest('hex')
    const print = await findPrint(app.sql, key)
    if (print) return { print }
    const now = performance.now()
    // What failed a minute ago may be tried again, and takes nobody's place.
    for (const [each, { failed }] of work) if (failed !== undefined && now - failed >= failedForMs) work.delete(each)
    const known = work.get(key)
    if (known?.failed !== undefined) throw problem('pdf-not-made')
    const waiting = [...work].filter(([, { failed }]) => failed === undefined).map(([each]) => each)
    if (known) return { waitingMs: now - known.since, before: waiting.indexOf(key) }
    if (waiting.length >= waitingMax || work.size >= 2 * waitingMax)
      throw problem('pdf-not-made', { detail: 'too many are waiting' })
    const own: Work = { since: now }
    work.set(key, own)
    turn = turn
      .then(() => make(key, address, `${at.year} · ${at.head} ·`))
      .then(
        () => work.delete(key),
        (error: Error) => {
          app.log.error({ err: error, page: address }, 'A PDF could not be made')
          own.failed = performance.now()
        },
      )
    return { waitingMs: 0, before: waiting.length }
  }

  async function make(key: string, address: string, footer: string): Promise<void> {
    const pdf = await printPage({ path: address, footer, site: app.publicUrl }, (path) => answerOf(app, path))
    await insertPrint(app.sql, { page: key, file: await app.files.put(pdf), bytes: pdf.length })
  }

  // Nothing of a PDF is left half made: a stop of the program ends the browser, and the next start begins again.
  app.addHook(
    'onClose',
    async () => void (await Promise.race([turn, new Promise((done) => setTimeout(done, 2000).unref())])),
  )

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

/** What this site answers at an address, without the network. */
async function answerOf(app: FastifyInstance, path: string): Promise<Answer> {
  const response = await app.askItself(path)
  const headers = Object.fromEntries(
    Object.entries(response.headers)
      .filter(([name]) => ['content-type', 'cache-control', 'location'].includes(name))
      .map(([name, value]) => [name, String(value)]),
  )
  return { status: response.statusCode, headers, body: response.rawPayload }
}
