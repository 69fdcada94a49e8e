import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { listCompetitors, listOwners } from '../cases/acting.ts'
import { getCase } from '../cases/write.ts'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { sendFile } from './files.routes.ts'
import { findOfficeFile, listOfficeHeld, type OfficeFile, releaseUnchecked } from './files.sql.ts'
import { HeldPage } from './held.page.tsx'
import { openName, readFile } from './sealed.ts'
import { AtOfficeFile, HeldData } from './types.ts'

const shownMax = 100
export const heldPath = '/office/services/files'

/** Files of what was sent to an officer’s own organisation. To everybody else it is as if there were none. */
export const officeFileRoutes: Routes = async (app) => {
  const { installation, sql } = app

  async function getOurs(request: FastifyRequest, id: string): Promise<OfficeFile> {
    const { organisation } = request.person!
    const file = organisation === undefined ? undefined : await findOfficeFile(sql, id, organisation)
    if (!file) throw problem('file-not-found')
    const now = await getCase(sql, file.reference)
    if ((await listCompetitors(sql, now, [request.person!.id])).length > 0) throw problem('case-competes')
    return file
  }

  const held = {
    config: { access: 'services:work-case', scope: 'services:read-cases' },
    schema: {
      summary: 'Files sent to my organisation that no scanner has released',
      response: { 200: HeldData },
    },
  }
  app.get(heldPath, held, async ({ person }, reply) => {
    const { organisation } = person!
    const rows = organisation === undefined ? [] : await listOfficeHeld(sql, organisation, shownMax + 1)
    const current = await catalogueOf(installation).list()
    return reply.page(
      {
        scans: installation.clamav !== undefined,
        files: rows.slice(0, shownMax).map((row) => ({
          ...{ id: row.id, reference: row.reference, name: openName(installation, row), type: row.mediaType },
          ...{ octets: row.octets, receivedAt: row.receivedAt, triedAt: row.triedAt },
          service: titleOf(current, row.service),
        })),
        more: rows.length > shownMax,
      } as HeldData,
      HeldPage,
    )
  })

  const get = {
    config: { access: 'services:work-case', scope: 'services:read-cases' },
    schema: {
      summary: 'A file sent to my organisation, once it was released',
      params: AtOfficeFile,
      produces: ['application/octet-stream'],
    },
  }
  app.get(`${heldPath}/:file`, get, async (request, reply) => {
    const file = await getOurs(request, request.params.file)
    if (file.state === 'refused') throw problem('file-refused', { values: { finding: file.finding ?? '' } })
    if (file.state === 'held') throw problem('file-held')
    return sendFile(reply, file.mediaType, openName(installation, file), await readFile(installation, file.id))
  })

  const release = {
    config: { access: 'services:work-case', scope: 'services:work-cases', event: 'services.file-released-unchecked' },
    schema: {
      summary:
        'Release a file of somebody else that was not checked for viruses; only where there is no scanner. A second time answers as the first',
      params: AtOfficeFile,
      response: { 303: Type.Null() },
    },
  }
  app.post(`${heldPath}/:file/release`, release, async (request, reply) => {
    const file = await getOurs(request, request.params.file)
    if (file.state === 'refused') throw problem('file-refused', { values: { finding: file.finding ?? '' } })
    if (file.state === 'held' && installation.clamav) throw problem('file-waits')
    // Nobody vouches for a file of their own.
    const now = await getCase(sql, file.reference)
    if ((await listOwners(sql, now, [request.person!.id])).length > 0) throw problem('case-is-own')
    await sql.begin(async (transaction) => {
      if (!(await releaseUnchecked(transaction, file.id, request.person!.id))) return
      await recordAct(transaction, request, {
        event: 'services.file-released-unchecked',
        subject: `application/${file.application}`,
        detail: { file: file.id },
      })
    })
    return leadTo(request, reply, heldPath)
  })
}
