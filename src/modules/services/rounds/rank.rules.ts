import type { Round } from '../definitions/rounds.ts'

export type Entry = { reference: string; stream: string }

/** The marks of one judge for one entry, by criterion, on the scale of the round. */
export type Sheet = { reference: string; judge: string; marks: Readonly<Record<string, number>> }

export type Recused = { reference: string; judge: string }

/** Where the chair decided a tie: the entries that were tied, the one preferred first. */
export type Casting = readonly string[]

export type Ranked = {
  reference: string
  stream: string
  /**
   * In millionths. Without normalisation of a percent of full marks, 0 to 100 percent; with z-scores of a standard deviation above
   * the mean of the judges, which may be negative. Null where no judge who had no conflict gave marks.
   */
  scoreMillionths: number | null
  /** Mean of each criterion as it was marked, in millionths of a mark, in the order of the definition. */
  criteriaMillionths: readonly number[]
  sheets: number
  /** 1 is the best of its stream; those who are still tied share it. Null where there is no score. */
  rank: number | null
  goesOn: boolean
}

export type Result = {
  entries: readonly Ranked[]
  /** Ties on the line that the chair has not decided yet; the round cannot close while there is one. */
  undecided: readonly (readonly string[])[]
}

export type Ranking = Pick<Round, 'criteria' | 'scale' | 'normalise' | 'goesOn' | 'ties'>

const million = 1_000_000

/**
 * Ranks a round from everything that it rests on, so that a published result can be made again. The order in which entries, sheets
 * and conflicts come makes no difference. Sheets of a judge who declared a conflict count nowhere, not even in that judge’s mean.
 * Equal scores are parted by the criteria in their order, then by the chair; who stays tied shares a rank.
 */
export function rankRound(
  round: Ranking,
  of: {
    entries: readonly Entry[]
    sheets: readonly Sheet[]
    recused: readonly Recused[]
    castings: readonly Casting[]
  },
): Result {
  const away = new Set(of.recused.map(keyOf))
  const known = new Set(of.entries.map(({ reference }) => reference))
  const counted = of.sheets
    .filter((sheet) => !away.has(keyOf(sheet)) && known.has(sheet.reference))
    // Sums of fractions depend on their order, so that there is one order.
    .sort((one, other) => compare(keyOf(one), keyOf(other)))
  const scores = scoresOf(round, counted)
  const scored = [...of.entries]
    .sort((one, other) => compare(one.reference, other.reference))
    .map((entry) => scoreEntry(round, entry, counted, scores))
  const streams = [...new Set(scored.map(({ stream }) => stream))].sort(compare)
  const results = streams.map((stream) =>
    rankStream(
      round,
      scored.filter((each) => each.stream === stream),
      of.castings,
    ),
  )
  return {
    entries: results.flatMap(({ entries }) => entries),
    undecided: results.flatMap(({ undecided }) => undecided),
  }
}

const keyOf = ({ judge, reference }: Recused) => `${judge} ${reference}`
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** What each sheet is worth: its weighted marks in percent of full marks, or how far they lie from what its judge gives. */
function scoresOf({ criteria, scale, normalise }: Ranking, sheets: readonly Sheet[]): ReadonlyMap<Sheet, number> {
  const percent = new Map(
    sheets.map((sheet) => {
      const weighed = criteria.reduce((sum, { id, weight }) => sum + weight * (markOf(sheet, id) - scale.min), 0)
      return [sheet, weighed / (scale.max - scale.min)]
    }),
  )
  if (normalise === 'none') return percent
  const byJudge = Map.groupBy(sheets, ({ judge }) => judge)
  return new Map(
    [...byJudge.values()].flatMap((own) => {
      const values = own.map((sheet) => percent.get(sheet)!)
      const middle = mean(values)
      const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
      // A judge of one entry, or who gives all the same, says nothing of which is better. Fractions leave a trace of a spread.
      return own.map((sheet, at): [Sheet, number] => [sheet, spread < 1e-9 ? 0 : (values[at]! - middle) / spread])
    }),
  )
}

function markOf({ marks, judge, reference }: Sheet, criterion: string): number {
  const mark = marks[criterion]
  if (mark === undefined) throw new Error(`The sheet of ${judge} for ${reference} has no mark for ${criterion}`)
  return mark
}

type Scored = Omit<Ranked, 'rank' | 'goesOn'>

function scoreEntry(
  round: Ranking,
  entry: Entry,
  sheets: readonly Sheet[],
  scores: ReadonlyMap<Sheet, number>,
): Scored {
  const own = sheets.filter(({ reference }) => reference === entry.reference)
  if (own.length === 0) return { ...entry, scoreMillionths: null, criteriaMillionths: [], sheets: 0 }
  return {
    ...entry,
    // Without the -0 that rounding a small negative number leaves.
    scoreMillionths: Math.round(mean(own.map((sheet) => scores.get(sheet)!)) * million) + 0,
    criteriaMillionths: round.criteria.map(({ id }) =>
      Math.round(mean(own.map((sheet) => markOf(sheet, id))) * million),
    ),
    sheets: own.length,
  }
}

function rankStream(round: Ranking, scored: readonly Scored[], castings: readonly Casting[]): Result {
  const [with_, without] = [scored.filter(hasScore), scored.filter((each) => !hasScore(each))]
  const groups = new Map<string, Scored[]>()
  for (const each of with_.sort(better)) {
    const key = [each.scoreMillionths, ...each.criteriaMillionths].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  const entries: Ranked[] = []
  const undecided: string[][] = []
  for (const tied of groups.values()) {
    const first = entries.length + 1
    const last = entries.length + tied.length
    const onLine = first <= round.goesOn && last > round.goesOn
    const order = tied.length > 1 && round.ties === 'chair' ? castingFor(tied, castings) : undefined
    if (order) {
      const rankOf = (each: Scored) => first + order.indexOf(each.reference)
      for (const each of [...tied].sort((one, other) => rankOf(one) - rankOf(other)))
        entries.push({ ...each, rank: rankOf(each), goesOn: rankOf(each) <= round.goesOn })
      continue
    }
    const waits = onLine && round.ties === 'chair'
    if (waits) undecided.push(tied.map(({ reference }) => reference))
    for (const each of tied) entries.push({ ...each, rank: first, goesOn: first <= round.goesOn && !waits })
  }
  for (const each of without) entries.push({ ...each, rank: null, goesOn: false })
  return { entries, undecided }
}

const hasScore = (each: Scored) => each.scoreMillionths !== null

function better(one: Scored, other: Scored): number {
  if (one.scoreMillionths !== other.scoreMillionths) return other.scoreMillionths! - one.scoreMillionths!
  const at = one.criteriaMillionths.findIndex((value, at) => value !== other.criteriaMillionths[at])
  return at < 0 ? compare(one.reference, other.reference) : other.criteriaMillionths[at]! - one.criteriaMillionths[at]!
}

/** What the chair decided of exactly these entries. The newest stands last. A decision of other entries decides nothing here. */
const castingFor = (tied: readonly Scored[], castings: readonly Casting[]) =>
  castings.findLast((order) => order.length === tied.length && tied.every(({ reference }) => order.includes(reference)))
