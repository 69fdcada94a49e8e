/** All amounts are whole cents, and no sum of them comes near what a number holds exactly. */

/** Divides what was granted among lines by what they asked, so that the parts come to the whole: a cent that is left goes to the largest rest. */
export function divide(totalCents: number, asked: readonly number[]): number[] {
  const sum = asked.reduce((all, each) => all + BigInt(each), 0n)
  if (sum === 0n) return asked.map(() => 0)
  const total = BigInt(totalCents)
  const parts = asked.map((each, at) => ({
    at,
    part: (total * BigInt(each)) / sum,
    rest: (total * BigInt(each)) % sum,
  }))
  let left = total - parts.reduce((all, { part }) => all + part, 0n)
  const byRest = parts.toSorted((one, other) =>
    one.rest === other.rest ? one.at - other.at : one.rest > other.rest ? -1 : 1,
  )
  for (const each of byRest) {
    if (left === 0n) break
    each.part += 1n
    left -= 1n
  }
  return parts.map(({ part }) => Number(part))
}

export type Line = { line: number; category: string | null; grantedCents: number }
export type Move = { fromLine: number; toLine: number; cents: number; state: 'free' | 'asked' | 'approved' | 'refused' }
export type Claim = { line: number; cents: number; state: 'sent' | 'accepted' | 'refused' }

export type Standing = Line & {
  /** What it has after what was moved. */
  budgetCents: number
  acceptedCents: number
  /** Claimed, and not looked at yet. */
  waitingCents: number
  /** What a move that waits for an officer would take from it. */
  askedAwayCents: number
  /** What can still be claimed or moved away. */
  leftCents: number
}

/** Where each line of a budget stands. */
export function standingOf(lines: readonly Line[], moves: readonly Move[], claims: readonly Claim[]): Standing[] {
  const sum = (cents: readonly { cents: number }[]) => cents.reduce((all, each) => all + each.cents, 0)
  const done = moves.filter(({ state }) => state === 'free' || state === 'approved')
  return lines.map((each) => {
    const of = (state: Claim['state']) =>
      sum(claims.filter((claim) => claim.line === each.line && claim.state === state))
    const into = sum(done.filter(({ toLine }) => toLine === each.line))
    const away = sum(done.filter(({ fromLine }) => fromLine === each.line))
    const askedAwayCents = sum(moves.filter(({ fromLine, state }) => fromLine === each.line && state === 'asked'))
    const budgetCents = each.grantedCents + into - away
    const [acceptedCents, waitingCents] = [of('accepted'), of('sent')]
    const leftCents = budgetCents - acceptedCents - waitingCents - askedAwayCents
    return { ...each, budgetCents, acceptedCents, waitingCents, askedAwayCents, leftCents }
  })
}

type Ceilings = readonly { id: string; mostCents: number }[]

/** The category of which more is in the lines than its ceiling allows, if there is one. */
export function aboveCategory(
  lines: readonly { category: string | null; cents: number }[],
  ceilings: Ceilings,
): string | undefined {
  return ceilings.find(({ id, mostCents }) => {
    const sum = lines.filter(({ category }) => category === id).reduce((all, { cents }) => all + cents, 0)
    return sum > mostCents
  })?.id
}

/**
 * Whether money may be moved from a line to another: `free` as long as all that went from the line without asking stays within
 * the share of what it was granted, `asked` beyond it, and why not otherwise.
 */
export function virementOf(
  standing: readonly Standing[],
  moves: readonly Move[],
  wanted: { fromLine: number; toLine: number; cents: number },
  { freePercent, categories }: { freePercent: number; categories: Ceilings },
): 'free' | 'asked' | 'same-line' | 'too-much' | 'above-category' {
  const { fromLine, toLine, cents } = wanted
  const from = standing.find(({ line }) => line === fromLine)
  const to = standing.find(({ line }) => line === toLine)
  if (!from || !to || from === to) return 'same-line'
  if (cents > from.leftCents) return 'too-much'
  const categoryOf = (line: number) => standing.find((each) => each.line === line)?.category
  // What waits to come into a category counts as if it were approved; what waits to leave it, as if it were refused.
  const asked = (line: number) =>
    moves
      .filter(
        (each) => each.state === 'asked' && each.toLine === line && categoryOf(each.fromLine) !== categoryOf(line),
      )
      .reduce((all, { cents }) => all + cents, 0)
  const after = standing.map(({ line, category, budgetCents }) => ({
    category,
    cents: budgetCents + asked(line) + (line === toLine ? cents : 0) - (line === fromLine ? cents : 0),
  }))
  if (from.category !== to.category && aboveCategory(after, categories)) return 'above-category'
  const freely = moves.filter((each) => each.fromLine === fromLine && each.state === 'free')
  const moved = freely.reduce((all, each) => all + each.cents, cents)
  return moved * 100 <= from.grantedCents * freePercent ? 'free' : 'asked'
}

/** The instalments of what was granted. What the shares leave over stands in the last. */
export const instalmentsOf = (grantedCents: number, percents: readonly number[]): number[] => {
  const parts = percents.map((percent) => Number((BigInt(grantedCents) * BigInt(percent)) / 100n))
  const others = parts.slice(0, -1).reduce((all, each) => all + each, 0)
  return [...parts.slice(0, -1), grantedCents - others]
}

/** What an instalment comes to: one that waits for the final report covers what was spent, and no more than that. */
export const payableOf = (of: {
  cents: number
  on: string
  payableBeforeCents: number
  acceptedCents: number
}): number => (of.on === 'final' ? Math.min(of.cents, Math.max(0, of.acceptedCents - of.payableBeforeCents)) : of.cents)

/** What is left at the end, and the part of it that had been payable and goes back. */
export function leftAtEnd(of: { grantedCents: number; acceptedCents: number; payableCents: number }) {
  return {
    unspentCents: of.grantedCents - of.acceptedCents,
    returnCents: Math.max(0, of.payableCents - of.acceptedCents),
  }
}
