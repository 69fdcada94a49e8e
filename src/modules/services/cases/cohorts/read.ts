import type { FastifyRequest } from 'fastify'
import { namesOf } from '#identity'
import type { Installation, Sql, Text } from '#platform'
import { textOrDash } from '../../applying/answers.rules.ts'
import { todayOf } from '../../days.ts'
import type { CompiledService } from '../../definitions/compile.rules.ts'
import { organisationOf } from '../../forms.ts'
import { problem } from '../../problems.ts'
import { same } from '../../texts.rules.ts'
import { listPublications } from '../../versions/versions.sql.ts'
import { getVersion } from '../../versions/versions.ts'
import { addDays, dayAt } from '../clocks.rules.ts'
import { caseOf } from '../decide.rules.ts'
import { calendarOf } from '../holidays.ts'
import { stepOf } from '../placed.rules.ts'
import {
  type CohortCaseRow,
  type CohortRow,
  countCases,
  countChanges,
  countMisfits,
  findCohort,
  listCohortCases,
} from './cohorts.sql.ts'
import { type Diff, openDiff, readKey } from './diff.ts'
import { type CaseOf, type CaseState, type CohortData, pageMax, type Said, undoDays } from './types.ts'

/** A cohort of the officer’s department. One of another is not found, as its address would tell that it exists. */
export async function getOurs(sql: Sql, request: FastifyRequest, id: string): Promise<CohortRow> {
  const found = await findCohort(sql, organisationOf(request), id)
  if (!found) throw problem('cohort-not-found')
  return found
}

/** The last day on which an operation can be undone. */
export function undoUntil(installation: Installation, { doneAt }: CohortRow): string | null {
  const calendar = calendarOf(installation.pack)
  return doneAt === null ? null : addDays(dayAt(new Date(doneAt), calendar.timeZone), undoDays, 'calendar', calendar)
}

/** A cohort with what comes of its cases, as its page and its JSON have it. */
export async function readCohort(
  installation: Installation,
  request: FastifyRequest,
  id: string,
  query: { state: CaseState | null; page: number },
): Promise<CohortData> {
  const { sql } = installation
  const cohort = await getOurs(sql, request, id)
  const counts = await countCases(sql, id)
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0)
  const listed = query.state === null ? total : (counts[query.state] ?? 0)
  const pages = Math.max(1, Math.ceil(listed / pageMax))
  const page = Math.min(query.page, pages)
  const of = { cohort: id, state: query.state, offset: (page - 1) * pageMax, limit: pageMax }
  const publications = await listPublications(sql, cohort.service)
  const numberOf = (hash: string) => publications.find((each) => each.hash === hash)?.number ?? 0
  const target = await getVersion(sql, cohort.target)
  const officers = [
    cohort.begunBy,
    cohort.proposedBy,
    cohort.approvedBy,
    cohort.undoProposedBy,
    cohort.undoneBy,
  ].filter((each) => each !== null)
  const names = await namesOf(sql, officers)
  const nameOf = (who: string) => names.get(who) ?? same(who)
  const nameOrNull = (who: string | null) => (who === null ? null : nameOf(who))
  const { filter } = cohort
  const sayKey = await openKeys(
    sql,
    publications.map(({ hash }) => hash),
  )
  return {
    ...{ id, kind: cohort.kind, service: cohort.service, title: target.service.title, state: cohort.state },
    targetNumber: numberOf(cohort.target),
    filter: {
      ...{
        outcome: filter.outcome as CohortData['filter']['outcome'],
        sinceOn: filter.sinceOn,
        untilOn: filter.untilOn,
      },
      state: filter.state === null ? null : stateTitle(target, filter.state),
      version: filter.version === null ? null : numberOf(filter.version),
    },
    ...{ begunBy: nameOf(cohort.begunBy), begunAt: cohort.begunAt },
    ...{ proposedBy: nameOrNull(cohort.proposedBy), proposedAt: cohort.proposedAt },
    ...{ approvedBy: nameOrNull(cohort.approvedBy), doneAt: cohort.doneAt },
    ...{
      undoProposedBy: nameOrNull(cohort.undoProposedBy),
      undoProposedAt: cohort.undoProposedAt,
      undoneBy: nameOrNull(cohort.undoneBy),
      undoneAt: cohort.undoneAt,
      undoUntilOn: undoUntil(installation, cohort),
    },
    ...{ counts: counts as Record<string, number>, total },
    changes: (await countChanges(sql, id)).map(({ beforeKey, afterKey, amount, count }) => ({
      ...{ before: sayKey(beforeKey), after: sayKey(afterKey), amount, count },
    })),
    misfits: [...(await countMisfits(sql, id))],
    ...{ shown: query.state, page, pages },
    cases: await readCases(installation, cohort, await listCohortCases(sql, of)),
    can: canDo(installation, cohort, request.person!.id, counts),
  }
}

