import { type Party, partiesOf, type Rules, type Step } from './rules.rules.ts'
import type { HeldAs, RulesEntry, StepEntry } from './step-entry.rules.ts'

/** A proposal that waits for approvals, and who gave theirs; who proposes approves. */
export type Open = {
  /** Its leaf. */
  proposal: string
  step: string
  rules: string
  /** Until when it may take effect. */
  until: string
  by: { party: string; who: string; as?: HeldAs }[]
}

/** What the entries of an item make of it. Nothing here says who anybody is. */
export type ItemState = {
  /** Null until the step by which it begins has taken effect. */
  state: string | null
  heldAs: HeldAs | null
  /** The leaf of its newest entry. */
  head: string
  entries: number
  open: Open[]
}

/** Rules by the leaf that set them, and those that count for new proposals. */
export type RegisterRules = { org: string; current: string; all: Map<string, Rules> }

export type StepFault =
  | 'rules-unknown'
  | 'rules-old'
  | 'rules-other-organisation'
  | 'prev-other'
  | 'step-unknown'
  | 'state-other'
  | 'holder-other'
  | 'party-unknown'
  | 'party-other-organisation'
  | 'proposal-unknown'
  | 'proposal-late'
  | 'approved-before'
  | 'open-too-many'

/** How many proposals of one party wait for an item at once: what one party piles up stands in no other’s way. */
export const openOfPartyMax = 5
const dayMs = 86_400_000

/** New rules of a register. Only who set the first may set others. */
export function foldRules(
  before: RegisterRules | undefined,
  { org, rules, prev }: RulesEntry,
  leaf: string,
): RegisterRules | StepFault {
  if (before && before.org !== org) return 'rules-other-organisation'
  if (before?.current !== prev) return 'prev-other'
  return { org, current: leaf, all: new Map(before?.all).set(leaf, rules) }
}

/**
 * What an entry makes of an item; `effect` where a step took effect by it. A pure function of entries: the same for whoever
 * writes one, and for whoever computes a register again from the tiles of its log. A fault is an entry without effect.
 */
export function foldStep(
  before: ItemState | undefined,
  entry: StepEntry,
  leaf: string,
  register: RegisterRules | undefined,
): { item: ItemState; effect?: Step } | StepFault {
  if (!register) return 'rules-unknown'
  const proposed = entry.kind === 'step-proposed'
  const open = proposed ? undefined : before?.open.find(({ proposal }) => proposal === entry.proposal)
  if (entry.prev !== before?.head) return 'prev-other'
  if (!proposed && !open) return 'proposal-unknown'
  if (proposed && entry.rules !== register.current) return 'rules-old'
  if (open && (open.rules !== entry.rules || open.step !== entry.step)) return 'proposal-unknown'
  const rules = register.all.get(entry.rules)
  const step = rules?.steps.find(({ id }) => id === entry.step)
  if (!rules) return 'rules-unknown'
  if (!step) return 'step-unknown'
  const party = rules.parties.find(({ id }) => id === entry.party)
  const fault = faultOfParty(step, party, entry, { before, keeper: register.org })
  if (fault) return fault
  if (open && entry.time > open.until) return 'proposal-late'
  if (!isOpenTo(step, before)) return 'state-other'
  const base = {
    state: before?.state ?? null,
    heldAs: before?.heldAs ?? null,
    head: leaf,
    entries: (before?.entries ?? 0) + 1,
  }
  // What is late is closed by whoever comes next.
  const others = waitingAt(before, entry.time).filter((each) => each !== open)
  if (entry.kind === 'step-refused') return { item: { ...base, open: others } }
  if (open?.by.some(({ who }) => who === entry.who)) return 'approved-before'
  const grown: Open = open
    ? { ...open, by: [...open.by, byOf(entry)] }
    : { proposal: leaf, step: step.id, rules: entry.rules, until: untilOf(entry.time, rules), by: [byOf(entry)] }
  if (missingOf(step, grown, rules, base.heldAs).every((needs) => needs.length > 0)) {
    const isOwn = ({ by: [proposer] }: Open) => proposer!.party === entry.party
    if (proposed && others.filter(isOwn).length >= openOfPartyMax) return 'open-too-many'
    return { item: { ...base, open: [...others, grown] } }
  }
  const taker = grown.by.find(({ party }) => rules.parties.find(({ id }) => id === party)?.is === 'taker')
  // Whatever else was proposed stood on what is now different: who still wants it proposes it again.
  return {
    item: { ...base, state: step.to, heldAs: step.passes ? (taker?.as ?? null) : base.heldAs, open: [] },
    effect: step,
  }
}

function faultOfParty(
  step: Step,
  party: Party | undefined,
  entry: StepEntry,
  { before, keeper }: { before: ItemState | undefined; keeper: string },
): StepFault | undefined {
  if (!party || !partiesOf(step).includes(party.id)) return 'party-unknown'
  if (entry.org !== (party.is === 'organisation' ? party.organisation : keeper)) return 'party-other-organisation'
  if (party.is === 'organisation') return entry.as ? 'party-unknown' : undefined
  if (!entry.as) return 'party-unknown'
  return party.is === 'holder' && before?.heldAs !== entry.as ? 'holder-other' : undefined
}

/** Whether a step can be taken of an item as it stands; undefined for one that is not there yet. */
export function isOpenTo(
  step: Pick<Step, 'from' | 'when'>,
  item: Pick<ItemState, 'state' | 'heldAs'> | undefined,
): boolean {
  const state = item?.state ?? null
  if (state === null ? step.from.length > 0 : !step.from.includes(state)) return false
  return step.when === undefined || (step.when === 'held') === ((item?.heldAs ?? null) !== null)
}

/** The proposals of an item that may still take effect at a second, as entries write it. */
export const waitingAt = (item: Pick<ItemState, 'open'> | undefined, time: string): Open[] =>
  (item?.open ?? []).filter(({ until }) => until >= time)

/** What of each way in which a step can be approved is still missing: party and number of persons. It is approved when one is whole. */
export function missingOf(step: Step, open: Open, rules: Rules, heldAs: HeldAs | null) {
  const kinds = new Map(rules.parties.map(({ id, is }) => [id, is]))
  return step.approvals.map((needs) =>
    needs.flatMap(({ party, persons, ofOrganisation }) => {
      const those = open.by.filter((each) => each.party === party)
      const as = kinds.get(party) === 'holder' ? heldAs : those[0]?.as
      const missing = (as === 'organisation' ? ofOrganisation : persons) - those.length
      return missing > 0 ? [{ party, persons: missing }] : []
    }),
  )
}

const byOf = ({ party, who, as }: StepEntry) => ({ party, who, ...(as && { as }) })

const untilOf = (time: string, { openDays }: Rules) =>
  new Date(Date.parse(time) + openDays * dayMs).toISOString().replace('.000Z', 'Z')
