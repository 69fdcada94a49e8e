import type { Case, CaseEvent, EventData, Placed } from './events.ts'

/** Who decided or proposed: they may not look at it again in a review. */
const withAlso = (list: readonly string[], ...more: (string | null)[]) => [
  ...new Set([...list, ...more.filter((each) => each !== null)]),
]

const dueOf = (due: Placed['due']) => ({
  dueOn: due?.on ?? null,
  dueAt: due?.at ?? null,
  dueCount: due?.count ?? null,
})

const noClock = { leftDays: null, stoppedAt: null, replyUntilOn: null, replyUntilAt: null, remindAt: null }
const noProposal = { proposal: null, proposedBy: null }
const nobody = { claimedBy: null, claimedAt: null }

/** The case that its first event begins. */
function begin(reference: string, at: string, data: EventData['begun']): Case {
  const { application, service, version, person, forOrganisation, once, language, listed, reviewOf, excluded } = data
  return {
    ...{ reference, number: 1, application, service, version, language, listed, reviewOf, excluded },
    ...{ personId: person, forOrganisation, once },
    ...{ state: data.state, organisation: data.organisation, queue: data.queue, wait: 'officer' },
    ...{ openedAt: at, stateSinceAt: at, ...nobody, ...dueOf(data.due), ...noClock, stoodDays: 0, ...noProposal },
    ...{ endedAt: null, outcome: null, decidedAt: null, workedDays: null, appealUntilOn: null },
    ...{ review: null, mergedInto: null, complainedAt: null },
  }
}

function take(before: Case, at: string, by: string, data: EventData['step-taken']): Case {
  const moved: Case = {
    ...before,
    ...{ state: data.state, organisation: data.organisation, queue: data.queue, wait: 'officer' },
    ...{ stateSinceAt: at, ...dueOf(data.due), ...noClock, ...noProposal },
    ...(data.keeps ? {} : nobody),
    ...(data.decides && {
      ...{ decidedAt: at, workedDays: data.workedDays, appealUntilOn: data.appealUntilOn },
      excluded: withAlso(before.excluded, by, data.confirmedBy ?? data.proposedBy),
    }),
  }
  return data.ends ? end(moved, at, data.ends) : moved
}

const end = (before: Case, at: string, outcome: NonNullable<Case['outcome']>): Case => ({
  ...before,
  ...{ wait: 'nobody', endedAt: at, outcome, ...nobody, ...dueOf(null), ...noClock, ...noProposal },
})

/** How long a decision took stays as it was: the person had to wait for the first one. */
const restore = (before: Case, at: string, data: EventData['redecision-undone']): Case => ({
  ...before,
  ...{ version: data.version, state: data.state, outcome: data.outcome, appealUntilOn: data.appealUntilOn },
  ...(data.state !== data.from && { stateSinceAt: at }),
})

/**
 * A case after one more event. Pure, and the only place that says what an event does: the program that writes and the one that
 * replays both ask it. Throws for an event that is not the next one, as then the list is not what was written.
 */
export function fold(before: Case | undefined, reference: string, event: CaseEvent): Case {
  const { at, by, number } = event
  if (number !== (before?.number ?? 0) + 1) throw new Error(`Event ${number} of ${reference} is not the next one`)
  if (!before && event.kind === 'begun') return begin(reference, at, event.data)
  if (!before) throw new Error(`${reference} does not begin with an event that begins a case`)
  return change({ ...before, number }, event, at, by)
}

function change(now: Case, event: CaseEvent, at: string, by: string): Case {
  switch (event.kind) {
    case 'claimed':
      return { ...now, claimedBy: by, claimedAt: at }
    case 'released':
      return { ...now, ...nobody }
    case 'assigned':
      return { ...now, claimedBy: event.data.to, claimedAt: at }
    case 'corrected':
      return { ...now, listed: event.data.listed }
    case 'step-proposed':
      return { ...now, ...nobody, wait: 'approval', proposal: event.number, proposedBy: by }
    case 'step-sent-back':
      return { ...now, ...noProposal, wait: 'officer', claimedBy: event.data.to, claimedAt: at }
    case 'step-taken':
      return take(now, at, by, event.data)
    case 'information-asked': {
      const { left, remindAt, untilOn, untilAt } = event.data
      const stopped = { leftDays: left, stoppedAt: at, replyUntilOn: untilOn, replyUntilAt: untilAt, remindAt }
      return { ...now, wait: 'reply', ...stopped, dueOn: null, dueAt: null }
    }
    case 'information-given':
    case 'information-lapsed': {
      const stoodDays = now.stoodDays + event.data.stoodDays
      return { ...now, wait: 'officer', ...noClock, ...dueOf(event.data.due), stoodDays }
    }
    case 'reminded':
      return { ...now, remindAt: null }
    case 'withdrawn':
      return end(now, at, 'withdrawn')
    case 'appealed':
      return { ...now, review: event.data.review }
    case 'complained':
      return { ...now, complainedAt: at }
    case 'complaint-answered':
      return { ...now, complainedAt: null }
    case 'merged':
      return { ...end(now, at, 'merged'), mergedInto: event.data.into }
    case 'merge-undone': {
      const { claimed, due } = event.data
      const open = { endedAt: null, outcome: null, mergedInto: null, wait: 'officer' as const }
      return { ...now, ...open, ...dueOf(due), claimedBy: claimed, claimedAt: claimed === null ? null : at }
    }
    case 'moved':
    case 'move-undone':
      return { ...now, version: event.data.version, queue: event.data.queue }
    case 'redecided':
      return { ...restore(now, at, event.data), excluded: withAlso(now.excluded, by, event.data.proposedBy) }
    case 'redecision-undone': {
      // Who lets a decision count again decides, too. Events of the time before say nothing of it, and are read as they were written.
      const { proposedBy } = event.data
      const excluded = proposedBy === undefined ? now.excluded : withAlso(now.excluded, by, proposedBy)
      return { ...restore(now, at, event.data), excluded }
    }
    case 'begun':
      throw new Error(`${now.reference} begins twice`)
    case 'noted':
    case 'taken-in':
    case 'given-back':
    case 'message-sent':
    case 'output-made':
    case 'record-settled':
      return now
  }
}

/** The case of all its events, in their order. */
export const foldAll = (reference: string, events: Iterable<CaseEvent>): Case | undefined => {
  let now: Case | undefined
  for (const event of events) now = fold(now, reference, event)
  return now
}
