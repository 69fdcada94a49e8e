import { Type } from 'typebox'
import { stringify } from 'yaml'
import type { Routes } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { todayOf } from '../days.ts'
import { compileService } from '../definitions/compile.rules.ts'
import type { Service } from '../definitions/service.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { findPackVersion } from '../versions/pack.sql.ts'
import { findVersion, listPublications } from '../versions/versions.sql.ts'
import { getVersion } from '../versions/versions.ts'
import { editService } from '../webhooks/ours.ts'
import { ComparePage } from './compare.page.tsx'
import { nameOf } from './controls.rules.ts'
import { findDraft } from './drafts.sql.ts'
import { designPath } from './drafts.ts'
import { differencesOf } from './exchange/compare.rules.ts'
import { exportYaml } from './exchange/export.ts'
import { patchOf } from './exchange/patch.rules.ts'
import { judge } from './judge.ts'
import { AtDesign, AtVersions, AtWalk, CompareData, WalkData } from './types.ts'
import { walkMany } from './walk/walk.rules.ts'
import { WalkPage } from './walk.page.tsx'

const peopleAsked = 100

/** What one looks at before a version counts: how it differs from others, where it leads people, and all of it as a file. */
export const compareRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  /** The versions of a service of the officer’s organisation by their hashes, the newest first, and what is being written as `draft`. */
  async function versionsOf(service: string, organisation: string) {
    const draft = await findDraft(sql, service)
    const current = (await catalogue.list()).get(service)
    const owner = draft?.organisation ?? current?.compiled.service.organisation
    if (owner !== organisation) throw problem('definition-draft-not-found')
    const published = await listPublications(sql, service)
    const hashes = [...new Set(published.map(({ hash }) => hash))]
    const { proposed = null, proposedAt = null } = (await findPackVersion(sql, service)) ?? {}
    const read = async (version: string): Promise<Service> => {
      if (version === 'draft' && draft) return draft.definition as Service
      if (version === 'pack' && proposed !== null) return (await findVersion(sql, proposed))!
      if (!hashes.includes(version)) throw problem('definition-place-not-found')
      return (await getVersion(sql, version)).service
    }
    const choices = [
      ...(draft ? [{ version: 'draft', number: null, publishedAt: draft.changedAt }] : []),
      ...hashes.map((hash) => {
        const { number, publishedAt } = published.find((each) => each.hash === hash)!
        return { version: hash, number, publishedAt }
      }),
      ...(proposedAt === null ? [] : [{ version: 'pack', number: null, publishedAt: proposedAt }]),
    ]
    return { choices, read }
  }

  const compare = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'In what two versions of a service differ: in words, and as a patch (RFC 6902)',
      params: AtDesign,
      querystring: AtVersions,
      response: { 200: CompareData },
    },
  }
  app.get(`${designPath}/:service/compare`, compare, async (request, reply) => {
    const { service } = request.params
    const { choices, read } = await versionsOf(service, organisationOf(request))
    const to = request.query.to ?? choices[0]?.version ?? ''
    const from = request.query.from ?? choices.find(({ version }) => version !== to)?.version ?? to
    const [before, after] = [await read(from), await read(to)]
    const data: CompareData = {
      ...{ service, title: nameOf(after, service), from, to, choices },
      differences: differencesOf(before, after).map(({ path, kind, what, before, after }) => ({
        ...{ path, kind, what, before: written(before), after: written(after) },
      })),
      patch: [...patchOf(before, after)],
    }
    return reply.page(data, ComparePage)
  })

  const walk = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'Where the form of a service leads a hundred made-up people',
      params: AtDesign,
      querystring: AtWalk,
      response: { 200: WalkData },
    },
  }
  app.get(`${designPath}/:service/walk`, walk, async (request, reply) => {
    const { service } = request.params
    const { seed = 1 } = request.query
    const { choices, read } = await versionsOf(service, organisationOf(request))
    const definition = await read(choices[0]?.version ?? '')
    const faults =
      choices[0]?.version === 'draft' ? await judge(sql, installation, { catalogue, definition, service }) : []
    const form = faults.length === 0 ? compileService(definition).compiled.form : undefined
    const walks = form ? walkMany(form, { people: peopleAsked, seed, today: todayOf(installation) }) : null
    return reply.page({ service, title: nameOf(definition, service), seed, walks, faults: faults.length }, WalkPage)
  })

  const take = {
    config: { access: editService, scope: 'services:edit' },
    schema: {
      summary: 'A version of a service as a file of a pack (YAML)',
      params: AtDesign,
      querystring: AtVersions,
      produces: ['application/yaml'],
      response: { 200: Type.String() },
    },
  }
  app.get(`${designPath}/:service/definition.yaml`, take, async (request, reply) => {
    const { service } = request.params
    const { choices, read } = await versionsOf(service, organisationOf(request))
    const definition = await read(request.query.to ?? choices[0]?.version ?? '')
    reply.header('content-disposition', `attachment; filename="${service}.yaml"`)
    return reply.type('application/yaml; charset=utf-8').send(exportYaml(definition))
  })
}

/** A value of a definition; a thing of several parts as in the file of a pack. */
const written = (value: unknown): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : stringify(value, { lineWidth: 0 }).trimEnd()
