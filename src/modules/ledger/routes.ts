import type { Routes } from '#platform'
import { alarmRoutes } from './alarms/alarms.routes.ts'
import { anchorRoutes } from './anchor/anchors.routes.ts'
import { ceremonyRoutes } from './ceremonies/ceremonies.routes.ts'
import { rotationRoutes } from './ceremonies/rotations.routes.ts'
import { entryRoutes } from './entries/entries.routes.ts'
import { entryRoutes as entryPages } from './explorer/entry.routes.ts'
import { logRoutes } from './explorer/logs.routes.ts'
import { healthRoutes } from './health/health.routes.ts'
import { historyRoutes } from './history/history.routes.ts'
import { openIndexer } from './history/index-log.ts'
import { openSequencer } from './log/sequencer.ts'
import { serveRoutes } from './log/serve.routes.ts'
import { notariseRoutes } from './notarise/notarise.routes.ts'
import { officeRoutes } from './office/office.routes.ts'
import { openPrograms } from './programs/api-keys.ts'
import { programRoutes } from './programs/keys.routes.ts'
import { openPublisher } from './publication/publish.ts'
import { openQuotas } from './quotas/admit.ts'
import { quotaRoutes } from './quotas/quotas.routes.ts'
import { eraseRoutes } from './registers/erase.routes.ts'
import { holdingRoutes } from './registers/holdings.routes.ts'
import { itemRoutes } from './registers/items.routes.ts'
import { registerOfficeRoutes } from './registers/office.routes.ts'
import { registerProgramRoutes } from './registers/programs.routes.ts'
import { registerRoutes } from './registers/registers.routes.ts'
import { stepRoutes } from './registers/steps.routes.ts'
import { actRoutes } from './trail/act.routes.ts'
import { feedTrail } from './trail/feed.ts'
import { verifyRoutes } from './verify/verify.routes.ts'

/** The routes of the ledger, and what puts entries in order while this process listens. */
export const ledgerRoutes: Routes = async (app) => {
  const publisher = openPublisher(app.installation, app.log)
  const sequencer = openSequencer(app.installation, app.log, {
    feed: () => feedTrail(app.installation),
    onGrown: (name) => void publisher.publish(name),
    onRound: publisher.catchUp,
  })
  // One of each for all that programs write: what they know and count, they know and count once.
  const programs = openPrograms(app)
  const admit = openQuotas(app.installation)
  const indexer = openIndexer(app.installation, app.log)
  app.addHook('onListen', async () => {
    sequencer.start()
    indexer.start()
  })
  // Before the listener closes: who waits for a place is answered without one.
  app.addHook('preClose', async () => {
    await Promise.all([sequencer.stop(), publisher.stop(), indexer.stop()])
  })
  await app.register(serveRoutes)
  await app.register(entryRoutes(sequencer, programs, admit))
  await app.register(logRoutes)
  await app.register(entryPages)
  await app.register(historyRoutes)
  await app.register(anchorRoutes)
  await app.register(actRoutes)
  await app.register(verifyRoutes)
  await app.register(notariseRoutes)
  await app.register(eraseRoutes)
  await app.register(registerProgramRoutes(programs, admit))
  await app.register(programRoutes)
  for (const routes of [registerRoutes, itemRoutes, stepRoutes, holdingRoutes, registerOfficeRoutes])
    await app.register(routes)
  for (const each of [officeRoutes, quotaRoutes, healthRoutes, alarmRoutes, ceremonyRoutes, rotationRoutes])
    await app.register(each)
}
