import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { CounterData, CounterPage } from './counter.page.tsx'
import { findOpenCode, issueCode, writeCode } from './counter.sql.ts'
import { policyOf } from './policy.ts'

export const counterRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack, sql } = installation
  const policy = () => {
    const found = policyOf(pack)
    if (!found) throw problem('nothing-to-prove')
    return found
  }

  const show = {
    config: { access: 'signed-in' },
    schema: { summary: 'My code for a counter', response: { 200: CounterData } },
  }
  app.get('/account/level/counter', show, async ({ person }, reply) => {
    const open = await findOpenCode(sql, installation, person!.id)
    const { counters } = policy()
    return reply.page(
      { code: open ? writeCode(open.code) : null, expiresAt: open?.expiresAt ?? null, counters },
      CounterPage,
    )
  })

  const issue = {
    config: { access: 'signed-in', event: 'identity.counter-code-issued' },
    schema: { summary: 'Get a code for a counter, in place of the one before' },
  }
  app.post('/account/level/counter', issue, async (request, reply) => {
    const { id } = request.person!
    await sql.begin(async (transaction) => {
      if ((await issueCode(transaction, installation, id, policy().counterCodeHours)) === 'issued')
        await recordAct(transaction, request, { event: 'identity.counter-code-issued', subject: `person/${id}` })
    })
    return reply.redirect(doneAt(request, '/account/level/counter', 'counter-code-issued'), 303)
  })
}
