import type { Line } from './decode.ts'
import { Refused } from './refusals.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The Head that most page headers name. One that differs in its number alone, or its title alone, is a misprint. */
export function findHead(lines: readonly Line[], words: Vocabulary): { number: string; title: string } {
  const titles = lines.flatMap((line) => {
    const found = headTitleOf(line, words)
    return found ? [{ ...found, line: line.number }] : []
  })
  const first = titles[0]
  if (!first) throw new Refused('another-document')
  const number = mostCommon(titles.map((one) => one.number))
  const title = mostCommon(titles.map((one) => one.title))
  const other = titles.find((one) => one.number !== number && one.title !== title)
  if (other) throw new Refused('several-heads', { heads: `${number}, ${other.number}`, line: other.line })
  return { number, title }
}

/** The value that comes most often; the first one of equals. */
export function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

/** The Head's number and title, when that is what the line says. */
export function headTitleOf(line: Line, words: Vocabulary) {
  const { text, shown } = bare(line)
  const match = words.headTitle.exec(text)
  if (!match || line.cells.filter(Boolean).length > 1) return undefined
  const { number, title } = match.groups as { number: string; title: string }
  return {
    number,
    title: shown
      .slice(text.length - title.length)
      .trim()
      .slice(0, 300),
  }
}

/** A line without what marks headings and bold: the words alone, with the style that they were set in. */
export function bare(line: Line) {
  const whole = line.cells.filter(Boolean).length === 1 ? line.cells.findIndex(Boolean) : -1
  const text = whole === -1 ? line.text : line.cells[whole]!
  const shown = whole === -1 ? line.shown : line.shownCells[whole]!
  const style = /^(#{1,6} |\*{1,3})?/.exec(text)![0].trim()
  const strip = (characters: string) => characters.replace(/^(?:#{1,6} |\*{1,3})/, '').replace(/[*\s]{0,8}$/, '')
  return { text: strip(text).trim(), shown: strip(shown).trim(), style }
}
