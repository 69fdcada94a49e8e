import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { namesOf } from '../notarise/notarise.ts'
import { dayOf } from '../quotas/admit.ts'
import { listDaysOfUse, listWritten, writtenMax } from '../quotas/quotas.sql.ts'
import { access, powerful } from './access.ts'
import { type ApiKey, withdrawApiKey } from './api-keys.sql.ts'
import { KeyPage } from './key.page.tsx'
import { noteOf } from './keys.rules.ts'
import { getCounting, getKey, params, placesOf } from './one-key.ts'
import { rotateRoutes } from './rotate.routes.ts'
import { daysTold, KeyData } from './types.ts'
import { WithdrawPage } from './withdraw.page.tsx'

const dayMs = 86_400_000

/** What becomes of one key: another follows it, it is withdrawn, or it is lost. */
export const oneKeyRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  await app.register(rotateRoutes)

  async function dataOf(request: FastifyRequest, key: ApiKey): Promise<KeyData> {
    const now = installation.now()
    const since = dayOf(new Date(now.getTime() - (daysTold - 1) * dayMs))
    const { organisation, ...places } = placesOf(installation, request)
    const asked = { organisation, key: key.id, since }
    const written = await listWritten(sql, asked)
    return {
      organisation: nameOf(organisation),
      key: noteOf(key, now),
      use: await listDaysOfUse(sql, asked),
      written: written.slice(0, writtenMax),
      cut: written.length > writtenMax,
      today: dayOf(now),
      ...places,
    }
  }

  const addressOf = (request: FastifyRequest, rest: string) =>
    withLanguage(installation.pack.government, request.language, `/office/ledger/keys/${rest}`)

  const show = {
    config: { access, level: 2 } as const,
    schema: { summary: 'A key of a program, and what it wrote in the last days', params, response: { 200: KeyData } },
  }
  app.get('/office/ledger/keys/:id', show, async (request, reply) =>
    reply.page(await dataOf(request, await getKey(installation, request)), KeyPage),
  )

  const withdrawing = {
    config: powerful,
    schema: { summary: 'Asks whether to withdraw a key, and why', params, response: { 200: KeyData } },
  }
  app.get('/office/ledger/keys/:id/withdraw', withdrawing, async (request, reply) =>
    reply.page(await dataOf(request, await getCounting(installation, request)), WithdrawPage),
  )

  const withdraw = {
    config: { ...powerful, event: ['ledger.key-withdrawn', 'ledger.key-lost'] } as const,
    schema: {
      summary: 'Withdraw a key; where others may have it, as lost',
      params,
      body: Type.Object({ why: Type.Union([Type.Literal('unneeded'), Type.Literal('lost')]) }),
      response: { 303: Type.Null() },
    },
  }
  app.post('/office/ledger/keys/:id/withdraw', withdraw, async (request, reply) => {
    const { id, name, organisation } = await getKey(installation, request)
    const lost = request.body.why === 'lost'
    await sql.begin(async (transaction) => {
      const by = request.person!.id
      // Who asks twice gets what they asked for, and one line in the trail.
      if ((await withdrawApiKey(transaction, { id, organisation, by, lost })) === undefined) return
      const event = lost ? 'ledger.key-lost' : 'ledger.key-withdrawn'
      await recordCeremony(transaction, request, {
        ...{ event, subject: `ledger-key/${id}`, organisation, holder: name, keys: [id] },
      })
    })
    return reply.redirect(addressOf(request, id), 303)
  })
}
