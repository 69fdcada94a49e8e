import { defineModule } from '#platform'
import { permissions } from './acts.ts'
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
  routes: [portal, madeUpSourceRoutes],
  definitions: [services, sources],
  load: publishPack,
  announce: announceRefused,
  examples: { home },
})
