import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { namesOf } from '#identity'
import { type Installation, type Language, type Person, type Sql, say, type Text } from '#platform'
import { textOfValue, textOrDash } from '../applying/answers.rules.ts'
import { recall } from '../applying/journey.rules.ts'
import { unchangeableSectionsOf } from '../applying/show.ts'
import type { CheckData } from '../applying/types.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { notesOfApplication } from '../files/notes.ts'
import { heldPath } from '../files/office.routes.ts'
import { findAgreement } from '../grants/grants.sql.ts'
import { attendedOf, placeOf } from '../places/of-case.ts'
import { same } from '../texts.rules.ts'
import type { Answers } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { decideCase, queuesOf, requireOffice } from './acting.ts'
import { findCase } from './cases.sql.ts'
import { listOfficers } from './claims.ts'
import { correctableOf } from './corrections.rules.ts'
import { caseOf, evaluate, type TableResult } from './decide.rules.ts'
import type { Case } from './events.ts'
import { correctionPath, linesOf } from './history.ts'
import { sayListed } from './listed.ts'
import { isOverdue, stateOf, stepOf } from './placed.rules.ts'
import { type Step, stepsFor } from './steps.ts'
import type { CaseData, CaseFile, CaseLine } from './types.ts'
import { openEvent, readWhole, type Whole } from './write.ts'

/** Cases as lists show them. */
export async function caseLines(
  sql: Sql,
  installation: Installation,
  { person, language }: { person: Person; language: Language },
  cases: readonly Case[],
): Promise<CaseLine[]> {
  const names = await namesOf(
    sql,
    cases.flatMap(({ claimedBy }) => claimedBy ?? []),
  )
  const now = installation.now()
  const writing = writingOf(installation, { language })
  return Promise.all(
    cases.map(async (each) => {
      const compiled = await getVersion(sql, each.version)
      const { reference, service, wait, outcome, openedAt, dueOn, claimedBy } = each
      return {
        ...{ reference, service, wait, outcome, openedAt, dueOn },
        listed: await sayListed(sql, each.listed, writing),
        ...{ title: compiled.service.title, state: stateOf(compiled, each.state).title },
        overdue: isOverdue(each, now),
        claimedBy: claimedBy === null ? null : { id: claimedBy, name: names.get(claimedBy) ?? same(claimedBy) },
        mine: claimedBy === person.id,
      }
    }),
  )
}

/** How values are written for whoever reads: in their language, money with the code of its currency. */
export type Writing = { language: Language; currency: string }
export const writingOf = ({ pack }: Pick<Installation, 'pack'>, { language }: { language: Language }): Writing => ({
  language,
  currency: pack.government.currency.code,
})

/** What was sent, section by section as on the receipt, with where each answer came from. */
export function answersOf(
  installation: Pick<Installation, 'pack'>,
  { now, compiledAt, known }: Whole,
): CheckData['sections'] {
  // By the version by which it was sent, as the receipt has it, whatever the case goes by since.
  const { form, service } = compiledAt(1)
  if (!form || !service.apply) return []
  const { answers, sources } = known
  const shown = { apply: service.apply, row: { id: now.application }, draft: { sources } }
  return unchangeableSectionsOf(installation, shown, { ...recall(form, answers, known.sentOn), answers })
}

/** The same with the way to correct each answer that an officer may correct. */
function withCorrections(installation: Installation, whole: Whole): CheckData['sections'] {
  const names = new Set(correctableOf(whole.compiledAt(1), whole.known).map(({ id }) => id))
  const wayOf = (name: string) => (names.has(name) ? correctionPath(whole.now.reference, name) : null)
  return answersOf(installation, whole).map(({ title, rows }) => ({
    ...{ title, rows: rows.map((row) => ({ ...row, change: wayOf(row.name) })) },
  }))
}

/** The files that were sent with it and with answers about it, and how far each is. */
export const filesOf = async (
  installation: Installation,
  { application }: Case,
  pathOf: (id: string, replyTo: string | null) => string,
): Promise<CaseFile[]> =>
  (await notesOfApplication(installation, application)).map(({ note, replyTo }) => ({
    ...note,
    path: pathOf(note.id, replyTo),
  }))

/** What a result of a table is called: by its title, or by its name where nobody wrote one. */
export const nameOfOutput = (
  output: { title?: Text } | undefined,
  name: string,
  { language }: Pick<Writing, 'language'>,
): string => (output?.title ? say(output.title, language) : name)

/** What the tables of a service say, for people. */
export function tellTables(compiled: CompiledService, tables: readonly TableResult[], writing: Writing) {
  const { rules = [], reasons = [] } = caseOf(compiled).case
  return tables.map(({ id, outcome, matches }) => {
    const rule = rules.find((each) => each.id === id)!
    const outputOf = (name: string) => rule.outputs.find((each) => each.id === name)
    return {
      ...{ title: rule.title, outcome },
      gives: matches.flatMap(({ outputs }) =>
        Object.entries(outputs).map(([name, value]) => ({
          title: nameOfOutput(outputOf(name), name, writing),
          value: say(textOfValue({ kind: outputOf(name)?.kind ?? 'text' }, value, writing.currency), writing.language),
        })),
      ),
      reasons: matches.flatMap(({ reason }) => reasons.find((each) => each.id === reason)?.text ?? []),
    }
  })
}

