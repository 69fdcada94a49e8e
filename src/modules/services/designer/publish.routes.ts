import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { editService } from '../webhooks/ours.ts'
import { askToPublish, beginDraft, designPath, discardDraft, draftPath, publishDraft } from './drafts.ts'
import { AtDesign } from './types.ts'

/** How the next version of a service begins, and how it comes to count. */
export const publishRoutes: Routes = async (app) => {
  const catalogue = catalogueOf(app.installation)

  const led = { 303: Type.Null() }
  const begin = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-begun' },
    schema: {
      summary: 'Begin the next version of a service, from the one that counts now',
      params: AtDesign,
      response: led,
    },
  }
  app.post(`${designPath}/:service`, begin, async (request, reply) => {
    await beginDraft(request, catalogue, request.params.service)
    return leadTo(request, reply, draftPath(request.params.service))
  })

  const discard = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-discarded' },
    schema: { summary: 'Discard what was written of the next version', params: AtDesign, response: led },
  }
  app.post(`${designPath}/:service/discard`, discard, async (request, reply) => {
    await discardDraft(request, request.params.service)
    return leadTo(request, reply, designPath)
  })

  for (const back of [false, true]) {
    const event = back ? 'services.publication-taken-back' : 'services.publication-asked'
    const summary = back ? 'Take back the request to publish' : 'Ask another editor to publish this version'
    const ask = {
      config: { access: editService, scope: 'services:edit', event },
      schema: { summary, params: AtDesign, response: led },
    }
    app.post(`${designPath}/:service/${back ? 'take-back' : 'ask'}`, ask, async (request, reply) => {
      const { service } = request.params as { service: string }
      await askToPublish(request, { catalogue, service, back })
      return leadTo(request, reply, draftPath(service))
    })
  }

  const publish = {
    config: { access: editService, scope: 'services:edit', event: 'services.service-published' },
    schema: {
      summary: 'Publish a version for which another editor asked, as `draft.seen` says what was looked at',
      params: AtDesign,
      body: Type.Object({ seen: Type.String({ maxLength: 64 }) }),
      response: { 200: Type.Object({ number: Type.Integer(), hash: Type.String() }), ...led },
    },
  }
  app.post(`${designPath}/:service/publish`, publish, async (request, reply) => {
    const { service } = request.params
    const done = await publishDraft(request, catalogue, { service, seen: request.body.seen })
    if (request.wanted.format !== 'html') return reply.code(200).send(done)
    return leadTo(request, reply, draftPath(service))
  })
}
