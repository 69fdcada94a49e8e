import { createHash } from 'node:crypto'
import { checkDocument } from '../check/check.ts'
import { lineRow } from '../publish/list.rules.ts'
import type { Cell, EstimatesDocument } from '../types.ts'

/** Of what a document says, so that a comment in a pack or a tab in a text changes nothing and a better reading does. */
export function sha256Of(document: EstimatesDocument): string {
  const known = hashes.get(document)
  if (known) return known
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  hashes.set(document, hash)
  return hash
}

/** Documents do not change once they are read. */
const hashes = new WeakMap<EstimatesDocument, string>()

/** Rows of a table as JSON: whoever writes them need not understand them. */
export type Rows = { of: 'documents' | 'cells' | 'lines'; json: string }

const documentsAtOnce = 100
const cellsAtOnce = 3000

/** The rows of the documents at these places of a list, each document before its cells and its line, which name it by its place. */
export function* rowsOf(documents: readonly EstimatesDocument[], places: readonly number[]): Generator<Rows> {
  for (let from = 0; from < places.length; from += documentsAtOnce) {
    const chosen = places.slice(from, from + documentsAtOnce).map((place) => ({ place, document: documents[place]! }))
    yield { of: 'documents', json: JSON.stringify(chosen.map(({ document }) => documentRow(document))) }
    const cells = chosen.flatMap(({ place, document }) => document.cells.map((cell, at) => ({ place, cell, at })))
    for (let first = 0; first < cells.length; first += cellsAtOnce) {
      const rows = cells.slice(first, first + cellsAtOnce).map(({ place, cell, at }) => cellRow(place, cell, at))
      yield { of: 'cells', json: JSON.stringify(rows) }
    }
    const lines = chosen.map(({ place, document }) => lineRow(place, document, checkDocument(document)))
    yield { of: 'lines', json: JSON.stringify(lines) }
  }
}

function documentRow(document: EstimatesDocument) {
  const { cells: _, year, head, language, title, source, ...content } = document
  return {
    year,
    head,
    language,
    title,
    source_kind: source.kind,
    source_name: source.name,
    source_sha256: source.sha256,
    source_lines: source.lines,
    sha256: sha256Of(document),
    content,
  }
}

function cellRow(document: number, cell: Cell, position: number) {
  return {
    document,
    position,
    id: cell.id,
    place: cell.place,
    subject: cell.subject,
    measure: cell.measure,
    when: cell.period.when,
    phase: cell.period.phase,
    base_when: cell.base?.when ?? null,
    base_phase: cell.base?.phase ?? null,
    unit: cell.unit,
    steps: cell.steps,
    decimals: cell.decimals,
    nil: cell.nil,
    printed: cell.printed,
    line_from: cell.lines.from,
    line_to: cell.lines.to,
    status: cell.status,
    marks: cell.marks,
    because: cell.because,
  }
}
