import { texts, usePage } from '#platform'
import { Act, type Drawing, Moves } from './controls.tsx'
import { type Grid, outputKinds } from './grid.rules.ts'
import { choiceLabel, labelOf } from './labels.ts'
import { words as shared } from './words.ts'

const words = texts({
  caption: { en: 'Rules, one on each row; - takes anything', 'zh-Hant': '每行一項規則；- 代表任何值' },
  input: { en: 'Looks at {number}', 'zh-Hant': '查看 {number}' },
  output: { en: 'Gives {number}', 'zh-Hant': '給出 {number}' },
  kind: { en: 'Kind of what it gives', 'zh-Hant': '結果種類' },
  reason: { en: 'Reason', 'zh-Hant': '理由' },
  acts: { en: 'Acts', 'zh-Hant': '操作' },
  cell: { en: '{column}, row {number}', 'zh-Hant': '{column}，第 {number} 行' },
  none: { en: 'None', 'zh-Hant': '不設' },
})

/** A table of rules as a grid: columns for what is looked at and what is given, and a reason for each row. */
export function GridView({ grid, drawing }: { grid: Grid; drawing: Drawing }) {
  const { say } = usePage()
  const { pointer, inputs, outputs, rows, reasons } = grid
  const faultAt = (place: string) => {
    const found = drawing.faults.find((fault) => fault.pointer === place || fault.pointer.startsWith(`${place}/`))
    return found && say(found.text, found.values)
  }
  const field = (place: string, value: string, label: string) => {
    const error = faultAt(place)
    return (
      <>
        <input
          type="text"
          class="input"
          id={place}
          name={place}
          value={value}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${place}-error` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={1000}
        />
        {error && (
          <p class="field__error" id={`${place}-error`}>
            {error}
          </p>
        )}
      </>
    )
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={say(words.caption)}>
        <table class="table designer__grid" id={`${pointer}/rows`}>
          <caption>{say(words.caption)}</caption>
          <thead>
            <tr>
              {inputs.map((cell, at) => (
                <th key={cell.pointer} scope="col">
                  {field(cell.pointer, cell.value, say(words.input, { number: at + 1 }))}
                  <Act does="remove" pointer={cell.pointer} text={say(shared.remove)} of={cell.value} />
                </th>
              ))}
              {outputs.map(({ pointer: place, id, kind }, at) => (
                <th key={place} scope="col">
                  {field(`${place}/id`, id, say(words.output, { number: at + 1 }))}
                  <select class="input" name={`${place}/kind`} aria-label={`${say(words.kind)}: ${id}`}>
                    {outputKinds.map((each) => (
                      <option key={each} value={each} selected={each === kind}>
                        {say(choiceLabel(each, { en: each, 'zh-Hant': each }))}
                      </option>
                    ))}
                  </select>
                  <Act does="remove" pointer={place} text={say(shared.remove)} of={id} />
                </th>
              ))}
              <th scope="col">{say(words.reason)}</th>
              <th scope="col">{say(words.acts)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => {
              const cell = (column: string) => say(words.cell, { column, number: at + 1 })
              const name = { en: `Row ${at + 1}`, 'zh-Hant': `第 ${at + 1} 行` }
              return (
                <tr key={row.pointer} id={row.pointer}>
                  {row.when.map(({ pointer: place, value }, column) => (
                    <td key={place}>{field(place, value, cell(inputs[column]!.value))}</td>
                  ))}
                  {row.gives.map(({ pointer: place, value }, column) => (
                    <td key={place}>{field(place, value, cell(outputs[column]!.id))}</td>
                  ))}
                  <td>
                    <select class="input" name={row.reason.pointer} aria-label={cell(say(words.reason))}>
                      <option value="">{say(words.none)}</option>
                      {reasons.map(({ value, label }) => (
                        <option key={value} value={value} selected={value === row.reason.value}>
                          {say(label)}
                        </option>
                      ))}
                    </select>
                  </td>
                  <td>
                    <Moves item={{ pointer: row.pointer, name }} first={at === 0} last={at === rows.length - 1} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <p class="designer__moves">
        <Act does="add" pointer={`${pointer}/rows`} text={say(shared.add, { name: say(labelOf('rows', pointer)) })} />
        <Act
          does="add"
          pointer={`${pointer}/inputs`}
          text={say(shared.add, { name: say(labelOf('inputs', pointer)) })}
        />
        <Act
          does="add"
          pointer={`${pointer}/outputs`}
          text={say(shared.add, { name: say(labelOf('outputs', `${pointer}/outputs`)) })}
        />
      </p>
    </>
  )
}
