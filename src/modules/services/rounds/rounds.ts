import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Installation, queueJob, recordAct, type Sql, type Text } from '#platform'
import { listOwnersIn, listOwnersOf, requireHuman } from '../cases/acting.ts'
import { system } from '../cases/begin.ts'
import { lockCase } from '../cases/cases.sql.ts'
import { nameOfOrganisation } from '../cases/messages.ts'
import { stepOf } from '../cases/placed.rules.ts'
import { answersOf } from '../cases/show.ts'
import { singly } from '../cases/singly.ts'
import { takeStepOfSystem } from '../cases/steps.ts'
import { readTyped, type Typed } from '../cases/typed.rules.ts'
import { getCase, readWhole, type Whole } from '../cases/write.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Round, Rounds } from '../definitions/rounds.ts'
import type { Service } from '../definitions/service.ts'
import type { FileType } from '../files/kinds.rules.ts'
import { nameOf } from '../files/names.rules.ts'
import { problem } from '../problems.ts'
import { askedOf, isOfOfficers, openTyped, readAsked, sealTyped, typedOf, type Way } from './asked.ts'
import { assignJudges } from './assign.rules.ts'
import { type Entry, type Recused, rankRound } from './rank.rules.ts'
import * as rows from './rounds.sql.ts'
import { onlyStream, quoted, titleOf } from './streams.rules.ts'

export const settleJob = 'services.settle-round'
export const subjectOf = ({ service, edition, round }: rows.Key) => `services/rounds/${service}/${edition}/${round}`
const contextOf = (key: rows.Key, reference: string) => `round/${key.service}/${key.edition}/${key.round}/${reference}`

type By = { sql: Sql; installation: Installation; request: FastifyRequest }
type Competition = { service: Service; rounds: Rounds }

/** What judges read of an entry. */
export type EntryContent = {
  title: Text | null
  rows: { name: string; title: Text; text: Text | null; files?: EntryFile[] }[]
}[]
/** Its number within the entry, by which judges ask for it, and the name by which they know it. */
export type EntryFile = { number: number; id: string; name: Text }

/** A name that tells what a file is and not whose: what it was sent for, and a number. */
const neutralName = (title: Text, number: number, type: FileType): Text => {
  const name = (text: string) => nameOf(`${[...text].slice(0, 80).join('')} ${number}`, type)
  return {
    ...{ en: name(title.en), 'zh-Hant': name(title['zh-Hant']) },
    ...(title['zh-Hans'] && { 'zh-Hans': name(title['zh-Hans']) }),
  }
}

/**
 * What judges read of an entry: nothing that the round hides, and no value that was calculated, as it may tell of it. Files go by names
 * of ours, as people write their own or their company’s into those that they give.
 */
export function blindContent(
  installation: Installation,
  whole: Whole,
  { hidden = [] }: Pick<Round, 'hidden'>,
): EntryContent {
  // By the version that it was sent by, as it is read by that one.
  const { form } = whole.compiledAt(1)
  const lists = (form?.form.pages ?? []).flatMap(({ repeat }) => repeat ?? [])
  const inside = lists
    .filter(({ name }) => hidden.includes(name))
    .flatMap(({ pages }) => pages.flatMap(({ questions }) => questions.map(({ id }) => id)))
  const values = hidden.length > 0 ? (form?.form.values ?? []).map(({ id }) => id) : []
  const away = new Set([...hidden, ...inside, ...values])
  let number = 0
  return answersOf(installation, whole)
    .map(({ title, rows }) => ({
      title,
      rows: rows
        .filter(({ name }) => !away.has(name))
        .map(({ name, title, text, files = [] }) => {
          if (files.length === 0) return { name, title, text }
          const named = files.map(({ id, type }) => {
            number += 1
            return { number, id, name: neutralName(title, number, type as FileType) }
          })
          return { name, title, text: null, files: named }
        }),
    }))
    .filter(({ rows }) => rows.length > 0)
}

