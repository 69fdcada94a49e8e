import type { ComponentChildren } from 'preact'
import { Sparkline, type TableProps, Table as TableView, texts, usePage } from '#platform'
import { measures, phases, unitNames } from '../check/sentences.ts'
import type { Cell, Column, Row, Table } from '../types.ts'
import { Figure, Name } from './figure.tsx'
import { type HeadData, indexOf } from './head-data.ts'
import { anchorOf, rowName, whenText, writeAmount } from './labels.rules.ts'
import { CheckNote, initiativesOfRow, type Relation } from './margin.tsx'

const words = texts({
  onOriginal: { en: 'on {when} {phase}', 'zh-Hant': '較 {when} {phase}' },
  course: { en: 'Over the columns: {values}', 'zh-Hant': '各欄走勢：{values}' },
  accumulated: { en: 'Spent up to {when}', 'zh-Hant': '截至 {when}止的累積開支' },
  spending: { en: '{when} revised estimate', 'zh-Hant': '{when} 修訂預算開支' },
  printed: {
    en: 'This print holds the first {shown} rows and the totals.',
    'zh-Hant': '此列印本只載列首 {shown} 行及各項總額。',
  },
  allRows: { en: 'All {count} rows of this table', 'zh-Hant': '此表全部 {count} 行' },
  standing: { en: 'Target', 'zh-Hant': '目標' },
})

type Props = {
  data: HeadData
  table: Table
  caption: ComponentChildren
  captionHidden?: boolean
  /** Heads the column of names. */
  corner: string
}

/**
 * A table of the document; where its rows below have other columns than those above, as in print, a table for each. Of a
 * long one the first rows and the totals, and the way to all of it.
 */
export function DocumentTable({ table, whole = false, ...props }: Props & { whole?: boolean }) {
  const { say, href } = usePage()
  const { data } = props
  const { rowsShown } = indexOf(data)
  const isLong = !whole && table.rows.length > rowsShown + totalsMax
  const rest = isLong ? table.rows.slice(rowsShown).filter(({ role }) => role === 'total') : []
  const shown = isLong ? { ...table, rows: [...table.rows.slice(0, rowsShown), ...rest.slice(0, totalsMax)] } : table
  return (
    <>
      {partsOf(shown).map((part) => (
        <TablePart key={part.lines.from} {...props} table={part} />
      ))}
      {isLong && (
        <p>
          {data.onPaper && `${say(words.printed, { shown: rowsShown })} `}
          <a href={href(`/estimates/${data.year}/${data.head}/rows/${table.id}`)}>
            {say(words.allRows, { count: table.rows.length })}
          </a>
        </p>
      )}
    </>
  )
}

const totalsMax = 5

/** Rows that follow each other and share their columns; a label without numbers belongs to what follows it. */
function partsOf(table: Table): Table[] {
  const columnsOf = ({ cells }: Row) => cells.flatMap((id, at) => (id === null ? [] : [at]))
  const disjoint = (one: readonly number[], other: readonly number[]) => !one.some((at) => other.includes(at))
  const parts: { rows: Row[]; columns: number[] }[] = []
  let labels: Row[] = []
  for (const row of table.rows) {
    const columns = columnsOf(row)
    if (columns.length === 0) labels.push(row)
    else {
      const last = parts.at(-1)
      if (last && !disjoint(last.columns, columns)) {
        last.rows.push(...labels, row)
        last.columns = [...new Set([...last.columns, ...columns])].sort((one, other) => one - other)
      } else parts.push({ rows: [...labels, row], columns })
      labels = []
    }
  }
  if (parts.length <= 1) return [table]
  return parts.map(({ rows, columns }) => ({
    ...table,
    columns: columns.map((at) => table.columns[at]!),
    rows: rows.map((row) => ({ ...row, cells: columns.map((at) => row.cells[at] ?? null) })),
    lines: { from: rows[0]!.lines.from, to: rows.at(-1)!.lines.to },
  }))
}

/** Its rows in print order, each number with its provenance, the margin beside it. */
function TablePart({ data, table, caption, captionHidden, corner }: Props) {
  const { say } = usePage()
  const { cell } = indexOf(data)
  const units = table.rows.flatMap((row) => row.cells.flatMap((id) => cell.get(id ?? '')?.unit ?? []))
  const unit = new Set(units).size === 1 ? say(unitNames[units[0]!]) : undefined
  const columns = [
    { label: captionHidden && unit ? <CornerLabel label={corner} unit={unit} /> : corner },
    ...table.columns.map((column) => ({ label: <ColumnHead column={column} place={table.place} />, numeric: true })),
  ]
  return (
    <TableView
      caption={
        <>
          {caption} {unit && <small>({unit})</small>}
        </>
      }
      {...(captionHidden && { captionHidden })}
      columns={columns}
      rows={table.rows.flatMap((row, at) => rowsOf(data, table, row, table.rows[at - 1]))}
      narrow="fold"
    />
  )
}

/** Where the caption repeats a heading, the unit stands over the names. */
const CornerLabel = ({ label, unit }: { label: string; unit: string }) => (
  <>
    {label} <small>({unit})</small>
  </>
)

type ViewRow = TableProps['rows'][number]

