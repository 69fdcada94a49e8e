import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
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
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
    'identity.document-proven': { en: 'You proved your identity document', 'zh-Hant': '你核實了身份證明文件' },
    'identity.document-not-proven': {
      en: 'You tried to prove an identity document',
      'zh-Hant': '你嘗試核實身份證明文件',
    },
    'identity.counter-code-issued': { en: 'You got a code for a counter', 'zh-Hant': '你取得了櫃位代碼' },
    'identity.counter-visit-opened': {
      en: 'You opened the account of a person at the counter',
      'zh-Hant': '你在櫃位開啟了一個帳戶',
    },
    'identity.proven-at-counter': { en: 'You proved a person at the counter', 'zh-Hant': '你在櫃位核實了一人的身份' },
    'identity.refused-at-counter': {
      en: 'You refused to prove a person at the counter',
      'zh-Hant': '你在櫃位不予核實一人的身份',
    },
    'identity.proof-withdrawn': { en: 'You withdrew a proof', 'zh-Hant': '你撤銷了一項核實紀錄' },
    'identity.proof-ending': { en: 'A proof ends soon', 'zh-Hant': '一項核實紀錄即將到期' },
  },
  permissions: {
    'identity:prove-at-counter': { en: 'Prove a person at a counter', 'zh-Hant': '在櫃位核實身份' },
    'identity:withdraw-proof': { en: 'Withdraw a proof', 'zh-Hant': '撤銷核實紀錄' },
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
    levelRoutes,
    documentRoutes,
    checkRoutes,
    counterRoutes,
    officeRoutes,
    proveRoutes,
    withdrawRoutes,
    madeUpRegisterRoutes,
  ],
  definitions: [proofing, register],
  commands: proofingCommands,
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
    'identity.warn-of-ending-proofs': { every: '20 1 * * *', run: warnOfEndingProofs },
    'identity.sweep-proofing': { every: '27 * * * *', run: sweepProofing },
  },
})