/** Refuses an officer who has an entry of their own in a competition of their department: they see neither its panels nor how it stands. */
export async function requireNoEntry(
  { sql, pack }: Installation,
  { service, edition, organisation }: Edition,
  officer: string,
) {
  const entries = (await rows.listTakingPart(sql, service, edition)).map(({ reference }) => reference)
  if ((await listOwnersIn(sql, organisation, entries, [officer])).length === 0) return
  throw problem('round-own-entry', { values: { organisation: nameOfOrganisation({ pack }, organisation) } })
}
type Edition = { service: string; edition: number; organisation: string }

/** What nobody of these people judges: entries of their own, and those with which such an entry competes in its stream. */
async function recusedOf(sql: Sql, entries: readonly Entry[], people: readonly string[]): Promise<Recused[]> {
  const references = entries.map(({ reference }) => reference)
  const streams = new Map(entries.map(({ reference, stream }) => [reference, stream]))
  const own = await listOwnersOf(sql, references, people)
  const away = new Set(own.map(({ reference, person }) => `${person} ${streams.get(reference)}`))
  return people.flatMap((judge) =>
    entries.flatMap(({ reference, stream }) => (away.has(`${judge} ${stream}`) ? [{ reference, judge }] : [])),
  )
}

/** Opens a round in the caller’s transaction: takes in its entries, as judges may read them, and shares them out. */
export async function openRound(act: By, { service, rounds }: Competition, id: string): Promise<void> {
  const { sql, installation, request } = act
  const at = rounds.rounds.findIndex((each) => each.id === id)
  const definition = rounds.rounds[at]
  if (!definition) throw problem('round-not-found')
  const key = { service: service.id, edition: rounds.edition, round: id }
  const seed = randomUUID()
  const opening = { ...key, organisation: service.organisation, definition, seed }
  const by = { now: installation.now(), by: request.person!.id }
  if (!(await rows.insertRound(sql, { ...opening, ...by }))) throw problem('round-is-open')
  const before = rounds.rounds[at - 1]
  const references = await entrantsOf(act, service, definition, before && { ...key, round: before.id })
  const judges = (await rows.listJudges(sql, service.id, rounds.edition)).filter(
    ({ round, role, personId }) => round === id && role === 'assessor' && personId !== null,
  )
  const entries: Entry[] = []
  for (const reference of references) {
    const whole = await readWhole(sql, installation, await getCase(sql, reference))
    const stream = rounds.streams === undefined ? onlyStream : String(whole.known.answers[rounds.streams] ?? '')
    await rows.insertEntry(sql, key, { reference, stream })
    const content = JSON.stringify(blindContent(installation, whole, definition))
    await rows.insertContent(sql, key, reference, installation.vault.seal('case', content, contextOf(key, reference)))
    entries.push({ reference, stream })
  }
  const everybody = [...new Set(judges.map(({ personId }) => personId!))]
  const recused = await recusedOf(sql, entries, everybody)
  for (const stream of new Set(entries.map((each) => each.stream))) {
    const own = entries.filter((each) => each.stream === stream)
    const panel = judges
      .filter((each) => each.stream === null || each.stream === stream)
      .map(({ personId }) => personId!)
    const { assigned, short } = assignJudges(seed, {
      references: own.map(({ reference }) => reference),
      judges: [...new Set(panel)],
      recused,
      each: definition.judges,
    })
    if (short.length > 0)
      throw problem('round-short', { values: { stream: quoted(titleOf(service, stream)), count: definition.judges } })
    for (const each of assigned) await rows.insertSheet(sql, key, { id: randomUUID(), ...each })
  }
  const detail = { seed, entries: entries.length }
  await recordAct(sql, request, { event: 'services.round-opened', subject: subjectOf(key), detail })
}

