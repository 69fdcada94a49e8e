import { Type } from 'typebox'
import type { Language, Reading, Routes } from '#platform'
import { findHead, listHeads } from '../documents/head.ts'
import { problem } from '../problems.ts'
import { FinancialYear, HeadNumber, Outcome } from '../types.ts'
import { acrossYears } from './across.ts'
import { CellPage } from './cell.page.tsx'
import { ChecksPage } from './checks.page.tsx'
import { ComparePage } from './compare.page.tsx'
import { compareYears } from './compare.rules.ts'
import { EstimatesPage, YearPage } from './estimates.page.tsx'
import { EstablishmentPage, PartPage, ProgrammePage } from './part.page.tsx'
import { FindingsPage } from './findings.page.tsx'
import { figuresOf, type HeadData, headData, indexOf, partOf } from './head-data.ts'
import { HeadPage } from './head.page.tsx'
import { line } from './list.rules.ts'

const HeadParams = { year: FinancialYear, head: HeadNumber }
const open = { access: 'public', keepSeconds: 10 }

export const publishRoutes: Routes = async (app) => {
  const { installation } = app

  /** A Head with its margin, or the refusal that it is not loaded. */
  async function getHead(at: { year: string; head: string }, language: Language, figures = true): Promise<HeadData> {
    const found = await findHead(installation, { ...at, language })
    if (!found) throw problem('document-not-found', { detail: `${at.year}/${at.head}` })
    const readings = await Promise.all((figures ? figuresOf(installation.pack, at) : []).map((id) => app.figures.find(id)))
    return headData(
      installation.pack,
      found,
      readings.filter((reading): reading is Reading => reading !== undefined),
    )
  }

  const all = { config: open, schema: { summary: 'Every year and Head that is loaded, and how years agree' } }
  app.get('/estimates', all, async ({ language }, reply) => {
    const heads = await listHeads(installation, language)
    return reply.page({ heads: heads.map(line), across: acrossYears(heads) }, EstimatesPage)
  })

  const year = { config: open, schema: { summary: 'The Heads of a year', params: Type.Object({ year: FinancialYear }) } }
  app.get('/estimates/:year', year, async ({ params, language }, reply) => {
    const heads = (await listHeads(installation, language)).filter(({ document }) => document.year === params.year)
    if (heads.length === 0) throw problem('year-not-found', { detail: params.year })
    return reply.page({ year: params.year, heads: heads.map(line) }, YearPage)
  })

  const one = {
    config: open,
    schema: {
      summary: 'A Head of a year: the document, checked, with what each line pays for',
      params: Type.Object(HeadParams),
      // Without live figures the page is always the same, as a print must be.
      querystring: Type.Object({ figures: Type.Optional(Type.Boolean()) }),
    },
  }
  app.get('/estimates/:year/:head', one, async ({ params, query, language }, reply) =>
    reply.page(await getHead(params, language, query.figures), HeadPage),
  )

  const programme = {
    config: open,
    schema: {
      summary: 'A programme: provision, change, aim, matters, targets and indicators',
      params: Type.Object({ ...HeadParams, number: Type.Integer({ minimum: 1, maximum: 99 }) }),
    },
  }
  app.get('/estimates/:year/:head/programmes/:number', programme, async ({ params, language }, reply) => {
    const data = await getHead(params, language)
    const { number } = params
    if (!data.document.programmes.some((each) => each.number === number)) throw problem('part-not-found')
    const subjects = new RegExp(`^(programme:${number}$|(target|indicator):${number}\\.)`)
    const part = partOf(data, ({ subject }) => subjects.test(subject), [number])
    return reply.page({ ...part, number }, ProgrammePage)
  })

  const parts = { subheads: ['subheads', 'breakdown', 'notes'], commitments: ['commitments', 'footnote'] }
  for (const [name, places] of Object.entries(parts)) {
    const summary = `The ${name} of a Head`
    const route = { config: open, schema: { summary, params: Type.Object(HeadParams) } }
    app.get(`/estimates/:year/:head/${name}`, route, async ({ params, language }, reply) => {
      const part = partOf(await getHead(params, language), ({ place }) => places.includes(place))
      if (part.document.tables.length === 0) throw problem('part-not-found')
      return reply.page({ ...part, part: name as keyof typeof parts }, PartPage)
    })
  }

  const establishment = { config: open, schema: { summary: 'The posts of a Head', params: Type.Object(HeadParams) } }
  app.get('/estimates/:year/:head/establishment', establishment, async ({ params, language }, reply) => {
    const data = await getHead(params, language)
    const part = partOf(data, ({ measure }) => measure.includes('posts') || measure === 'salary-ceiling')
    const { programmes, charts } = data.document
    return reply.page({ ...part, document: { ...part.document, programmes, charts } }, EstablishmentPage)
  })

  const checks = {
    config: open,
    schema: {
      summary: 'Every identity that the document implies, and whether it is true',
      params: Type.Object(HeadParams),
      querystring: Type.Object({ outcome: Type.Optional(Outcome) }),
    },
  }
  app.get('/estimates/:year/:head/checks', checks, async ({ params, query, language, person }, reply) => {
    const data = await getHead(params, language)
    const mayExplain = person?.permissions.includes('estimates:explain-difference') ?? false
    return reply.page({ ...data, outcome: query.outcome ?? null, mayExplain }, ChecksPage)
  })

  const findings = { config: open, schema: { summary: 'What the import found in the source, line by line', params: Type.Object(HeadParams) } }
  app.get('/estimates/:year/:head/findings', findings, async ({ params, language }, reply) =>
    reply.page(await getHead(params, language), FindingsPage),
  )

  const cell = {
    config: open,
    schema: {
      summary: 'A number: where it was printed, how it checks, what it is made of',
      params: Type.Object({ ...HeadParams, '*': Type.String({ maxLength: 200 }) }),
    },
  }
  app.get('/estimates/:year/:head/cells/*', cell, async ({ params, language }, reply) => {
    const data = await getHead(params, language)
    const id = params['*']
    const found = indexOf(data).cell.get(id)
    if (!found) throw problem('cell-not-found', { detail: id })
    return reply.page({ ...partOf(data, (each) => each.id === id), cell: found }, CellPage)
  })

  const compare = {
    config: open,
    schema: {
      summary: 'Two years of a Head side by side, line by line',
      params: Type.Object(HeadParams),
      querystring: Type.Object({ with: Type.Optional(FinancialYear) }),
    },
  }
  app.get('/estimates/:year/:head/compare', compare, async ({ params, query, language }, reply) => {
    const data = await getHead(params, language)
    const wanted = query.with ?? data.years.find((each) => each !== params.year)
    const other = wanted === undefined ? undefined : await getHead({ year: wanted, head: params.head }, language)
    return reply.page(compareYears(data, other), ComparePage)
  })
}
