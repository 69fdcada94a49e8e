import type { Routes } from '#platform'
import { type Catalogue, getVersion } from '../versions/versions.ts'
import { type Listed, listApplications } from './applications.sql.ts'
import { applicantOf } from './applications.ts'
import { MinePage } from './mine.page.tsx'
import { pathOf } from './show.ts'
import { MineData } from './types.ts'

/** What somebody began and sent, in the name in which they act now. */
export const mineRoutes =
  (catalogue: Catalogue): Routes =>
  async (app) => {
    const { sql } = app

    /** What a service is called today; of one that is gone, as it was called then. */
    async function titleOf({ service, version }: Listed) {
      const current = (await catalogue.list()).get(service)?.compiled ?? (await getVersion(sql, version))
      return current.service.title
    }

    const mine = {
      config: { access: 'signed-in' },
      schema: { summary: 'My applications: those that I began and those that I sent', response: { 200: MineData } },
    }
    app.get('/account/applications', mine, async (request, reply) => {
      const rows = await listApplications(sql, applicantOf(request.person!))
      const applications = await Promise.all(
        rows.map(async (row) => ({
          ...{ id: row.id, title: await titleOf(row), path: pathOf(row.id), state: row.state },
          ...{ reference: row.reference, changedAt: row.changedAt, sentAt: row.sentAt, expiresAt: row.expiresAt },
        })),
      )
      return reply.page({ applications }, MinePage)
    })
  }
