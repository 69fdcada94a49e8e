import { defineModule } from '#platform'
import { heads } from './documents/pack-head.ts'
import { initiatives, systems } from './initiatives/definitions.ts'
import { initiativeRoutes } from './initiatives/initiatives.routes.ts'

export default defineModule({
  name: 'estimates',
  summary: 'The Estimates: imported, checked, explained, published, and joined to the systems that they pay for.',
  uses: [],
  address: '/estimates',
  definitions: [heads, systems, initiatives],
  routes: [initiativeRoutes],
  permissions: {
    'estimates:import-document': { en: 'Import a Head of the Estimates', 'zh-Hant': '匯入預算總目' },
    'estimates:explain-difference': { en: 'Sign the explanation of a difference', 'zh-Hant': '簽署差異的解釋' },
  },
})
