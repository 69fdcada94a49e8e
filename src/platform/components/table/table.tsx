import type { ComponentChildren } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  notes: { en: 'Notes', 'zh-Hant': '備註' },
  wide: { en: 'Wide table', 'zh-Hant': '闊表格' },
})

export type Column = { label: ComponentChildren; numeric?: boolean }
export type Row = {
  cells: readonly ComponentChildren[]
  /** `group` is a heading over rows; `indent` belongs to the group before it. */
  kind?: 'group' | 'indent' | 'subtotal' | 'total' | undefined
  /** What the live margin says of this row, usually a `<Note>`. */
  note?: ComponentChildren
  /** For links that lead to the row: it is shaded when it is the target. */
  id?: string | undefined
}

export type TableProps = {
  caption: ComponentChildren
  /** The caption repeats a heading: only screen readers hear it. */
  captionHidden?: boolean
  /** The first column names the row. */
  columns: readonly Column[]
  rows: readonly Row[]
  sticky?: boolean
  dense?: boolean
  /** On a narrow screen: a name, then up to four figures under it (`fold`), or each cell under the other (`stack`). */
  narrow?: 'fold' | 'stack' | 'scroll'
  id?: string
}

/** Hairlines, figures to the right. A table that scrolls can be reached and scrolled with the keyboard. */
export function Table({ caption, captionHidden, columns, rows, sticky, dense, narrow = 'scroll', id }: TableProps) {
  const { say } = usePage()
  const notes = rows.some(({ note }) => note)
  const fold = narrow === 'fold' && columns.length <= 5
  const kinds = [
    'table',
    fold && `table--fold fold-${columns.length - 1}`,
    narrow === 'stack' && 'table--stack',
    sticky && 'table--sticky',
    dense && 'table--dense',
  ]
  const numeric = (index: number) => (columns[index]?.numeric ? 'numeric' : undefined)
  // The head of a stack is only heard, so each cell says its own.
  const labelOf = (index: number) => {
    const label = narrow === 'stack' ? columns[index]?.label : undefined
    return typeof label === 'string' ? label : undefined
  }
  const table = (
    <table class={[...kinds, notes && 'with-notes'].filter(Boolean).join(' ')} id={id}>
      <caption class={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label }, index) => (
            <th key={index} scope="col" class={numeric(index)}>
              {label}
            </th>
          ))}
          {notes && (
            <th scope="col" class="note-cell">
              <span class="visually-hidden">{say(words.notes)}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ cells, kind, note, id }, at) => (
          <tr key={at} class={kind} id={id}>
            {cells.map((cell, index) =>
              index > 0 ? (
                <td key={index} class={numeric(index)} data-label={labelOf(index)}>
                  {cell}
                </td>
              ) : kind === 'group' ? (
                <th key={index} scope="rowgroup" colSpan={columns.length}>
                  {cell}
                </th>
              ) : (
                <th key={index} scope="row" class={note ? 'noted' : undefined}>
                  {cell}
                </th>
              ),
            )}
            {notes && <td class="note-cell">{note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (fold || narrow === 'stack') return table
  return (
    <section
      class="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
      aria-label={typeof caption === 'string' ? caption : say(words.wide)}
    >
      {table}
    </section>
  )
}
