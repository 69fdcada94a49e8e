import { defineModule } from '#platform'
import { commands } from './command.ts'
import { explainRoutes } from './documents/explain.routes.ts'
import { importRoutes } from './documents/import.routes.ts'
import { heads } from './documents/pack-head.ts'
import { loadPackHeads } from './documents/publish-documents.ts'
import { examples as address } from './initiatives/copy-address.examples.tsx'
import { initiatives, systems } from './initiatives/definitions.ts'
import { initiativeFigures } from './initiatives/initiatives.figures.ts'
import { initiativeRoutes } from './initiatives/initiatives.routes.ts'
import { printRoutes } from './print/print.routes.ts'
import { announce } from './publish/announce.ts'
import { chartRoutes } from './publish/charts.routes.ts'
import { examples as document } from './publish/components/document.examples.tsx'
import { examples as equation } from './publish/components/equation.examples.tsx'
import { examples as provenance } from './publish/components/provenance.examples.tsx'
import { downloadRoutes } from './publish/downloads.routes.ts'
import { evidenceRoutes } from './publish/evidence.routes.ts'
import { headFigures } from './publish/figures.ts'
import { publishRoutes } from './publish/publish.routes.ts'
import { search } from './publish/search.ts'

export default defineModule({
  name: 'estimates',
  summary: 'The Estimates: imported, checked, explained, published, and joined to the systems that they pay for.',
  address: '/estimates',
  uses: [],
  routes: [
    publishRoutes,
    evidenceRoutes,
    downloadRoutes,
    chartRoutes,
    printRoutes,
    importRoutes,
    explainRoutes,
    initiativeRoutes,
  ],
  permissions: {
    'estimates:import-document': { en: 'Import a Head of the Estimates', 'zh-Hant': '匯入預算總目' },
    'estimates:explain-difference': { en: 'Sign the explanation of a difference', 'zh-Hant': '簽署差異的解釋' },
  },
  events: {
    'estimates.document-imported': { en: 'You imported Estimates', 'zh-Hant': '你匯入了預算文件' },
    'estimates.difference-explained': {
      en: 'You signed the explanation of a difference',
      'zh-Hant': '你簽署了一項差異的解釋',
    },
  },
  figures: [...headFigures, ...initiativeFigures],
  definitions: [heads, systems, initiatives],
  search,
  load: loadPackHeads,
  examples: { document, equation, provenance, 'copy-address': address },
  announce,
  commands,
})
