import { randomInt } from 'node:crypto'
import { newNumber } from '#ledger'
import type { Installation, Language, Sql } from '#platform'
import type { CompiledService } from '../definitions/compile.rules.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import type { Answers } from '../types.ts'
import { isOneOpen } from './cases.sql.ts'
import { dayAt } from './clocks.rules.ts'
import { caseOf } from './decide.rules.ts'
import type { Case } from './events.ts'
import { fold } from './fold.rules.ts'
import { calendarOf } from './holidays.ts'
import { listedOf } from './listed.rules.ts'
import { listedOfBegun } from './listed-before.ts'
import { tell } from './messages.ts'
import { placeIn } from './placed.rules.ts'
import { append, type By, eventAfter, type NewEvent, type Whole } from './write.ts'

/** An application as it was sent. */
export type Sent = {
  /** Of `services.application`. */
  application: string
  /** Also the reference of the case. */
  reference: string
  /** The hash of the version, in hexadecimal. */
  version: string
  compiled: CompiledService
  /** Frozen. */
  answers: Answers
  /** Where each answer came from, by its question: `person`, `account`, `register:<id>`, `party:<id>`. */
  sources: Readonly<Record<string, string>>
  /** Who was signed in; null where nobody was. */
  person: string | null
  /** In whose name they applied, where that is not their own: the case is then that organisation’s. */
  organisation: string | null
  language: Language
  sentAt: Date
}

/** Begins the case of an application in the transaction in which that is sent, and tells the person that it has come. */
export async function beginCase(sql: Sql, installation: Installation, sent: Sent): Promise<void> {
  const { compiled, reference, sentAt, person, organisation, answers, sources } = sent
  const { begins, received } = caseOf(compiled).case
  const at = { before: undefined, reference, by: { id: person ?? 'system', organisation: null }, at: sentAt }
  const today = dayAt(sentAt, installation.pack.government.timeZone)
  const begun: NewEvent = {
    kind: 'begun',
    data: {
      ...placeIn(compiled, begins, sentAt, calendarOf(installation.pack)),
      ...{ application: sent.application, service: compiled.service.id, version: sent.version, person },
      ...{ forOrganisation: organisation, once: compiled.service.apply!.once === true },
      ...{ language: sent.language, listed: listedOf(compiled, sent.version, answers), reviewOf: null, excluded: [] },
    },
    sealed: { answers, sources, sentOn: today },
  }
  const now = fold(undefined, reference, eventAfter(undefined, begun, at))
  const known = { answers, sources, noted: {}, notedBy: {}, sentOn: today, today }
  const told = await tell(sql, installation, now, { id: received }, { compiled, known })
  await append(sql, installation, at, [begun, { ...told, by: system }])
}

export const system: By = { id: 'system', organisation: null }

/** Begins the review of a decided case: the same application, looked at anew by officers who did not decide it. */
export async function beginReview(
  sql: Sql,
  installation: Installation,
  { now, events, compiled, known }: Whole,
  { by, grounds, at }: { by: By; grounds: string; at: Date },
): Promise<Case> {
  const reference = newReference(caseOf(compiled).case.prefix)
  const where = { reference, by, at }
  const listed = await listedOfBegun(sql, installation, now.reference, events[0]!)
  const begun = await append(sql, installation, { ...where, before: undefined }, [
    {
      kind: 'begun',
      data: {
        ...placeIn(compiled, caseOf(compiled).case.begins, at, calendarOf(installation.pack)),
        ...{ application: now.application, service: now.service, version: now.version, person: now.personId },
        ...{ forOrganisation: now.forOrganisation, once: false },
        ...{ language: now.language, listed, reviewOf: now.reference, excluded: now.excluded },
      },
      sealed: { answers: known.answers, sources: known.sources, sentOn: known.sentOn, grounds },
    },
  ])
  const original = same(now.reference)
  const told = await tell(sql, installation, begun, { builtIn: 'review' }, { compiled, known, more: { original } })
  await append(sql, installation, { ...where, before: begun, by: system }, [told])
  return begun
}

/** Refuses to begin a second application where one of the applicant is open and the service takes only one. */
export async function requireNoneOpen(
  sql: Sql,
  of: { service: string; personId: string | null; organisation: string | null },
): Promise<void> {
  if (await isOneOpen(sql, of)) throw problem('one-is-open')
}

/** A reference that nobody can guess from another, as TG-7K3M9-QX2AB. */
export const newReference = (prefix: string): string => newNumber(prefix, (below) => randomInt(below))
