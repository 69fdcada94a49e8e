import { defineModule } from '#platform'
import { commands } from './command.ts'

export default defineModule({
  name: 'ledger',
  summary: 'Transparency logs (C2SP): what anybody needs to check one. A log of our own comes later.',
  uses: [],
  routes: [],
  commands,
})
