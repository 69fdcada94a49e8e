import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { addressRoutes } from './inbox/address.routes.ts'
import { deleteOldNotifications } from './inbox/deliver.sql.ts'
import { deliver } from './inbox/deliver.ts'
import { inboxRoutes } from './inbox/inbox.routes.ts'
import { notificationRoutes } from './inbox/notifications.routes.ts'
import { officeRoutes } from './inbox/office.routes.ts'
import { outboxRoutes } from './inbox/outbox.routes.ts'
import { unsubscribeRoutes } from './inbox/unsubscribe.routes.ts'
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
  permissions: {
    'identity:send-message': { en: 'Send messages to people’s inboxes', 'zh-Hant': '向使用者的收件匣發送訊息' },
    'identity:read-outbox': { en: 'See what waits to be mailed', 'zh-Hant': '查看待發的通知' },
  },
  roles,
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
    'identity.message-read': { en: 'You opened a message', 'zh-Hant': '你開啟了一則訊息' },
    'identity.message-acknowledged': { en: 'You acknowledged a message', 'zh-Hant': '你確認已閱讀一則訊息' },
    'identity.message-moved': { en: 'You archived a message, or took it back', 'zh-Hant': '你封存或取回了一則訊息' },
    'identity.messages-sent': { en: 'You sent a message', 'zh-Hant': '你發送了訊息' },
    'identity.inbox-code-changed': { en: 'You took another inbox code', 'zh-Hant': '你更換了收件編號' },
    'identity.notifications-changed': { en: 'You changed how you are told of messages', 'zh-Hant': '你更改了通知設定' },
    'identity.mail-stopped': {
      en: 'Mail of a sender was stopped by its link',
      'zh-Hant': '有人以電郵內的連結停止了一類電郵',
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
  routes: [
    signInRoutes,
    account,
    inboxRoutes,
    notificationRoutes,
    addressRoutes,
    unsubscribeRoutes,
    officeRoutes,
    outboxRoutes,
  ],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.deliver-notifications': { every: '* * * * *', run: (installation) => deliver(installation) },
    'identity.delete-old-notifications': { every: '23 3 * * *', run: ({ sql }) => deleteOldNotifications(sql) },
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
  },
})
