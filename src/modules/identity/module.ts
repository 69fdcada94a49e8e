import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { closeRoutes } from './account/close.routes.ts'
import { deviceRoutes } from './account/device.routes.ts'
import { devicesRoutes } from './account/devices.routes.ts'
import { sessionsRoutes } from './account/sessions.routes.ts'
import { deleteExpiredChallenges } from './passkeys/challenges.sql.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { deleteOldTries } from './recovery/attempts.sql.ts'
import { recoveryRoutes } from './recovery/recovery.routes.ts'
import { registrationRoutes } from './registration/registration.routes.ts'
import { roles } from './roles.ts'
import { countSessions, deleteExpiredSessions } from './sessions/sessions.sql.ts'
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

const signing = [authorityRoutes, signRoutes, fileRoutes, newRoutes, requestRoutes, verifyRoutes, signaturesRoutes]

export default defineModule({
  name: 'identity',
  summary: 'Who a person is: accounts, passkeys, sessions.',
  uses: [],
  address: '/account',
  roles,
  permissions: {
    'identity:request-signature': { en: 'Ask people to sign documents', 'zh-Hant': '要求他人簽署文件' },
  },
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
    'identity.signing-requested': { en: 'You asked for a signature', 'zh-Hant': '你要求簽署文件' },
    'identity.document-signed': { en: 'You signed a document', 'zh-Hant': '你簽署了文件' },
    'identity.signing-declined': { en: 'You declined to sign', 'zh-Hant': '你拒絕簽署文件' },
    'identity.signing-certificate-revoked': {
      en: 'You revoked a signing certificate',
      'zh-Hant': '你撤銷了一張簽署證書',
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
    againRoutes,
    recoveryRoutes,
    registrationRoutes,
    account,
    devicesRoutes,
    deviceRoutes,
    sessionsRoutes,
    closeRoutes,
    ...signing,
  ],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-documents': { every: '27 * * * *', run: ({ sql }) => deleteExpiredDocuments(sql) },
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    'identity.delete-expired-challenges': { every: '*/10 * * * *', run: ({ sql }) => deleteExpiredChallenges(sql) },
    'identity.delete-old-tries': { every: '17 * * * *', run: ({ sql }) => deleteOldTries(sql) },
  },
})
