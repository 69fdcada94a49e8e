import { defineModule } from '#platform'
import { events, permissions, scopes } from './acts.ts'
import { deleteExpired } from './applying/applications.sql.ts'
import { applicationsTitle } from './applying/mine.page.tsx'
import { applyingRoutes } from './applying/routes.ts'
import { caseRoutes } from './cases/case.routes.ts'
import { cohortActRoutes } from './cases/cohorts/acts.routes.ts'
import { cohortBeginRoutes } from './cases/cohorts/begin.routes.ts'
import { cohortRoutes } from './cases/cohorts/cohorts.routes.ts'
import { cohortUndoRoutes } from './cases/cohorts/undo.routes.ts'
import { cohortJob, deleteOldPreviews, workOnCohorts } from './cases/cohorts/work.ts'
import { replay } from './cases/command.ts'
import { correctionRoutes } from './cases/corrections.routes.ts'
import { entryRoutes } from './cases/entries.routes.ts'
import { holidays } from './cases/holidays.ts'
import { letterRoutes } from './cases/letters.routes.ts'
import { listRoutes } from './cases/list.routes.ts'
import { moveListed, moveListedJob } from './cases/listed-before.ts'
import { officeRoutes } from './cases/office.routes.ts'
import { ownRoutes } from './cases/own.routes.ts'
import { replyRoutes } from './cases/reply.routes.ts'
import { stepRoutes } from './cases/steps.routes.ts'
import { lapseReplies, remindOfQuestions } from './cases/talk.ts'
import { words as templateWords } from './cases/templates.page.tsx'
import { templateRoutes } from './cases/templates.routes.ts'
import { decidingRoutes, talkRoutes } from './cases/work.routes.ts'
import { servicesOpen, servicesUseful } from './catalogue/catalogue.figures.ts'
import { catalogueRoutes } from './catalogue/catalogue.routes.ts'
import { exportRoutes } from './catalogue/export.routes.ts'
import { feedbackRoutes } from './catalogue/feedback.routes.ts'
import { feedbackWords } from './catalogue/feedback-words.ts'
import { deleteOldFeedback } from './catalogue/misses.ts'
import { searchServices } from './catalogue/search.ts'
import { synonyms } from './catalogue/synonyms.ts'
import { commentRoutes } from './comments/comment.routes.ts'
import { commentsAnswered } from './comments/comments.figures.ts'
import { deleteOldComments } from './comments/comments.ts'
import { commentListRoutes } from './comments/list.routes.ts'
import { officeCommentRoutes } from './comments/office.routes.ts'
import { words as commentWords } from './comments/words.ts'
import { services } from './definitions/service.ts'
import { sources } from './definitions/sources.ts'
import { compareRoutes } from './designer/compare.routes.ts'
import { designRoutes } from './designer/design.routes.ts'
import { editRoutes } from './designer/edit.routes.ts'
import { importRoutes } from './designer/import.routes.ts'
import { mergeRoutes } from './designer/merge.routes.ts'
import { packChangeRoutes } from './designer/pack-change.routes.ts'
import { previewRoutes } from './designer/preview.routes.ts'
import { publishRoutes } from './designer/publish.routes.ts'
import { textsRoutes } from './designer/texts.routes.ts'
import { words as designerWords } from './designer/words.ts'
import { officeFileRoutes } from './files/office.routes.ts'
import { scanHeld, scanJob } from './files/scan.ts'
import { govstackApplicationRoutes } from './govstack/applications.routes.ts'
import { govstackDocumentRoutes } from './govstack/documents.routes.ts'
import { govstackServiceRoutes } from './govstack/govstack.routes.ts'
import { govstackTaskRoutes } from './govstack/tasks.routes.ts'
import { grantFigures } from './grants/grants.figures.ts'
import { grantCheckRoutes, officeGrantRoutes } from './grants/office.routes.ts'
import { ownGrantRoutes } from './grants/own.routes.ts'
import { words as grantWords } from './grants/words.ts'
import { matchesRoutes } from './matches/matches.routes.ts'
import { attendanceRoutes } from './places/attendance.routes.ts'
import { changeRoutes as sessionChangeRoutes } from './places/change.routes.ts'
import { expireOffers } from './places/keep.ts'
import { placeRoutes } from './places/own.routes.ts'
import { sessionRoutes } from './places/sessions.routes.ts'
import { shared as sessionWords } from './places/words.ts'
import { examples as home } from './portal/parts.examples.tsx'
import { portal } from './portal/portal.routes.ts'
import { sitemapRoutes } from './portal/sitemap.routes.ts'
import { chairRoutes } from './rounds/chair.routes.ts'
import { deskPath, deskRoutes } from './rounds/desk.routes.ts'
import { entryFileRoutes } from './rounds/entry-files.routes.ts'
import { roundsRoutes } from './rounds/office.routes.ts'
import { resultsRoutes } from './rounds/results.routes.ts'
import type { Key } from './rounds/rounds.sql.ts'
import { settleJob, settleRound } from './rounds/rounds.ts'
import { shared as roundsWords } from './rounds/words.ts'
import { madeUpSourceRoutes } from './sources/made-up-sources.ts'
import { words as subscriptionWords } from './subscriptions/subscriptions.page.tsx'
import { subscriptionRoutes, subscriptionsPath } from './subscriptions/subscriptions.routes.ts'
import { tellJob, tellSubscribers } from './subscriptions/tell.ts'
import { announcePack, publishPack } from './versions/pack.ts'
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
    ...[portal, sitemapRoutes, catalogueRoutes, exportRoutes, feedbackRoutes],
    ...[applyingRoutes, officeFileRoutes, madeUpSourceRoutes, officeRoutes, templateRoutes, listRoutes],
    ...[
      caseRoutes,
      talkRoutes,
      correctionRoutes,
      decidingRoutes,
      stepRoutes,
      ownRoutes,
      replyRoutes,
      letterRoutes,
      entryRoutes,
    ],
    ...[webhookRoutes, webhookChangeRoutes, designRoutes, publishRoutes, editRoutes, textsRoutes, previewRoutes],
    ...[compareRoutes, mergeRoutes, packChangeRoutes, importRoutes],
    ...[cohortRoutes, cohortBeginRoutes, cohortActRoutes, cohortUndoRoutes],
    ...[sessionRoutes, sessionChangeRoutes, attendanceRoutes, placeRoutes],
    ...[commentRoutes, commentListRoutes, officeCommentRoutes, subscriptionRoutes],
    ...[roundsRoutes, deskRoutes, entryFileRoutes, chairRoutes, resultsRoutes],
    ...[ownGrantRoutes, officeGrantRoutes, grantCheckRoutes, matchesRoutes],
    ...[govstackServiceRoutes, govstackApplicationRoutes, govstackDocumentRoutes, govstackTaskRoutes],
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
    { path: '/office/services/sessions', title: sessionWords.sessions, permission: 'services:work-case' },
    { path: '/office/services/grants', title: grantWords.grants, permission: 'services:work-case' },
    { path: '/office/services/feedback', title: feedbackWords.office, permission: 'services:see-statistics' },
    { path: '/office/services/design', title: designerWords.designer, permission: 'services:edit-service' },
    { path: subscriptionsPath, title: subscriptionWords.title, line: subscriptionWords.lead },
    { path: '/office/services/comments', title: commentWords.office, permission: 'services:work-case' },
    { path: '/office/services/messages', title: templateWords.title, permission: 'services:edit-service' },
    { path: deskPath, title: roundsWords.desk, line: roundsWords.deskLine },
    { path: '/office/services/rounds', title: roundsWords.rounds, permission: 'services:decide-case' },
    { path: '/office/services/webhooks', title: webhookWords.webhooks, permission: 'services:edit-service' },
  ],
  definitions: [services, sources, holidays, synonyms],
  figures: [servicesOpen, servicesUseful, commentsAnswered],
  figuresOf: grantFigures,
  search: searchServices,
  load: publishPack,
  announce: announcePack,
  jobs: {
    [scanJob]: { every: '* * * * *', run: scanHeld },
    'services.delete-expired-drafts': {
      every: '27 4 * * *',
      run: ({ sql, now }) => deleteExpired(sql, now()),
    },
    'services.delete-old-feedback': { every: '41 4 * * *', run: deleteOldFeedback },
    'services.delete-old-comments': { every: '43 4 * * *', run: deleteOldComments },
    // Queued by whoever publishes; also now and then, for those whom a run did not reach.
    [tellJob]: { every: '17 * * * *', run: tellSubscribers },
    'services.lapse-replies': { every: '7 * * * *', run: lapseReplies },
    'services.remind-of-questions': { every: '12 * * * *', run: remindOfQuestions },
    // Until no case of the time before is left.
    [moveListedJob]: { every: '*/10 * * * *', run: moveListed },
    [cohortJob]: { every: '* * * * *', run: (installation) => workOnCohorts(installation) },
    'services.delete-old-previews': { every: '49 4 * * *', run: deleteOldPreviews },
    'services.expire-offers': { every: '* * * * *', run: expireOffers },
    [settleJob]: { run: (installation, payload) => settleRound(installation, payload as Key) },
    [sendJob]: { every: '* * * * *', run: (installation) => sendDue(installation) },
    'services.delete-old-deliveries': { every: '41 4 * * *', run: deleteOld },
  },
  commands: [replay],
  examples: { home },
})
