import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { type Cell, type Row, Table } from '../types.ts'
import { EstimatesPage, YearPage } from './estimates.page.tsx'
import { HeadPage } from './head.page.tsx'
import { partOf } from './head-data.ts'
import { findHeads, listAcross, listFirst, listHeads, listTotals, pageOf } from './list.ts'
import { EstablishmentPage, PartPage, ProgrammePage, RowsPage } from './part.page.tsx'
import { getHead, headParams, openPage, PageNumber } from './read-head.ts'
import { EstimatesData, HeadData, PartData, ProgrammeData, RowsData, YearData } from './shapes.ts'

const yearsShown = 10
const headsOfYear = 10
const headsShown = 50
const acrossShown = 10
const rowsShown = 100

/** The Estimates as a document: years, Heads, and the parts of a Head. */
export const publishRoutes: Routes = async (app) => {
  const all = {
    config: openPage,
    schema: {
      summary: 'Every year that is loaded with its first Heads, and how years agree',
      querystring: Type.Object({ page: PageNumber }),
      response: { 200: EstimatesData },
    },
  }
  app.get('/estimates', all, async ({ query, language }, reply) => {
    const { installation } = app
    const totals = await listTotals(installation, language)
    const { shown, ...page } = pageOf(totals, query.page, yearsShown)
    const years = shown.map(({ year }) => year)
    const heads = await listFirst(installation, language, years, headsOfYear)
    const across = await listAcross(installation, language, { years, limit: acrossShown })
    const data = shown.map(({ heads: count, ...year }) => ({
      ...year,
      count,
      heads: heads.filter((each) => each.year === year.year),
    }))
    return reply.page({ years: data, ...page, across }, EstimatesPage)
  })

  const year = {
    config: openPage,
    schema: {
      summary: 'The Heads of a year, or those whose number or name is looked for',
      params: Type.Object({ year: headParams.year }),
      querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })), page: PageNumber }),
      response: { 200: YearData },
    },
  }
  app.get('/estimates/:year', year, async ({ params, query, language }, reply) => {
    const { installation } = app
    const all = await listHeads(installation, language, params.year)
    if (all.length === 0) throw problem('year-not-found', { detail: params.year })
    const text = query.q?.trim() ?? ''
    const found = text === '' ? all : findHeads(all, text)
    const { shown, ...page } = pageOf(found, query.page, headsShown)
    const of = { years: [params.year], heads: shown.map(({ head }) => head), limit: headsShown }
    const across = await listAcross(installation, language, of)
    const counts = { count: all.length, found: found.length }
    return reply.page({ year: params.year, query: text, ...counts, ...page, heads: shown, across }, YearPage)
  })

  const one = {
    config: openPage,
    schema: {
      summary: 'A Head of a year: the document, checked, with what each line pays for',
      params: Type.Object(headParams),
      // Without live figures the page is always the same, as a print must be.
      querystring: Type.Object({ figures: Type.Optional(Type.Boolean()) }),
      response: { 200: HeadData },
    },
  }
  app.get('/estimates/:year/:head', one, async ({ params, query, language }, reply) =>
    reply.page(await getHead(app, params, language, query.figures), HeadPage),
  )

  const programme = {
    config: openPage,
    schema: {
      summary: 'A programme: provision, change, aim, matters, targets and indicators',
      params: Type.Object({ ...headParams, number: Type.Integer({ minimum: 1, maximum: 99 }) }),
      response: { 200: ProgrammeData },
    },
  }
  app.get('/estimates/:year/:head/programmes/:number', programme, async ({ params, language }, reply) => {
    const data = await getHead(app, params, language)
    const { number } = params
    if (!data.document.programmes.some((each) => each.number === number)) throw problem('part-not-found')
    const subjects = new RegExp(`^(programme:${number}$|(target|indicator):${number}\\.)`)
    const part = partOf(data, ({ subject }) => subjects.test(subject), [number])
    return reply.page({ ...part, number }, ProgrammePage)
  })

  const parts = { subheads: ['subheads', 'breakdown', 'notes'], commitments: ['commitments', 'footnote'] } as const
  for (const name of ['subheads', 'commitments'] as const) {
    const schema = { summary: `The ${name} of a Head`, params: Type.Object(headParams), response: { 200: PartData } }
    app.get(`/estimates/:year/:head/${name}`, { config: openPage, schema }, async ({ params, language }, reply) => {
      const data = await getHead(app, params, language)
      const part = partOf(data, ({ place }) => (parts[name] as readonly string[]).includes(place))
      if (part.document.tables.length === 0) throw problem('part-not-found')
      const notes = name === 'subheads' ? data.document.notes : []
      return reply.page({ ...part, document: { ...part.document, notes }, part: name }, PartPage)
    })
  }

  const rows = {
    config: openPage,
    schema: {
      summary: 'A table of a Head, a page of its rows at a time',
      params: Type.Object({ ...headParams, table: Table.properties.id }),
      querystring: Type.Object({ page: PageNumber }),
      response: { 200: RowsData },
    },
  }
  app.get('/estimates/:year/:head/rows/:table', rows, async ({ params, query, language }, reply) => {
    const data = await getHead(app, params, language)
    const table = data.document.tables.find(({ id }) => id === params.table)
    if (!table) throw problem('part-not-found', { detail: params.table })
    const { shown, ...page } = pageOf(table.rows, query.page, rowsShown)
    const part = partOf(data, cellsOf(shown))
    const document = { ...part.document, tables: [{ ...table, rows: shown }] }
    return reply.page({ ...part, document, ...page, table: table.id }, RowsPage)
  })

  const establishment = {
    config: openPage,
    schema: { summary: 'The posts of a Head', params: Type.Object(headParams), response: { 200: HeadData } },
  }
  app.get('/estimates/:year/:head/establishment', establishment, async ({ params, language }, reply) => {
    const data = await getHead(app, params, language)
    const part = partOf(data, ({ measure }) => measure.includes('posts') || measure === 'salary-ceiling')
    const { programmes, charts } = data.document
    return reply.page({ ...part, document: { ...part.document, programmes, charts } }, EstablishmentPage)
  })
}

/** Whether a number stands in one of these rows, or beside it. */
function cellsOf(rows: readonly Row[]): (cell: Cell) => boolean {
  const ids = new Set(rows.flatMap(({ cells }) => cells))
  const subjects = new Set(rows.map(({ subject }) => subject))
  return ({ id, subject, measure }) => ids.has(id) || (measure === 'provision-rate' && subjects.has(subject))
}
