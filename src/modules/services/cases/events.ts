import type { Ended } from '#ledger'
import type { Language } from '#platform'
import type { Count } from './clocks.rules.ts'
import type { Listed, ListedBefore } from './listed.rules.ts'

/** How a case ended: as its definition says, or because it was merged into another. */
export const outcomes = ['granted', 'refused', 'withdrawn', 'done', 'merged'] as const
export type Outcome = (typeof outcomes)[number]

/** Whom a case waits for: an officer, the person’s reply, the approval of another officer, or nobody any more. */
export const waits = ['officer', 'reply', 'approval', 'nobody'] as const
export type Wait = (typeof waits)[number]

/** What an officer must hold to go on with it: `decide` where everything that can be done is a decider’s. */
export type Queue = 'work' | 'decide'

/** Where a case stands by its definition: what an event that moves it carries, so that folding asks nobody. */
export type Placed = {
  state: string
  organisation: string
  queue: Queue
  /** The day on whose end the clock of the state runs out, and that instant. */
  due: { on: string; at: string; count: Count } | null
  ends: Outcome | null
}

/** How a case that has ended stands by another version, and how it stood before. */
type Restored = {
  of: number
  version: string
  fromVersion: string
  state: string
  from: string
  outcome: Outcome
  appealUntilOn: string | null
  cohort: string
}

/** An item of a register that a case has begun, with what its definition then said of it; older events say less. */
export type ItemLeft = {
  register: string
  number: string
  party: string
  /** For which it began. */
  department?: string
  /** The step that undoes it. */
  undo: string | null
  /** The step that ends it where its person withdraws the case. */
  giveUp?: string | null
  /** The step that brings it back. */
  reinstate?: string | null
  /** The step by which it is offered to the applicant. */
  pass?: string | null
  /** The leaf of the proposal by which it is offered to the applicant. */
  proposal: string | null
}

type Due = Placed['due']

/** What each kind of event says in clear: identifiers, codes and dates, and never what a person or an officer wrote. */
export type EventData = {
  begun: Placed & {
    application: string
    service: string
    version: string
    person: string | null
    /** In whose name the person applied, where that is not their own. */
    forOrganisation: string | null
    /** Whether the applicant may have only one open case of the service. */
    once: boolean
    language: Language
    /** Answers that officers see and search in their lists; texts in events of the time before they were kept as answers. */
    listed: Listed | ListedBefore
    reviewOf: string | null
    /** Officers who may not work on it, as they decided what it reviews. */
    excluded: readonly string[]
  }
  claimed: Record<string, never>
  released: Record<string, never>
  assigned: { to: string }
  noted: Record<string, never>
  /** Answers to these questions count from here on in the place of those that were sent. */
  corrected: { questions: readonly string[]; listed: Listed }
  'step-proposed': { step: string; reasons: readonly string[] }
  'step-sent-back': { proposal: number; to: string }
  'step-taken': Placed & {
    step: string
    from: string
    decides: 'granted' | 'refused' | null
    reasons: readonly string[]
    /** The proposal that is hereby approved. */
    proposal: number | null
    proposedBy: string | null
    /** Whether whoever has the case keeps it. */
    keeps: boolean
    /** Working days that it took, without those for which its clock stood. */
    workedDays: number
    appealUntilOn: string | null
    /** The round of judging by whose result the system took it. */
    round?: string
    /** Who confirmed that result, and answered what is noted with it. */
    confirmedBy?: string
  }
  /** `files` is under what the files of the answer are kept, where such are asked for. */
  'information-asked': { left: number | null; remindAt: string; untilOn: string; untilAt: string; files?: string }
  /** `files` are those that came with it. */
  'information-given': { due: Due; stoodDays: number; files?: readonly string[] }
  'information-lapsed': { due: Due; stoodDays: number }
  reminded: Record<string, never>
  withdrawn: { proposal: number | null }
  appealed: { review: string }
  complained: Record<string, never>
  'complaint-answered': Record<string, never>
  merged: { into: string }
  'merge-undone': { from: string; claimed: string | null; due: Due }
  'taken-in': { from: string }
  'given-back': { to: string }
  /** An open case goes by another version from here on. */
  moved: { version: string; fromVersion: string; queue: Queue; cohort: string; proposedBy: string }
  'move-undone': { of: number; version: string; fromVersion: string; queue: Queue; cohort: string }
  /** A decision of the same case by another version of the rules, in the place of event `of`. */
  redecided: Restored & {
    step: string
    decides: 'granted' | 'refused'
    reasons: readonly string[]
    proposedBy: string
    /** The day of the first decision, for which the rules are read. */
    asOn: string
  }
  /** The decision counts again that was replaced by event `of`; without `proposedBy` where one officer could undo alone. */
  'redecision-undone': Restored & { proposedBy?: string }
  'message-sent': { message: string; inbox: boolean }
  'output-made': { output: string; kind: string; item?: ItemLeft }
  /**
   * How an item stands in its register since the case went another way than when it left it: `undone` by the register’s own step; `over`
   * where it counted no more before; `reinstated` by the register’s own step; where the register does not let it be ended, it `stands` as
   * before; and `missing` where what left it counts again and it could not be brought back.
   */
  'record-settled': {
    output: string
    register: string
    number: string
    now: 'undone' | 'over' | 'reinstated' | 'stands' | 'missing'
    /** Where no other decision is why. */
    why?: 'withdrawn' | 'merged'
    /** Of one that is undone: by which it is known that nothing happened to it since. */
    ended?: Ended
    /** Of one that is reinstated: the leaf of the proposal by which it is offered again. */
    proposal?: string | null
  }
}

export type EventKind = keyof EventData

type Head = {
  /** 1 is the first of its case. */
  number: number
  at: string
  /** An officer, the person, or `system`. */
  by: string
  /** For whom an officer acted. */
  organisation: string | null
}

/** One event of a case. What is sealed beside it is not needed to fold. */
export type CaseEvent = { [Kind in EventKind]: Head & { kind: Kind; data: EventData[Kind] } }[EventKind]

/** A case as it stands: the fold of its events. */
export type Case = {
  reference: string
  number: number
  application: string
  service: string
  version: string
  organisation: string
  personId: string | null
  forOrganisation: string | null
  once: boolean
  language: Language
  listed: Listed | ListedBefore
  state: string
  queue: Queue
  wait: Wait
  openedAt: string
  stateSinceAt: string
  claimedBy: string | null
  claimedAt: string | null
  dueOn: string | null
  dueAt: string | null
  dueCount: Count | null
  /** While the clock stands: days that were left, and since when. */
  leftDays: number | null
  stoppedAt: string | null
  stoodDays: number
  replyUntilOn: string | null
  replyUntilAt: string | null
  remindAt: string | null
  /** The number of the event that waits for an approval, and who proposed. */
  proposal: number | null
  proposedBy: string | null
  endedAt: string | null
  outcome: Outcome | null
  decidedAt: string | null
  workedDays: number | null
  appealUntilOn: string | null
  reviewOf: string | null
  review: string | null
  mergedInto: string | null
  complainedAt: string | null
  excluded: readonly string[]
}
