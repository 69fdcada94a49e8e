import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, texts } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { sentenceOf } from './again.ts'
import { ChairPage } from './chair.page.tsx'
import { titlesOf } from './desk.routes.ts'
import { tellAssigned, withStreams } from './office.routes.ts'
import { findRound, type Key } from './rounds.sql.ts'
import { cast, propose, requireChair, standingOf } from './rounds.ts'
import { AtRound, CastBody, ChairData } from './types.ts'

const words = texts({
  first: { en: 'Choose the entry that comes first.', 'zh-Hant': '請選擇排先的項目。' },
  reason: { en: 'Write your reason.', 'zh-Hant': '請填寫理由。' },
})

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
    reply.header('cache-control', 'no-store')
    return reply.page(await tell(request, request.params), ChairPage)
  })

  /** The page of a round for its chair; `given` is a form that comes back. */
  async function tell(
    request: FastifyRequest,
    key: Key,
    given?: Pick<ChairData, 'typed' | 'wrong'>,
  ): Promise<ChairData> {
    await requireChair(sql, request, key)
    const row = await findRound(sql, key)
    const standing = row && (await standingOf(sql, row))
    const result = row?.result?.result ?? standing?.frozen.result
    return {
      ...(await titlesOf(catalogue, key)),
      isNormalised: row !== undefined && row.definition.normalise !== 'none',
      ...{ path: pathOf(key), state: row?.state ?? 'before', token: randomUUID() },
      missing: standing?.missing.length ?? 0,
      ...{ judges: row?.definition.judges ?? 0, few: row?.state === 'open' ? (standing?.few ?? []) : [] },
      assigned: await tellAssigned(sql, standing?.sheets ?? []),
      ranked: withStreams(result?.entries ?? [], (await catalogue.list()).get(key.service)?.compiled.service),
      undecided: (result?.undecided ?? []).map((each) => [...each]),
      ...(given ?? { typed: { first: '', reason: '' }, wrong: [] }),
    } as ChairData
  }

  const decide = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.tie-decided' },
    schema: {
      summary: 'Put one of those who are tied before the others, with a reason',
      ...{ params: AtRound, body: CastBody, response: { 303: Type.Null(), 422: ChairData } },
    },
  }
  app.post(`${chairPath}/tie`, decide, async (request, reply) => {
    const { token, first = '', reason = '' } = request.body
    const again = async (wrong: ChairData['wrong']) =>
      reply.code(422).page(await tell(request, request.params, { typed: { first, reason }, wrong }), ChairPage)
    const wrong: ChairData['wrong'] = []
    if (first === '') wrong.push({ field: 'first', text: words.first })
    if (reason.trim() === '') wrong.push({ field: 'reason', text: words.reason })
    if (wrong.length > 0 && request.wanted.format !== 'html') throw problem('text-missing')
    if (wrong.length > 0) return again(wrong)
    try {
      const decided = { token, first, reason }
      await sql.begin((transaction) => cast({ sql: transaction, installation, request }, request.params, decided))
    } catch (error) {
      return again([{ field: 'first', text: sentenceOf(error, request) }])
    }
    return leadTo(request, reply, pathOf(request.params))
  })

  const close = {
    config: { access: 'signed-in', scope: 'services:judge', event: 'services.round-closed' },
    schema: {
      summary: 'Close a round: its result is frozen, and a decider of the department confirms it',
      ...{ params: AtRound, response: { 303: Type.Null(), 422: ChairData } },
    },
  }
  app.post(`${chairPath}/close`, close, async (request, reply) => {
    try {
      await sql.begin((transaction) => propose({ sql: transaction, installation, request }, request.params))
    } catch (error) {
      const given = { typed: { first: '', reason: '' }, wrong: [{ field: 'round', text: sentenceOf(error, request) }] }
      return reply.code(422).page(await tell(request, request.params, given), ChairPage)
    }
    return leadTo(request, reply, pathOf(request.params))
  })
}
