import { simplify } from '#platform'
import type { Line } from './decode.ts'
import type { Report } from './report.ts'

const han = /[\u4e00-\u9fff]/g
let sets: { traditional: Set<string>; simplified: Set<string>; common: string[] } | undefined
let originals: Map<string, string> | undefined

function characters(
  encoding: string,
  leads: readonly [number, number],
  trails: readonly (readonly [number, number])[],
): string[] {
  const bytes: number[] = []
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail)
  }
  return [...new TextDecoder(encoding).decode(new Uint8Array(bytes))].filter((character) => character !== '\ufffd')
}

/** What each script is printed with, as its character set says: Big5 the Traditional one, GB 2312 the Simplified one. */
function scripts() {
  if (sets) return sets
  const trails = [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ] as const
  const common = characters('big5', [0xa4, 0xc6], trails)
  const rare = characters('big5', [0xc9, 0xf9], trails)
  const simplified = new Set(characters('gbk', [0xb0, 0xf7], [[0xa1, 0xfe]]))
  sets = {
    traditional: new Set([...common, ...rare]),
    simplified,
    common: common.filter((character) => !simplified.has(character)),
  }
  return sets
}

/** The Traditional character of which `character` is the Simplified form, when the common ones have exactly one. */
function originalOf(character: string): string | undefined {
  if (!originals) {
    originals = new Map()
    const { common } = scripts()
    const several = new Set<string>()
    // A line each, so that no two are taken for a word.
    const simple = simplify(common.join('\n')).split('\n')
    for (const [index, form] of simple.entries()) {
      const original = common[index]!
      if (form === original || form.length !== 1) continue
      if (originals.has(form)) several.add(form)
      originals.set(form, original)
    }
    for (const form of several) originals.delete(form)
  }
  return originals.get(character)
}

/** Simplified characters that slipped into a Traditional text are put back, each with its finding. */
export function repairGlyphs(lines: readonly Line[], report: Report) {
  const { traditional, simplified } = scripts()
  for (const line of lines) {
    const odd = new Set(
      line.text.match(han)?.filter((character) => !traditional.has(character) && simplified.has(character)),
    )
    for (const from of odd) {
      const to = originalOf(from)
      if (to === undefined) continue
      const name = line.shownCells.find((cell) => cell.includes(from)) ?? line.shown
      report.repair('glyph-simplified', { from: line.number, to: line.number }, { name: name.slice(0, 80), from, to })
      line.text = line.text.replaceAll(from, to)
      line.shown = line.shown.replaceAll(from, to)
      line.cells = line.cells.map((cell) => cell.replaceAll(from, to))
      line.shownCells = line.shownCells.map((cell) => cell.replaceAll(from, to))
    }
  }
}
