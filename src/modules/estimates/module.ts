import { defineModule } from '#platform'
import { heads } from './documents/pack-head.ts'
import { loadPackHeads } from './documents/publish-documents.ts'
import { initiatives, systems } from './initiatives/definitions.ts'
import { initiativeRoutes } from './initiatives/initiatives.routes.ts'
import { publishRoutes } from './publish/publish.routes.ts'

export default defineModule({
  name: 'estimates',
  summary: 'The Estimates: imported, checked, explained, published, and joined to the systems that they pay for.',
  address: '/estimates',
  uses: [],
  routes: [publishRoutes, initiativeRoutes],
  permissions: {
    'estimates:import-document': { en: 'Import a Head of the Estimates', 'zh-Hant': '匯入預算總目' },
    'estimates:explain-difference': { en: 'Sign the explanation of a difference', 'zh-Hant': '簽署差異的解釋' },
  },
  definitions: [heads, systems, initiatives],
  load: loadPackHeads,
})
