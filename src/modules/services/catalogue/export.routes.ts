import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf, listServices } from './catalogue.ts'
import { catalogueGraph, type Graph } from './cpsv-ap.rules.ts'
import { turtleOf } from './turtle.rules.ts'

/** The catalogue for programs of others. */
export const exportRoutes: Routes = async (app) => {
  const { installation } = app

  const AtService = Type.Object({ service: Type.String({ maxLength: 60 }) })
  const graphOfAll = async () =>
    catalogueGraph(installation.pack, await listServices(installation), installation.address)
  async function graphOf(id: string) {
    const { compiled } = await catalogueOf(installation).get(id)
    return catalogueGraph(installation.pack, [compiled.service], installation.address)
  }
  const sendJson = (reply: FastifyReply, graph: Graph) => reply.type('application/ld+json').send(JSON.stringify(graph))
  const sendTurtle = async (reply: FastifyReply, graph: Graph) =>
    reply.type('text/turtle; charset=utf-8').send(await turtleOf(graph))

  const all = (summary: string, type: string) => ({
    config: { access: 'public' },
    schema: { summary, produces: [type], response: { 200: Type.String() } },
  })
  const one = (summary: string, type: string) => ({
    config: { access: 'public' },
    schema: { summary, params: AtService, produces: [type], response: { 200: Type.String() } },
  })
  const json = 'application/ld+json'
  const turtle = 'text/turtle'

  app.get(
    '/services/catalogue.jsonld',
    all('Every service as linked data: CPSV-AP 3.2 in JSON-LD', json),
    async (_, reply) => sendJson(reply, await graphOfAll()),
  )
  app.get(
    '/services/catalogue.ttl',
    all('Every service as linked data: CPSV-AP 3.2 in Turtle', turtle),
    async (_, reply) => sendTurtle(reply, await graphOfAll()),
  )
  app.get(
    '/services/:service/service.jsonld',
    one('A service as linked data: CPSV-AP 3.2 in JSON-LD', json),
    async ({ params }, reply) => sendJson(reply, await graphOf(params.service)),
  )
  app.get(
    '/services/:service/service.ttl',
    one('A service as linked data: CPSV-AP 3.2 in Turtle', turtle),
    async ({ params }, reply) => sendTurtle(reply, await graphOf(params.service)),
  )
}
