import type { Language } from '#platform'
import { type Layout, type Line, layOut } from './layout.rules.ts'

type PictureState = {
  readonly id: string
  readonly title: string
  /** What stands under the title: how many days. */
  readonly note?: string | undefined
  readonly ends?: 'granted' | 'refused' | 'withdrawn' | 'done' | undefined
}
type PictureStep = { readonly title: string; readonly from: readonly string[]; readonly to: string }

export type PicturedState = Omit<PictureState, 'title' | 'note'> & {
  /** The left upper corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly lines: readonly WrittenLine[]
  /** Where the sign of a step stands that leads back to the same state. */
  readonly loops: readonly { readonly x: number; readonly y: number }[]
  /** Whether any steps lead here from the beginning. */
  readonly isReached: boolean
}
/** `x` is the middle of a line, `y` its base line. */
type WrittenLine = { readonly text: string; readonly x: number; readonly y: number; readonly kind: 'title' | 'small' }
export type PicturedArrow = {
  /** Commands of an SVG path: the line, and the head at its end. */
  readonly line: string
  readonly head: string
  readonly lines: readonly WrittenLine[]
  readonly isBack: boolean
}
export type Picture = {
  readonly width: number
  readonly height: number
  /** The point from which a case comes, above the state in which it begins. */
  readonly begin?: { readonly x: number; readonly y: number; readonly line: string; readonly head: string } | undefined
  readonly states: readonly PicturedState[]
  readonly arrows: readonly PicturedArrow[]
}

/** More arrows than these cannot be followed with the eye, and would take long to place. */
const arrowsMax = 80
const margin = 12
const beginHeight = 44
const title = { size: 16, line: 21, max: 170 }
const small = { size: 15, line: 19, max: 150 }
const padding = { x: 16, y: 12 }
const loopWidth = 20
export const sizes = { title: title.size, small: small.size }

/**
 * The states of a case as boxes and its steps as arrows between them, with every word in its place. Steps from one state to the same
 * other share an arrow; a step that leads back to its own state stands inside. What names no state that is there is left out. Undefined
 * where there is too much to draw.
 */
export function drawCase(
  { begins, states: given, steps }: { begins: string; states: readonly PictureState[]; steps: readonly PictureStep[] },
  language: Language,
): Picture | undefined {
  const states = [...new Map(given.toReversed().map((state) => [state.id, state])).values()].toReversed()
  const known = new Set(states.map(({ id }) => id))
  const pairs = steps.flatMap(({ title, from, to }) =>
    known.has(to) ? from.filter((id) => known.has(id)).map((id) => ({ title, from: id, to })) : [],
  )
  const loops = pairs.filter(({ from, to }) => from === to)
  const joined = [...Map.groupBy(pairs, ({ from, to }) => `${from} ${to}`).values()].filter(
    ([pair]) => pair!.from !== pair!.to,
  )
  if (joined.length > arrowsMax || states.length === 0) return undefined
  const boxes = states.map((state) =>
    boxOf(
      state,
      loops.filter(({ from }) => from === state.id).map((loop) => loop.title),
      language,
    ),
  )
  const words = joined.map((all) => all.map((step) => wrap(step.title, small.size, small.max, language)))
  const arrows = joined.map(([pair], at) => ({ from: pair!.from, to: pair!.to, ...sizeOfWords(words[at]!) }))
  const layout = layOut(boxes, arrows, begins)
  const reached = reachedFrom(begins, steps)
  const top = margin + beginHeight
  const first = layout.boxes.find(({ id }) => id === begins)
  return {
    width: Math.ceil(layout.width + 2 * margin),
    height: Math.ceil(layout.height + top + margin),
    begin: first && {
      x: first.x + margin,
      y: margin + 8,
      line: `M${n(first.x + margin)} ${margin + 14}V${n(first.y + top - 8)}`,
      head: headOf(first.x + margin, first.y + top, true),
    },
    states: states.map((state, at) => pictured(state, boxes[at]!, layout.boxes[at]!, top, reached.has(state.id))),
    arrows: layout.arrows.map((arrow, at) => picturedArrow(arrow, words[at]!, top)),
  }
}

type Words = readonly (readonly string[])[]
type BoxOf = {
  id: string
  width: number
  height: number
  titleLines: readonly string[]
  notes: readonly string[]
  loops: Words
}

function boxOf({ id, title: text, note }: PictureState, loopTitles: readonly string[], language: Language): BoxOf {
  const titleLines = wrap(text, title.size, title.max, language)
  const notes = note === undefined ? [] : wrap(note, small.size, title.max, language)
  const loops = loopTitles.map((each) => wrap(each, small.size, title.max - loopWidth, language))
  const widest = Math.max(
    80,
    ...titleLines.map((line) => widthOf(line, title.size) * 1.06),
    ...notes.map((line) => widthOf(line, small.size)),
    ...loops.flat().map((line) => widthOf(line, small.size) + loopWidth),
  )
  const smallLines = notes.length + loops.flat().length
  const height = titleLines.length * title.line + smallLines * small.line + loops.length * 6 + 2 * padding.y
  return { id, titleLines, notes, loops, width: Math.ceil(widest + 2 * padding.x), height }
}

