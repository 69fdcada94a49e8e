import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { EstimatesPage, YearPage } from './estimates.page.tsx'
import { HeadPage } from './head.page.tsx'
import { partOf } from './head-data.ts'
import { listAcross, listLines } from './list.ts'
import { EstablishmentPage, PartPage, ProgrammePage } from './part.page.tsx'
import { getHead, headParams, openPage } from './read-head.ts'
import { EstimatesData, HeadData, PartData, ProgrammeData, YearData } from './shapes.ts'

/** The Estimates as a document: years, Heads, and the parts of a Head. */
export const publishRoutes: Routes = async (app) => {
  const all = {
    config: openPage,
    schema: { summary: 'Every year and Head that is loaded, and how years agree', response: { 200: EstimatesData } },
  }
  app.get('/estimates', all, async ({ language }, reply) => {
    const heads = await listLines(app.installation, language)
    return reply.page({ heads, across: await listAcross(app.installation, language) }, EstimatesPage)
  })

  const year = {
    config: openPage,
    schema: {
      summary: 'The Heads of a year',
      params: Type.Object({ year: headParams.year }),
      response: { 200: YearData },
    },
  }
  app.get('/estimates/:year', year, async ({ params, language }, reply) => {
    const heads = (await listLines(app.installation, language)).filter((each) => each.year === params.year)
    if (heads.length === 0) throw problem('year-not-found', { detail: params.year })
    return reply.page({ year: params.year, heads }, YearPage)
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
