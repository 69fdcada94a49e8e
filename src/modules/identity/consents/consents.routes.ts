import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { ConsentData, ConsentPage, ConsentsData, ConsentsPage } from './consents.page.tsx'
import { findConsentOf, listConsents, type OwnConsent, withdrawConsents } from './consents.sql.ts'
import { labelled } from './labels.ts'

const path = '/account/consents'
const ById = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** What the person agreed that services are told: what counts, what ended, the receipt of each, and taking it back. */
export const consentRoutes: Routes = async (app) => {
  const { installation } = app

  const lineOf = ({ id, receipt, fields, givenAt, endedAt, state }: OwnConsent) => ({
    id,
    service: receipt.service,
    origin: receipt.origin,
    fields: labelled(installation, fields),
    givenAt,
    endedAt,
    state,
  })

  const list = {
    config: { access: 'signed-in' },
    schema: { summary: 'What I agreed that services are told', response: { 200: ConsentsData } },
  }
  app.get(path, list, async ({ person }, reply) =>
    reply.page({ consents: (await listConsents(app.sql, person!.id)).map(lineOf) }, ConsentsPage),
  )

  const one = {
    config: { access: 'signed-in' },
    schema: { summary: 'One of my consents, with its receipt', params: ById, response: { 200: ConsentData } },
  }
  app.get(`${path}/:id`, one, async ({ person, params }, reply) => {
    const consent = await findConsentOf(app.sql, person!.id, params.id)
    if (!consent) throw problem('consent-not-found')
    const { sentences, language, purpose, message } = consent.receipt
    const left = labelled(installation, consent.refused)
    return reply.page(
      {
        ...lineOf(consent),
        left,
        sentences: [...sentences],
        language,
        purpose: purpose ?? null,
        message: message ?? null,
      },
      ConsentPage,
    )
  })

  const withdraw = {
    config: { access: 'signed-in', event: 'identity.consent-withdrawn' },
    schema: {
      summary: 'Take one of my consents back; the service is told nothing from then on',
      params: ById,
      response: { 303: Type.Null() },
    },
  }
  app.post(`${path}/:id/withdraw`, withdraw, async (request, reply) => {
    const { id } = request.params
    const { id: personId } = request.person!
    if (!(await findConsentOf(app.sql, personId, id))) throw problem('consent-not-found')
    await app.sql.begin(async (sql) => {
      const [ended] = await withdrawConsents(sql, sql`id = ${id} and person_id = ${personId}`)
      // Pressed twice, or replaced in another window: it ended already.
      if (!ended) return
      const detail = { client: ended.clientId }
      await recordAct(sql, request, { event: 'identity.consent-withdrawn', subject: `account/consents/${id}`, detail })
    })
    return reply.redirect(doneAt(request, `${path}/${id}`, 'consent-withdrawn'), 303)
  })
}
