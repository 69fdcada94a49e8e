import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { ChairPage } from './chair.page.tsx'
import { titlesOf } from './desk.routes.ts'
import { tellAssigned, withStreams } from './office.routes.ts'
import { findRound, type Key } from './rounds.sql.ts'
import { cast, propose, requireChair, standingOf } from './rounds.ts'
import { AtRound, CastBody, ChairData } from './types.ts'

const chairPath = '/rounds/chair/:service/:edition/:round'
const pathOf = ({ service, edition, round }: Key) => `/rounds/chair/${service}/${edition}/${round}`

/** What the chair of a round sees and does: never what an entry says, which is for its judges. */
export const chairRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const one = {
    config: { access: 'signed-in', scope: 'services:judge' },
    schema: { summary: 'How a round that I chair stands', params: AtRound, response: { 200: ChairData } },
  }
  app.get(chairPath, one, async (request, reply) => {
    const key = request.params
    await requireChair(sql, request, key)
    const row = await findRound(sql, key)
    const standing = row && (await standingOf(sql, row))
    const result = row?.result?.result ?? standing?.frozen.result
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        ...(await titlesOf(catalogue, key)),
        ...{ path: pathOf(key), state: row?.state ?? 'before', token: randomUUID() },
        missing: standing?.missing.length ?? 0,
        assigned: await tellAssigned(sql, standing?.sheets ?? []),
        ranked: withStreams(result?.entries ?? [], (await catalogue.list()).get(key.service)?.compiled.service),
        undecided: (result?.undecided ?? []).map((each) => [...each]),
      } as ChairData,
      ChairPage,
    )
  })

  const decide = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.tie-decided' },
    schema: {
      summary: 'Put one of those who are tied before the others, with a reason',
      ...{ params: AtRound, body: CastBody, response: { 303: Type.Null() } },
    },
  }
  app.post(`${chairPath}/tie`, decide, async (request, reply) => {
    const { reason } = request.body
    if (reason.trim() === '') throw problem('text-missing')
    await sql.begin((transaction) => cast({ sql: transaction, installation, request }, request.params, request.body))
    return leadTo(request, reply, pathOf(request.params))
  })

  const close = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.round-closed' },
    schema: {
      summary: 'Close a round: its result is frozen, and a decider of the department confirms it',
      ...{ params: AtRound, response: { 303: Type.Null() } },
    },
  }
  app.post(`${chairPath}/close`, close, async (request, reply) => {
    await sql.begin((transaction) => propose({ sql: transaction, installation, request }, request.params))
    return leadTo(request, reply, pathOf(request.params))
  })
}
