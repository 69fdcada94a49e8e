import type { Installation, Routes, Text } from '#platform'
import { questionsOf, textOf } from '../applying/answers.rules.ts'
import { getCase, readWhole } from '../cases/write.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Rounds } from '../definitions/rounds.ts'
import type { Service } from '../definitions/service.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import { ResultsPage } from './results.page.tsx'
import { findRound, type RoundRow } from './rounds.sql.ts'
import { inOrder, titleOf } from './streams.rules.ts'
import { AtEdition, ResultsData } from './types.ts'

/** Who won, by stream. Before the instant of the definition, and before the last round is closed, there is nothing here. */
export const resultsRoutes: Routes = async (app) => {
  const { installation } = app
  const catalogue = catalogueOf(installation)

  const results = {
    config: { access: 'public' },
    schema: { summary: 'Results of a competition', params: AtEdition, response: { 200: ResultsData } },
  }
  app.get('/services/:service/results/:edition', results, async (request, reply) => {
    const { service: id, edition } = request.params
    const { service } = (await catalogue.get(id)).compiled
    const last = await findResults(installation, service)
    const rounds = service.apply?.rounds
    if (!rounds || !last || rounds.edition !== edition) throw problem('results-not-found')
    const winners = last.result!.result.entries.filter(({ goesOn, rank }) => goesOn && rank !== null)
    const streams: ResultsData['streams'] = []
    for (const stream of new Set(inOrder(service, winners).map((each) => each.stream))) {
      const own: ResultsData['streams'][number]['winners'] = []
      for (const { reference, rank } of winners.filter((each) => each.stream === stream))
        own.push({ rank: rank!, name: await nameOf(installation, rounds, reference) })
      streams.push({ title: titleOf(service, stream), winners: own })
    }
    return reply.page({ service: { id, title: service.title }, edition, streams }, ResultsPage)
  })
}

/** The last round of a competition, once its results are public. */
export async function findResults(
  { sql, now }: Installation,
  { id: service, apply }: Service,
): Promise<RoundRow | undefined> {
  const rounds = apply?.rounds
  if (!rounds || now() < new Date(rounds.resultsAt)) return undefined
  const last = await findRound(sql, { service, edition: rounds.edition, round: rounds.rounds.at(-1)!.id })
  return last?.state === 'closed' ? last : undefined
}

/** As the definition says that an entry is called in public. */
async function nameOf(installation: Installation, { named }: Rounds, reference: string): Promise<Text> {
  const plain = same(reference)
  if (named === undefined) return plain
  const { compiled, known } = await readWhole(
    installation.sql,
    installation,
    await getCase(installation.sql, reference),
  )
  const question = compiled.form && questionsOf(compiled.form.form).get(named)
  const answer = known.answers[named]
  if (!question || answer === undefined) return plain
  return textOf(question, answer, installation.pack.government.currency.code)
}
