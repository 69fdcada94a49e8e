import type { Routes } from '#platform'
import { fileRoutes } from '../files/files.routes.ts'
import { beginRoutes } from './begin.routes.ts'
import { hubRoutes } from './hub.routes.ts'
import { listRoutes } from './lists.routes.ts'
import { mineRoutes } from './mine.routes.ts'
import { pageRoutes } from './pages.routes.ts'
import { partRoutes } from './parts.routes.ts'
import { receiptRoutes } from './receipt.routes.ts'
import { returnRoutes } from './return.routes.ts'
import { sendRoutes } from './send.routes.ts'
import { signRoutes } from './sign.routes.ts'
import { thingRoutes } from './things.routes.ts'

/** Everything by which a person applies for a service. */
export const applyingRoutes: Routes = async (app) => {
  for (const routes of [
    beginRoutes,
    mineRoutes,
    hubRoutes,
    pageRoutes,
    listRoutes,
    thingRoutes,
    fileRoutes,
    sendRoutes,
    receiptRoutes,
    partRoutes,
    signRoutes,
    returnRoutes,
  ])
    await app.register(routes)
}