/** What officers answered at steps, as rows. */
const describeNoted = (compiled: CompiledService, noted: Answers, { language, currency }: Writing) =>
  caseOf(compiled)
    .case.steps.flatMap(({ asks = [] }) => asks)
    .filter(({ id }, at, all) => noted[id] !== undefined && all.findIndex((each) => each.id === id) === at)
    .map((question) => ({
      title: say(question.title, language),
      value: say(textOrDash(question, noted[question.id], currency), language),
    }))

export const choiceOf = ({ id, title, decides, fourEyes }: Step) => ({
  ...{ id, title, decides: decides ?? null, fourEyes: fourEyes === true },
})

const forms = ['claim', 'release', 'assign', 'note', 'ask', 'merge', 'part', 'complaint', 'approve', 'sent-back']
export const newTokens = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, randomUUID()]))

/** Names of everybody who acted on a case. */
export async function namesIn(sql: Sql, { now, events }: Whole, more: readonly string[] = []) {
  const ids = [...events.map(({ by }) => by), ...more, ...(now.personId ? [now.personId] : [])]
  const names = await namesOf(sql, ids)
  return (id: string): Text | null => (id === 'system' ? null : (names.get(id) ?? same(id)))
}

/** A case for an officer of its department, with what they can do now. */
export async function readForOffice(
  installation: Installation,
  request: FastifyRequest,
  reference: string,
  wrong: CaseData['wrong'] = null,
): Promise<CaseData> {
  const { sql } = installation
  const person = request.person!
  const now = await requireOffice(sql, await findCase(sql, reference), person)
  const whole = await readWhole(sql, installation, now)
  const { compiled, known } = whole
  const writing = writingOf(installation, request)
  const [line] = await caseLines(sql, installation, { person, language: request.language }, [now])
  const can = canDo(now, person)
  const officers = can.assign ? (await listOfficers({ sql }, now)).filter((id) => id !== now.claimedBy) : []
  const nameOf = await namesIn(sql, whole, officers)
  const complaint = now.complainedAt && whole.events.findLast(({ kind }) => kind === 'complained')
  const files = await filesOf(installation, now, (id) => `${heldPath}/${id}`)
  return {
    granted: (await findAgreement(sql, reference)) !== undefined,
    matches: compiled.service.apply?.matches !== undefined,
    ...{ line: line!, number: now.number, next: stateOf(compiled, now.state).next },
    applicant: now.personId === null ? null : nameOf(now.personId),
    ...{ replyUntilOn: now.replyUntilOn, appealUntilOn: now.appealUntilOn },
    ...{ reviewOf: now.reviewOf, review: now.review, mergedInto: now.mergedInto },
    // A review decides about the place of the case that it reviews.
    place: await placeOf(installation, now.reviewOf ?? reference),
    attended: await attendedOf(installation, now, compiled),
    answers: can.correct ? withCorrections(installation, whole) : answersOf(installation, whole),
    files,
    noted: describeNoted(compiled, known.noted, writing),
    tables: tellTables(compiled, evaluate(compiled, known).tables, writing),
    history: linesOf(installation, whole, {
      ...{ nameOf, as: 'officer', files },
      decides: person.permissions.includes(decideCase),
    }),
    steps: now.claimedBy === person.id ? stepsFor(whole, person).map(choiceOf) : [],
    proposal: proposalOf(installation, whole, { person, nameOf, writing }),
    complaint: complaint ? openEvent<'complained'>(installation, reference, complaint).text : null,
    can,
    officers: officers.map((id) => ({ id, name: nameOf(id) ?? same(id) })),
    ...{ tokens: newTokens(forms), wrong },
  }
}

function canDo(now: Case, person: Person): CaseData['can'] {
  const decides = person.permissions.includes(decideCase)
  const isOpen = now.endedAt === null && now.wait === 'officer'
  const mine = now.claimedBy === person.id
  const may = !now.excluded.includes(person.id)
  return {
    claim: isOpen && now.claimedBy === null && may && queuesOf(person).includes(now.queue),
    release: now.claimedBy !== null && (mine || decides),
    assign: isOpen && (mine || decides),
    ask: isOpen && mine && now.personId !== null,
    correct: isOpen && mine,
    merge: isOpen && mine && now.reviewOf === null,
    part: now.mergedInto !== null,
    approve: now.wait === 'approval' && decides && now.proposedBy !== person.id && may,
    answer: now.complainedAt !== null && decides,
  }
}

function proposalOf(
  installation: Installation,
  { now, events, compiled }: Whole,
  of: { person: Person; nameOf: (id: string) => Text | null; writing: Writing },
): CaseData['proposal'] {
  const event = events.find(({ number }) => number === now.proposal)
  if (event?.kind !== 'step-proposed') return null
  const { reasons = [] } = caseOf(compiled).case
  const { noted } = openEvent<'step-proposed'>(installation, now.reference, event)
  return {
    ...{ number: event.number, title: stepOf(compiled, event.data.step)!.title },
    ...{ by: of.nameOf(event.by) ?? same(event.by), mine: event.by === of.person.id },
    reasons: event.data.reasons.flatMap((id) => reasons.find((each) => each.id === id)?.text ?? []),
    noted: describeNoted(compiled, noted, of.writing),
  }
}
