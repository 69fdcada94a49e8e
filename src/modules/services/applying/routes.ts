import type { Routes } from '#platform'
import { fileRoutes } from '../files/files.routes.ts'
import { openCatalogue } from '../versions/versions.ts'
import { beginRoutes } from './begin.routes.ts'
import { hubRoutes } from './hub.routes.ts'
import { listRoutes } from './lists.routes.ts'
import { pageRoutes } from './pages.routes.ts'
import { receiptRoutes } from './receipt.routes.ts'
import { sendRoutes } from './send.routes.ts'
import { thingRoutes } from './things.routes.ts'

/** Everything by which a person applies for a service. */
export const applyingRoutes: Routes = async (app) => {
  await app.register(beginRoutes(openCatalogue(app.installation)))
  for (const routes of [hubRoutes, pageRoutes, listRoutes, thingRoutes, fileRoutes, sendRoutes, receiptRoutes])
    await app.register(routes)
}