async function entrantsOf(
  { sql }: By,
  service: Service,
  round: Round,
  before: rows.Key | undefined,
): Promise<string[]> {
  const from = service.apply!.case.steps.find(({ id }) => id === round.promotes)?.from ?? []
  const states = round.from === undefined ? from : [round.from]
  const open = await rows.listCandidates(sql, service.id, service.organisation, states)
  const references = open.map(({ reference }) => reference)
  if (!before) {
    if (references.length === 0) throw problem('round-empty')
    return references
  }
  const earlier = await rows.findRound(sql, before)
  if (earlier?.state !== 'closed') throw problem('round-before-open')
  const gone = new Set(earlier.result!.result.entries.filter(({ goesOn }) => goesOn).map(({ reference }) => reference))
  const found = references.filter((each) => gone.has(each))
  if (found.length === 0) throw problem('round-empty')
  return found
}

/** What a judge may read of an entry; undefined as long as they did not say that they have no conflict. */
export async function readEntry({ sql, vault }: Installation, sheet: rows.SheetRow) {
  const sealed = await sql.begin((own) => rows.readContent(own, sheet, sheet.reference, sheet.judge))
  if (!sealed) return undefined
  return JSON.parse(vault.open('case', sealed, contextOf(sheet, sheet.reference)).toString()) as EntryContent
}

/** A sheet of a judge in an open round, until the act is done; one that is locked only to withdraw it. */
export async function lockSheet({ sql, request }: By, id: string, act: 'change' | 'withdraw' = 'change') {
  const judge = request.person!.id
  const found = await rows.findSheet(sql, id, judge)
  if (!found) throw problem('sheet-not-found')
  const round = await rows.lockRound(sql, found)
  // Read again, as it may have been locked while this waited.
  const sheet = (await rows.findSheet(sql, id, judge))!
  if (round!.state !== 'open' && act === 'withdraw') throw problem('sheet-late')
  if (round!.state !== 'open' || (sheet.lockedAt !== null && act === 'change')) throw problem('sheet-locked')
  return { sheet, round: round! }
}

/**
 * What a judge says of their interests. A conflict takes the entry away for good and gives it to the judge with the fewest; a sheet
 * that was locked before is withdrawn with it, as long as the chair has not closed the round.
 */
export async function declare(act: By, id: string, conflict: boolean): Promise<void> {
  const { sql, installation, request } = act
  const { sheet } = await lockSheet(act, id, conflict ? 'withdraw' : 'change')
  if (sheet.conflict === true) throw problem('sheet-conflict')
  await rows.declareSheet(sql, id, conflict, installation.now())
  await recordAct(sql, request, {
    ...{ event: 'services.conflict-declared', subject: subjectOf(sheet) },
    detail: { reference: sheet.reference, conflict },
  })
  if (!conflict) return
  const all = await rows.listSheets(sql, sheet)
  const entries = await rows.listEntries(sql, sheet)
  const { stream } = entries.find(({ reference }) => reference === sheet.reference)!
  const panel = (await rows.listJudges(sql, sheet.service, sheet.edition))
    .filter(({ round, role }) => round === sheet.round && role === 'assessor')
    .flatMap((each) => (each.personId && (each.stream === null || each.stream === stream) ? [each.personId] : []))
  const had = new Set(
    [...all, ...(await recusedOf(sql, entries, panel))]
      .filter(({ reference }) => reference === sheet.reference)
      .map(({ judge }) => judge),
  )
  const load = (judge: string) => all.filter((each) => each.judge === judge && each.conflict !== true).length
  const [next] = [...new Set(panel)]
    .filter((judge) => !had.has(judge))
    .sort((one, other) => load(one) - load(other) || (one < other ? -1 : 1))
  if (next) await rows.insertSheet(sql, sheet, { id: randomUUID(), reference: sheet.reference, judge: next })
}

/**
 * Gives a judge who accepted while the round is open the entries of their stream for which too few judges are left: none that is
 * their own or competes with it, and none that they had before.
 */
export async function shareLeft(sql: Sql, { personId: judge, role, stream, ...key }: rows.JudgeRow): Promise<void> {
  const round = await rows.lockRound(sql, key)
  if (role !== 'assessor' || round?.state !== 'open') return
  const sheets = await rows.listSheets(sql, round)
  const entries = (await rows.listEntries(sql, round)).filter((each) => stream === null || each.stream === stream)
  const few = fewOf(round, entries, sheets).map(({ reference }) => reference)
  const own = [...sheets.filter((each) => each.judge === judge), ...(await recusedOf(sql, entries, [judge!]))]
  const had = new Set(own.map(({ reference }) => reference))
  for (const reference of few)
    if (!had.has(reference)) await rows.insertSheet(sql, round, { id: randomUUID(), reference, judge: judge! })
}

