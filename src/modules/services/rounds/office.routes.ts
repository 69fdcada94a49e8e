import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { namesOf } from '#identity'
import { type Routes, recordAct, type Sql } from '#platform'
import { hashCode, newCode } from '../applying/codes.ts'
import { decideCase } from '../cases/acting.ts'
import type { Typed } from '../cases/typed.rules.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { CompiledService } from '../definitions/compile.rules.ts'
import type { Round, Rounds } from '../definitions/rounds.ts'
import type { Service } from '../definitions/service.ts'
import { leadTo, organisationOf, wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import { sentenceOf } from './again.ts'
import { askedOf, fieldsOf, takenBy } from './asked.ts'
import { stateOf } from './desk.routes.ts'
import { InvitedPage, RoundsOfPage, RoundsPage } from './office.page.tsx'
import type { Result } from './rank.rules.ts'
import {
  findRound,
  insertJudge,
  type JudgeRow,
  listEntries,
  listJudges,
  type RoundRow,
  type SheetRow,
} from './rounds.sql.ts'
import { confirm, openRound, requireNoEntry, standingOf, subjectOf } from './rounds.ts'
import { inOrder, streamsOf, titleOf } from './streams.rules.ts'
import { AtService, ConfirmBody, InviteBody, InvitedData, RoundBody, RoundsData, RoundsOfData } from './types.ts'

export const roundsPath = '/office/services/rounds'

/** Competitions of an officer’s own organisation, for those of them who have no entry of their own in it. */
export const roundsRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)
  const getOurs = async (request: FastifyRequest, id: string): Promise<Ours> => {
    const compiled = (await catalogue.list()).get(id)?.compiled
    const service = compiled?.service
    const rounds = service?.apply?.rounds
    if (!service || !rounds || service.organisation !== organisationOf(request)) throw problem('round-not-found')
    const of = { service: id, edition: rounds.edition, organisation: service.organisation }
    await requireNoEntry(installation, of, request.person!.id)
    return { compiled: compiled!, service, rounds }
  }

  const list = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: { summary: 'Competitions of my department', response: { 200: RoundsData } },
  }
  app.get(roundsPath, list, async (request, reply) => {
    const ours = [...(await catalogue.list()).values()].flatMap(({ compiled: { service } }) => {
      const rounds = service.apply?.rounds
      if (!rounds || service.organisation !== organisationOf(request)) return []
      const { id, title } = service
      return [{ id, title, edition: rounds.edition, rounds: rounds.rounds.map((each) => each.title) }]
    })
    return reply.page({ services: ours }, RoundsPage)
  })

  const one = {
    config: { access: decideCase, scope: 'services:work-cases' },
    schema: {
      summary: 'The rounds of a competition: panels, sheets, ranking',
      params: AtService,
      response: { 200: RoundsOfData },
    },
  }
  app.get(`${roundsPath}/:service`, one, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return reply.page(await tell(request, await getOurs(request, request.params.service)), RoundsOfPage)
  })

  const invite = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.judge-invited' },
    schema: {
      summary: 'Invite a judge: the answer holds the code, once',
      params: AtService,
      body: InviteBody,
      response: { 201: InvitedData },
    },
  }
  app.post(`${roundsPath}/:service/invite`, invite, async (request, reply) => {
    const { service, rounds } = await getOurs(request, request.params.service)
    const { token: id, role, stream = '', round } = request.body
    const definition = rounds.rounds.find((each) => each.id === round)
    if (!definition || (stream !== '' && !streamsOf(service, rounds).some((each) => each.id === stream)))
      throw problem('round-not-found')
    const code = newCode()
    const key = { service: service.id, edition: rounds.edition, round }
    await sql.begin(async (transaction) => {
      const row = { ...key, id, role, stream: stream === '' ? null : stream, code: hashCode(installation, code) }
      if (!(await insertJudge(transaction, { ...row, now: installation.now() }))) throw problem('invitation-made')
      await recordAct(transaction, request, {
        ...{ event: 'services.judge-invited', subject: subjectOf(key) },
        detail: { role, stream },
      })
    })
    reply.header('cache-control', 'no-store')
    return reply.code(201).page({ service: service.id, round: definition.title, code }, InvitedPage)
  })

  const open = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.round-opened' },
    schema: {
      summary: 'Open a round: its entries are shared out among the judges who accepted',
      ...{ params: AtService, body: RoundBody, response: { 303: Type.Null(), 422: RoundsOfData } },
    },
  }
  app.post(`${roundsPath}/:service/open`, open, async (request, reply) => {
    const ours = await getOurs(request, request.params.service)
    const { round } = request.body
    try {
      await sql.begin((transaction) => openRound({ sql: transaction, installation, request }, ours, round))
    } catch (error) {
      const wrong = [{ field: `round-${round}`, text: sentenceOf(error, request) }]
      return reply.code(422).page(await tell(request, ours, wrong), RoundsOfPage)
    }
    return leadTo(request, reply, `${roundsPath}/${ours.service.id}`)
  })

  const confirmed = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.round-confirmed' },
    schema: {
      summary: 'Confirm the result of a round that its chair closed: it goes into the cases',
      ...{ params: AtService, body: ConfirmBody, response: { 303: Type.Null(), 422: RoundsOfData } },
    },
  }
  app.post(`${roundsPath}/:service/confirm`, confirmed, async (request, reply) => {
    const ours = await getOurs(request, request.params.service)
    const { compiled, service, rounds } = ours
    const key = { service: service.id, edition: rounds.edition, round: request.body.round }
    const given = { compiled, sent: request.body }
    const wrong = await sql.begin((transaction) => confirm({ sql: transaction, installation, request }, key, given))
    if (wrong.length === 0) return leadTo(request, reply, `${roundsPath}/${service.id}`)
    if (request.wanted.format !== 'html') throw wrongForm(request, 'step-incomplete', wrong)
    reply.header('cache-control', 'no-store')
    return reply.code(422).page(await tell(request, ours, wrong, request.body), RoundsOfPage)
  })
}

