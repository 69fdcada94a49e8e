import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chinese, english, found, imported, realBytes, refused, withoutRealText } from '../testing/texts.ts'
import type { EstimatesDocument } from '../types.ts'

/* The same document in other clothes, and with parts lost: what the printed numbers are must not depend on either. */

const originals = [
  ['Chinese', chinese()],
  ['English', english()],
  ...(withoutRealText ? [] : [['real', Buffer.from(realBytes()).toString()] as const]),
] as const

/** Coordinates and values of every printed number, whatever its characters. */
const numbers = ({ cells }: EstimatesDocument) =>
  cells.filter(({ status }) => status === 'printed').map(({ id, steps, nil, unit }) => `${id} ${steps} ${nil} ${unit}`)

const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

// biome-ignore format: matrix
const clothes: [name: string, dress: (text: string) => string][] = [
  ['Windows line ends and a byte order mark', (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ['carriage returns alone',                  (text) => text.replaceAll('\n', '\r')],
  ['full-width digits throughout',            wide],
  ['spaces at the end of every line',         (text) => text.replaceAll('\n', '  \n')],
  ['a tab at the end of every line',          (text) => text.replaceAll('\n', '\t\n')],
  ['two tabs at the end of every line',       (text) => text.replaceAll('\n', '\t\t\r\n')],
  ['no-break spaces throughout',              (text) => text.replaceAll(' ', '\u00a0')],
  ['en dashes for minus',                     (text) => text.replace(/\(-(?=\d)/g, '(–')],
  ['minus signs for minus',                   (text) => text.replace(/\([-–](?=\d)/g, '(−')],
  ['thin spaces between thousands',           (text) => text.replace(/(?<=\d),(?=\d{3})/g, '\u2009')],
  ['form feeds between pages',                (text) => text.replaceAll('\n\n', '\n\f\n')],
]

for (const [language, text] of originals) {
  const original = imported(text)

  for (const [name, dress] of clothes)
    test(`the ${language} document has the same numbers with ${name}`, () => {
      assert.deepEqual(numbers(imported(dress(text))), numbers(original))
    })

  test(`a page header after any line of a table of the ${language} document loses no number`, () => {
    const lines = text.split('\n')
    const header = lines.find((line) => line.includes(original.title))!
    for (const { id, lines: table } of original.tables)
      for (let line = table.from; line < table.to; line++) {
        const cut = [...lines.slice(0, line), '', header, '', ...lines.slice(line)].join('\n')
        assert.deepEqual(numbers(imported(cut)), numbers(original), `${id} cut after line ${line}`)
      }
  })

  describe(`the ${language} document cut after any line`, () => {
    const lines = text.trimEnd().split('\n')
    const insideTable = (line: number) =>
      original.tables.some((table) => table.lines.from <= line && line < table.lines.to)
    const printed = new Map(original.cells.map((cell) => [cell.id, cell.printed]))

    test('is refused inside a table; elsewhere it tells that something is lost and no number changes', () => {
      for (let line = 1; line < lines.length; line++) {
        const part = lines.slice(0, line).join('\n')
        const code = refused(part)
        if (insideTable(line)) assert.notEqual(code, 'imported', `cut after line ${line}`)
        if (code !== 'imported') continue
        const document = imported(part)
        for (const cell of document.cells)
          if (cell.printed !== null)
            assert.equal(cell.printed, printed.get(cell.id), `${cell.id}, cut after line ${line}`)
        const losses = document.findings.filter(
          ({ kind, code }) => kind === 'loss' && /-missing$|^text-cut$/.test(code),
        )
        assert.ok(losses.length > 0, `no loss is told when cut after line ${line}`)
      }
    })
  })
}

test('a column that is lost with its heading is told, and the percentages keep what they compare', () => {
  const lines = chinese().split('\n')
  const [header, row] = [29, 30]
  const without = (line: string, cell: number) => line.split('\t').toSpliced(cell, 1).join('\t')
  const document = imported(
    lines.with(header, without(lines[header]!, 3)).with(row, without(lines[row]!, 3)).join('\n'),
  )
  assert.deepEqual(found(document, 'columns-missing'), ['columns-missing 30-31'])
  const rates = document.cells.filter(
    ({ place, subject, measure }) => place === 'programme' && subject === 'programme:1' && measure === 'provision-rate',
  )
  assert.deepEqual(
    rates.map(({ period, base, steps }) => [period.phase, base!.phase, steps]),
    [
      ['estimate', 'revised', 115],
      ['estimate', 'original', 100],
    ],
  )
})

test('a footnote mark without its note is told', () => {
  const text = chinese()
  assert.deepEqual(found(imported(text), 'note-missing'), [])
  assert.deepEqual(found(imported(text.slice(0, text.indexOf('\n† '))), 'note-missing'), ['note-missing 212-220'])
})

test('a second table of one kind is told, as its rows may name the things of the first', () => {
  const text = chinese()
  const targets = text.slice(text.indexOf('### 目標'), text.indexOf('### 指標'))
  const document = imported(text.replace(targets, targets + targets))
  assert.deepEqual(
    document.tables.filter(({ place }) => place === 'targets').map(({ id }) => id),
    ['targets.1', 'targets.1.again'],
  )
  assert.deepEqual(found(document, 'table-again').length, 1)
})
