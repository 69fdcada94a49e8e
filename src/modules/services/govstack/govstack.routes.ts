import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { problem } from '../problems.ts'
import { EFormLineShape, EFormShape, ServiceShape } from './shapes.ts'
import { eFormLineOf, eFormOf, serviceOf } from './translate.ts'

export const root = '/govstack/registration'
export const Key = Type.String({ maxLength: 60 })
/** Which part of a list is wanted: `firstResult` counts from 0. */
export const paging = {
  firstResult: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
  maxResult: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
}
/** Of a sending that may be repeated: what was done under it is not done again. */
export const OnceHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ format: 'uuid', maxLength: 36 })),
})

/** The services and forms of GovStack's Registration building block, API 0.1.1. docs/standards/govstack.md. */
export const govstackServiceRoutes: Routes = async (app) => {
  const catalogue = catalogueOf(app.installation)
  const config = { access: 'public' }

  const list = {
    config,
    schema: {
      summary: 'GovStack: the services, of which `name` is part of the name',
      querystring: Type.Object({ name: Type.Optional(Type.String({ maxLength: 100 })) }),
      response: { 200: Type.Array(ServiceShape) },
    },
  }
  app.get(`${root}/services`, list, async ({ query, language }) => {
    const all = [...(await catalogue.list()).values()].map((each) => serviceOf(each, language))
    return all.filter(({ name }) => name.toLowerCase().includes((query.name ?? '').toLowerCase()))
  })

  const one = {
    config,
    schema: {
      summary: 'GovStack: one service',
      params: Type.Object({ serviceId: Key }),
      response: { 200: ServiceShape },
    },
  }
  app.get(`${root}/services/:serviceId`, one, async ({ params, language }) =>
    serviceOf(await catalogue.get(params.serviceId), language),
  )

  const forms = {
    config,
    schema: {
      summary: 'GovStack: the form of a service, as a list of one; an empty list where nobody applies for it here',
      params: Type.Object({ serviceId: Key }),
      response: { 200: Type.Array(EFormLineShape) },
    },
  }
  app.get(`${root}/services/:serviceId/eForms`, forms, async ({ params, language }) => {
    const current = await catalogue.get(params.serviceId)
    return current.compiled.form ? [eFormLineOf(current, language)] : []
  })

  const form = {
    config,
    schema: {
      summary: 'GovStack: the form of a service, with its JSON Schema',
      params: Type.Object({ eFormId: Key }),
      response: { 200: EFormShape },
    },
  }
  app.get(`${root}/eForms/:eFormId`, form, async ({ params, language }) => {
    const current = await catalogue.get(params.eFormId)
    if (!current.compiled.form) throw problem('service-not-found')
    return eFormOf(current, language)
  })
}
