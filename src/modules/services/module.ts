import { defineModule } from '#platform'
import { events, permissions } from './acts.ts'
import { deleteExpired } from './applying/applications.sql.ts'
import { applicationsTitle } from './applying/mine.page.tsx'
import { applyingRoutes } from './applying/routes.ts'
import { services } from './definitions/service.ts'
import { sources } from './definitions/sources.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { madeUpSourceRoutes } from './sources/made-up-sources.ts'
import { announceRefused, publishPack } from './versions/versions.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and the services that departments offer.',
  uses: ['identity', 'ledger'],
  address: '/services',
  permissions,
  events,
  routes: [portal, applyingRoutes, madeUpSourceRoutes],
  account: [
    {
      path: '/account/applications',
      title: applicationsTitle,
      line: {
        en: 'What you began, what you sent, and where it stands.',
        'zh-Hant': '查看你開始了和已提交的申請，以及進度。',
      },
    },
  ],
  definitions: [services, sources],
  load: publishPack,
  announce: announceRefused,
  jobs: {
    'services.delete-expired-drafts': {
      every: '27 4 * * *',
      run: async ({ sql, now }) => {
        await deleteExpired(sql, now())
      },
    },
  },
  examples: { home },
})
