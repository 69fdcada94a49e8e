import { defineModule } from '#platform'
import { events, permissions } from './acts.ts'
import { caseRoutes } from './cases/case.routes.ts'
import { replay } from './cases/command.ts'
import { holidays } from './cases/holidays.ts'
import { letterRoutes } from './cases/letters.routes.ts'
import { listRoutes } from './cases/list.routes.ts'
import { officeRoutes } from './cases/office.routes.ts'
import { ownRoutes } from './cases/own.routes.ts'
import { stepRoutes } from './cases/steps.routes.ts'
import { lapseReplies, remindOfQuestions } from './cases/talk.ts'
import { decidingRoutes, talkRoutes } from './cases/work.routes.ts'
import { services } from './definitions/service.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { publishPack } from './versions/versions.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and the services that departments offer.',
  uses: ['identity', 'ledger'],
  address: '/services',
  routes: [
    ...[portal, officeRoutes, listRoutes, caseRoutes, talkRoutes, decidingRoutes],
    ...[stepRoutes, ownRoutes, letterRoutes],
  ],
  permissions,
  events,
  definitions: [services, holidays],
  load: publishPack,
  jobs: {
    'services.lapse-replies': { every: '7 * * * *', run: lapseReplies },
    'services.remind-of-questions': { every: '12 * * * *', run: remindOfQuestions },
  },
  commands: [replay],
  examples: { home },
})
