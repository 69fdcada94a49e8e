import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf, listServices } from './catalogue.ts'
import { catalogueGraph } from './cpsv-ap.rules.ts'

/** The catalogue for programs of others. */
export const exportRoutes: Routes = async (app) => {
  const { installation } = app

  const all = {
    config: { access: 'public' },
    schema: {
      summary: 'Every service as linked data: CPSV-AP 3.2 in JSON-LD',
      produces: ['application/ld+json'],
      response: { 200: Type.String() },
    },
  }
  app.get('/services/catalogue.jsonld', all, async (_, reply) => {
    const graph = catalogueGraph(installation.pack, await listServices(installation), installation.address)
    return reply.type('application/ld+json').send(JSON.stringify(graph))
  })

  const one = {
    config: { access: 'public' },
    schema: {
      summary: 'A service as linked data: CPSV-AP 3.2 in JSON-LD',
      params: Type.Object({ service: Type.String({ maxLength: 60 }) }),
      produces: ['application/ld+json'],
      response: { 200: Type.String() },
    },
  }
  app.get('/services/:service/service.jsonld', one, async ({ params }, reply) => {
    const { compiled } = await catalogueOf(installation).get(params.service)
    const graph = catalogueGraph(installation.pack, [compiled.service], installation.address)
    return reply.type('application/ld+json').send(JSON.stringify(graph))
  })
}
