import { hash } from 'node:crypto'
import { Type } from 'typebox'
import type { Routes } from '#platform'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import type { Answers } from '../types.ts'
import { type Application, getApplication, getLocked, getOwnDraft } from './applications.ts'
import { CheckPage } from './check.page.tsx'
import { Query } from './pages.routes.ts'
import { standingOf } from './parts.ts'
import type { Mistake } from './read.rules.ts'
import { sendDraft } from './send.ts'
import { noteOf, pathOf, sectionsOf, stopPath } from './show.ts'
import { AtApplication, CheckData } from './types.ts'
import { words } from './words.ts'

/** What exactly is sent: another digest, and the answers have changed since somebody looked at them. */
const digestOf = ({ row }: Application, answers: Answers): string =>
  hash('sha256', JSON.stringify([row.version, answers]), 'base64url')

/** Why one cannot send or sign yet, at the button or the box. */
export const mistakesOf = (wrong: string | undefined): Mistake[] => {
  if (wrong === 'agree') return [{ control: 'agree', text: words.agree }]
  return wrong === 'changed' ? [{ control: 'send', text: words.changed }] : []
}

/** Looking at all answers once more, sending them, and what one then has in hand. */
export const sendRoutes: Routes = async (app) => {
  const { installation, sql } = app

  function dataOf(application: Application, mistakes: Mistake[] = []): CheckData {
    const { journey, parts } = standingOf(installation, application)
    const { answers, values, stops } = journey
    const last = stops.at(-1)?.page
    const pages = [...stops.map(({ page }) => page), ...parts.flatMap((part) => part.pages)]
    const { apply, row } = application
    return {
      application: noteOf(application, installation.now()),
      sections: sectionsOf(installation, application, { pages, answers, values }),
      ...{ declaration: apply.form.declaration, digest: digestOf(application, answers), mistakes },
      back: apply.form.sections || !last ? pathOf(row.id) : stopPath(row.id, last),
    }
  }

  const check = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'All answers of an application, to be checked before it is sent',
      params: AtApplication,
      querystring: Query,
      response: { 200: CheckData, 303: Type.Null() },
    },
  }
  app.get('/applications/:id/check', check, async (request, reply) => {
    const { id } = request.params
    const application = await getApplication(installation, request, id)
    // Whoever is not there yet is led to where they are; what was sent, to what came of it.
    const isSent = application.row.state === 'sent'
    if (isSent || application.by !== undefined || !standingOf(installation, application).isReady)
      return leadTo(request, reply, pathOf(id))
    reply.header('cache-control', 'no-store')
    return reply.page(dataOf(application, mistakesOf(request.query.wrong)), CheckPage)
  })

  const send = {
    config: { access: 'public', scope: 'services:apply', event: 'services.application-sent' },
    schema: {
      summary:
        'Send an application, once: a second time answers as the first. The digest is that of the answers that were checked',
      params: AtApplication,
      body: Type.Object({
        digest: Type.String({ maxLength: 60 }),
        agree: Type.Optional(Type.String({ maxLength: 3 })),
      }),
      response: {
        201: Type.Object({ reference: Type.String(), path: Type.String() }),
        303: Type.Null(),
        422: CheckData,
      },
    },
  }
  app.post('/applications/:id/send', send, async (request, reply) => {
    const { params, body, wanted } = request
    const isPage = wanted.format === 'html'
    const again = (wrong: string) => leadTo(request, reply, `${pathOf(params.id)}/check?wrong=${wrong}`)
    if (body.agree !== 'yes') {
      const application = await getOwnDraft(installation, request, params.id)
      reply.header('cache-control', 'no-store')
      if (!isPage) return reply.code(422).send(dataOf(application, mistakesOf('agree')))
      return again('agree')
    }
    const sent = await sql.begin(async (transaction) => {
      const application = await getLocked(installation, request, params.id, transaction)
      const { row } = application
      if (row.reference) return { reference: row.reference }
      const standing = standingOf(installation, application)
      const { isReady } = standing
      if (row.preview) throw problem('is-preview')
      // A session that was chosen may have closed since; the form then shows where another one is to be chosen.
      if (!isReady && isPage && application.apply.places) return { closed: pathOf(row.id) }
      if (!isReady) throw problem('answers-missing')
      if (digestOf(application, standing.journey.answers) !== body.digest) return { changed: application }
      return { reference: await sendDraft(transaction, installation, request, { application, standing }) }
    })
    reply.header('cache-control', 'no-store')
    if (sent.closed !== undefined) return leadTo(request, reply, sent.closed)
    if (sent.changed) {
      if (!isPage) throw problem('answers-changed')
      return again('changed')
    }
    const path = `${pathOf(params.id)}/sent`
    if (!isPage) return reply.code(201).send({ reference: sent.reference, path })
    return leadTo(request, reply, path)
  })
}