/** A row of the document; a rate that skips a column stands below it in a row of its own, as in print. */
function rowsOf(data: HeadData, table: Table, row: Row, above: Row | undefined): ViewRow[] {
  const { cell, ratesOf } = indexOf(data)
  const cells = row.cells.flatMap((id) => (id === null ? [] : (cell.get(id) ?? [])))
  const rates = ratesOf.get(`${table.place} ${row.subject}`) ?? []
  const skips = (rate: Cell) => rate.period.phase === 'estimate' && rate.base?.phase === 'original'
  const named = initiativesOfRow(data, row)
  // Rows in a run that lead to the same systems say so once.
  const repeats = above && systemsKey(initiativesOfRow(data, above)) === systemsKey(named)
  const initiatives = repeats ? [] : named
  const empty = row.role === 'group' && cells.length === 0
  const noted = cells.length > 0 || initiatives.length > 0
  const first: ViewRow = {
    id: rowAnchor(row, table),
    kind: row.role === 'line' ? (row.group ? 'indent' : undefined) : row.role,
    cells: [
      <RowName key="name" data={data} table={table} row={row} cells={cells} />,
      ...(empty
        ? []
        : table.columns.map((column, at) => (
            <TableCell
              key={at}
              data={data}
              cell={cell.get(row.cells[at] ?? '')}
              rates={rates.filter((rate) => !skips(rate) && samePeriod(rate, column))}
            />
          ))),
    ],
    note: noted && (
      <CheckNote
        data={data}
        cells={[...cells, ...rates]}
        initiatives={initiatives}
        relation={relationOf(table.place)}
      />
    ),
  }
  return [first, ...rates.filter(skips).map((rate) => rateRow(data, table, rate))]
}

const systemsKey = (initiatives: ReturnType<typeof initiativesOfRow>) =>
  [...new Set(initiatives.flatMap(({ systems }) => systems.map(({ id }) => id)))].sort().join()

const relationOf = (place: Table['place']): Relation =>
  place === 'targets' || place === 'indicators' ? 'measures' : 'pays'

const samePeriod = (rate: Cell, { period }: Column) =>
  rate.period.when === period.when && rate.period.phase === period.phase

function rateRow(data: HeadData, table: Table, rate: Cell): ViewRow {
  return {
    kind: 'indent',
    cells: [
      <RateName key="name" rate={rate} />,
      ...table.columns.map((column, at) =>
        samePeriod(rate, column) ? <Figure key={at} data={data} cell={rate} /> : null,
      ),
    ],
  }
}

function RateName({ rate }: { rate: Cell }) {
  const { say } = usePage()
  return (
    <span class="muted">{say(words.onOriginal, { when: rate.base?.when ?? '', phase: say(phases.original) })}</span>
  )
}

/** Unique on a page that shows every table of a Head. */
export function rowAnchor(row: Row, table: Table): string | undefined {
  if (table.place === 'programme' || row.role === 'group') return undefined
  const anchor = anchorOf(row.subject)
  if (table.place === 'analysis') return `analysis-${anchor}`
  return row.role === 'line' ? anchor : `${anchorOf(table.id)}-total-${anchor}`
}

/** `#` and `¶` are no names for an anchor. */
export const markName = (mark: string): string => [...mark].map((sign) => sign.codePointAt(0)!.toString(16)).join('-')

function RowName({ data, table, row, cells }: { data: HeadData; table: Table; row: Row; cells: readonly Cell[] }) {
  const { say, language } = usePage()
  const values = cells.map(({ steps, decimals }) => (steps === null ? null : steps / 10 ** decimals))
  const course = table.columns.every(({ measure }) => measure === 'provision') && values.length > 2
  const written = cells.map((cell) => writeAmount(cell, language)).join(' → ')
  const name = (
    <>
      {row.code && row.role !== 'total' && <span class="number">{row.code} </span>}
      <Name data={data} subject={row.subject} text={rowName(data, row, table)} />
      {row.marks.map((mark) => (
        <sup key={mark}>
          <a href={`#note-${markName(mark)}`}>{mark}</a>
        </sup>
      ))}
    </>
  )
  if (!course) return name
  return (
    <span class="row-name">
      <span>{name}</span>
      <Sparkline
        labels={table.columns.map(({ period }) => `${period.when} ${say(phases[period.phase])}`)}
        values={values}
        title={say(words.course, { values: written })}
      />
    </span>
  )
}

function TableCell({ data, cell, rates }: { data: HeadData; cell: Cell | undefined; rates: readonly Cell[] }) {
  if (!cell) return null
  return (
    <>
      <Figure data={data} cell={cell} />
      {rates.map((rate) => (
        <small key={rate.id}>
          (<Figure data={data} cell={rate} />)
        </small>
      ))}
    </>
  )
}

/** `2022-23` over `Revised`; a commitment's columns say what they measure. */
function ColumnHead({ column: { period, measure }, place }: { column: Column; place: Table['place'] }) {
  const { say } = usePage()
  if (place === 'commitments') {
    if (measure === 'accumulated') return <>{say(words.accumulated, { when: say(whenText(period.when)) })}</>
    if (measure === 'revised-spending') return <>{say(words.spending, { when: period.when })}</>
    return <>{capital(say(measures[measure]))}</>
  }
  // The standing target is of no year.
  if (period.phase === 'plan' && period.when.includes('-')) return <>{say(words.standing)}</>
  return (
    <>
      {period.when} <small>{capital(say(phases[period.phase]))}</small>
    </>
  )
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
