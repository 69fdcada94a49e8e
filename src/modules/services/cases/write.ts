import type { Installation, Sql, Text } from '#platform'
import { todayOf } from '../days.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { settlePlace } from '../places/keep.ts'
import { withSessions } from '../places/options.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { announce } from '../webhooks/send.ts'
import { type EventRow, findCase, insertCase, insertEvent, listEvents, updateCase, updateListed } from './cases.sql.ts'
import type { Input, Known, TableResult } from './decide.rules.ts'
import type { Case, CaseEvent, EventData, EventKind } from './events.ts'
import { fold } from './fold.rules.ts'
import { termsOfCase } from './listed.ts'
import { deleteDrafts } from './replies.sql.ts'

/** What is sealed beside an event: what people wrote, and what a decision rests on. */
export type Sealed = {
  begun: { answers: Answers; sources: Readonly<Record<string, string>>; sentOn: string; grounds?: string }
  noted: { text: string }
  /** All answers as they count from then on, each with its source; and why. */
  corrected: { answers: Answers; sources: Readonly<Record<string, string>>; text: string }
  'step-proposed': { noted: Answers; inputs: readonly Input[]; tables: readonly TableResult[] }
  'step-sent-back': { text: string }
  'step-taken': Sealed['step-proposed']
  /** Of what the officer noted, only what follows the other rules. */
  redecided: Sealed['step-proposed']
  'information-asked': { text: string }
  'information-given': { text: string }
  appealed: { text: string }
  complained: { text: string }
  'complaint-answered': { text: string }
  'message-sent': { subject: Text; text: Text }
  'output-made': { title: Text; text: Text }
}

/** An event that is about to be written, caused by `by` where that is somebody else than who causes the others. */
export type NewEvent = {
  [Kind in EventKind]: { kind: Kind; data: EventData[Kind]; by?: By } & (Kind extends keyof Sealed
    ? { sealed: Sealed[Kind] }
    : { sealed?: undefined })
}[EventKind]

/** Who causes events, for which department, by which form. */
export type By = { id: string; organisation: string | null; token?: string | undefined }

const contextOf = (reference: string, number: number) => `case/${reference}/${number}`

/** An event as it stands in the list of a case that is now so. */
export const eventAfter = (
  now: Case | undefined,
  { kind, data }: Pick<NewEvent, 'kind' | 'data'>,
  { by, at }: { by: By; at: Date },
): CaseEvent =>
  ({
    ...{ at: at.toISOString(), by: by.id, organisation: by.organisation },
    ...{ kind, data, number: (now?.number ?? 0) + 1 },
  }) as CaseEvent

/**
 * Writes events of a case and the case as they leave it, in the caller’s transaction, which holds the lock of the case. Without
 * `before` the first event begins one. The token of a form goes with the first event.
 */
export async function append(
  sql: Sql,
  installation: Pick<Installation, 'vault' | 'pack'>,
  { before, reference, by, at }: { before: Case | undefined; reference: string; by: By; at: Date },
  events: readonly NewEvent[],
): Promise<Case> {
  let now = before
  const written = events.map((event, index) => {
    const { sealed } = event
    const full = eventAfter(now, event, { by: event.by ?? by, at })
    now = fold(now, reference, full)
    const box = sealed && installation.vault.seal('case', JSON.stringify(sealed), contextOf(reference, full.number))
    return { full, sealed: box ?? null, token: index === 0 ? (by.token ?? null) : null }
  })
  if (!now) throw new Error('Nothing is to be written')
  const after = now
  const isListedAnew = after.listed !== before?.listed
  const terms = isListedAnew ? await termsOfCase(sql, installation, after) : []
  // Asked all at once, and answered in their order: the key from an event to its case is looked at when the transaction ends.
  await Promise.all([
    ...written.map(({ full, ...rest }) => insertEvent(sql, reference, full, rest)),
    before ? updateCase(sql, after) : insertCase(sql, after, terms),
    ...(before && isListedAnew ? [updateListed(sql, after, terms)] : []),
    ...written.map(({ full }) => announce(sql, after, full)),
  ])
  if (before?.wait === 'reply' && after.wait !== 'reply') await deleteDrafts(sql, reference)
  await settlePlace(sql, installation, { before, after, at })
  return after
}

