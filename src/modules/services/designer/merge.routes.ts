import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { namesOf } from '#identity'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { findPackVersion } from '../versions/pack.sql.ts'
import { editService } from '../webhooks/ours.ts'
import { nameOf } from './controls.rules.ts'
import { designPath, draftPath } from './drafts.ts'
import { differencesOf } from './exchange/compare.rules.ts'
import { mergeDefinitions, type Side } from './exchange/merge.rules.ts'
import { type Joined, mergeDraft, readJoined, seenOfMerge } from './join.ts'
import { MergePage } from './merge.page.tsx'
import { AtDesign, MergeBody, MergeData } from './types.ts'

const ways: readonly { of: Joined; name: string; shows: string; merges: string }[] = [
  {
    of: 'published',
    name: 'merge',
    shows: 'What a draft and the version that was published since it was begun both changed, side by side',
    merges:
      'Merge the newer version into a draft: what one side changed is taken, what both did as chosen by its pointer',
  },
  {
    of: 'pack',
    name: 'pack-change',
    shows: 'What the pack changed of a service that officers had changed, and what both did, side by side',
    merges:
      'Merge what the pack changed into the next version, by the pointers of what both changed, or take it whole with `whole`',
  },
]

/** How a version goes on where another was published since it was begun, or where the pack changed what officers had changed. */
export const mergeRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  type Told = { of: Joined; state: MergeData['state']; choices: ReadonlyMap<string, Side> }
  async function tell(request: FastifyRequest, service: string, { of, state, choices }: Told): Promise<MergeData> {
    const { draft, isWritten, base, other, hash } = await readJoined(request, { catalogue, service, of })
    const { conflicts } = mergeDefinitions(base, draft.definition, other, new Map())
    return {
      ...{ of, service, title: nameOf(draft.definition, service), seen: seenOfMerge(draft, hash), state },
      conflicts: conflicts.map(({ path, what, mine, newer }) => ({
        ...{ path, what, mine: written(mine), newer: written(newer), chosen: choices.get(path) ?? null },
      })),
      published: changesOf(base, other),
      ours: of === 'pack' ? changesOf(base, draft.definition) : [],
      pack: of === 'pack' ? { ...(await asked(request, service)), hash, isWritten } : null,
    }
  }

  /** Who asks for a change of the pack to be put aside. */
  async function asked({ person }: FastifyRequest, service: string) {
    const by = (await findPackVersion(sql, service))?.askedBy ?? null
    if (by === null) return { askedBy: null, mine: false }
    return { askedBy: (await namesOf(sql, [by])).get(by) ?? { en: by, 'zh-Hant': by }, mine: by === person!.id }
  }

  for (const { of, name, shows, merges } of ways) {
    const path = `${designPath}/:service/${name}` as const
    const show = {
      config: { access: editService, scope: 'services:edit' },
      schema: { summary: shows, params: AtDesign, response: { 200: MergeData } },
    }
    app.get(path, show, async (request, reply) =>
      reply.page(await tell(request, request.params.service, { of, state: 'open', choices: new Map() }), MergePage),
    )

    const merge = {
      config: { access: editService, scope: 'services:edit', event: 'services.definition-changed' },
      schema: { summary: merges, params: AtDesign, body: MergeBody, response: { 303: Type.Null(), 422: MergeData } },
    }
    app.post(path, merge, async (request, reply) => {
      const { service } = request.params
      const { seen = '', whole, ...typed } = request.body
      const choices = new Map(
        Object.entries(typed).filter((each): each is [string, Side] => each[1] === 'mine' || each[1] === 'newer'),
      )
      const chosen = { seen, choices, whole: of === 'pack' && whole !== undefined }
      const { conflicts, changed } = await mergeDraft(request, { catalogue, service, of }, chosen)
      if (!changed && conflicts.length === 0) return leadTo(request, reply, draftPath(service))
      if (request.wanted.format !== 'html')
        throw problem('definition-not-merged', {
          errors: conflicts.map(({ path, what }) => ({ pointer: path, detail: what.en })),
        })
      const state = changed ? 'changed' : 'incomplete'
      return reply.code(422).page(await tell(request, service, { of, state, choices }), MergePage)
    })
  }
}

const changesOf = (before: unknown, after: unknown) =>
  before === undefined ? [] : differencesOf(before as never, after as never).map(({ path, what }) => ({ path, what }))

/** A value of a definition on one line. */
const written = (value: unknown): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)