/** Whether nothing came of it yet: it shows what would be, and nobody has proposed it. */
export const isPreview = ({ state, failedIn }: Pick<CohortRow, 'state' | 'failedIn'>): boolean =>
  state === 'previewed' || (state === 'failed' && failedIn === 'previewing')

function canDo(
  installation: Installation,
  cohort: CohortRow,
  officer: string,
  counts: Partial<Record<CaseState, number>>,
): CohortData['can'] {
  const { state } = cohort
  const today = todayOf(installation)
  const until = undoUntil(installation, cohort)
  const isInTime = until !== null && today <= until
  return {
    propose: state === 'previewed' && (counts.planned ?? 0) > 0,
    approve: state === 'proposed' && cohort.proposedBy !== officer,
    undo: state === 'done' && (counts.applied ?? 0) > 0 && isInTime,
    approveUndo: state === 'undo-proposed' && cohort.undoProposedBy !== officer && isInTime,
    discard: isPreview(cohort),
    goOn: state === 'failed',
  }
}

const stateTitle = (target: CompiledService, id: string): Text =>
  caseOf(target).case.states.find((each) => each.id === id)?.title ?? same(id)

/** Says the step and the reasons of a key by the newest version that has them. */
async function openKeys(
  sql: Sql,
  hashes: readonly string[],
): Promise<(key: string) => CohortData['changes'][number]['before']> {
  const versions: CompiledService[] = []
  // Far more than any cohort spans; older names stand as the definition has them.
  for (const hash of new Set(hashes.slice(0, 20))) {
    const version = await getVersion(sql, hash)
    if (version.case) versions.push(version)
  }
  const reasonOf = (id: string) =>
    versions.flatMap((each) => caseOf(each).case.reasons ?? []).find((each) => each.id === id)?.text ?? same(id)
  return (key) => {
    const { step, reasons } = readKey(key)
    const done = versions.map((each) => stepOf(each, step)?.done).find((each) => each) ?? same(step)
    return { outcome: done, reasons: reasons.map(reasonOf) }
  }
}

/** Cases of a cohort with their decisions before and after. */
export const readCases = (
  installation: Installation,
  cohort: CohortRow,
  rows: readonly CohortCaseRow[],
): Promise<CaseOf[]> =>
  Promise.all(
    rows.map(async ({ reference, state, misfits, sealedDiff }) => {
      const diff = sealedDiff && openDiff(installation, cohort.id, reference, sealedDiff)
      return {
        ...{ reference, state, misfits: [...misfits] },
        before: diff && (await readSide(installation, diff.before)),
        after: diff && (await readSide(installation, diff.after)),
      }
    }),
  )

async function readSide(installation: Installation, side: Diff['before']): Promise<Said> {
  const compiled = await getVersion(installation.sql, side.version)
  const currency = installation.pack.government.currency.code
  const step = stepOf(compiled, side.step)!
  const { reasons = [] } = caseOf(compiled).case
  return {
    outcome: step.done,
    reasons: side.reasons.flatMap((id) => reasons.find((each) => each.id === id)?.text ?? []),
    noted: (step.asks ?? [])
      .filter(({ id, kind }) => side.noted[id] !== undefined && kind !== 'long-text')
      .map((question) => ({ title: question.title, value: textOrDash(question, side.noted[question.id], currency) })),
  }
}