/** Of some entries those that fewer judges are left to judge than the round asks for, as others declared a conflict. */
function fewOf<Of extends { reference: string }>(
  { definition }: rows.RoundRow,
  entries: Of[],
  sheets: rows.SheetRow[],
) {
  const left = Map.groupBy(
    sheets.filter(({ conflict }) => conflict !== true),
    ({ reference }) => reference,
  )
  return entries.filter(({ reference }) => (left.get(reference)?.length ?? 0) < definition.judges)
}

/** How a round stands: what its sheets come to now, which are missing, and which entries have too few judges. */
export async function standingOf(sql: Sql, round: rows.RoundRow) {
  const sheets = await rows.listSheets(sql, round)
  const castings = await rows.listCastings(sql, round)
  const entries = (await rows.listEntries(sql, round)).map(({ reference, stream }) => ({ reference, stream }))
  const of = {
    entries,
    sheets: sheets
      .filter(({ lockedAt }) => lockedAt !== null)
      .map(({ reference, judge, marks }) => ({ reference, judge, marks })),
    recused: sheets.filter(({ conflict }) => conflict).map(({ reference, judge }) => ({ reference, judge })),
    castings: castings.map((each) => each.entries),
  }
  const missing = sheets.filter(({ lockedAt, conflict }) => lockedAt === null && conflict !== true)
  const few = fewOf(round, entries, sheets).map(({ reference }) => reference)
  return { sheets, missing, few, frozen: { ...of, result: rankRound(round.definition, of) } satisfies rows.Frozen }
}

/** The chair closes a round: its result is frozen with all that it rests on. A decider of the organisation confirms it. */
export async function propose({ sql, installation, request }: By, key: rows.Key): Promise<void> {
  const round = await lockChaired(sql, request, key)
  const { missing, frozen } = await standingOf(sql, round)
  if (missing.length > 0) throw problem('round-sheets-missing', { values: { count: missing.length } })
  // Nothing is refused that nobody judged: where all had a conflict, there is no sheet that is missing either.
  const unjudged = frozen.result.entries.flatMap(({ sheets, reference }) => (sheets === 0 ? [reference] : []))
  if (unjudged.length > 0) throw problem('round-unjudged', { values: { references: unjudged.join(', ') } })
  if (frozen.result.undecided.length > 0) throw problem('round-tied')
  await rows.proposeRound(sql, key, frozen, request.person!.id, installation.now())
  await recordAct(sql, request, { event: 'services.round-closed', subject: subjectOf(key) })
}

/** An open round that whoever asks chairs, until the act is done. */
async function lockChaired(sql: Sql, request: FastifyRequest, key: rows.Key): Promise<rows.RoundRow> {
  await requireChair(sql, request, key)
  const round = await rows.lockRound(sql, key)
  if (!round) throw problem('round-not-found')
  if (round.state !== 'open') throw problem('round-closed')
  return round
}

/** Whoever chairs a round, and has no entry of their own in the competition. */
export async function requireChair(sql: Sql, { person }: FastifyRequest, { service, edition, round }: rows.Key) {
  const chaired = await rows.listChaired(sql, person!.id)
  if (!chaired.some((each) => each.service === service && each.edition === edition && each.round === round))
    throw problem('round-not-found')
  const entries = (await rows.listTakingPart(sql, service, edition)).map(({ reference }) => reference)
  if ((await listOwnersOf(sql, entries, [person!.id])).length > 0) throw problem('chair-own-entry')
}

type Cast = { token: string; first: string; reason: string }

