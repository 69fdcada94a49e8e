import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { channelRoutes } from './channels/channels.routes.ts'
import { deleteExpiredOrders } from './channels/channels.sql.ts'
import { channels } from './channels/definitions.ts'
import { firstRoutes } from './channels/first.routes.ts'
import { linkedRoutes } from './channels/linked.routes.ts'
import { officeChannelRoutes } from './channels/office.routes.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { providerRoutes } from './provider/provider.routes.ts'
import { deleteExpiredRecords } from './provider/records.sql.ts'
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
  },
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
    'identity.consent-given': {
      en: 'You agreed that a service is told something',
      'zh-Hant': '你同意向一項服務提供資料',
    },
    'identity.service-refused': { en: 'You refused what a service asked', 'zh-Hant': '你拒絕了一項服務的要求' },
    'identity.channel-linked': {
      en: 'You linked another platform to your account',
      'zh-Hant': '你把另一平台連結至帳戶',
    },
    'identity.channel-unlinked': { en: 'You unlinked another platform', 'zh-Hant': '你解除了與另一平台的連結' },
    'identity.channel-changed': {
      en: 'You changed how another platform is reached',
      'zh-Hant': '你更改了另一平台的連接方法',
    },
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
  routes: [signInRoutes, account, channelRoutes, firstRoutes, linkedRoutes, officeChannelRoutes, providerRoutes],
  definitions: [channels],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    'identity.delete-expired-channel-orders': { every: '17 * * * *', run: ({ sql }) => deleteExpiredOrders(sql) },
    'identity.delete-expired-provider-records': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredRecords(sql) },
  },
})
