import { Type } from 'typebox'
import { namesOf } from '#identity'
import { type Routes, type Sql, type Text, texts } from '#platform'
import { nameOfOrganisation } from '../cases/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { leadTo, organisationOf, refuse } from '../forms.ts'
import { problem } from '../problems.ts'
import { findPackVersion, listProposed } from '../versions/pack.sql.ts'
import { listPublications } from '../versions/versions.sql.ts'
import type { Catalogue } from '../versions/versions.ts'
import { editService } from '../webhooks/ours.ts'
import { nameOf } from './controls.rules.ts'
import { DesignPage } from './design.page.tsx'
import { DesignsPage } from './designs.page.tsx'
import { findDraft, listDrafts } from './drafts.sql.ts'
import { createDraft, designPath, draftPath, seenOf } from './drafts.ts'
import { judge } from './judge.ts'
import { overviewOf } from './overview.rules.ts'
import { picturedOf } from './picture/draft.rules.ts'
import { valueAt } from './pointers.rules.ts'
import { AtDesign, DesignData, DesignsData, NewService } from './types.ts'

const sentences = texts({
  id: {
    en: 'Write lower-case letters, digits and hyphens, a letter first, as tide-grant',
    'zh-Hant': '請用小寫字母、數字和連字號，以字母開頭，例如 tide-grant',
  },
  title: { en: 'Write the title in both languages', 'zh-Hant': '請以兩種語文填寫標題' },
})

/** A form that nobody has filled in yet. */
const none = ''
const empty = { id: none, en: none, 'zh-Hant': none }

/** Services of an officer’s department as they are written: the list, one service, and how a version comes to count. */
export const designRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const list = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'Services of my department, and their versions that are being written',
      response: { 200: DesignsData },
    },
  }
  app.get(designPath, list, async (request, reply) => {
    const { person } = request
    return reply.page(
      {
        organisation:
          person!.organisation === undefined ? null : nameOfOrganisation(installation, person!.organisation),
        services: await listFor({ sql, catalogue }, organisationOf(request)),
        ...{ wrong: [], typed: empty },
      },
      DesignsPage,
    )
  })

  const create = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-begun' },
    schema: {
      summary: 'Begin a new service of my department',
      body: NewService,
      response: { 201: Type.Object({ service: Type.String() }), 303: Type.Null(), 422: DesignsData },
    },
  }
  app.post(designPath, create, async (request, reply) => {
    const { id, en, 'zh-Hant': han } = request.body
    if (request.person!.organisation === undefined) throw problem('definition-draft-not-found')
    const wrong = [
      ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) ? [] : [{ field: 'id', text: sentences.id }]),
      ...(en.trim() && han.trim() ? [] : [{ field: en.trim() ? 'zh-Hant' : 'en', text: sentences.title }]),
    ]
    if (wrong.length > 0) {
      const organisation = nameOfOrganisation(installation, organisationOf(request))
      const services = await listFor({ sql, catalogue }, organisationOf(request))
      const data = { organisation, services, wrong, typed: request.body }
      return refuse(request, reply, { code: 'service-refused', data, view: DesignsPage })
    }
    const empty = {
      audiences: [],
      lifeEvents: [],
      channels: [],
      fee: { cents: 0 },
      who: [],
      evidence: [],
      legalBasis: [],
    }
    await createDraft(request, {
      catalogue,
      definition: { id, title: { en: en.trim(), 'zh-Hant': han.trim() }, ...empty },
    })
    if (request.wanted.format !== 'html') return reply.code(201).send({ service: id })
    return leadTo(request, reply, draftPath(id))
  })

  const one = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'A service as it is written: its parts, what is to be put right, and its versions',
      params: AtDesign,
      response: { 200: DesignData },
    },
  }
  app.get(`${designPath}/:service`, one, async (request, reply) => {
    const { service } = request.params
    const draft = await findDraft(sql, service)
    const current = (await catalogue.list()).get(service)
    const organisation = draft?.organisation ?? current?.compiled.service.organisation
    const definition = draft?.definition ?? current?.compiled.service
    if (!definition || organisation !== organisationOf(request)) throw problem('definition-draft-not-found')
    const faults = draft ? await judge(sql, installation, { catalogue, definition, service }) : []
    const versions = await listPublications(sql, service)
    const pack = await findPackVersion(sql, service)
    const people = [draft?.changedBy, draft?.askedBy, ...versions.map(({ publishedBy }) => publishedBy)]
    const names = await namesOf(
      sql,
      people.flatMap((id) => id ?? []),
    )
    const called = (id: string): Text => names.get(id) ?? plain(id)
    const data: DesignData = {
      ...{ service, title: nameOf(definition, service), faults, lists: overviewOf(definition, faults) },
      picture: valueAt(definition, '/apply/case') === undefined ? null : picturedOf(valueAt(definition, '/apply/case')),
      current: current ? { number: current.number, hash: current.hash, publishedAt: current.publishedAt } : null,
      draft: draft
        ? {
            ...{ changedAt: draft.changedAt, changedBy: called(draft.changedBy), askedAt: draft.askedAt },
            askedBy: draft.askedBy === null ? null : called(draft.askedBy),
            mine: [draft.askedBy, draft.changedBy].includes(request.person!.id),
            outdated: draft.basedOn !== null && current !== undefined && current.hash !== draft.basedOn,
            seen: seenOf(draft),
          }
        : null,
      packChange: pack?.proposedAt
        ? { at: pack.proposedAt, merged: draft?.packVersion === pack.proposed, asked: pack.askedBy !== null }
        : null,
      versions: versions.map(({ number, hash, publishedAt, publishedBy }) => ({
        ...{ number, hash, publishedAt },
        publishedBy: publishedBy === null ? null : called(publishedBy),
      })),
    }
    return reply.page(data, DesignPage)
  })
}

const plain = (text: string): Text => ({ en: text, 'zh-Hant': text })

/** Services of a department, published or written. */
async function listFor(
  { sql, catalogue }: { sql: Sql; catalogue: Catalogue },
  organisation: string,
): Promise<DesignsData['services']> {
  const proposed = new Set((await listProposed(sql)).map(({ service }) => service))
  const drafts = new Map((await listDrafts(sql, organisation)).map((draft) => [draft.service, draft]))
  const names = await namesOf(
    sql,
    [...drafts.values()].map(({ changedBy }) => changedBy),
  )
  const current = new Map(
    [...(await catalogue.list())].filter(([, { compiled }]) => compiled.service.organisation === organisation),
  )
  return [...new Set([...drafts.keys(), ...current.keys()])].map((id) => {
    const draft = drafts.get(id)
    const published = current.get(id)
    return {
      id,
      title: published?.compiled.service.title ?? nameOf(draft!.definition, id),
      number: published?.number ?? null,
      publishedAt: published?.publishedAt ?? null,
      packChanged: proposed.has(id),
      draft: draft
        ? {
            changedAt: draft.changedAt,
            changedBy: names.get(draft.changedBy) ?? plain(draft.changedBy),
            asked: draft.askedBy !== null,
          }
        : null,
    }
  })
}
