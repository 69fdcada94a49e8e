import { type Form, gcd, plus } from './forms.ts'

/** `Σ unknowns · weight + known = 0`, and how often each equation is in it. */
export type Row = { unknowns: Map<number, bigint>; known: Form; from: Map<number, bigint> }

/**
 * Gauss-Jordan elimination in whole numbers. A row that ends with one unknown determines it; a row that ends with none
 * says something about known numbers only. Rows are changed in place.
 */
export function eliminate(rows: Row[]): void {
  const holding = new Map<number, Set<Row>>()
  for (const row of rows)
    for (const unknown of row.unknowns.keys()) {
      const set = holding.get(unknown)
      if (set) set.add(row)
      else holding.set(unknown, new Set([row]))
    }
  for (const row of rows) {
    const pivot = pivotOf(row, holding)
    if (pivot === undefined) continue
    for (const other of [...holding.get(pivot)!]) if (other !== row) subtract(other, row, pivot, holding)
  }
}

/** The unknown that the fewest other rows hold, so that rows stay short. */
function pivotOf(row: Row, holding: Map<number, Set<Row>>): number | undefined {
  let best: number | undefined
  for (const unknown of row.unknowns.keys())
    if (best === undefined || holding.get(unknown)!.size < holding.get(best)!.size) best = unknown
  return best
}

/** Takes `row` so often from `other` that the pivot vanishes there. */
function subtract(other: Row, row: Row, pivot: number, holding: Map<number, Set<Row>>): void {
  const [mine, its] = [row.unknowns.get(pivot)!, other.unknowns.get(pivot)!]
  const common = gcd(mine, its)
  const [scale, times] = [mine / common, its / common]
  for (const unknown of take(other.unknowns, row.unknowns, scale, times)) {
    if (other.unknowns.has(unknown)) holding.get(unknown)!.add(other)
    else holding.get(unknown)!.delete(other)
  }
  take(other.from, row.from, scale, times)
  const known = new Map([...other.known.terms].map(([cell, weight]) => [cell, weight * scale]))
  other.known = plus({ by: other.known.by, terms: known }, row.known, -times)
}

/** `other · scale - row · times`, in place; gives the keys that may have come or gone. */
function take(other: Map<number, bigint>, row: Map<number, bigint>, scale: bigint, times: bigint): Iterable<number> {
  for (const [key, weight] of other) other.set(key, weight * scale)
  for (const [key, weight] of row) {
    const sum = (other.get(key) ?? 0n) - weight * times
    if (sum === 0n) other.delete(key)
    else other.set(key, sum)
  }
  return row.keys()
}
