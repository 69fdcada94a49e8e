import type { Pack } from '#pack'
import type { Cell, EstimatesDocument, Row, Table, Unit } from '../types.ts'
import { heads, type PackHead, placeOf, readCellId, readColumn, readLines } from './pack-head.ts'

/** The document that a Head of the pack is: figures and names in their places, without the sentences of the source. */
export function documentOf(head: PackHead): EstimatesDocument {
  const known = documents.get(head)
  if (known) return known
  const { year, source } = head
  const name = (subject: string) => head.names[subject]?.[source.language] ?? ''
  const passage = (text: string, lines: number | string) => ({ text, lines: readLines(lines) })
  const cells: Cell[] = []
  const tables = head.tables.map((table) => tableOf(head, table, cells))
  for (const { id, unit, figure, lines } of head.cells)
    cells.push({ id, ...readCellId(id), ...amountOf(figure, unit), lines: readLines(lines) } as Cell)
  const content = {
    year,
    head: head.head,
    title: head.title[source.language],
    language: source.language,
    controllingOfficer: head.controllingOfficer
      ? passage(name('controlling-officer'), head.controllingOfficer.lines)
      : null,
    policyAreas: (head.policyAreas ?? []).map(({ number, programmes, lines }) => ({
      number,
      name: name(`policy-area:${number}`),
      secretary: name(`secretary:${number}`),
      programmes,
      lines: readLines(lines),
    })),
    programmes: head.programmes.map(({ number, lines }) => ({
      number,
      name: name(`programme:${number}`),
      aim: null,
      description: [],
      done: null,
      attention: null,
      explanation: null,
      lines: readLines(lines),
    })),
    tables,
    cells,
    notes: [],
    charts: (head.charts ?? []).map(({ kind, lines }) => ({
      kind,
      caption: name(`chart:${kind}`),
      lines: readLines(lines),
    })),
    footnotes: (head.footnotes ?? []).map(({ mark, subjects, lines }) => ({
      mark,
      text: name(`footnote:${mark}`),
      subjects,
      lines: readLines(lines),
    })),
    findings: [],
  }
  const document = {
    ...content,
    source: { kind: 'pack' as const, name: source.name, sha256: source.sha256, lines: source.lines },
  }
  documents.set(head, document)
  return document
}

/** A pack is frozen, so each of its Heads is read once. */
const documents = new WeakMap<PackHead, EstimatesDocument>()

/** What the pack brings: documents of an older pack stay in the tables, but no longer count. */
export const packDocuments = (pack: Pack): EstimatesDocument[] => pack.list(heads).map(documentOf)

function tableOf(head: PackHead, table: PackHead['tables'][number], cells: Cell[]): Table {
  const place = placeOf(table.id) as Table['place']
  const columns = table.columns.map((text) => {
    const { measure, period } = readColumn(text)
    return { period, measure: measure as Cell['measure'], unit: table.unit, label: `${period.when} ${period.phase}` }
  })
  const rows = table.rows.map(
    ({ subject, role = 'line', group, sumOf = [], marks = '', lines, figures = [], unit }) => {
      const code = role === 'total' ? undefined : /^(?:subhead|commitment):([0-9]{3})$/.exec(subject)?.[1]
      const row: Row = {
        subject,
        label: head.names[subject]?.[head.source.language] ?? '',
        ...(code && { code }),
        role,
        ...(group && { group }),
        sumOf,
        marks: [...marks],
        cells: columns.map(() => null),
        lines: readLines(lines),
      }
      row.cells = columns.map(({ measure, period }, index) => {
        const figure = figures[index]
        if (figure === undefined || figure === '') return null
        const id = `${place}/${subject}/${measure}/${period.when}.${period.phase}`
        const at = { id, place, subject, measure, period: { ...period } }
        cells.push({ ...at, ...amountOf(figure, unit ?? table.unit), lines: readLines(lines) })
        return id
      })
      return row
    },
  )
  return { id: table.id, place, columns, rows, lines: readLines(table.lines) }
}

type Amount = Pick<Cell, 'unit' | 'steps' | 'decimals' | 'nil' | 'printed' | 'status' | 'marks' | 'because'>

/** A printed figure as exact steps of its last decimal. */
function amountOf(figure: string | null, unit: Unit): Amount {
  const empty = { unit, decimals: 0, nil: false, marks: [], because: [] }
  if (figure === null) return { ...empty, steps: null, printed: null, status: 'missing' }
  const [, number = '', marks = ''] = /^([-+0-9,.—]+)(.*)$/.exec(figure)!
  const printed = { ...empty, printed: number, status: 'printed' as const, marks: [...marks] }
  if (number === '—') return { ...printed, steps: 0, nil: true }
  const [whole = '', fraction = ''] = number.replace(/[,+]/g, '').split('.')
  return { ...printed, steps: Number(whole + fraction), decimals: fraction.length }
}
