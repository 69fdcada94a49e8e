import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { actingRoutes } from './acting/acting.routes.ts'
import { deleteExpiredCodes } from './acting/acting.sql.ts'
import { channelRoutes } from './channels/channels.routes.ts'
import { deleteExpiredOrders } from './channels/channels.sql.ts'
import { channels } from './channels/definitions.ts'
import { firstRoutes } from './channels/first.routes.ts'
import { linkedRoutes } from './channels/linked.routes.ts'
import { officeChannelRoutes } from './channels/office.routes.ts'
import { mandateRoutes, ownMandateRoutes } from './mandates/mandates.routes.ts'
import { warnOfEndings } from './mandates/warn.ts'
import { grantCommand } from './organisations/command.ts'
import { organisationRoutes } from './organisations/organisations.routes.ts'
import { grantRoutes, peopleRoutes } from './organisations/people.routes.ts'
import { businessRegisters } from './organisations/registers.ts'
import { roleRoutes } from './organisations/roles.routes.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { roles } from './roles.ts'
import { countSessions, deleteExpiredSessions } from './sessions/sessions.sql.ts'
import { identify } from './sessions/sessions.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is. Today: made-up people sign in for a demonstration.',
  uses: [],
  address: '/account',
  roles,
  permissions: {
    'identity:manage-channel': { en: 'Set up channels to other platforms', 'zh-Hant': '設定與其他平台的渠道' },
    'identity:grant-role': {
      en: 'Grant and withdraw roles in one’s own organisation',
      'zh-Hant': '在所屬機構委派和撤回職務',
    },
    'identity:verify-organisation': {
      en: 'Verify companies and associations against the register',
      'zh-Hant': '按登記冊核實公司和社團',
    },
    'identity:confirm-mandate': {
      en: 'Confirm at a counter that one person acts for another',
      'zh-Hant': '在櫃位核實代他人行事的授權',
    },
  },
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
    'identity.channel-linked': {
      en: 'You linked another platform to your account',
      'zh-Hant': '你把另一平台連結至帳戶',
    },
    'identity.channel-unlinked': { en: 'You unlinked another platform', 'zh-Hant': '你解除了與另一平台的連結' },
    'identity.channel-changed': {
      en: 'You changed how another platform is reached',
      'zh-Hant': '你更改了另一平台的連接方法',
    },
    'identity.acting-changed': { en: 'You changed in whose name you act', 'zh-Hant': '你更改了以誰的名義行事' },
    'identity.acting-code-made': {
      en: 'You made a code for a role or mandate',
      'zh-Hant': '你取得了用於委派或授權的代碼',
    },
    'identity.role-granted': { en: 'You granted a role', 'zh-Hant': '你委派了職務' },
    'identity.role-approved': { en: 'You approved a role', 'zh-Hant': '你批准了職務委派' },
    'identity.role-withdrawn': { en: 'You withdrew a role', 'zh-Hant': '你撤回了職務' },
    'identity.ownership-accepted': {
      en: 'You accepted to own a company',
      'zh-Hant': '你接受成為公司東主',
    },
    'identity.organisation-declared': {
      en: 'You registered a company or association',
      'zh-Hant': '你登記了公司或社團',
    },
    'identity.organisation-verified': {
      en: 'You verified a company or association',
      'zh-Hant': '你核實了公司或社團',
    },
    'identity.mandate-granted': { en: 'You let somebody act for you', 'zh-Hant': '你授權他人代你行事' },
    'identity.mandate-confirmed': {
      en: 'You confirmed that one person acts for another',
      'zh-Hant': '你核實了代他人行事的授權',
    },
    'identity.mandate-accepted': { en: 'You accepted to act for somebody', 'zh-Hant': '你接受代他人行事' },
    'identity.mandate-withdrawn': { en: 'You ended a mandate', 'zh-Hant': '你終止了授權' },
    'identity.mandate-ending': { en: 'A mandate ends soon', 'zh-Hant': '授權即將到期' },
  },
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
  routes: [
    signInRoutes,
    account,
    channelRoutes,
    firstRoutes,
    linkedRoutes,
    officeChannelRoutes,
    actingRoutes,
    mandateRoutes,
    ownMandateRoutes,
    roleRoutes,
    peopleRoutes,
    grantRoutes,
    organisationRoutes,
  ],
  definitions: [channels, businessRegisters],
  commands: [grantCommand],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    'identity.delete-expired-channel-orders': { every: '17 * * * *', run: ({ sql }) => deleteExpiredOrders(sql) },
    'identity.delete-expired-acting-codes': { every: '27 * * * *', run: ({ sql }) => deleteExpiredCodes(sql) },
    'identity.warn-of-ending-mandates': { every: '37 * * * *', run: warnOfEndings },
  },
})
