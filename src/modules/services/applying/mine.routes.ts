import type { Routes } from '#platform'
import { listCasesOf } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { ownPath } from '../cases/history.ts'
import { nextOf, stateOr } from '../cases/parts.tsx'
import { isOverdue, leftOf, stateOf } from '../cases/placed.rules.ts'
import { stagesOfMany } from '../cases/stages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { lacksPlace } from '../places/places.sql.ts'
import type { StageNote } from '../types.ts'
import { getVersion } from '../versions/versions.ts'
import { type Listed, listApplications } from './applications.sql.ts'
import { applicantOf, mayRead } from './applications.ts'
import { MinePage } from './mine.page.tsx'
import { pathOf } from './show.ts'
import { MineData } from './types.ts'

/** What somebody began and sent, in the name in which they act now. */
export const mineRoutes: Routes = async (app) => {
  const { sql } = app

  /** What a service is called today; of one that is gone, as it was called then. */
  async function titleOf({ service, version }: Listed) {
    const current =
      (await catalogueOf(app.installation).list()).get(service)?.compiled ?? (await getVersion(sql, version))
    return current.service.title
  }

  /** Where a case stands, in the words of its version. */
  async function standing(now: Case, stages: readonly StageNote[]) {
    const { reference, dueOn, wait, outcome, review, reviewOf, openedAt, replyUntilOn } = now
    const compiled = await getVersion(sql, now.version)
    const state = stateOf(compiled, now.state)
    const lacking = compiled.service.apply?.places !== undefined && (await lacksPlace(sql, reviewOf ?? reference))
    return {
      ...{ reference, path: ownPath(reference), dueOn, wait, hasEnded: outcome !== null, replyUntilOn },
      ...{ overdue: isOverdue(now, app.installation.now()), left: leftOf(now), stages: [...stages] },
      ...{
        state: stateOr(state.title, outcome),
        next: nextOf({ ended: outcome, wait, next: state.next, review, lacking }),
      },
      ...{ openedAt, reviewOf },
    }
  }

  const mine = {
    config: { access: 'signed-in', scope: 'services:apply' },
    schema: { summary: 'My applications: those that I began and those that I sent', response: { 200: MineData } },
  }
  app.get('/account/applications', mine, async (request, reply) => {
    const rows = (await listApplications(sql, applicantOf(request.person!))).filter((row) => mayRead(request, row))
    const sent = rows.flatMap(({ id, state }) => (state === 'sent' ? id : []))
    const cases = sent.length === 0 ? [] : await listCasesOf(sql, sent)
    const open = cases.filter(({ endedAt }) => endedAt === null)
    const lines = await stagesOfMany(sql, app.installation, open)
    const applications = await Promise.all(
      rows.map(async (row) => ({
        ...{ id: row.id, title: await titleOf(row), path: pathOf(row.id), state: row.state },
        ...{ reference: row.reference, changedAt: row.changedAt, sentAt: row.sentAt, expiresAt: row.expiresAt },
        cases: await Promise.all(
          cases
            .filter(({ application }) => application === row.id)
            .map((each) => standing(each, lines.get(each.reference) ?? [])),
        ),
      })),
    )
    return reply.page({ applications }, MinePage)
  })
}
