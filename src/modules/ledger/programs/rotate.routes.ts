import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Routes, Sql } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { namesOf } from '../notarise/notarise.ts'
import { problem } from '../problems.ts'
import { FormWord, powerful } from './access.ts'
import { type ApiKey, endApiKey, findOwnKey } from './api-keys.sql.ts'
import { issueByForm } from './api-keys.ts'
import { IssuedPage } from './issued.page.tsx'
import { noteOf, readDays } from './keys.rules.ts'
import { getCounting, getKey, params, placesOf } from './one-key.ts'
import { RotatePage } from './rotate.page.tsx'
import { daysDefault, IssuedData, overlapDefault, overlaps, RotateData } from './types.ts'

/** One key follows another: both count for a while, and the former ends by itself. */
export const rotateRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)

  const rotating = {
    config: powerful,
    schema: { summary: 'Asks how one key follows another', params, response: { 200: RotateData } },
  }
  const rotateData = (key: ApiKey, typed: Pick<RotateData, 'form' | 'days' | 'overlap' | 'mistakes'>): RotateData => ({
    organisation: nameOf(key.organisation),
    key: noteOf(key, installation.now()),
    ...typed,
  })
  app.get('/office/ledger/keys/:id/rotate', rotating, async (request, reply) => {
    const key = await getCounting(installation, request)
    if (key.replacedBy) throw problem('key-replaced')
    const fresh = { form: randomUUID(), days: String(daysDefault), overlap: String(overlapDefault) }
    return reply.page(rotateData(key, { ...fresh, mistakes: [] }), RotatePage)
  })

  const rotate = {
    config: { ...powerful, event: 'ledger.key-rotated' },
    schema: {
      summary: 'Make the key that follows another, with the same scopes; that one ends by itself after the overlap',
      params,
      body: Type.Object({
        form: FormWord,
        days: Type.String({ maxLength: 10 }),
        overlap: Type.Union(overlaps.map((hours) => Type.Literal(String(hours)))),
      }),
      response: { 201: IssuedData, 422: RotateData },
    },
  }
  app.post('/office/ledger/keys/:id/rotate', rotate, async (request, reply) => {
    const { form, overlap } = request.body
    const key = await getKey(installation, request)
    const days = readDays(request.body.days)
    if (days === undefined)
      return reply.code(422).page(rotateData(key, { ...request.body, mistakes: ['days-wrong'] }), RotatePage)
    const issued = await sql.begin((transaction) =>
      follow(transaction, request, { key, form, days, hours: Number(overlap) }),
    )
    const former = await findOwnKey(sql, key)
    const { logs, registers } = placesOf(installation, request)
    const data = {
      ...{ key: noteOf(issued.key, installation.now()), text: issued.text, formerEndsAt: former!.expiresAt },
      ...{ logs, registers },
    }
    return reply.code(201).header('cache-control', 'no-store').page(data, IssuedPage)
  })

  async function follow(
    transaction: Sql,
    request: FastifyRequest,
    { key, form, days, hours }: { key: ApiKey; form: string; days: number; hours: number },
  ) {
    const { organisation, name, scopes } = key
    const asked = { organisation, name, scopes, days, replaces: key.id, createdBy: request.person!.id, form }
    const made = await issueByForm(transaction, installation.vault, asked)
    if (!made || made.key.replaces !== key.id) throw problem('key-replaced')
    if (!made.isNew) return made
    if (!(await endApiKey(transaction, { id: key.id, organisation, hours }))) throw problem('key-ended')
    await recordCeremony(transaction, request, {
      event: 'ledger.key-rotated',
      subject: `ledger-key/${key.id}`,
      ...{ organisation, holder: name, keys: [made.key.id], former: [key.id] },
      detail: { next: made.key.id, hours },
    })
    return made
  }
}
