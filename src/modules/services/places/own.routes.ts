import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { requireOwnToAct } from '../cases/acting.ts'
import { findCase } from '../cases/cases.sql.ts'
import { ownPath } from '../cases/history.ts'
import { AtCase, Reference } from '../cases/types.ts'
import { answer } from '../forms.ts'
import { problem } from '../problems.ts'
import { changePlace } from './keep.ts'
import { placeOf } from './of-case.ts'
import type { PlaceAct } from './places.rules.ts'
import { placeState } from './types.ts'

const response = { 200: Type.Object({ reference: Reference, state: placeState }), 303: Type.Null() }

/** What people do with the place of their case. Sent a second time, neither changes anything. */
export const placeRoutes: Routes = async (app) => {
  const { installation } = app

  const accepting = {
    config: { access: 'signed-in', scope: 'services:apply', event: 'services.place-accepted' },
    schema: { summary: 'Accept a place that was offered to me', params: AtCase, response },
  } as const
  app.post('/services/cases/:reference/place/accept', accepting, async (request, reply) => {
    const { reference } = request.params
    const done = await change(request, reference, 'accept')
    return answer(request, reply, done, ownPath(reference))
  })

  const givingUp = {
    config: { access: 'signed-in', scope: 'services:apply', event: 'services.place-given-up' },
    schema: {
      summary: 'Give up my place in a session, or my turn on its waiting list',
      params: AtCase,
      response,
    },
  } as const
  app.post('/services/cases/:reference/place/give-up', givingUp, async (request, reply) => {
    const { reference } = request.params
    const done = await change(request, reference, 'give-up')
    return answer(request, reply, done, ownPath(reference))
  })

  async function change(request: FastifyRequest, reference: string, act: PlaceAct & ('accept' | 'give-up')) {
    requireOwnToAct(await findCase(installation.sql, reference), request)
    const wanted = act === 'accept' ? 'taken' : 'given-up'
    const before = await placeOf(installation, reference)
    if (before?.state === wanted) return { reference, state: before.state }
    const isPossible = act === 'accept' ? before?.accept : before?.giveUp
    if (!isPossible) throw problem('place-not-changed')
    const event = act === 'accept' ? 'services.place-accepted' : 'services.place-given-up'
    await installation.sql.begin(async (sql) => {
      // Somebody may have been quicker: what counts is how it stands once its session is held.
      if (!(await changePlace(sql, installation, { reference, act, now: installation.now() })))
        throw problem('place-not-changed')
      await recordAct(sql, request, { event, subject: `services/cases/${reference}` })
    })
    return { reference, state: wanted as 'taken' | 'given-up' }
  }
}
