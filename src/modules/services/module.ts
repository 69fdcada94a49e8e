import { defineModule } from '#platform'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and later the catalogue of services.',
  uses: [],
  address: '/services',
  figures: [
    {
      id: 'services.open',
      title: { en: 'Services open', 'zh-Hant': '開放的服務' },
      unit: 'number',
      period: { en: 'now', 'zh-Hant': '此刻' },
      evidence: '/services',
      // None can be published yet; the services module proper will count its table here.
      compute: async () => null,
    },
  ],
  routes: [portal],
  examples: { home },
})