function pictured(
  { id, ends }: PictureState,
  box: BoxOf,
  place: Layout['boxes'][number],
  top: number,
  isReached: boolean,
): PicturedState {
  const [middle, upper] = [place.x + margin, place.y + top]
  const lines: WrittenLine[] = []
  const loops: { x: number; y: number }[] = []
  let y = upper + padding.y
  const write = (text: string, kind: WrittenLine['kind'], x = middle) => {
    const { size, line } = kind === 'title' ? title : small
    lines.push({ text, x, y: y + (line + size * 0.72) / 2, kind })
    y += line
  }
  for (const text of box.titleLines) write(text, 'title')
  for (const text of box.notes) write(text, 'small')
  for (const loop of box.loops) {
    y += 6
    const width = Math.max(...loop.map((text) => widthOf(text, small.size)))
    loops.push({ x: middle - width / 2 - loopWidth / 2 + 4, y: y + small.line / 2 })
    for (const text of loop) write(text, 'small', middle + loopWidth / 2)
  }
  return {
    id,
    ends,
    x: middle - box.width / 2,
    y: upper,
    width: box.width,
    height: box.height,
    lines,
    loops,
    isReached,
  }
}

const betweenWords = 6
const sizeOfWords = (words: Words) => ({
  width: Math.ceil(Math.max(...words.flat().map((line) => widthOf(line, small.size)))),
  height: words.flat().length * small.line + (words.length - 1) * betweenWords + 4,
})

function picturedArrow(arrow: Layout['arrows'][number], words: Words, top: number): PicturedArrow {
  const lines: WrittenLine[] = []
  const { height } = sizeOfWords(words)
  let y = arrow.y + top - height / 2 + 2
  for (const [at, step] of words.entries()) {
    if (at > 0) y += betweenWords
    for (const text of step) {
      lines.push({ text, x: arrow.x + margin, y: y + (small.line + small.size * 0.72) / 2, kind: 'small' })
      y += small.line
    }
  }
  const moved = arrow.lines.map((line) => line.map(([x, y]) => [x + margin, y + top] as const))
  const [x, end] = moved[1]!.at(-1)!
  // The line ends inside its head, so that no blunt end looks out at the point.
  const short = [...moved[1]!.slice(0, -1), [x, end + (arrow.isBack ? 8 : -8)] as const]
  return { line: pathOf(moved[0]!) + pathOf(short), head: headOf(x, end, !arrow.isBack), lines, isBack: arrow.isBack }
}

const n = (value: number): string => `${Math.round(value * 10) / 10}`

/** A curve between two rows begins and ends upright, so that it meets boxes and words squarely. */
const pathOf = (line: Line): string =>
  line
    .map(([x, y], at) => {
      const before = line[at - 1]
      if (!before) return `M${n(x)} ${n(y)}`
      if (Math.abs(before[0] - x) < 0.5) return `L${n(x)} ${n(y)}`
      const half = (before[1] + y) / 2
      return `C${n(before[0])} ${n(half)} ${n(x)} ${n(half)} ${n(x)} ${n(y)}`
    })
    .join('')

const headOf = (x: number, y: number, isDown: boolean): string => `M${n(x)} ${n(y)}l-5 ${isDown ? -10 : 10}h10z`

/** The states to which steps lead from the beginning, with it. */
export function reachedFrom(begins: string, steps: readonly Omit<PictureStep, 'title'>[]): ReadonlySet<string> {
  const reached = new Set([begins])
  // What is added while it is walked through is met as well.
  for (const id of reached) for (const { from, to } of steps) if (from.includes(id)) reached.add(to)
  return reached
}

/**
 * How wide a line is, in the unit of its size: guessed from its characters, as nothing on a server knows the font. A Han character is
 * as wide as it is high.
 */
export function widthOf(text: string, size: number): number {
  let width = 0
  for (const mark of text) {
    if (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]/u.test(mark)) width += 1
    else if (/[A-Z0-9mw@%&]/.test(mark)) width += 0.68
    else if (/[ iljtfr.,:;'’‘|!()[\]-]/.test(mark)) width += 0.36
    else width += 0.58
  }
  return width * size
}

/** A text in lines that are no wider than `max`, broken between words; a word that is wider stands alone. */
export function wrap(text: string, size: number, max: number, language: Language): readonly string[] {
  const lines = ['']
  let isOpen = false
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text.trim())) {
    const line = lines.at(-1)!
    const isOpening = /^[\p{Ps}\p{Pi}「『《〈（]$/u.test(segment)
    const mayBreak = (isWordLike || isOpening) && !isOpen && line.trim() !== ''
    if (mayBreak && widthOf(line + segment, size) > max) lines.push(segment)
    else lines[lines.length - 1] = line + segment
    isOpen = isOpening || /^[-‑’']$/.test(segment)
  }
  return lines.map((line) => line.trim())
}
