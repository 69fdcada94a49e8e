import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Language, Person, Reading } from '#platform'
import { findHead } from '../documents/head.ts'
import { problem } from '../problems.ts'
import { FinancialYear, HeadNumber } from '../types.ts'
import { figuresOf, headData } from './head-data.ts'
import { listAcross } from './list.ts'
import type { HeadData } from './shapes.ts'

/** What every address of a Head begins with. */
export const headParams = { year: FinancialYear, head: HeadNumber }
/** A page of a list that has several. */
export const PageNumber = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 }))
/** Pages of a Head change when somebody imports or signs something: a few seconds late is soon enough. */
export const openPage = { access: 'public', keepSeconds: 10 }

export const mayExplain = (person: Person | undefined): boolean =>
  person?.permissions.includes('estimates:explain-difference') ?? false

/** A Head with its margin, or the refusal that it is not loaded; without `figures` as its print shows it. */
export async function getHead(
  { installation, figures: board }: Pick<FastifyInstance, 'installation' | 'figures'>,
  at: { year: string; head: string },
  language: Language,
  figures = true,
): Promise<HeadData> {
  const found = await findHead(installation, { ...at, language })
  if (!found) throw problem('document-not-found', { detail: `${at.year}/${at.head}` })
  const ids = figures ? figuresOf(installation.pack, at) : []
  const readings = await Promise.all(ids.map((id) => board.find(id)))
  const data = headData(
    installation,
    found,
    readings.filter((reading): reading is Reading => reading !== undefined),
  )
  const of = { years: [at.year], heads: [at.head], limit: 1 }
  const [across] = figures && found.years.length > 1 ? await listAcross(installation, language, of) : []
  return { ...data, ...(across && { across }), ...(!figures && { onPaper: true }) }
}
