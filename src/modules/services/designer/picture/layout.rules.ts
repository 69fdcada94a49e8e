/**
 * A layered drawing of boxes and the arrows between them, from above to below (Sugiyama, Tagawa and Toda 1981; a quarter of what
 * dagre does). Boxes stand in rows by their longest distance from the beginning. The word on an arrow is placed like a box of its
 * own between two rows, and a long arrow keeps a place in each row that it passes, so that nothing stands on anything else.
 */
type Box = { readonly id: string; readonly width: number; readonly height: number }
/** `width` and `height` are those of what is written on it. */
export type Arrow = { readonly from: string; readonly to: string; readonly width: number; readonly height: number }

type Point = readonly [x: number, y: number]
/** A line goes straight down or up where x stays, and as a curve that begins and ends upright otherwise. */
export type Line = readonly Point[]
type PlacedBox = { readonly id: string; readonly x: number; readonly y: number; readonly row: number }
type PlacedArrow = {
  /** The middle of what is written on it. */
  readonly x: number
  readonly y: number
  /** Before and behind what is written on it, in the direction of the arrow; the last point is its head. */
  readonly lines: readonly [Line, Line]
  /** Whether it leads back to where the case was before. */
  readonly isBack: boolean
}
export type Layout = {
  readonly width: number
  readonly height: number
  /** In the order in which they were given; x is the middle and y the top. */
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
}

/** A place in a row: a box, what is written on an arrow, or where a long arrow passes. */
type Item = {
  readonly kind: Kind
  readonly row: number
  readonly width: number
  readonly height: number
  x: number
  readonly up: Item[]
  readonly down: Item[]
  /** Where the line to each that it is joined to begins, from its middle. */
  readonly ports: Map<Item, number>
}
type Kind = 'box' | 'word' | 'pass'
type Chain = { isBack: boolean; items: readonly Item[]; word: Item }

const sweeps = 12
/** Until nothing moves by as much as one sees. */
const finalSweeps = 100
/** Orders from which is begun, as the mean place alone ends where one row hinders the next. */
const starts = 12
const apart = { box: 28, word: 14, pass: 10 } satisfies Record<Kind, number>
const betweenRows = 34

/** Arrows must name boxes that are there, two different ones each. `begins` stands above; what it does not lead to, beside it. */
export function layOut(boxes: readonly Box[], arrows: readonly Arrow[], begins: string): Layout {
  const backs = backArrows(boxes, arrows, begins)
  const ranks = ranksOf(
    boxes,
    arrows.map((arrow) => (backs.has(arrow) ? { from: arrow.to, to: arrow.from } : arrow)),
  )
  const itemOf = new Map(boxes.map((box) => [box.id, itemIn(2 * ranks.get(box.id)!, 'box', box)]))
  const chains = arrows.map((arrow) => chainOf(arrow, backs.has(arrow), itemOf))
  const rows = orderRows([...new Set([...itemOf.values(), ...chains.flatMap(({ items }) => items)])])
  placeAcross(rows)
  straighten(
    chains.map(({ items }) => items.slice(1, -1)),
    rows,
  )
  const tops = topsOf(rows)
  const all = rows.flat()
  const left = Math.min(0, ...all.map(({ x, width }) => x - width / 2))
  for (const item of all) item.x -= left
  const yOf = ({ row, height }: Item) => tops[row]!.top + (tops[row]!.height - height) / 2
  const last = tops.at(-1)
  return {
    width: Math.max(0, ...all.map(({ x, width }) => x + width / 2)),
    height: last ? last.top + last.height : 0,
    boxes: boxes.map(({ id }) => {
      const item = itemOf.get(id)!
      return { id, x: item.x, y: yOf(item), row: item.row / 2 }
    }),
    arrows: chains.map((chain) => placedArrow(chain, tops, yOf)),
  }
}

const itemIn = (row: number, kind: Kind, { width, height }: { width: number; height: number }): Item => ({
  ...{ row, kind, width, height, x: 0, up: [], down: [], ports: new Map() },
})

/** Arrows that close a circle on the way from the beginning, found by going as deep as it goes in the order of the definition. */
function backArrows(boxes: readonly Box[], arrows: readonly Arrow[], begins: string): ReadonlySet<Arrow> {
  const from = Map.groupBy(arrows, (arrow) => arrow.from)
  const backs = new Set<Arrow>()
  const done = new Set<string>()
  const above = new Set<string>()
  const visit = (id: string) => {
    if (done.has(id)) return
    done.add(id)
    above.add(id)
    for (const arrow of from.get(id) ?? []) {
      if (above.has(arrow.to)) backs.add(arrow)
      else visit(arrow.to)
    }
    above.delete(id)
  }
  for (const id of [begins, ...boxes.map((box) => box.id)]) visit(id)
  return backs
}

