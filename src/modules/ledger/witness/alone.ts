import { defineModule, type Routes } from '#platform'
import { ensureLog } from '../log/logs.ts'
import { openSequencer } from '../log/sequencer.ts'
import { feedTrail } from '../trail/feed.ts'
import { trailLog } from '../trail/trail.rules.ts'
import { events } from './acts.ts'
import { witnessJobs } from './keys.ts'
import { witnessRoutes } from './witness.routes.ts'

/** The front of a site that has one page; and what happens on it goes into the log of the audit trail, as everywhere. */
const aloneRoutes: Routes = async (app) => {
  const front = { config: { access: 'public' }, schema: { summary: 'Leads to the page of the witness' } }
  app.get('/', front, async (_, reply) => reply.redirect('/ledger/witness', 302))
  const sequencer = openSequencer(app.installation, app.log, { feed: () => feedTrail(app.installation) })
  app.addHook('onListen', async () => sequencer.start())
  app.addHook('preClose', () => sequencer.stop())
}

/** The ledger of a machine that cosigns and does nothing else: PRAYA_ALONE=witness. */
export const witnessAlone = defineModule({
  name: 'ledger',
  summary: 'A witness of transparency logs (C2SP tlog-witness).',
  address: '/ledger/witness',
  uses: [],
  events,
  routes: [witnessRoutes, aloneRoutes],
  load: (installation) => ensureLog(installation, trailLog),
  jobs: witnessJobs,
})
