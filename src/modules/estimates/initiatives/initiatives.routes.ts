import { Type } from 'typebox'
import type { Language, Reading, Routes } from '#platform'
import { findHead, type Head } from '../documents/head.ts'
import { problem } from '../problems.ts'
import { cellPath } from '../publish/labels.rules.ts'
import { FinancialYear, HeadNumber } from '../types.ts'
import { InitiativeAnswer, InitiativesAnswer, SystemAnswer, SystemsAnswer } from './answers.ts'
import { type Initiative, initiatives, listSystems, Status, SystemId, systems } from './definitions.ts'
import { describeInitiative, describeModules, describeOwner } from './describe.ts'
import { InitiativePage } from './initiative.page.tsx'
import { InitiativesPage } from './initiatives.page.tsx'
import { SystemPage } from './system.page.tsx'
import { SystemsPage } from './systems.page.tsx'

export const initiativeRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation

  /** The Heads that these initiatives belong to, each once. */
  async function headsOf(of: readonly Initiative[], language: Language): Promise<Map<string, Head | undefined>> {
    const documents = [...new Set(of.map(({ document }) => document))]
    const found = documents.map(async (document) => {
      const [year, head] = document.split('/') as [string, string]
      return [document, await findHead(installation, { year, head, language })] as const
    })
    return new Map(await Promise.all(found))
  }

  async function readFigures(ids: readonly string[]): Promise<{ id: string; reading: Reading | null }[]> {
    return Promise.all([...new Set(ids)].map(async (id) => ({ id, reading: (await app.figures.find(id)) ?? null })))
  }

  const everySystem = {
    config: { access: 'public', keepSeconds: 10 },
    schema: { summary: 'Every system that the budget pays for', response: { 200: SystemsAnswer } },
  }
  app.get('/systems', everySystem, async (_, reply) => {
    const list = listSystems(pack).map((system) => ({
      id: system.id,
      name: system.name,
      description: system.description,
      modules: describeModules(app.modules, system),
      owner: describeOwner(pack, system.owner),
      initiatives: system.initiatives.length,
    }))
    return reply.page({ systems: list }, SystemsPage)
  })

  const oneSystem = {
    config: { access: 'public', keepSeconds: 2 },
    schema: {
      summary: 'A system: what it is, the budget lines that pay for it, whether it runs, its live figures',
      params: Type.Object({ id: SystemId }),
      response: { 200: SystemAnswer },
    },
  }
  app.get('/systems/:id', oneSystem, async ({ params, language }, reply) => {
    const system = listSystems(pack).find(({ id }) => id === params.id)
    if (!system) throw problem('system-not-found')
    const heads = await headsOf(system.initiatives, language)
    const { id, name, description, programme, protocols, evidence = [] } = system
    const data = {
      id,
      name,
      description,
      programme,
      protocols,
      evidence,
      owner: describeOwner(pack, system.owner),
      modules: describeModules(app.modules, system),
      initiatives: system.initiatives.map((each) => describeInitiative(pack, each, heads.get(each.document))),
      figures: await readFigures(system.initiatives.flatMap(({ figures }) => figures)),
    }
    return reply.page(data, SystemPage)
  })

  const list = {
    config: { access: 'public' },
    schema: {
      summary: 'What the Heads of the Estimates do, initiative by initiative',
      querystring: Type.Object({
        status: Type.Optional(Status),
        programme: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
      }),
      response: { 200: InitiativesAnswer },
    },
  }
  app.get('/initiatives', list, async ({ query, language }, reply) => {
    const all = pack.list(initiatives)
    const heads = await headsOf(all, language)
    const notes = all
      .filter(({ status }) => query.status === undefined || status === query.status)
      .filter(({ programme }) => query.programme === undefined || programme === query.programme)
      .map((each) => ({
        ...describeInitiative(pack, each, heads.get(each.document)),
        systems: each.systems.map((id) => ({ id, name: pack.get(systems, id).name })),
      }))
    return reply.page(
      { initiatives: notes, status: query.status ?? null, programme: query.programme ?? null },
      InitiativesPage,
    )
  })

  const one = {
    config: { access: 'public' },
    schema: {
      summary:
        'An initiative: its lines in the Estimates, its money, the systems that run it, printed and computed values',
      params: Type.Object({ year: FinancialYear, head: HeadNumber, id: Type.String({ maxLength: 60 }) }),
      response: { 200: InitiativeAnswer },
    },
  }
  app.get('/initiatives/:year/:head/:id', one, async ({ params: { year, head: number, id }, language }, reply) => {
    const initiative = pack.find(initiatives, `${year}/${number}/${id}`)
    if (!initiative) throw problem('initiative-not-found')
    const head = await findHead(installation, { year, head: number, language })
    const data = {
      ...describeInitiative(pack, initiative, head),
      owner: describeOwner(pack, initiative.owner),
      partners: (initiative.partners ?? []).map((each) => describeOwner(pack, each)),
      matters: initiative.matters.map((matter) => ({ ...matter, text: head ? textAt(head, matter.line) : null })),
      mentions: initiative.mentions ?? [],
      language: head?.document.language ?? null,
      note: initiative.note ?? null,
      systems: initiative.systems.map((each) => {
        const system = pack.get(systems, each)
        return { id: each, name: system.name, modules: describeModules(app.modules, system) }
      }),
      figures: await readFigures(initiative.figures),
      indicators: initiative.indicators.map((subject) => printedIndicator(head, subject)),
    }
    return reply.page(data, InitiativePage)
  })
}

/** The matter that the document prints at a line, where the document with its prose was imported. */
function textAt({ document }: Head, line: number): string | null {
  const matters = document.programmes.flatMap(({ done, attention }) => [
    ...(done?.items ?? []),
    ...(attention?.items ?? []),
  ])
  return matters.find(({ lines }) => lines.from <= line && line <= lines.to)?.text ?? null
}

/** The row of a target or an indicator, with what each of its columns prints. */
function printedIndicator(head: Head | undefined, subject: string) {
  const row = head?.document.tables.flatMap(({ rows }) => rows).find((each) => each.subject === subject)
  const cells = row?.cells.flatMap((id) => head?.document.cells.find((cell) => cell.id === id) ?? []) ?? []
  return {
    subject,
    name: head?.names[subject] ?? (row ? { en: row.label, 'zh-Hant': row.label } : null),
    printed: cells.map(({ id, period, printed, lines, unit }) => ({
      path: cellPath(head!.document, id),
      period,
      printed,
      unit,
      line: lines.from,
    })),
  }
}
