import { Type } from 'typebox'
import { chartRows, drawChart, type Language, type Routes, say } from '#platform'
import { findHead, type Head } from '../documents/head.ts'
import { documentTable, documentTables, provenanceOf, sourceTitle } from '../downloads/document-tables.ts'
import { fiscalPackage } from '../downloads/fiscal-package.ts'
import { csvType, type DownloadTable, tableAsCsv, tablesAsXlsx, xlsxType } from '../downloads/tables.ts'
import { problem } from '../problems.ts'
import { type EstimatesDocument, FinancialYear, HeadNumber } from '../types.ts'
import { chartKinds, chartOf } from './charts.rules.ts'
import { headData } from './head-data.ts'
import { asPrinted, rowName, tableTitle } from './labels.rules.ts'

const HeadParams = { year: FinancialYear, head: HeadNumber }
const open = { access: 'public' }
const chartWidth = 720

/** What can be carried away. Every address stays; a language before it chooses the language of names. */
export const downloadRoutes: Routes = async (app) => {
  const { installation } = app
  // Which language a file has without one in its address, a cookie or the browser says.
  app.addHook('onRequest', async (_, reply) => void reply.header('vary', 'accept, accept-language, cookie'))

  async function getHead(at: { year: string; head: string }, language: Language): Promise<Head> {
    const found = await findHead(installation, { ...at, language })
    if (!found) throw problem('document-not-found', { detail: `${at.year}/${at.head}` })
    return found
  }
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
    const document = named(await getHead(params, language), language)
    const at = params.file.lastIndexOf('.')
    const [id, form] = [params.file.slice(0, at), params.file.slice(at + 1)]
    const wanted = document.tables.find((each) => each.id === id)
    if (!wanted) throw problem('part-not-found')
    const content = titled(documentTable(document, wanted, { language }), language)
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
    const document = named(await getHead(params, language), language)
    const provenance = provenanceOf(document, { language, address: addressOf(request, params) })
    const tables = documentTables(document, { language }).map((each) => titled(each, language))
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

  const chart = {
    config: open,
    schema: {
      summary: 'A chart of a Head as SVG, or its figures as CSV',
      produces: ['image/svg+xml', 'text/csv'],
      params: Type.Object({ ...HeadParams, kind: Type.Enum([...chartKinds]), form: Type.Enum(['svg', 'csv']) }),
    },
  }
  app.get('/estimates/:year/:head/charts/:kind.:form', chart, async ({ params, language }, reply) => {
    const head = headData(installation, await getHead(params, language), [])
    const found = chartOf(head, params.kind, language)
    if (!found) throw problem('part-not-found')
    if (params.form === 'svg') return reply.type('image/svg+xml').send(drawChart(found.chart, chartWidth, true))
    const [labels = [], ...rows] = chartRows(found.chart, found.corner)
    const columns = labels.map((label, at) => ({
      label: String(label),
      kind: at === 0 ? ('text' as const) : ('number' as const),
    }))
    const written = rows.map((row) =>
      row.map((value) => (typeof value === 'number' ? stepsOf(found.chart.write(value)) : value)),
    )
    return reply.type(csvType).send(tableAsCsv({ name: params.kind, title: found.title, columns, rows: written }))
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

/** Sheets are named by their titles, of which a workbook keeps 31 characters: short ones can be told apart. */
const titled = (table: DownloadTable, language: Language): DownloadTable => ({
  ...table,
  title: say(tableTitle(table.name), language),
})

/** Values are drawn as floats and carried away as what the chart writes: `−77.7` is -777 steps of one decimal. */
function stepsOf(written: string): { steps: number; decimals: number } {
  const digits = written.replaceAll(',', '').replace('−', '-')
  const decimals = digits.split('.')[1]?.length ?? 0
  return { steps: Number(digits.replace('.', '')), decimals }
}
