import { defineModule } from '#platform'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and later the catalogue of services.',
  uses: [],
  address: '/services',
  routes: [portal],
  examples: { home },
})
