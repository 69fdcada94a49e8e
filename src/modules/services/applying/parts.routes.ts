import { type Routes, recordAct } from '#platform'
import { problem } from '../problems.ts'
import { type Application, getLocked, getOwnDraft, sealDraft } from './applications.ts'
import { hashCode, newCode } from './codes.ts'
import { emptyDraft } from './draft.ts'
import { HandPage } from './hand.page.tsx'
import { PartsPage } from './parts.page.tsx'
import { upsertPart } from './parts.sql.ts'
import { standingOf } from './parts.ts'
import { noteOf, pathOf, titleOf } from './show.ts'
import { AtApplication, AtParty, HandData, PartsData } from './types.ts'

/** A party of the form; refuses what is none. */
export const partyOf = ({ apply }: Application, party: string) => {
  const found = apply.form.parties?.find(({ id }) => id === party)
  if (!found) throw problem('page-not-found')
  return found
}

/** Pages of an application that somebody else answers: how the applicant hands them over. */
export const partRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const list = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'The parts of an application that others answer, and how far each is',
      params: AtApplication,
      response: { 200: PartsData },
    },
  }
  app.get('/applications/:id/parts', list, async (request, reply) => {
    const application = await getOwnDraft(installation, request, request.params.id)
    const { parts, journey, isReady } = standingOf(installation, application)
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        application: noteOf(application, installation.now()),
        parts: parts.map(({ party, pages, state }) => {
          const { title, text } = partyOf(application, party)
          return { party, title, text: text ?? null, state, pages: pages.map(titleOf) }
        }),
        onward: isReady ? `${pathOf(application.row.id)}/check` : null,
        isOpen: !journey.next && !journey.exit,
      },
      PartsPage,
    )
  })

  const hand = {
    config: { access: 'public', scope: 'services:apply', event: 'services.part-handed-over' },
    schema: {
      summary: 'Ask a party for their part: the answer holds the code, once. A former code counts no more',
      params: AtParty,
      response: { 200: HandData },
    },
  }
  app.post('/applications/:id/parts/:party', hand, async (request, reply) => {
    const { id, party } = request.params
    const code = newCode()
    const application = await sql.begin(async (transaction) => {
      const application = await getLocked(installation, request, id, transaction)
      if (application.row.state === 'sent') throw problem('application-sent')
      partyOf(application, party)
      const sealedTyped = sealDraft(installation, id, emptyDraft())
      await upsertPart(transaction, {
        application: id,
        party,
        code: hashCode(installation, code),
        sealedTyped,
        now: installation.now(),
      })
      await recordAct(transaction, request, {
        event: 'services.part-handed-over',
        subject: `application/${id}`,
        detail: { party },
      })
      return application
    })
    const { title, text } = partyOf(application, party)
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        application: noteOf(application, installation.now()),
        ...{ title, text: text ?? null, code, address: `${installation.address}/applications/part` },
        back: `${pathOf(id)}/parts`,
      },
      HandPage,
    )
  })
}
