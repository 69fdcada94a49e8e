import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { loadDemonstrationPeople } from './people/people.sql.ts'
import { roles } from './roles.ts'
import { countSessions, deleteExpiredSessions } from './sessions/sessions.sql.ts'
import { identify } from './sessions/sessions.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'
import { authorityRoutes } from './signing/authority.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is. Today: made-up people sign in for a demonstration.',
  uses: [],
  address: '/account',
  roles,
  events: {
    'identity.signed-in': { en: 'You signed in', 'zh-Hant': '你登入了' },
    'identity.signed-out': { en: 'You signed out', 'zh-Hant': '你登出了' },
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
  routes: [signInRoutes, account, authorityRoutes],
  identify,
  load: async ({ sql, pack, demonstration }) => {
    if (demonstration) await loadDemonstrationPeople(sql, pack.people)
  },
  jobs: {
    'identity.delete-expired-sessions': { every: '7 * * * *', run: ({ sql }) => deleteExpiredSessions(sql) },
  },
})
