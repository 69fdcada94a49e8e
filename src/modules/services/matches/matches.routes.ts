import { type Static, Type } from 'typebox'
import { type Routes, Text } from '#platform'
import { questionsOf } from '../applying/answers.rules.ts'
import { requireOffice, workCase } from '../cases/acting.ts'
import { findCase } from '../cases/cases.sql.ts'
import { sayListed } from '../cases/listed.ts'
import { stateOf } from '../cases/placed.rules.ts'
import { writingOf } from '../cases/show.ts'
import { AtCase } from '../cases/types.ts'
import { openEvent, readWhole } from '../cases/write.ts'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import { getVersion } from '../versions/versions.ts'
import { MatchesPage } from './matches.page.tsx'
import { listOpenWithAnswers } from './matches.sql.ts'
import { fitOf, rank } from './score.rules.ts'

/** How many of the newest open cases are looked at, and how many that fit are shown. */
const lookedMax = 500
const shownMax = 50

export type MatchesData = Static<typeof MatchesData>
export const MatchesData = Type.Object({
  reference: Type.String(),
  service: Text,
  /** How many cases were looked at, and whether there may be more. */
  looked: Type.Integer(),
  more: Type.Boolean(),
  matches: Type.Array(
    Type.Object({
      reference: Type.String(),
      listed: Type.Array(Type.String()),
      state: Text,
      names: Type.Boolean(),
      percent: Type.Integer({ minimum: 0, maximum: 100 }),
      shared: Type.Array(Text),
    }),
  ),
})

/** Cases of another service of the department that fit this one: what answers a need, or needs that a solution answers. */
export const matchesRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const list = {
    config: { access: workCase, scope: 'services:read-cases' },
    schema: {
      summary: 'Open cases of another service that fit this one, the best first',
      params: AtCase,
      response: { 200: MatchesData },
    },
  }
  app.get('/office/services/cases/:reference/matches', list, async (request, reply) => {
    const now = await requireOffice(sql, await findCase(sql, request.params.reference), request.person!)
    const { compiled, known } = await readWhole(sql, installation, now)
    const matches = compiled.service.apply?.matches
    if (!matches) throw problem('matches-not-found')
    const { service } = matches
    const rows = await listOpenWithAnswers(sql, { organisation: now.organisation, service, limit: lookedMax })
    const mine = { reference: now.reference, answers: known.answers }
    const fitting = rows.flatMap((row) => {
      if (row.reference === now.reference) return []
      const { answers } = openEvent<'begun' | 'corrected'>(installation, row.reference, row)
      const fit = fitOf(matches, mine, { reference: row.reference, answers })
      return fit ? [{ ...row, fit }] : []
    })
    const titles = new Map(
      matches.by
        .flatMap(({ mine }) => questionsOf(compiled.form!.form).get(mine)?.options ?? [])
        .map((each) => [each.id, each.title]),
    )
    const writing = writingOf(installation, request)
    const data: MatchesData = {
      ...{ reference: now.reference, looked: rows.length, more: rows.length === lookedMax },
      service: titleOf(await catalogue.list(), service),
      matches: await Promise.all(
        rank(fitting)
          .slice(0, shownMax)
          .map(async ({ reference, listed, state, version, fit }) => ({
            ...{ reference, names: fit.names, percent: fit.percent },
            listed: await sayListed(sql, listed, writing),
            state: stateOf(await getVersion(sql, version), state).title,
            shared: fit.shared.map((id) => titles.get(id) ?? same(id)),
          })),
      ),
    }
    return reply.page(data, MatchesPage)
  })
}
