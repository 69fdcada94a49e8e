import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Text, withLanguage } from '#platform'
import { beginAssertion, checkAssertion } from '../passkeys/assertion.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { responseLengthMax } from '../passkeys/responses.ts'
import { problem } from '../problems.ts'
import { issuerOf } from '../provider/provider.ts'
import { signIn, signOut } from '../sessions/sessions.ts'
import { Next } from '../types.ts'
import { leadOn } from './lead-on.ts'
import { findFormService, serviceOf, uidOf } from './sent-by.ts'
import { SignIn, SignInPage } from './sign-in.page.tsx'
import { findAround } from './sign-in.sql.ts'
import { SignOutPage } from './sign-out.page.tsx'

/** Whoever signs in is known only by the passkey that answers. */
const asked = { purpose: 'sign-in', subject: 'session' } as const

export const signInRoutes: Routes = async (app) => {
  const { installation } = app
  const { government } = installation.pack

  /** Each time with another challenge. A service is named only to the browser that it sent here. */
  async function page(request: FastifyRequest, next: string, refusal: Text | null): Promise<SignIn> {
    const [passkey, { channels, asking }] = await Promise.all([
      beginAssertion(app.sql, installation, asked),
      findAround(app.sql, uidOf(request, next)),
    ])
    return {
      passkey,
      service: asking ? serviceOf(installation, asking) : await findFormService(installation, next),
      people: app.demonstration ? [...installation.pack.people] : [],
      next,
      phone: app.routeTable.some(({ url }) => url === '/sign-in/phone'),
      channels,
      refusal,
    }
  }

  const choose = {
    config: { access: 'public' },
    schema: {
      summary: 'The ways to sign in',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: SignIn },
    },
  }
  app.get('/sign-in', choose, async (request, reply) =>
    reply.header('cache-control', 'no-store').page(await page(request, request.query.next ?? '/', null), SignInPage),
  )

  const prove = {
    config: { access: 'public', event: 'identity.signed-in' },
    schema: {
      summary: 'Sign in with a passkey',
      body: Type.Object({
        challenge: Type.String({ format: 'uuid' }),
        response: Type.String({ maxLength: responseLengthMax }),
        next: Type.Optional(Next),
      }),
    },
  }
  app.post('/sign-in/passkey', prove, async (request, reply) => {
    const { challenge: id, response, next = '/' } = request.body
    const refusal = await refusalOf(reply, async () => {
      const checked = await checkAssertion(app.sql, installation, { ...asked, id, response })
      const { person, methods, credentialId: passkeyId, spend } = checked
      await app.sql.begin((sql) => signIn(sql, reply, { person, methods, levelMax: 3, passkeyId, spend }))
    })
    if (refusal) return reply.page(await page(request, next, refusal), SignInPage)
    const uid = uidOf(request, next)
    if (uid !== undefined) return leadOn(reply, `${issuerOf(installation)}/auth/${uid}`)
    return reply.redirect(withLanguage(government, request.language, next), 303)
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
    const chosen = installation.pack.people.find(({ id }) => id === request.body.person)
    if (!chosen) throw problem('person-not-found')
    // Whatever the person has proven counts: nobody proves anything in a demonstration.
    const proven = { person: chosen, methods: ['demo'], levelMax: 3 } as const
    await app.sql.begin((sql) => signIn(sql, reply, proven))
    return reply.redirect(withLanguage(government, request.language, request.body.next ?? '/'), 303)
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
    return reply.redirect(withLanguage(government, request.language, '/sign-out'), 303)
  })

  const left = {
    config: { access: 'public' },
    schema: {
      summary: 'Whether this browser is signed out',
      response: { 200: Type.Object({ signedIn: Type.Boolean() }) },
    },
  }
  app.get('/sign-out', left, async ({ person }, reply) =>
    reply.header('cache-control', 'no-store').page({ signedIn: Boolean(person) }, SignOutPage),
  )
}
