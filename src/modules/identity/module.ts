import { defineModule } from '#platform'
import { signInRoutes } from './sign-in/sign-in.routes.ts'

export default defineModule({
  name: 'identity',
  summary: 'Who a person is. Today: made-up people sign in for a demonstration.',
  uses: [],
  routes: [signInRoutes],
})
