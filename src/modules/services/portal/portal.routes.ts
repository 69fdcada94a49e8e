import type { Routes } from '#platform'
import { HomePage } from './home.page.tsx'

export const portal: Routes = async (app) => {
  const home = {
    config: { access: 'public', keepSeconds: 1 },
    schema: { summary: 'The home page, with its live figures' },
  }
  app.get('/', home, async (_, reply) => reply.page({ figures: await app.figures.readAll() }, HomePage))
}