/** The longest distance of each box from one to which nothing leads. The arrows have no circle. */
function ranksOf(boxes: readonly Box[], arrows: readonly Pick<Arrow, 'from' | 'to'>[]): ReadonlyMap<string, number> {
  const into = Map.groupBy(arrows, ({ to }) => to)
  const ranks = new Map<string, number>()
  const rankOf = (id: string): number => {
    const known = ranks.get(id)
    if (known !== undefined) return known
    const rank = Math.max(0, ...(into.get(id) ?? []).map(({ from }) => rankOf(from) + 1))
    ranks.set(id, rank)
    return rank
  }
  for (const { id } of boxes) rankOf(id)
  return ranks
}

/** An arrow as places from its upper box to its lower one. What is written on it stands beside the box where it begins. */
function chainOf(arrow: Arrow, isBack: boolean, itemOf: ReadonlyMap<string, Item>): Chain {
  const [upper, lower] = (isBack ? [arrow.to, arrow.from] : [arrow.from, arrow.to]).map((id) => itemOf.get(id)!) as [
    Item,
    Item,
  ]
  const wordRow = isBack ? lower.row - 1 : upper.row + 1
  const between = Array.from({ length: lower.row - upper.row - 1 }, (_, at) => {
    const row = upper.row + 1 + at
    return row === wordRow ? itemIn(row, 'word', arrow) : itemIn(row, 'pass', { width: 2, height: 0 })
  })
  const items = [upper, ...between, lower]
  for (const [at, item] of items.slice(1).entries()) {
    items[at]!.down.push(item)
    item.up.push(items[at]!)
  }
  return { isBack, items, word: between[wordRow - upper.row - 1]! }
}

/** Each row in an order in which few lines cross: the best that is found from several beginnings, the first as it is written. */
function orderRows(items: readonly Item[]): Item[][] {
  const byRow = Map.groupBy(items, ({ row }) => row)
  const written = Array.from({ length: Math.max(-1, ...byRow.keys()) + 1 }, (_, row) => byRow.get(row) ?? [])
  let best = written
  let fewest = crossingsIn(written)
  for (let start = 0; start < starts && fewest > 0; start += 1) {
    // Mixed, but always the same: one definition has one picture.
    let rows = written.map((row) => row.toSorted((one, other) => mixed(row, one, start) - mixed(row, other, start)))
    for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
      rows = sweepRows(rows, (start + sweep) % 2 === 0)
      const crossings = crossingsIn(rows)
      if (crossings < fewest) [best, fewest] = [rows, crossings]
    }
  }
  return best
}

const mixed = (row: readonly Item[], item: Item, start: number): number =>
  start === 0 ? row.indexOf(item) : ((row.indexOf(item) + 1) * start * 7919) % 101

/** By the mean place of what each is joined to in the row before, from above to below or back. */
function sweepRows(rows: readonly Item[][], isDown: boolean): Item[][] {
  const next = [...rows]
  const place = new Map(rows.flatMap((row) => row.map((item, at) => [item, at] as const)))
  for (const at of isDown ? rows.keys() : [...rows.keys()].reverse()) {
    const meanOf = (item: Item) => {
      const joined = isDown ? item.up : item.down
      if (joined.length === 0) return place.get(item)!
      return joined.reduce((sum, each) => sum + place.get(each)!, 0) / joined.length
    }
    const means = new Map(rows[at]!.map((item) => [item, meanOf(item)]))
    next[at] = rows[at]!.toSorted((one, other) => means.get(one)! - means.get(other)!)
    for (const [where, item] of next[at].entries()) place.set(item, where)
  }
  return next
}

/** How often lines between neighbouring rows cross: how many pairs of their ends stand in the wrong order. */
function crossingsIn(rows: readonly (readonly Item[])[]): number {
  let crossings = 0
  for (const [at, row] of rows.slice(1).entries()) {
    const place = new Map(row.map((item, where) => [item, where]))
    const ends: number[] = []
    for (const item of rows[at]!)
      for (const end of item.down.map((each) => place.get(each)!).sort((one, other) => one - other)) {
        let where = ends.length
        while (where > 0 && ends[where - 1]! > end) where -= 1
        crossings += ends.length - where
        ends.splice(where, 0, end)
      }
  }
  return crossings
}

/** Lines that meet a box at one side stand apart, in the order of what they lead to. */
function setPorts(rows: readonly (readonly Item[])[]) {
  const place = new Map(rows.flatMap((row) => row.map((item, at) => [item, at] as const)))
  for (const item of rows.flat())
    for (const joined of [item.up, item.down]) {
      const step = Math.min(28, (item.width - 24) / joined.length)
      const inOrder = joined.toSorted((one, other) => place.get(one)! - place.get(other)!)
      for (const [at, each] of inOrder.entries())
        item.ports.set(each, item.kind === 'box' ? (at - (joined.length - 1) / 2) * step : 0)
    }
}
const portOf = (item: Item, joined: Item): number => item.x + item.ports.get(joined)!

