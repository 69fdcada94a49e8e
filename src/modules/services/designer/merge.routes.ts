import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { editService } from '../webhooks/ours.ts'
import { nameOf } from './controls.rules.ts'
import { designPath, draftPath, getDraft, mergeDraft, readOutdated, seenOfMerge } from './drafts.ts'
import { differencesOf } from './exchange/compare.rules.ts'
import { mergeDefinitions, type Side } from './exchange/merge.rules.ts'
import { MergePage } from './merge.page.tsx'
import { AtDesign, MergeBody, MergeData } from './types.ts'

/** How a draft goes on where another version was published since it was begun. */
export const mergeRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  async function tell(
    request: FastifyRequest,
    service: string,
    { state, choices }: { state: MergeData['state']; choices: ReadonlyMap<string, Side> },
  ): Promise<MergeData> {
    const draft = await getDraft(request, service)
    const { base, newer, hash } = await readOutdated(sql, catalogue, draft)
    const { conflicts } = mergeDefinitions(base, draft.definition, newer, new Map())
    return {
      ...{ service, title: nameOf(draft.definition, service), seen: seenOfMerge(draft, hash), state },
      conflicts: conflicts.map(({ path, what, mine, newer }) => ({
        ...{ path, what, mine: written(mine), newer: written(newer), chosen: choices.get(path) ?? null },
      })),
      published: differencesOf(base, newer).map(({ path, what }) => ({ path, what })),
    }
  }

  const show = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'What a draft and the version that was published since it was begun both changed, side by side',
      params: AtDesign,
      response: { 200: MergeData },
    },
  }
  app.get(`${designPath}/:service/merge`, show, async (request, reply) =>
    reply.page(await tell(request, request.params.service, { state: 'open', choices: new Map() }), MergePage),
  )

  const merge = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-changed' },
    schema: {
      summary:
        'Merge the newer version into a draft: what one side changed is taken, what both did as chosen by its pointer',
      params: AtDesign,
      body: MergeBody,
      response: { 303: Type.Null(), 422: MergeData },
    },
  }
  app.post(`${designPath}/:service/merge`, merge, async (request, reply) => {
    const { service } = request.params
    const { seen = '', ...typed } = request.body
    const choices = new Map(
      Object.entries(typed).filter((each): each is [string, Side] => each[1] === 'mine' || each[1] === 'newer'),
    )
    const { conflicts, changed } = await mergeDraft(request, catalogue, { service, seen, choices })
    if (!changed && conflicts.length === 0) return leadTo(request, reply, draftPath(service))
    if (request.wanted.format !== 'html')
      throw problem('definition-not-merged', {
        errors: conflicts.map(({ path, what }) => ({ pointer: path, detail: what.en })),
      })
    const state = changed ? 'changed' : 'incomplete'
    return reply.code(422).page(await tell(request, service, { state, choices }), MergePage)
  })
}

/** A value of a definition on one line. */
const written = (value: unknown): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
