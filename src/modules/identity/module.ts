import { defineModule } from '#platform'
import { account } from './account/account.routes.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is. Today: made-up people sign in for a demonstration.',
  uses: [],
  address: '/account',
  routes: [signInRoutes, account],
})
