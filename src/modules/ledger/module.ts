import { defineModule } from '#platform'
import { commands } from './command.ts'
import { events } from './witness/acts.ts'
import { witnessRoutes } from './witness/witness.routes.ts'

export default defineModule({
  name: 'ledger',
  summary: 'Transparency logs (C2SP): what anybody needs to check one, and a witness. A log of our own comes later.',
  uses: [],
  events,
  routes: [witnessRoutes],
  commands,
})
