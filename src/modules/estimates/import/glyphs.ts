import regionalForms from 'opencc-js/dict/HKVariants'
import traditionalForms from 'opencc-js/dict/STCharacters'
import type { Line } from './decode.ts'
import type { Report } from './report.ts'
import { withoutLeaders } from './spans.ts'

const entries = (dictionary: string) => dictionary.split('|').map((entry) => entry.split(' ') as [string, string])

let simplified: Map<string, string> | undefined

/**
 * Each Simplified character with its Traditional form. Characters that Traditional Chinese is itself printed with are
 * none, though another one may simplify to them: those of Big5, and the regional forms that it lacks.
 */
function simplifiedForms(): Map<string, string> {
  if (simplified) return simplified
  const variants = new Map(entries(regionalForms))
  const traditional = new Set([...bigFive(), ...variants.values()])
  simplified = new Map(
    entries(traditionalForms)
      .filter(([from]) => !traditional.has(from))
      .map(([from, to]) => [from, variants.get(to) ?? to] as const)
      // One character stays one character, so that offsets hold.
      .filter(([from, to]) => from.length === to.length),
  )
  return simplified
}

/** The common and less common characters of Big5. */
function bigFive(): string {
  const bytes: number[] = []
  for (let lead = 0xa4; lead <= 0xf9; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail <= 0x7e || trail >= 0xa1) bytes.push(lead, trail)
  }
  return new TextDecoder('big5').decode(new Uint8Array(bytes))
}

/** Simplified characters that slipped into a Traditional text are put back, each with its finding. */
export function repairGlyphs(lines: readonly Line[], report: Report) {
  const forms = simplifiedForms()
  for (const line of lines) {
    const odd = new Set([...line.text].filter((character) => forms.has(character)))
    for (const from of odd) {
      const to = forms.get(from)!
      const name = line.shownCells.find((cell) => cell.includes(from)) ?? line.shown
      const values = { name: name.slice(0, Math.min(80, withoutLeaders(name))), from, to }
      report.repair('glyph-simplified', { from: line.number, to: line.number }, values)
      line.text = line.text.replaceAll(from, to)
      line.shown = line.shown.replaceAll(from, to)
      line.cells = line.cells.map((cell) => cell.replaceAll(from, to))
      line.shownCells = line.shownCells.map((cell) => cell.replaceAll(from, to))
    }
  }
}