/** What stands sealed beside an event of this kind. */
export function openEvent<Kind extends keyof Sealed>(
  { vault }: Pick<Installation, 'vault'>,
  reference: string,
  { number, sealed }: Pick<EventRow, 'number' | 'sealed'>,
): Sealed[Kind] {
  if (!sealed) throw new Error(`Event ${number} of ${reference} has nothing that is sealed`)
  return JSON.parse(vault.open('case', sealed, contextOf(reference, number)).toString()) as Sealed[Kind]
}

/** A case with all its events, the version by which it goes, and what is known of it. */
export type Whole = {
  now: Case
  events: readonly EventRow[]
  compiled: CompiledService
  known: Known
  /** The version by which the case went when this event was written; an event that brings another one already goes by it. */
  compiledAt: (number: number) => CompiledService
}

export async function readWhole(sql: Sql, installation: Installation, now: Case): Promise<Whole> {
  const events = await listEvents(sql, now.reference)
  const begun = openEvent<'begun'>(installation, now.reference, events[0]!)
  const { answers, sources } = answersIn(installation, now.reference, events)
  const today = todayOf(installation)
  const compiledAt = await versionsOf(events, async (version) =>
    withSessions(sql, installation, await getVersion(sql, version), begun.answers),
  )
  return {
    ...{ now, events, compiled: compiledAt(now.number), compiledAt },
    known: {
      ...{ answers, sources, sentOn: begun.sentOn, today },
      ...notedIn(installation, now.reference, events),
    },
  }
}

/** The answers that count after some events of a case: those that were sent, or as the last correction left them. */
export function answersIn(
  installation: Pick<Installation, 'vault'>,
  reference: string,
  events: readonly EventRow[],
): Pick<Known, 'answers' | 'sources'> {
  const last = events.findLast(({ kind }) => kind === 'begun' || kind === 'corrected')!
  return openEvent<'begun' | 'corrected'>(installation, reference, last)
}

/** The versions by which a case went one after the other, as `read` gives them. */
export async function versionsOf(
  events: readonly CaseEvent[],
  read: (version: string) => Promise<CompiledService>,
): Promise<Whole['compiledAt']> {
  const changes: { number: number; compiled: CompiledService }[] = []
  for (const { number, data } of events)
    if ('version' in data) changes.push({ number, compiled: await read(data.version) })
  return (at) => changes.findLast(({ number }) => number <= at)!.compiled
}

/** What officers noted in some events of a case, and who did. What a redecision noted counts until it is undone. */
export function notedIn(
  installation: Pick<Installation, 'vault'>,
  reference: string,
  events: readonly EventRow[],
): Pick<Known, 'noted' | 'notedBy'> {
  const undone = new Set(events.flatMap((event) => (event.kind === 'redecision-undone' ? [event.data.of] : [])))
  const noted: Answers = {}
  const notedBy: Record<string, string> = {}
  for (const event of events) {
    if ((event.kind !== 'step-taken' && event.kind !== 'redecided') || undone.has(event.number)) continue
    const answers = openEvent<'step-taken'>(installation, reference, event).noted
    const confirmedBy = event.kind === 'step-taken' ? event.data.confirmedBy : undefined
    const who = confirmedBy ?? event.data.proposedBy ?? event.by
    for (const [name, answer] of Object.entries(answers)) {
      noted[name] = answer
      notedBy[name] = `officer:${who}`
    }
  }
  return { noted, notedBy }
}

/** A case that must be there. */
export async function getCase(sql: Sql, reference: string): Promise<Case> {
  const found = await findCase(sql, reference)
  if (!found) throw problem('case-not-found')
  return found
}