/** The chair puts one of those who are tied before the others, with a reason. */
export async function cast({ sql, installation, request }: By, key: rows.Key, { token, first, reason }: Cast) {
  const round = await lockChaired(sql, request, key)
  const { frozen } = await standingOf(sql, round)
  const tied = frozen.result.undecided.find((each) => each.includes(first))
  if (!tied) throw problem('round-not-tied')
  const by = { reason, by: request.person!.id, now: installation.now() }
  const entries = [first, ...tied.filter((each) => each !== first)]
  if (!(await rows.insertCasting(sql, key, { id: token, entries, ...by }))) return
  const detail = { first, among: tied.length }
  await recordAct(sql, request, { event: 'services.tie-decided', subject: subjectOf(key), detail })
}

/**
 * Another than the chair confirms a result, and the job takes it into the cases, with what is answered here once for all of them.
 * Answers that are missing or cannot be read are told, and nothing is confirmed.
 */
export async function confirm(
  { sql, installation, request }: By,
  key: rows.Key,
  { compiled, sent }: { compiled: CompiledService; sent: Typed },
): Promise<{ field: string; text: Text }[]> {
  const round = await rows.lockRound(sql, key)
  if (!round || round.organisation !== request.person!.organisation) throw problem('round-not-found')
  if (round.state !== 'proposed') throw problem('round-not-proposed')
  if (round.proposedBy === request.person!.id) throw problem('proposal-own')
  requireHuman(request.person!)
  const asked = askedOf(compiled, round)
  const { typed, wrong } = readAsked(compiled, asked, sent)
  if (wrong.length > 0) return wrong
  const sealedAnswers = asked.length > 0 ? sealTyped(installation, key, typed) : null
  await rows.closeRound(sql, key, { by: request.person!.id, now: installation.now(), sealedAnswers })
  await recordAct(sql, request, { event: 'services.round-confirmed', subject: subjectOf(key) })
  await queueJob(sql, settleJob, key)
  return []
}

/**
 * A job: takes the steps that a closed round names, each case in a transaction of its own. Where it was killed, it goes on with the
 * cases that are left; a case that can no longer take its step is left to officers.
 */
export async function settleRound(installation: Installation, key: rows.Key): Promise<void> {
  const { sql } = installation
  const round = await rows.findRound(sql, key)
  if (round?.state !== 'closed') return
  const on = new Set(round.result!.result.entries.filter(({ goesOn }) => goesOn).map(({ reference }) => reference))
  const typed = openTyped(installation, key, round.sealedAnswers)
  const confirmedBy = round.closedBy!
  await singly(installation, await rows.listUnsettled(sql, key), (transaction, { reference, stream }) => {
    const way = on.has(reference) ? 'promotes' : 'ends'
    const settling = { reference, way, step: round.definition[way], confirmedBy } as const
    return settleCase(transaction, installation, key, { ...settling, typed: typedOf(typed, way, stream) })
  })
}

type Settling = { reference: string; way: Way; step: string | undefined; typed: Typed; confirmedBy: string }

async function settleCase(sql: Sql, installation: Installation, key: rows.Key, settling: Settling) {
  const { reference, way, step: id, typed, confirmedBy } = settling
  const now = installation.now()
  const locked = (await lockCase(sql, reference))!
  const whole = await readWhole(sql, installation, locked)
  const step = id === undefined ? undefined : stepOf(whole.compiled, id)
  // The version of a case may want an officer, or ask other things, where the version of the round does not.
  const { answers: noted, wrong } = readTyped(step?.asks ?? [], typed)
  const wantsOfficer = step && (isOfOfficers(step) || wrong.length > 0)
  const isOpen = locked.endedAt === null && locked.wait === 'officer'
  const possible = step?.from.includes(locked.state) && isOpen && !wantsOfficer
  const as = way === 'promotes' ? 'promoted' : 'ended'
  if (!(await rows.settleEntry(sql, key, reference, { as: possible ? as : 'left', now }))) return
  if (!step || !possible) return
  const of = { round: subjectOf(key), noted, confirmedBy }
  await takeStepOfSystem({ sql, installation, by: system, at: now }, whole, step, of)
}
