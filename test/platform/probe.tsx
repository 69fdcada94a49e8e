// A module of the tests' own, so that a claim about the platform does not depend on what another module does today.

import { Type } from 'typebox'
import { defineModule, type Module, Page, problems, type Routes, recordAct, usePage } from '#platform'

export const problem = problems('probe', {
  refused: [409, { en: 'The probe refuses {what}.', 'zh-Hant': '探針拒絕{what}。' }],
})

/** A manifest around `routes`, with two permissions. */
export const aModule = (routes: Routes, more: Partial<Module> = {}): Module =>
  defineModule({
    name: 'probe',
    summary: 'What tests look through.',
    uses: [],
    routes: [routes],
    permissions: {
      'probe:read-note': { en: 'Read a note', 'zh-Hant': '閱讀便條' },
      'probe:write-note': { en: 'Write a note', 'zh-Hant': '撰寫便條' },
    },
    events: { 'probe.note-written': { en: 'You wrote a note', 'zh-Hant': '你寫了便條' } },
    ...more,
  })

export function NotePage({ text }: { text: string }) {
  const { person, path, language } = usePage()
  return (
    <Page title="Note">
      <h1>{text}</h1>
      <p id="who">{person ? person.id : 'nobody'}</p>
      <p id="where">{path}</p>
      <p id="language">{language}</p>
    </Page>
  )
}

const Note = Type.Object({ text: Type.String() })

/** A page for everybody, one for the signed-in, one for readers, an act for writers, and ways to fail. */
export const probeRoutes: Routes = async (app) => {
  let served = 0
  const page = (access: string, more: object = {}) => ({
    config: { access, ...more },
    schema: { summary: `A note for ${access}`, response: { 200: Note } },
  })
  app.get('/probe/open', page('public'), async (_, reply) => reply.page({ text: 'open' }, NotePage))
  app.get('/probe/kept', page('public', { keepSeconds: 60 }), async (_, reply) => {
    served += 1
    return reply.page({ text: `kept ${served}` }, NotePage)
  })
  app.get('/probe/plain', { config: { access: 'public' }, schema: { summary: 'A file' } }, async (_, reply) =>
    reply.type('text/csv').send('a,b'),
  )
  app.get('/probe/mine', page('signed-in'), async (_, reply) => reply.page({ text: 'mine' }, NotePage))
  app.get('/probe/notes', page('probe:read-note'), async (_, reply) => reply.page({ text: 'read' }, NotePage))

  const write = {
    config: { access: 'probe:write-note', event: 'probe.note-written' },
    schema: {
      summary: 'Write a note',
      body: Type.Object({
        subject: Type.String({ maxLength: 100 }),
        text: Type.Optional(Type.String({ maxLength: 100 })),
      }),
      response: { 201: Note },
    },
  }
  app.post('/probe/notes', write, async (request, reply) => {
    const { subject, text = '' } = request.body
    await app.sql.begin(async (sql) => {
      await recordAct(sql, request, { event: 'probe.note-written', subject, detail: { text } })
    })
    return reply.code(201).page({ text }, NotePage)
  })

  // Nothing changes: the routes below only fail, each in its own way.
  const fail = (summary: string) => ({ config: { access: 'public', event: 'none' }, schema: { summary } })
  app.get('/probe/refusal', fail('Refuses'), async () => {
    throw problem('refused', { values: { what: 'this' }, detail: 'for the log' })
  })
  app.get('/probe/bug', fail('Breaks'), async () => {
    throw new Error('A bug about "Chan Tai Man"')
  })
  app.get('/probe/database', fail('Breaks in the database'), async () => app.sql`select ${'Chan Tai Man'}::uuid`)
}

export const probe = aModule(probeRoutes)
