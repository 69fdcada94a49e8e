import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { requireNoneOpen } from '../cases/begin.ts'
import { todayOf } from '../days.ts'
import { leadTo } from '../forms.ts'
import { problem } from '../problems.ts'
import { findApplication, type Listed, listApplications, listDraftsOfBrowser } from './applications.sql.ts'
import { applicantOf, browserHashOf, giveBrowserHash, mayRead } from './applications.ts'
import { BeginPage } from './begin.page.tsx'
import { getOpen, insertDraft, ownerOf } from './begin.ts'
import { emptyDraft } from './draft.ts'
import { walk } from './journey.rules.ts'
import { pathOf, stopPath } from './show.ts'
import { AtService, BeginData, Uuid } from './types.ts'

/** How an application begins: who one is, what was begun before, and a new one. */
export const beginRoutes: Routes = async (app) => {
  const { installation, sql } = app

  const begin = {
    config: { access: 'public', scope: 'services:apply' },
    schema: {
      summary: 'Before an application: what was begun already, and the button to begin',
      params: AtService,
      response: { 200: BeginData, 303: Type.Null() },
    },
  }
  app.get('/services/:service/apply', begin, async (request, reply) => {
    const { person } = request
    const { apply, compiled } = await getOpen(installation, request.params.service)
    const { id, title, summary } = compiled.service
    const path = `/services/${id}/apply`
    const next = `next=${encodeURIComponent(withLanguage(installation.pack.government, request.language, path))}`
    if (apply.signIn === 'needed' && !person) return reply.redirect(`/sign-in?${next}`, 303)
    if (person && person.level < (apply.level ?? 1))
      return reply.redirect(`/sign-in/again?level=${apply.level}&${next}`, 303)
    // Given now, so that a button that is pressed twice comes from one browser both times.
    const browser = browserHashOf(request)
    if (!person || apply.signIn === 'none') giveBrowserHash(request, reply)
    const rows: Listed[] = [
      ...(person ? await listApplications(sql, { ...applicantOf(person), service: id }) : []),
      ...(browser ? await listDraftsOfBrowser(sql, browser, id) : []),
    ].filter((row) => row.state === 'draft' && mayRead(request, row))
    reply.header('cache-control', 'no-store')
    return reply.page(
      {
        ...{ service: { id, title, summary }, signIn: apply.signIn, token: randomUUID() },
        draftDays: apply.keep.draftDays,
        drafts: rows.map(({ id, begunAt, changedAt }) => ({ path: pathOf(id), begunAt, changedAt })),
      },
      BeginPage,
    )
  })

  const post = {
    config: { access: 'public', scope: 'services:apply', event: 'services.application-begun' },
    schema: {
      summary:
        'Begin an application; the token, a UUID, becomes its identifier, so that a form that is sent twice begins one',
      params: AtService,
      body: Type.Object({ token: Uuid }),
      response: { 201: Type.Object({ id: Uuid, path: Type.String() }), 303: Type.Null() },
    },
  }
  app.post('/services/:service/apply', post, async (request, reply) => {
    const { body } = request
    const open = await getOpen(installation, request.params.service)
    const { apply, compiled } = open
    const service = compiled.service.id
    const owner = ownerOf(request, open)
    if (owner && apply.once) await requireNoneOpen(sql, { service, ...owner })
    const browserHash = owner ? null : giveBrowserHash(request, reply)
    await sql.begin(async (transaction) => {
      const isNew = await insertDraft(transaction, installation, request, { id: body.token, open, owner, browserHash })
      if (!isNew && (await findApplication(transaction, body.token))?.service !== service)
        throw problem('application-not-found')
    })
    const path = pathOf(body.token)
    if (request.wanted.format !== 'html') return reply.code(201).send({ id: body.token, path })
    // Straight to the first page, where there is no list of tasks to be seen first.
    const { next } = walk(compiled.form!, emptyDraft(), { today: todayOf(installation) })
    const first = apply.form.sections || !next ? path : stopPath(body.token, next.page)
    return leadTo(request, reply, first)
  })
}
