import { defineModule } from '#platform'
import { servicesOpen } from './catalogue/catalogue.figures.ts'
import { catalogueRoutes } from './catalogue/catalogue.routes.ts'
import { exportRoutes } from './catalogue/export.routes.ts'
import { searchServices } from './catalogue/search.ts'
import { services } from './definitions/service.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { publishPack } from './versions/versions.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and the services that departments offer.',
  uses: ['identity', 'ledger'],
  address: '/services',
  routes: [portal, catalogueRoutes, exportRoutes],
  figures: [servicesOpen],
  search: searchServices,
  definitions: [services],
  load: publishPack,
  examples: { home },
})
