// What was sent to a department, for its officers and its program: each application with its case.
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { subjectOf } from '#identity'
import { type Installation, say } from '#platform'
import { findApplication, listBegun } from '../applying/applications.sql.ts'
import { requireOffice } from '../cases/acting.ts'
import { listCasesOf, listReceived } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { readWhole } from '../cases/write.ts'
import { heldPath } from '../files/office.routes.ts'
import { filesIn } from '../files/places.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { getVersion } from '../versions/versions.ts'
import type { ApplicationLineShape, ApplicationShape } from './shapes.ts'
import { dataOf, statusOf } from './translate.ts'

type Wanted = { service: string | undefined; first: number; max: number; order: 'asc' | 'desc' }

/** Applications that a department received, by when their cases began. */
export async function listForOffice(
  installation: Installation,
  request: FastifyRequest,
  wanted: Wanted,
): Promise<Static<typeof ApplicationLineShape>[]> {
  const { sql } = installation
  const organisation = organisationOf(request)
  const received = await listReceived(sql, { ...wanted, organisation })
  const ids = received.map(({ application }) => application)
  const [begun, cases] = await Promise.all([listBegun(sql, ids), listCasesOf(sql, ids)])
  return Promise.all(
    received.map(async (first) => {
      const id = first.application
      const { begunAt, sentAt } = begun.find((each) => each.id === id)!
      // Its review, where one was asked for.
      const now = cases.find((each) => each.application === id && each.organisation === organisation) ?? first
      const compiled = await getVersion(sql, now.version)
      return {
        ...{ fileId: id, serviceId: now.service, serviceName: say(compiled.service.title, request.language) },
        ...(await applicantOf(installation, request, now)),
        ...{ created: begunAt, ...(sentAt && { registered: sentAt }), mainTaskId: now.reference },
        status: statusOf(compiled, now, request.language),
      }
    }),
  )
}

/** One of them, as it was sent. That of another department is not found, and one’s own is a colleague’s to work on. */
export async function showForOffice(
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Static<typeof ApplicationShape>> {
  const { sql } = installation
  const row = await findApplication(sql, id)
  const found = (await listCasesOf(sql, [id])).find(({ organisation }) => organisation === organisationOf(request))
  if (!row || !found) throw problem('application-not-found')
  const now = await requireOffice(sql, found, request.person!)
  const { compiledAt, compiled, known } = await readWhole(sql, installation, now)
  const pages = (compiledAt(1).form?.pages ?? []).map(({ page }) => page)
  const pathOf = (file: string) => `${heldPath}/${file}`
  const applicant = await applicantOf(installation, request, now)
  return {
    ...{ fileId: id, serviceId: now.service, serviceName: say(compiled.service.title, request.language) },
    ...{ ...applicant, ended: now.outcome !== null, ...(row.sentAt && { registered: row.sentAt }) },
    status: statusOf(compiled, now, request.language),
    applicationData: {
      ...{ ...applicant, created: row.begunAt },
      formData: { eFormId: now.service, data: dataOf(pages, known.answers, pathOf) },
      documentUrls: filesIn(known.answers).map(pathOf),
    },
  }
}

/** Whoever sent it, as the client that asks knows people; nobody where it was sent without an account. */
const applicantOf = async (installation: Installation, { person }: FastifyRequest, { personId }: Case) =>
  personId === null ? {} : { applicantId: await subjectOf(installation, person!, personId) }