type Ours = { compiled: CompiledService; service: Service; rounds: Rounds }

/** A competition with its rounds for an officer; `wrong` is why an act on one was refused, and `sent` what came with it. */
async function tell(
  request: FastifyRequest,
  { compiled, service, rounds }: Ours,
  wrong: RoundsOfData['wrong'] = [],
  sent: Typed = {},
): Promise<RoundsOfData> {
  const { sql } = request.server.installation
  const judges = await listJudges(sql, service.id, rounds.edition)
  const names = await namesOf(
    sql,
    judges.flatMap(({ personId }) => personId ?? []),
  )
  const standing = rounds.rounds.map((definition) =>
    tellRound(sql, {
      ...{ compiled, service, sent },
      edition: rounds.edition,
      definition,
      judges,
      names,
      me: request.person!.id,
    }),
  )
  return {
    ...{ service: { id: service.id, title: service.title }, edition: rounds.edition, token: randomUUID() },
    ...{ resultsAt: rounds.resultsAt, streams: streamsOf(service, rounds), wrong },
    rounds: await Promise.all(standing),
  }
}

/** Entries of a ranking stream by stream, with these as they are called. */
export const withStreams = (
  entries: Result['entries'],
  service: Service | undefined,
): RoundsOfData['rounds'][number]['ranked'] =>
  inOrder(service, entries).map((each) => ({ ...each, stream: titleOf(service, each.stream) }))

/** Who judges which entry. References alone tell of entries, as whoever reads this may not know whose they are. */
export async function tellAssigned(
  sql: Sql,
  sheets: readonly SheetRow[],
): Promise<RoundsOfData['rounds'][number]['assigned']> {
  const names = await namesOf(sql, [...new Set(sheets.map(({ judge }) => judge))])
  return sheets.map((each) => ({
    ...{ reference: each.reference, state: stateOf(each) },
    judge: names.get(each.judge) ?? same(each.judge),
  }))
}

type Telling = Pick<Ours, 'compiled' | 'service'> & {
  sent: Typed
  edition: number
  definition: Round
  judges: readonly JudgeRow[]
  names: Awaited<ReturnType<typeof namesOf>>
  me: string
}

async function tellRound(sql: Sql, of: Telling): Promise<RoundsOfData['rounds'][number]> {
  const { service, edition, definition, names } = of
  const key = { service: service.id, edition, round: definition.id }
  const row = await findRound(sql, key)
  const standing = row && (await standingOf(sql, row))
  const entries = await listEntries(sql, key)
  const panel = of.judges.filter(({ round }) => round === definition.id)
  const mayConfirm = row?.state === 'proposed' && row.proposedBy !== of.me
  return {
    ...{ id: definition.id, title: definition.title, judges: definition.judges, state: row?.state ?? 'before' },
    ...{ isNormalised: definition.normalise !== 'none', takes: mayConfirm ? takenBy(of.compiled, row) : [] },
    ...{ mayConfirm, asked: mayConfirm ? fieldsOf(of.compiled, askedOf(of.compiled, row), of.sent) : [] },
    ...{ entries: entries.length, settled: entries.filter(({ settled }) => settled !== null).length },
    ...{ missing: standing?.missing.length ?? 0, left: entries.filter(({ settled }) => settled === 'left').length },
    hasChair: panel.some(({ role, personId }) => role === 'chair' && personId !== null),
    panel: panel.map(({ role, stream, personId }) => ({
      ...{ role, stream: titleOf(of.service, stream) },
      name: personId === null ? null : (names.get(personId) ?? same(personId)),
      ...tellSheets(
        row,
        (standing?.sheets ?? []).filter(({ judge }) => role === 'assessor' && judge === personId),
      ),
    })),
    assigned: await tellAssigned(sql, standing?.sheets ?? []),
    ranked: standing ? withStreams((row.result ?? standing.frozen).result.entries, of.service) : [],
  }
}

/** How many sheets a judge has, and how harsh they are: the mean of what they locked, in percent of full marks. */
function tellSheets(row: RoundRow | undefined, own: readonly SheetRow[]) {
  const locked = own.filter(({ lockedAt }) => lockedAt !== null)
  const percents = locked.map(({ marks }) => {
    const { criteria, scale } = row!.definition
    return criteria.reduce(
      (sum, { id, weight }) => sum + (weight * (marks[id]! - scale.min)) / (scale.max - scale.min),
      0,
    )
  })
  const mean = percents.reduce((sum, each) => sum + each, 0) / percents.length
  const conflicts = own.filter(({ conflict }) => conflict === true).length
  return {
    ...{ sheets: own.length, conflicts, missing: own.length - locked.length - conflicts },
    meanPercent: percents.length > 0 ? Math.round(mean * 10) / 10 : null,
  }
}
