import { defineModule } from '#platform'
import { events, permissions, scopes } from './acts.ts'
import { deleteExpired } from './applying/applications.sql.ts'
import { applicationsTitle } from './applying/mine.page.tsx'
import { applyingRoutes } from './applying/routes.ts'
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
import { servicesOpen, servicesUseful } from './catalogue/catalogue.figures.ts'
import { catalogueRoutes } from './catalogue/catalogue.routes.ts'
import { exportRoutes } from './catalogue/export.routes.ts'
import { feedbackRoutes } from './catalogue/feedback.routes.ts'
import { feedbackWords } from './catalogue/feedback-words.ts'
import { deleteOldFeedback } from './catalogue/misses.ts'
import { searchServices } from './catalogue/search.ts'
import { synonyms } from './catalogue/synonyms.ts'
import { services } from './definitions/service.ts'
import { sources } from './definitions/sources.ts'
import { officeFileRoutes } from './files/office.routes.ts'
import { scanHeld, scanJob } from './files/scan.ts'
import { govstackApplicationRoutes, govstackServiceRoutes, govstackTaskRoutes } from './govstack/govstack.routes.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { madeUpSourceRoutes } from './sources/made-up-sources.ts'
import { announceRefused, publishPack } from './versions/versions.ts'
import { webhookChangeRoutes } from './webhooks/change.routes.ts'
import { webhookRoutes } from './webhooks/office.routes.ts'
import { deleteOld, sendDue, sendJob } from './webhooks/send.ts'
import { shared as webhookWords } from './webhooks/words.ts'

export default defineModule({
  name: 'services',
  summary: 'The front room: the home page, the search over everything, and the services that departments offer.',
  uses: ['identity', 'ledger'],
  address: '/services',
  permissions,
  scopes,
  events,
  routes: [
    ...[portal, catalogueRoutes, exportRoutes, feedbackRoutes, applyingRoutes, officeFileRoutes, madeUpSourceRoutes],
    ...[officeRoutes, listRoutes, caseRoutes, talkRoutes, decidingRoutes, stepRoutes, ownRoutes, letterRoutes],
    ...[webhookRoutes, webhookChangeRoutes],
    ...[govstackServiceRoutes, govstackApplicationRoutes, govstackTaskRoutes],
  ],
  account: [
    {
      path: '/account/applications',
      title: applicationsTitle,
      line: {
        en: 'What you began, what you sent, and where it stands.',
        'zh-Hant': '查看你開始了和已提交的申請，以及進度。',
      },
    },
    { path: '/office/services', title: permissions['services:work-case']!, permission: 'services:work-case' },
    { path: '/office/services/feedback', title: feedbackWords.office, permission: 'services:see-statistics' },
    { path: '/office/services/webhooks', title: webhookWords.webhooks, permission: 'services:edit-service' },
  ],
  definitions: [services, sources, holidays, synonyms],
  figures: [servicesOpen, servicesUseful],
  search: searchServices,
  load: publishPack,
  announce: announceRefused,
  jobs: {
    [scanJob]: { every: '* * * * *', run: scanHeld },
    'services.delete-expired-drafts': {
      every: '27 4 * * *',
      run: async ({ sql, now }) => {
        await deleteExpired(sql, now())
      },
    },
    'services.delete-old-feedback': { every: '41 4 * * *', run: deleteOldFeedback },
    'services.lapse-replies': { every: '7 * * * *', run: lapseReplies },
    'services.remind-of-questions': { every: '12 * * * *', run: remindOfQuestions },
    [sendJob]: { every: '* * * * *', run: (installation) => sendDue(installation) },
    'services.delete-old-deliveries': { every: '41 4 * * *', run: deleteOld },
  },
  commands: [replay],
  examples: { home },
})
