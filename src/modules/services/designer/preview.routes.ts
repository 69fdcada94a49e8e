import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { insertApplication } from '../applying/applications.sql.ts'
import { applicantOf, giveBrowserHash, sealDraft } from '../applying/applications.ts'
import { emptyDraft } from '../applying/draft.ts'
import { walk } from '../applying/journey.rules.ts'
import { pathOf, stopPath } from '../applying/show.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { todayOf } from '../days.ts'
import type { Service } from '../definitions/service.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { insertVersion } from '../versions/versions.sql.ts'
import { getVersion, hashOf } from '../versions/versions.ts'
import { editService } from '../webhooks/ours.ts'
import { designPath, getDraft } from './drafts.ts'
import { judge } from './judge.ts'
import { AtDesign } from './types.ts'

const previewMs = 24 * 60 * 60 * 1000

/** How it is to apply by a version that is being written: an application that the database lets nobody send. */
export const previewRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const preview = {
    config: { access: editService, scope: 'services:edit', event: 'services.preview-begun' },
    schema: {
      summary: 'Try out a service that is being written: an application that cannot be sent and is deleted after a day',
      params: AtDesign,
      response: { 201: Type.Object({ id: Type.String(), path: Type.String() }), 303: Type.Null() },
    },
  }
  app.post(`${designPath}/:service/preview`, preview, async (request, reply) => {
    const { service, definition } = await getDraft(request, request.params.service)
    const faults = await judge(sql, installation, { catalogue, definition, service })
    // What the person would hear, and nothing else, may still be missing.
    if (faults.length > 0) throw problem('definition-has-faults', { values: { count: faults.length } })
    const whole = definition as Service
    if (!whole.apply) throw problem('service-not-open')
    const [version, now, id] = [hashOf(whole), installation.now(), randomUUID()]
    const isOwned = whole.apply.signIn !== 'none'
    const owner = isOwned ? applicantOf(request.person!) : { personId: null, organisation: null }
    const browserHash = isOwned ? null : giveBrowserHash(request, reply)
    await sql.begin(async (transaction) => {
      await insertVersion(transaction, { hash: version, definition: whole, now })
      await insertApplication(transaction, {
        ...{ id, service, version, ...owner, browserHash, language: request.language, now, preview: true },
        ...{ sealedTyped: sealDraft(installation, id, emptyDraft()), expires: new Date(now.getTime() + previewMs) },
      })
      await recordAct(transaction, request, {
        event: 'services.preview-begun',
        subject: `services/definitions/${service}`,
      })
    })
    const { form } = await getVersion(sql, version)
    const { next } = walk(form!, emptyDraft(), { today: todayOf(installation) })
    const path = whole.apply.form.sections || !next ? pathOf(id) : stopPath(id, next.page)
    if (request.wanted.format !== 'html') return reply.code(201).send({ id, path })
    return leadTo(request, reply, path)
  })
}
