import { Sparkline, Table as TableView, type Text, texts, usePage } from '#platform'
import type { ComponentChildren } from 'preact'
import { formatAmount } from '../check/amounts.ts'
import type { Cell, Column, Row, Table } from '../types.ts'
import { CheckNote, Figure, initiativesOfRow, Name } from './figure.tsx'
import { type HeadData, indexOf, looseCells } from './head-data.ts'
import { anchorOf, periodText, rowName } from './labels.rules.ts'
import { measures, phases, units, words } from './words.ts'

const own = texts({
  against: { en: 'on {phase}', 'zh-Hant': '較{phase}' },
  course: { en: 'Over the four columns: {values}', 'zh-Hant': '四欄的走勢：{values}' },
})

type Props = {
  data: HeadData
  table: Table
  caption: ComponentChildren
  captionHidden?: boolean
  /** Heads the column of names. */
  corner: string
}

/** A table of the document: its rows in print order, each number with its provenance, the margin beside it. */
export function DocumentTable({ data, table, caption, captionHidden, corner }: Props) {
  const { say } = usePage()
  const { cell } = indexOf(data)
  const columns = [{ label: corner }, ...table.columns.map((column) => ({ label: <ColumnHead column={column} place={table.place} />, numeric: true }))]
  const rows = table.rows.map((row) => {
    const cells = row.cells.flatMap((id) => (id === null ? [] : (cell.get(id) ?? [])))
    const rates = looseCells(data, ({ place, subject, measure }) => place === table.place && subject === row.subject && measure === 'provision-rate')
    const named = cells.length > 0 || rates.length > 0
    const initiatives = initiativesOfRow(data, row)
    return {
      id: rowAnchor(row, table),
      kind: row.role === 'line' ? (row.group ? ('indent' as const) : undefined) : row.role,
      cells: [
        <RowName key="name" data={data} table={table} row={row} cells={cells} />,
        ...(row.role === 'group' && !named ? [] : table.columns.map((column, at) => <TableCell key={at} data={data} cell={cell.get(row.cells[at] ?? '')} rates={rates.filter((rate) => samePeriod(rate, column))} />)),
      ],
      note: named || initiatives.length > 0 ? <CheckNote data={data} cells={[...cells, ...rates]} initiatives={initiatives} /> : undefined,
    }
  })
  const unit = table.columns[0]?.unit ?? 'number'
  const mixed = new Set(table.rows.flatMap((row) => row.cells.map((id) => cell.get(id ?? '')?.unit)).filter(Boolean)).size > 1
  return (
    <TableView
      caption={
        <>
          {caption} {!mixed && <small>({say(units[unit])})</small>}
        </>
      }
      {...(captionHidden && { captionHidden })}
      columns={columns}
      rows={rows}
      narrow="fold"
    />
  )
}

const samePeriod = (rate: Cell, { period }: Column) => rate.period.when === period.when && rate.period.phase === period.phase

/** Unique on a page that shows every table of a Head. */
export function rowAnchor(row: Row, table: Table): string | undefined {
  if (table.place === 'programme' || row.role === 'group') return undefined
  const anchor = anchorOf(row.subject)
  if (table.place === 'analysis') return `analysis-${anchor}`
  return row.role === 'line' ? anchor : `${table.id.replace('.', '-')}-total-${anchor}`
}

function RowName({ data, table, row, cells }: { data: HeadData; table: Table; row: Row; cells: readonly Cell[] }) {
  const { say, language } = usePage()
  const values = cells.map(({ steps, decimals }) => (steps === null ? null : steps / 10 ** decimals))
  const course = table.columns.every(({ measure }) => measure === 'provision') && row.role !== 'group' && values.length > 2
  const labels = table.columns.map(({ period }) => `${period.when} ${say(phases[period.phase])}`)
  return (
    <>
      {row.code && <span class="number">{row.code} </span>}
      <Name data={data} subject={row.subject} text={rowName(data, row, table)} />
      {row.marks.map((mark) => (
        <sup key={mark}>
          <a href={`#note-${markName(mark)}`}>{mark}</a>
        </sup>
      ))}
      {course && <Sparkline labels={labels} values={values} title={say(own.course, { values: cells.map((cell) => formatAmount(cell, language)).join(' → ') })} />}
    </>
  )
}

/** `#` and `¶` are no names for an anchor. */
export const markName = (mark: string): string => [...mark].map((sign) => sign.codePointAt(0)!.toString(16)).join('-')

function TableCell({ data, cell, rates }: { data: HeadData; cell: Cell | undefined; rates: readonly Cell[] }) {
  const { say } = usePage()
  if (!cell) return null
  // The rate against the column before needs no word; the one that skips a column says with what it compares.
  const plain = (rate: Cell) => rate.period.phase === 'revised' || rate.base?.phase === 'revised'
  return (
    <>
      <Figure data={data} cell={cell} />
      {rates.map((rate) => (
        <small key={rate.id}>
          {!plain(rate) && rate.base && `${say(own.against, { phase: say(phases[rate.base.phase]) })} `}
          <Figure data={data} cell={rate} />
        </small>
      ))}
    </>
  )
}

const spendingHead = { en: '{when} revised estimate', 'zh-Hant': '{when} 修訂預算開支' }
const accumulatedHead = { en: 'Spent up to {when}', 'zh-Hant': '截至 {when}止的累積開支' }

/** `2022-23` over `Revised`; a commitment's columns say what they measure. */
function ColumnHead({ column: { period, measure }, place }: { column: Column; place: Table['place'] }) {
  const { say } = usePage()
  if (place === 'commitments') {
    if (measure === 'accumulated') return <>{say(accumulatedHead, { when: say(periodDay(period.when)) })}</>
    if (measure === 'revised-spending') return <>{say(spendingHead, { when: period.when })}</>
    const name = say(measures[measure])
    return <>{name.charAt(0).toUpperCase() + name.slice(1)}</>
  }
  // The standing target is of no year.
  if (period.phase === 'plan' && period.when.includes('-')) return <>{say(standing)}</>
  return (
    <>
      {period.when} <small>{say(phases[period.phase])}</small>
    </>
  )
}

const standing: Text = { en: 'Target', 'zh-Hant': '目標' }
const periodDay = (when: string): Text => periodText({ when, phase: 'asAt' })

export const cornerOf = (table: Table) =>
  table.place === 'subheads' || table.place === 'commitments' ? words.subheads : words.name
