import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { FinancialYear, Identity, Outcome } from '../types.ts'
import { CellPage, termsShown } from './cell.page.tsx'
import { ChecksPage } from './checks.page.tsx'
import { ComparePage } from './compare.page.tsx'
import { compareYears } from './compare.rules.ts'
import { FindingsPage } from './findings.page.tsx'
import { indexOf, partOf } from './head-data.ts'
import { ledgerPage } from './ledger.rules.ts'
import { getHead, headParams, mayExplain, openPage, PageNumber } from './read-head.ts'
import { CellData, ChecksData, CompareData, HeadData } from './shapes.ts'

/** What a Head's numbers rest on: identities, findings, the provenance of each number, and other years. */
export const evidenceRoutes: Routes = async (app) => {
  const checks = {
    config: openPage,
    schema: {
      summary: 'Every identity that the document implies, and whether it is true',
      params: Type.Object(headParams),
      querystring: Type.Object({
        outcome: Type.Optional(Outcome),
        page: PageNumber,
        identity: Type.Optional(Identity.properties.id),
      }),
      response: { 200: ChecksData },
    },
  }
  app.get('/estimates/:year/:head/checks', checks, async ({ params, query, language, person }, reply) => {
    const data = await getHead(app, params, language)
    const { outcome = null } = query
    const page = ledgerPage(data, { ...query, outcome })
    return reply.page({ ...data, ...page, outcome, mayExplain: mayExplain(person) }, ChecksPage)
  })

  const findings = {
    config: openPage,
    schema: {
      summary: 'What the import found in the source, line by line',
      params: Type.Object(headParams),
      response: { 200: HeadData },
    },
  }
  app.get('/estimates/:year/:head/findings', findings, async ({ params, language }, reply) =>
    reply.page(await getHead(app, params, language), FindingsPage),
  )

  const cell = {
    config: openPage,
    schema: {
      summary: 'A number: where it was printed, how it checks, what it is made of',
      params: Type.Object({ ...headParams, '*': Type.String({ maxLength: 200 }) }),
      querystring: Type.Object({ page: PageNumber }),
      response: { 200: CellData },
    },
  }
  app.get('/estimates/:year/:head/cells/*', cell, async ({ params, query, language }, reply) => {
    const data = await getHead(app, params, language)
    const id = params['*']
    const { cell: cells, spot } = indexOf(data)
    const found = cells.get(id)
    if (!found) throw problem('cell-not-found')
    const part = partOf(data, (each) => each.id === id)
    const row = new Set([id, ...(spot.get(id)?.row.cells ?? [])])
    const { document, derivations, identities } = partOf(data, (each) => row.has(each.id))
    const beside = identities.filter((each) => !part.identities.includes(each))
    const longest = Math.max(0, ...part.identities.map(({ operands }) => operands.length))
    const pages = Math.max(1, Math.ceil(longest / termsShown))
    const page = Math.min(query.page ?? 1, pages)
    return reply.page({ ...part, document, derivations, beside, page, pages, cell: found }, CellPage)
  })

  const compare = {
    config: openPage,
    schema: {
      summary: 'Two years of a Head side by side, line by line',
      params: Type.Object(headParams),
      querystring: Type.Object({ with: Type.Optional(FinancialYear) }),
      response: { 200: CompareData },
    },
  }
  app.get('/estimates/:year/:head/compare', compare, async ({ params, query, language, person }, reply) => {
    const data = await getHead(app, params, language)
    const wanted = query.with ?? data.years.find((each) => each !== params.year)
    const other = wanted === undefined ? undefined : await getHead(app, { year: wanted, head: params.head }, language)
    return reply.page({ ...compareYears(data, other), mayExplain: mayExplain(person) }, ComparePage)
  })
}
