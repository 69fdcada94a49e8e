import { Type } from 'typebox'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { editService } from '../webhooks/ours.ts'
import { isPaged, nameOf, type Sent } from './controls.rules.ts'
import type { DraftRow } from './drafts.sql.ts'
import { changeDraft, designPath, draftPath, getDraft } from './drafts.ts'
import { EditPage, type EditView } from './edit.page.tsx'
import { act, type Edited, editedOf, readEdited } from './edit.rules.ts'
import { judge, knownTo } from './judge.ts'
import { labelOf } from './labels.ts'
import { usableNames } from './overview.rules.ts'
import { namesOf, type Pointer, pointerOf, valueAt } from './pointers.rules.ts'
import { AtDesign, AtPlace, DesignBody, EditData } from './types.ts'

/** Where an editor is led after a change: the same place, or another that this opened. */
const placePath = (service: string, at: Pointer, more = '') =>
  `${draftPath(service)}/edit?at=${encodeURIComponent(at)}${more}`

/** One thing of a definition on a page: everything at a place. */
export const editRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  async function dataOf(draft: DraftRow, at: Pointer, { controls, grid, seen }: Edited, state: EditView['state']) {
    const { definition, service } = draft
    const faults = await judge(sql, installation, { catalogue, definition, service })
    const names = namesOf(at)
    const data: EditView = {
      ...{ service, at, seen, controls, grid: grid ?? null, state, title: nameOf(definition, service) },
      trail: names.flatMap((name, index) => {
        const pointer = pointerOf(names.slice(0, index + 1))
        return isPaged(pointer) ? [{ pointer, name: nameOfPlace(definition, pointer, name) }] : []
      }),
      faults: faults.filter(({ page }) => page === at),
      names: usableNames(definition),
    }
    return data
  }

  const edit = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'A part of a service as it is written',
      params: AtDesign,
      querystring: AtPlace,
      response: { 200: EditData },
    },
  }
  app.get(`${designPath}/:service/edit`, edit, async (request, reply) => {
    const draft = await getDraft(request, request.params.service)
    const at = placeOf(draft.definition, request.query.at)
    const edited = editedOf(draft.definition, at, await knownTo(installation, catalogue))
    reply.header('cache-control', 'no-store')
    return reply.page(await dataOf(draft, at, edited, request.query.saved ? 'saved' : 'open'), EditPage)
  })

  const save = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-changed' },
    schema: {
      summary:
        'Change a part of a service: its fields by the JSON Pointers of what they hold; what is not sent stays as it is',
      params: AtDesign,
      querystring: AtPlace,
      body: DesignBody,
      response: { 303: Type.Null(), 409: EditData },
    },
  }
  app.post(`${designPath}/:service/edit`, save, async (request, reply) => {
    const { service } = request.params
    const sent: Sent = request.body
    const known = await knownTo(installation, catalogue)
    const draft = await getDraft(request, service)
    const at = placeOf(draft.definition, request.query.at)
    const to = await changeDraft(request, service, (definition) => {
      const edited = editedOf(definition, at, known)
      if (sent.seen !== undefined && sent.seen !== edited.seen) return undefined
      readEdited(definition, edited, sent)
      return act(definition, at, String(sent.act ?? 'save'))
    })
    if (to !== undefined) return leadTo(request, reply, placePath(service, to, to === at ? '&saved=yes' : ''))
    // Somebody changed this place meanwhile: what was typed is shown on top of what stands there now, and nothing is lost.
    const now = await getDraft(request, service)
    const { seen } = editedOf(now.definition, at, known)
    const typed = structuredClone(now.definition)
    readEdited(typed, editedOf(typed, at, known), sent)
    const edited = { ...editedOf(typed, at, known), seen }
    return reply.code(409).page(await dataOf({ ...now, definition: typed }, at, edited, 'changed'), EditPage)
  })
}

/** A place that has a page and is there; the definition itself where none is named. */
function placeOf(definition: object, at: Pointer = ''): Pointer {
  if (!isPaged(at) || valueAt(definition, at) === undefined) throw problem('definition-place-not-found')
  return at
}

const nameOfPlace = (definition: object, pointer: Pointer, name: string) =>
  /^\d+$/.test(name) ? nameOf(valueAt(definition, pointer), String(Number(name) + 1)) : labelOf(name, pointer)
