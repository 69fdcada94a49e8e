import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { editService } from '../webhooks/ours.ts'
import { designPath, draftPath } from './drafts.ts'
import { putAside } from './pack-change.ts'
import { AtDesign } from './types.ts'

const acts = [
  ['ask', 'services.pack-change-asked-aside', 'Ask another editor to put a change of the pack aside'],
  ['take-back', 'services.pack-change-kept', 'Take back the request to put a change of the pack aside'],
  ['put-aside', 'services.pack-change-put-aside', 'Put aside a change of the pack for which another editor asked that'],
] as const

/** How two editors put aside what the pack changed; `merge.routes.ts` shows it, and takes it over. */
export const packChangeRoutes: Routes = async (app) => {
  const catalogue = catalogueOf(app.installation)
  for (const [act, event, summary] of acts) {
    const route = {
      config: { access: editService, scope: 'services:edit', event },
      schema: {
        summary,
        params: AtDesign,
        body: Type.Object({ seen: Type.Optional(Type.String({ maxLength: 64 })) }),
        response: { 303: Type.Null() },
      },
    }
    app.post(`${designPath}/:service/pack-change/${act}`, route, async (request, reply) => {
      const { service } = request.params
      await putAside(request, { catalogue, service, act, seen: request.body.seen ?? '' })
      return leadTo(request, reply, draftPath(service))
    })
  }
}
