import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { recordCeremony } from '../ceremonies/record.ts'
import { namesOf } from '../notarise/notarise.ts'
import { problem } from '../problems.ts'
import { access, FormWord, powerful } from './access.ts'
import { countApiKeys, keysOfPage, listApiKeys } from './api-keys.sql.ts'
import { issueByForm } from './api-keys.ts'
import { IssuedPage } from './issued.page.tsx'
import { oneKeyRoutes } from './key.routes.ts'
import { KeysPage } from './keys.page.tsx'
import { noteOf, readKeyForm } from './keys.rules.ts'
import { NewKeyPage } from './new-key.page.tsx'
import { placesOf } from './one-key.ts'
import { scopesMax } from './scopes.rules.ts'
import { daysDefault, IssuedData, KeysData, NewKeyData, nameMax } from './types.ts'

const pagesMax = 10_000

/** Where an officer looks after the keys of the programs of the organisation for which they act, and of no other. */
export const programRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const nameOf = namesOf(installation)
  await app.register(oneKeyRoutes)

  const list = {
    config: { access, level: 2 } as const,
    schema: {
      summary: 'The keys of the programs of one’s organisation, those that count first',
      querystring: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: pagesMax })) }),
      response: { 200: KeysData },
    },
  }
  app.get('/office/ledger/keys', list, async (request, reply) => {
    const { organisation, ...places } = placesOf(installation, request)
    const { page = 1 } = request.query
    const now = installation.now()
    const keys = (await listApiKeys(sql, organisation, page)).map((key) => noteOf(key, now))
    const last = Math.max(1, Math.ceil((await countApiKeys(sql, organisation)) / keysOfPage))
    return reply.page({ organisation: nameOf(organisation), keys, page, last, ...places }, KeysPage)
  })

  const form = {
    config: powerful,
    schema: { summary: 'The form for a new key', response: { 200: NewKeyData } },
  }
  app.get('/office/ledger/keys/new', form, async (request, reply) => {
    const { organisation, logs, registers } = placesOf(installation, request)
    const scopes = logs.length === 1 ? [`append:${logs[0]!.name}`] : []
    const values = { name: '', scopes, days: String(daysDefault) }
    return reply.page(
      { organisation: nameOf(organisation), logs, registers, form: randomUUID(), values, mistakes: [] },
      NewKeyPage,
    )
  })

  const Scopes = Type.String({ maxLength: 80 })
  const issue = {
    config: { ...powerful, event: 'ledger.key-issued' },
    schema: {
      summary: 'Make a key; its text is in this answer alone, and again only for the same form within ten minutes',
      body: Type.Object({
        form: FormWord,
        name: Type.String({ maxLength: nameMax * 4 }),
        scopes: Type.Optional(Type.Union([Scopes, Type.Array(Scopes, { maxItems: scopesMax })])),
        days: Type.String({ maxLength: 10 }),
      }),
      response: { 201: IssuedData, 422: NewKeyData },
    },
  }
  app.post('/office/ledger/keys', issue, async (request, reply) => {
    const { organisation, ...places } = placesOf(installation, request)
    const { body } = request
    const values = { name: body.name.trim(), scopes: [body.scopes ?? []].flat(), days: body.days }
    const read = readKeyForm(values, {
      logs: places.logs.map(({ name }) => name),
      registers: places.registers.map(({ name }) => name),
    })
    if ('mistakes' in read) {
      const data = {
        organisation: nameOf(organisation),
        ...places,
        form: body.form,
        values,
        mistakes: read.mistakes,
      }
      return reply.code(422).page(data, NewKeyPage)
    }
    const issued = await sql.begin(async (transaction) => {
      const asked = { ...read.wanted, organisation, createdBy: request.person!.id, form: body.form }
      const made = await issueByForm(transaction, installation.vault, asked)
      if (!made) throw problem('key-form-used')
      if (made.isNew)
        await recordCeremony(transaction, request, {
          ...{ event: 'ledger.key-issued', subject: `ledger-key/${made.key.id}`, organisation },
          ...{ holder: made.key.name, keys: [made.key.id] },
        })
      return made
    })
    const data = { key: noteOf(issued.key, installation.now()), text: issued.text, formerEndsAt: null, ...places }
    return reply.code(201).header('cache-control', 'no-store').page(data, IssuedPage)
  })
}
