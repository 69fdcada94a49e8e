import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Installation, type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { Next } from '../types.ts'
import { deleteDeclared, saveDeclared } from './declared.sql.ts'
import { profileFields, profileRulesOf } from './definitions.ts'
import { readField } from './fields.rules.ts'
import { FieldData, FieldPage } from './profile.page.tsx'
import { profileOf } from './values.ts'

const path = '/account/profile'
const event = 'identity.field-changed'
const ByField = Type.Object({ field: Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60 }) })
const Asked = Type.Object({ next: Type.Optional(Next) })
const Part = Type.Optional(Type.String({ maxLength: 8 }))

/** A page for each field that people may write. */
export const fieldRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation

  const one = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'One of my fields, to write or take away',
      params: ByField,
      querystring: Asked,
      response: { 200: FieldData },
    },
  }
  app.get(`${path}/:field`, one, async (request, reply) =>
    reply.page(await dataOf(request, request.params.field, request.query.next), FieldPage),
  )

  const save = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Write one of my fields',
      params: ByField,
      body: Type.Object({
        value: Type.Optional(Type.String({ maxLength: 2000 })),
        'value-year': Part,
        'value-month': Part,
        'value-day': Part,
        next: Type.Optional(Next),
      }),
      response: { 303: Type.Null(), 422: FieldData },
    },
  }
  app.post(`${path}/:field`, save, async (request, reply) => {
    const { params, body } = request
    const data = await dataOf(request, params.field, body.next)
    const date = { year: body['value-year'] ?? '', month: body['value-month'] ?? '', day: body['value-day'] ?? '' }
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: pack.government.timeZone }).format(installation.now())
    const { callingCode } = profileRulesOf(pack)
    const read = readField(fieldOf(installation, params.field), { text: body.value, date }, { today, callingCode })
    if ('mistake' in read)
      return reply.code(422).page({ ...data, text: body.value ?? '', date, mistake: read.mistake }, FieldPage)
    await app.sql.begin(async (sql) => {
      await saveDeclared(sql, installation, request.person!.id, { field: params.field, value: read.value })
      await record(sql, request, params.field)
    })
    return reply.redirect(onwards(request, body.next), 303)
  })

  const remove = {
    config: { access: 'signed-in', event },
    schema: {
      summary: 'Take one of my fields away',
      params: ByField,
      body: Type.Object({ next: Type.Optional(Next) }),
      response: { 303: Type.Null() },
    },
  }
  app.post(`${path}/:field/remove`, remove, async (request, reply) => {
    const { name } = fieldOf(installation, request.params.field)
    await app.sql.begin(async (sql) => {
      if (await deleteDeclared(sql, request.person!.id, name)) await record(sql, request, name)
    })
    return reply.redirect(onwards(request, request.body.next), 303)
  })
}

/** Refuses what no profile has, and what only a document can say. */
function fieldOf({ pack }: Installation, name: string) {
  const field = profileFields(pack).find((each) => each.name === name)
  if (!field?.declared) throw problem('field-not-found')
  return field
}

/** A field as its page shows it. */
async function dataOf(request: FastifyRequest, name: string, next: string | undefined): Promise<FieldData> {
  const { installation } = request.server
  const field = fieldOf(installation, name)
  const known = (await profileOf(installation.sql, installation, request.person!.id)).find(
    (each) => each.field.name === name,
  )!
  // What a document proves is changed by proving another.
  if (known.verification) throw problem('field-verified')
  const { label, kind, options = [], autocomplete = 'off' } = field
  const [year = '', month = '', day = ''] = kind === 'date' ? (known.value?.split('-') ?? []) : []
  return {
    name,
    label,
    kind,
    options: [...options],
    autocomplete,
    text: known.value ?? '',
    date: { year, month, day },
    filled: known.value !== null,
    next: next ?? null,
    mistake: null,
  }
}

/** On to what the person was doing, or back to the profile. */
const onwards = (request: FastifyRequest, next: string | undefined) => doneAt(request, next ?? path, 'field-changed')

/** Which field changed; not to what. */
const record = (sql: Parameters<typeof recordAct>[0], request: FastifyRequest, field: string) =>
  recordAct(sql, request, { event, subject: path.slice(1), detail: { field } })
