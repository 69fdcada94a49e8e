import { listActsOf, type Routes } from '#platform'
import { Type } from 'typebox'
import { AccountPage } from './account.page.tsx'

const linesMax = 50

export const account: Routes = async (app) => {
  const mine = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My account: who I am here, and what I did',
      querystring: Type.Object({ before: Type.Optional(Type.Integer({ minimum: 1 })) }),
    },
  }
  app.get('/account', mine, async ({ person, query }, reply) => {
    const { id, name, organisation } = person!
    const acts = await listActsOf(app.sql, id, { limit: linesMax + 1, ...(query.before && { before: query.before }) })
    const known = app.installation.pack.organisations.find((each) => each.id === organisation)
    const data = {
      person: { id, name },
      organisation: known ? { id: known.id, name: known.name } : null,
      acts: acts.slice(0, linesMax),
      next: acts.length > linesMax ? acts[linesMax - 1]!.id : null,
    }
    return reply.page(data, AccountPage)
  })
}
