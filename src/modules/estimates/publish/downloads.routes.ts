import { Type } from 'typebox'
import { type Language, type Routes, say } from '#platform'
import { type Head, getHead as readHead } from '../documents/head.ts'
import { documentTable, documentTables, provenanceOf, sourceTitle } from '../downloads/document-tables.ts'
import { establishmentId, establishmentTable } from '../downloads/establishment.ts'
import { fiscalPackage } from '../downloads/fiscal-package.ts'
import { csvType, type DownloadTable, tableAsCsv, tablesAsXlsx, xlsxType } from '../downloads/tables.ts'
import { problem } from '../problems.ts'
import { type EstimatesDocument, FinancialYear, HeadNumber } from '../types.ts'
import { asPrinted, rowName, subjectText, tableTitle } from './labels.rules.ts'

const HeadParams = { year: FinancialYear, head: HeadNumber }
const open = { access: 'public' }

/** What can be carried away. Every address stays; a language before it chooses the language of names. */
export const downloadRoutes: Routes = async (app) => {
  const { installation } = app
  // Which language a file has without one in its address, a cookie or the browser says.
  app.addHook('onRequest', async (_, reply) => void reply.header('vary', 'accept, accept-language, cookie'))

  const getHead = (at: { year: string; head: string }, language: Language): Promise<Head> =>
    readHead(installation, { ...at, language })
  // A file that is carried away must not say what somebody wrote into a header.
  const addressOf = (request: { protocol: string; host: string }, { year, head }: { year: string; head: string }) => {
    const host = /^[\w.-]+(:\d+)?$/.test(request.host) ? request.host : 'localhost'
    const protocol = request.protocol === 'https' ? 'https' : 'http'
    return `${app.publicUrl ?? `${protocol}://${host}`}/estimates/${year}/${head}`
  }

  const table = {
    config: open,
    schema: {
      summary: 'A table of a Head as CSV or XLSX',
      produces: ['text/csv', xlsxType],
      params: Type.Object({
        ...HeadParams,
        file: Type.String({ pattern: '^[a-z]+([.][0-9]+){0,2}[.](csv|xlsx)$', maxLength: 60 }),
      }),
    },
  }
  app.get('/estimates/:year/:head/tables/:file', table, async (request, reply) => {
    const { params, language } = request
    const head = await getHead(params, language)
    const document = named(head, language)
    const at = params.file.lastIndexOf('.')
    const [id, form] = [params.file.slice(0, at), params.file.slice(at + 1)]
    const wanted = document.tables.find((each) => each.id === id)
    const content = wanted
      ? titled(documentTable(document, wanted, { language }), language)
      : id === establishmentId && establishment(head, language)
    if (!content) throw problem('part-not-found')
    reply.header('content-disposition', `attachment; filename="${params.year}-head-${params.head}-${params.file}"`)
    if (form === 'csv') return reply.type(csvType).send(tableAsCsv(content))
    const provenance = provenanceOf(document, { language, address: addressOf(request, params) })
    return reply.type(xlsxType).send(Buffer.from(await tablesAsXlsx([content], provenance, sourceTitle(language))))
  })

  const workbook = {
    config: open,
    schema: { summary: 'Every table of a Head in one workbook', produces: [xlsxType], params: Type.Object(HeadParams) },
  }
  app.get('/estimates/:year/:head/head.xlsx', workbook, async (request, reply) => {
    const { params, language } = request
    const head = await getHead(params, language)
    const document = named(head, language)
    const provenance = provenanceOf(document, { language, address: addressOf(request, params) })
    const posts = establishment(head, language)
    const tables = [
      ...documentTables(document, { language }).map((each) => titled(each, language)),
      ...(posts ? [posts] : []),
    ]
    const bytes = await tablesAsXlsx(tables, provenance, sourceTitle(language))
    reply.header('content-disposition', `attachment; filename="${params.year}-head-${params.head}.xlsx"`)
    return reply.type(xlsxType).send(Buffer.from(bytes))
  })

  const fiscal = async (request: {
    params: { year: string; head: string }
    language: Language
    protocol: string
    host: string
  }) => {
    const { document, names } = await getHead(request.params, request.language)
    const { currency, financialYearStartMonth: startMonth } = installation.pack.government
    const homepage = addressOf(request, request.params)
    return fiscalPackage(document, { currency: currency.code, startMonth, names, homepage })
  }
  const descriptor = {
    config: open,
    schema: {
      summary: 'A Head as an Open Fiscal Data Package',
      produces: ['application/json'],
      params: Type.Object(HeadParams),
    },
  }
  app.get('/estimates/:year/:head/datapackage.json', descriptor, async (request, reply) =>
    reply.type('application/json; charset=utf-8').send((await fiscal(request))['datapackage.json']),
  )
  const data = {
    config: open,
    schema: {
      summary: 'A resource of the fiscal data package',
      produces: ['text/csv'],
      params: Type.Object({ ...HeadParams, file: Type.String({ pattern: '^[a-z-]+[.]csv$', maxLength: 60 }) }),
    },
  }
  app.get('/estimates/:year/:head/data/:file', data, async (request, reply) => {
    const { params } = request
    const content = (await fiscal(request))[`data/${params.file}`]
    if (content === undefined) throw problem('part-not-found')
    // Names stand as they are, with no apostrophe before a sign of formulas: the package promises exact data and their hash.
    reply.header('content-disposition', `attachment; filename="${params.year}-head-${params.head}-${params.file}"`)
    return reply.type('text/csv; charset=utf-8').send(content)
  })
}

/** The document with its names in the language asked for, rows and totals as its pages name them. */
function named({ document, names }: Head, language: Language): EstimatesDocument {
  const data = { document, names }
  const tables = document.tables.map((table) => ({
    ...table,
    rows: table.rows.map((row) => ({ ...row, label: say(rowName(data, row, table), language) })),
  }))
  return { ...document, title: say(names.head ?? asPrinted(document.title), language), tables }
}

const establishment = (head: Head, language: Language): DownloadTable | undefined =>
  establishmentTable(head.document, {
    language,
    title: say(tableTitle(establishmentId), language),
    nameOf: (subject) => subjectText(head, subject),
  })

/** Sheets are named by their titles, of which a workbook keeps 31 characters: short ones can be told apart. */
const titled = (table: DownloadTable, language: Language): DownloadTable => ({
  ...table,
  title: say(tableTitle(table.name), language),
})