/** How much each wants to stand straight over the other. A line that bends where it only passes is the ugliest. */
const pull = (one: Item, other: Item): number => {
  const passes = Number(one.kind === 'pass') + Number(other.kind === 'pass')
  return [1, 2, 30][passes]!
}

/** Every place as near as may be to where its lines are straight, in its order and without touching its neighbours. */
function placeAcross(rows: readonly (readonly Item[])[]) {
  setPorts(rows)
  for (const row of rows) settle(row, () => [])
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const row of rows) settle(row, ({ up }) => up)
    for (const row of rows.toReversed()) settle(row, ({ down }) => down)
  }
  for (let sweep = 0; sweep < finalSweeps; sweep += 1)
    for (const row of sweep % 2 ? rows.toReversed() : rows) settle(row, ({ up, down }) => [...up, ...down])
}

/** The least squares that keep the order and the distances: neighbours that are too near share one place (isotonic regression). */
function settle(row: readonly Item[], joinedOf: (item: Item) => readonly Item[]) {
  const offsets: number[] = []
  for (const [at, item] of row.entries()) {
    const before = row[at - 1]
    offsets.push(before ? offsets[at - 1]! + distance(before, item) : 0)
  }
  const pools: { sum: number; weight: number; count: number }[] = []
  for (const [at, item] of row.entries()) {
    const joined = joinedOf(item)
    const pulls = joined.map((each) => [pull(item, each), portOf(each, item) - item.ports.get(each)!] as const)
    if (joined.length === 0) pulls.push([0.1, item.x])
    const weight = pulls.reduce((sum, [each]) => sum + each, 0)
    const wanted = pulls.reduce((sum, [each, x]) => sum + each * x, 0)
    pools.push({ sum: wanted - weight * offsets[at]!, weight, count: 1 })
    for (let last = pools.at(-1)!, before = pools.at(-2); before; last = pools.at(-1)!, before = pools.at(-2)) {
      if (before.sum / before.weight <= last.sum / last.weight) break
      pools.splice(-2, 2, {
        ...{ sum: before.sum + last.sum, weight: before.weight + last.weight, count: before.count + last.count },
      })
    }
  }
  const places = pools.flatMap(({ sum, weight, count }) => Array<number>(count).fill(sum / weight))
  for (const [at, item] of row.entries()) item.x = places[at]! + offsets[at]!
}

/** How far the middles of two neighbours stand from each other at least. */
const distance = (one: Item, other: Item): number =>
  (one.width + other.width) / 2 + Math.max(apart[one.kind], apart[other.kind])

/** Takes the last small bends out of long lines: one place for all that they pass, where every row has room for it. */
function straighten(runs: readonly (readonly Item[])[], rows: readonly (readonly Item[])[]) {
  const room = (item: Item) => {
    const row = rows[item.row]!
    const at = row.indexOf(item)
    const [before, behind] = [row[at - 1], row[at + 1]]
    return {
      from: before ? before.x + distance(before, item) : -Infinity,
      to: behind ? behind.x - distance(item, behind) : Infinity,
    }
  }
  for (const run of runs)
    for (const part of [run, run.filter(({ kind }) => kind === 'pass')]) {
      const from = Math.max(...part.map((item) => room(item).from))
      const to = Math.min(...part.map((item) => room(item).to))
      if (part.length < 2 || from > to) continue
      const mean = part.reduce((sum, { x }) => sum + x, 0) / part.length
      for (const item of part) item.x = Math.max(from, Math.min(to, mean))
      break
    }
}

type Top = { readonly top: number; readonly height: number }

function topsOf(rows: readonly (readonly Item[])[]): readonly Top[] {
  const tops: Top[] = []
  for (const row of rows) {
    const before = tops.at(-1)
    const height = Math.max(0, ...row.map((item) => item.height))
    tops.push({ top: before ? before.top + before.height + betweenRows : 0, height })
  }
  return tops
}

function placedArrow({ items, word, isBack }: Chain, tops: readonly Top[], yOf: (item: Item) => number): PlacedArrow {
  const at = items.indexOf(word)
  const upper = items[0]!
  const lower = items.at(-1)!
  const beforeWord: Point[] = [[portOf(upper, items[1]!), yOf(upper) + upper.height]]
  for (const item of items.slice(1, at)) beforeWord.push(...passing(item, tops))
  beforeWord.push([word.x, yOf(word)])
  const behindWord: Point[] = [[word.x, yOf(word) + word.height]]
  for (const item of items.slice(at + 1, -1)) behindWord.push(...passing(item, tops))
  behindWord.push([portOf(lower, items.at(-2)!), yOf(lower)])
  const lines: [Line, Line] = isBack ? [behindWord.toReversed(), beforeWord.toReversed()] : [beforeWord, behindWord]
  return { x: word.x, y: yOf(word) + word.height / 2, lines, isBack }
}

const passing = ({ x, row }: Item, tops: readonly Top[]): readonly Point[] => {
  const { top, height } = tops[row]!
  return [
    [x, top],
    [x, top + height],
  ]
}
