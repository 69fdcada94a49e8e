import { countSessions, defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { roles } from './roles.ts'
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
  routes: [signInRoutes, account],
})
