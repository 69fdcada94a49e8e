import { Type } from 'typebox'
import { type Routes, recordAct, Text, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { signIn, signOut } from '../sessions/sessions.ts'
import { Next } from '../types.ts'
import { SignInPage } from './sign-in.page.tsx'

const Somebody = Type.Object({
  id: Type.String(),
  name: Text,
  about: Text,
  organisation: Type.Optional(Type.String()),
  roles: Type.Array(Type.String()),
})
const SignIn = Type.Object({ people: Type.Array(Somebody), next: Type.String() })

export const signInRoutes: Routes = async (app) => {
  const people = () => app.installation.pack.people

  const choose = {
    config: { access: 'public' },
    schema: {
      summary: 'Choose whom to sign in as',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: SignIn },
    },
  }
  app.get('/sign-in', choose, async ({ query }, reply) => {
    if (!app.demonstration) throw problem('no-demonstration')
    return reply.page({ people: people(), next: query.next ?? '/' }, SignInPage)
  })

  const enter = {
    config: { access: 'public', event: 'identity.signed-in' },
    schema: {
      summary: 'Sign in as a made-up person',
      body: Type.Object({ person: Type.String({ maxLength: 60 }), next: Type.Optional(Next) }),
    },
  }
  app.post('/sign-in', enter, async (request, reply) => {
    if (!app.demonstration) throw problem('no-demonstration')
    const chosen = people().find(({ id }) => id === request.body.person)
    if (!chosen) throw problem('person-not-found')
    // Whatever the person has proven counts: nobody proves anything in a demonstration.
    const proven = { person: chosen, methods: ['demo'], levelMax: 3 } as const
    await app.sql.begin((sql) => signIn(sql, reply, proven))
    return reply.redirect(
      withLanguage(app.installation.pack.government, request.language, request.body.next ?? '/'),
      303,
    )
  })

  const leave = {
    config: { access: 'signed-in', event: 'identity.signed-out', onBehalf: true } as const,
    schema: { summary: 'Sign out of this browser' },
  }
  app.post('/sign-out', leave, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      // Of two at once, one ends the session.
      if (await signOut(sql, request, reply))
        await recordAct(sql, request, { event: 'identity.signed-out', subject: `person/${request.person!.id}` })
    })
    return reply.redirect(withLanguage(app.installation.pack.government, request.language, '/'), 303)
  })
}
