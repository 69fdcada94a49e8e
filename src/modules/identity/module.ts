import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { closeRoutes } from './account/close.routes.ts'
import { codesRoutes } from './account/codes.routes.ts'
import { deviceRoutes } from './account/device.routes.ts'
import { devicesRoutes } from './account/devices.routes.ts'
import { searchPages } from './account/pages.search.ts'
import { sessionsRoutes } from './account/sessions.routes.ts'
import { actingRoutes } from './acting/acting.routes.ts'
import { deleteExpiredCodes } from './acting/acting.sql.ts'
import { actingChangeRoutes } from './acting/change.routes.ts'
import { events, permissions } from './acts.ts'
import { channelChangeRoutes } from './channels/changes.routes.ts'
import { channelRoutes } from './channels/channels.routes.ts'
import { deleteExpiredOrders } from './channels/channels.sql.ts'
import { channels } from './channels/definitions.ts'
import { firstRoutes } from './channels/first.routes.ts'
import { linkedRoutes } from './channels/linked.routes.ts'
import { officeChannelRoutes } from './channels/office.routes.ts'
import { tellLinked, tellLinkedJob } from './channels/tell-linked.ts'
import { pingJob, tellServiceOfAnswer } from './ciba/ping.ts'
import { consentRoutes } from './consents/consents.routes.ts'
import { sharingRoutes } from './consents/sharing.routes.ts'
import { deleteOldSharings } from './consents/sharing.sql.ts'
import { approvalRoutes } from './developers/approval.routes.ts'
import { changeRoutes } from './developers/change.routes.ts'
import { clientRoutes } from './developers/clients.routes.ts'
import { packClients } from './developers/definitions.ts'
import { loadPackClients } from './developers/load.sql.ts'
import { officeClientRoutes } from './developers/office.routes.ts'
import { proofRoutes } from './developers/proof.routes.ts'
import { stopRoutes } from './developers/stop.routes.ts'
import { fillingRoutes } from './filling/filling.routes.ts'
import { deleteExpiredFillings } from './filling/filling.sql.ts'
import { addressRoutes } from './inbox/address.routes.ts'
import { deleteOldNotifications } from './inbox/deliver.sql.ts'
import { deliver } from './inbox/deliver.ts'
import { inboxRoutes } from './inbox/inbox.routes.ts'
import { notificationRoutes } from './inbox/notifications.routes.ts'
import { officeRoutes as messageRoutes } from './inbox/office.routes.ts'
import { outboxRoutes } from './inbox/outbox.routes.ts'
import { quietRoutes } from './inbox/quiet.routes.ts'
import { unsubscribeRoutes } from './inbox/unsubscribe.routes.ts'
import { mandateRoutes, ownMandateRoutes } from './mandates/mandates.routes.ts'
import { warnOfEndings } from './mandates/warn.ts'
import { grantCommand } from './organisations/command.ts'
import { organisationOfficeRoutes } from './organisations/office.routes.ts'
import { organisationRoutes } from './organisations/organisations.routes.ts'
import { grantRoutes, peopleRoutes } from './organisations/people.routes.ts'
import { businessRegisters } from './organisations/registers.ts'
import { roleRoutes } from './organisations/roles.routes.ts'
import { deleteExpiredChallenges } from './passkeys/challenges.sql.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { profile } from './profile/definitions.ts'
import { fieldRoutes } from './profile/field.routes.ts'
import { nameRoutes } from './profile/name.routes.ts'
import { profileRoutes } from './profile/profile.routes.ts'
import { checkRoutes } from './proofing/check.routes.ts'
import { proofingCommands } from './proofing/command.ts'
import { counterRoutes } from './proofing/counter.routes.ts'
import { documentRoutes } from './proofing/document.routes.ts'
import { sweepProofing, warnOfEndingProofs } from './proofing/jobs.ts'
import { levelRoutes } from './proofing/level.routes.ts'
import { madeUpRegisterRoutes } from './proofing/made-up-register.ts'
import { officeRoutes } from './proofing/office.routes.ts'
import { proofing, register } from './proofing/policy.ts'
import { proveRoutes } from './proofing/prove.routes.ts'
import { withdrawRoutes } from './proofing/withdraw.routes.ts'
import { rotateCommand } from './provider/command.ts'
import { providerRoutes } from './provider/provider.routes.ts'
import { tellServiceOfLogout } from './provider/provider.ts'
import { deleteExpiredRecords } from './provider/records.sql.ts'
import { identifyToken } from './provider/token-person.ts'
import { approveRoutes } from './qr/approve.routes.ts'
import { deleteOldOrders } from './qr/orders.sql.ts'
import { waitingRoutes } from './qr/waiting.routes.ts'
import { deleteOldTries } from './recovery/attempts.sql.ts'
import { recoveryRoutes } from './recovery/recovery.routes.ts'
import { registrationRoutes } from './registration/registration.routes.ts'
import { roles } from './roles.ts'
import { deleteOldBrowsers } from './sessions/browsers.sql.ts'
import { countSessions, deleteExpiredSessions, logoutJob } from './sessions/sessions.sql.ts'
import { identify } from './sessions/sessions.ts'
import { againRoutes } from './sign-in/again.routes.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'
import { authorityRoutes } from './signing/authority.routes.ts'
import { fileRoutes } from './signing/files.routes.ts'
import { newRoutes } from './signing/new.routes.ts'
import { requestRoutes } from './signing/requests.routes.ts'
import { deleteExpiredDocuments } from './signing/requests.sql.ts'
import { signRoutes } from './signing/sign.routes.ts'
import { signaturesRoutes } from './signing/signatures.routes.ts'
import { verifyRoutes } from './signing/verify.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is, how surely we know it, and for whom they act; one login for every service.',
  uses: [],
  address: '/account',
  roles,
  permissions,
  events,
  figures: [
    {
      id: 'identity.sessions',
      title: { en: 'People signed in', 'zh-Hant': '已登入人數' },
      unit: 'number',
      period: { en: 'now', 'zh-Hant': '現時' },
      evidence: '/figures',
      compute: ({ sql }) => countSessions(sql),
    },
  ],
  definitions: [channels, packClients, proofing, register, businessRegisters, profile],
  routes: [
    ...[signInRoutes, againRoutes, recoveryRoutes, registrationRoutes, waitingRoutes, approveRoutes],
    ...[account, devicesRoutes, codesRoutes, deviceRoutes, sessionsRoutes, closeRoutes],
    ...[channelRoutes, firstRoutes, linkedRoutes, officeChannelRoutes, channelChangeRoutes],
    ...[
      levelRoutes,
      documentRoutes,
      counterRoutes,
      officeRoutes,
      withdrawRoutes,
      madeUpRegisterRoutes,
      checkRoutes,
      proveRoutes,
    ],
    ...[
      actingRoutes,
      actingChangeRoutes,
      mandateRoutes,
      ownMandateRoutes,
      roleRoutes,
      peopleRoutes,
      grantRoutes,
      organisationRoutes,
      organisationOfficeRoutes,
    ],
    ...[authorityRoutes, signRoutes, fileRoutes, newRoutes, requestRoutes, verifyRoutes, signaturesRoutes],
    ...[inboxRoutes, notificationRoutes, quietRoutes, addressRoutes, unsubscribeRoutes, messageRoutes, outboxRoutes],
    ...[profileRoutes, fieldRoutes, nameRoutes, consentRoutes, sharingRoutes, fillingRoutes],
    ...[clientRoutes, changeRoutes, proofRoutes, approvalRoutes, officeClientRoutes, stopRoutes],
    providerRoutes,
  ],
  commands: [...proofingCommands, grantCommand, rotateCommand],
  search: searchPages,
  identify,
  identifyToken,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
    await loadPackClients(sql, pack.list(packClients))
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    [logoutJob]: { run: tellServiceOfLogout },
    [tellLinkedJob]: { run: tellLinked },
    [pingJob]: { run: tellServiceOfAnswer },
    'identity.delete-old-browsers': { every: '43 2 * * *', run: ({ sql }) => deleteOldBrowsers(sql) },
    'identity.delete-expired-channel-orders': { every: '17 * * * *', run: ({ sql }) => deleteExpiredOrders(sql) },
    'identity.delete-expired-provider-records': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredRecords(sql) },
    'identity.delete-expired-challenges': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredChallenges(sql) },
    'identity.delete-old-tries': { every: '17 * * * *', run: ({ sql }) => deleteOldTries(sql) },
    'identity.warn-of-ending-proofs': { every: '20 1 * * *', run: warnOfEndingProofs },
    'identity.delete-expired-acting-codes': { every: '27 * * * *', run: ({ sql }) => deleteExpiredCodes(sql) },
    'identity.warn-of-ending-mandates': { every: '37 * * * *', run: warnOfEndings },
    'identity.delete-expired-documents': { every: '27 * * * *', run: ({ sql }) => deleteExpiredDocuments(sql) },
    'identity.delete-old-phone-orders': { every: '*/10 * * * *', run: ({ sql }) => deleteOldOrders(sql) },
    'identity.deliver-notifications': { every: '* * * * *', run: (installation) => deliver(installation) },
    'identity.delete-old-notifications': { every: '23 3 * * *', run: ({ sql }) => deleteOldNotifications(sql) },
    'identity.delete-expired-fillings': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredFillings(sql) },
    'identity.delete-old-sharings': { every: '43 3 * * *', run: ({ sql }) => deleteOldSharings(sql) },
    'identity.sweep-proofing': { every: '27 * * * *', run: sweepProofing },
  },
})
