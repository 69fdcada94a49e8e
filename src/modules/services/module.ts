import { defineModule } from '#platform'
import { events, permissions } from './acts.ts'
import { deleteExpired } from './applying/applications.sql.ts'
import { applyingRoutes } from './applying/routes.ts'
import { services } from './definitions/service.ts'
import { officeFileRoutes } from './files/office.routes.ts'
import { scanHeld, scanJob } from './files/scan.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { publishPack } from './versions/versions.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and the services that departments offer.',
  uses: ['identity', 'ledger'],
  address: '/services',
  permissions,
  events,
  routes: [portal, applyingRoutes, officeFileRoutes],
  definitions: [services],
  load: publishPack,
  jobs: {
    [scanJob]: { every: '* * * * *', run: scanHeld },
    'services.delete-expired-drafts': {
      every: '27 4 * * *',
      run: async ({ sql, now }) => {
        await deleteExpired(sql, now())
      },
    },
  },
  examples: { home },
})
