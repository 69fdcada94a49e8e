import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { deleteExpiredChallenges } from './passkeys/challenges.sql.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { approveRoutes } from './qr/approve.routes.ts'
import { deleteOldOrders } from './qr/orders.sql.ts'
import { waitingRoutes } from './qr/waiting.routes.ts'
import { deleteOldTries } from './recovery/attempts.sql.ts'
import { registrationRoutes } from './registration/registration.routes.ts'
import { roles } from './roles.ts'
import { countSessions, deleteExpiredSessions } from './sessions/sessions.sql.ts'
import { identify } from './sessions/sessions.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is: accounts, passkeys, sessions.',
  uses: [],
  address: '/account',
  roles,
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
    'identity.account-opened': { en: 'You opened this account', 'zh-Hant': '你開立了這個帳戶' },
    'identity.account-closed': { en: 'You closed this account', 'zh-Hant': '你關閉了這個帳戶' },
    'identity.passkey-added': { en: 'You added a passkey', 'zh-Hant': '你加入了一把通行密鑰' },
    'identity.passkey-renamed': { en: 'You renamed a passkey', 'zh-Hant': '你更改了一把通行密鑰的名稱' },
    'identity.passkey-removed': { en: 'You removed a passkey', 'zh-Hant': '你移除了一把通行密鑰' },
    'identity.passkey-locked': {
      en: 'A passkey was locked, as there seems to be a copy of it',
      'zh-Hant': '一把通行密鑰疑被複製，已經鎖上',
    },
    'identity.recovery-codes-made': { en: 'You made new recovery codes', 'zh-Hant': '你建立了新的復原碼' },
    'identity.recovery-code-used': { en: 'You signed in with a recovery code', 'zh-Hant': '你以復原碼登入' },
    'identity.confirmed': { en: 'You confirmed that it is you', 'zh-Hant': '你再次核實了身份' },
    'identity.session-ended': { en: 'You signed out another browser', 'zh-Hant': '你登出了另一個瀏覽器' },
    'identity.other-sessions-ended': {
      en: 'You signed out every other browser',
      'zh-Hant': '你登出了所有其他瀏覽器',
    },
    'identity.phone-sign-in-approved': {
      en: 'You let another browser be signed in by your phone',
      'zh-Hant': '你以手機批准了另一個瀏覽器登入',
    },
    'identity.phone-sign-in-refused': {
      en: 'Your phone refused to sign in another browser',
      'zh-Hant': '你的手機拒絕了另一個瀏覽器登入',
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
  routes: [signInRoutes, waitingRoutes, approveRoutes, registrationRoutes, account],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    'identity.delete-expired-challenges': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredChallenges(sql) },
    'identity.delete-old-tries': { every: '17 * * * *', run: ({ sql }) => deleteOldTries(sql) },
    'identity.delete-old-phone-orders': { every: '*/10 * * * *', run: ({ sql }) => deleteOldOrders(sql) },
  },
})
