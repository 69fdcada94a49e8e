import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Routes, recordAct, type Sql, type Text, withLanguage } from '#platform'
import { beginAssertion, verifyAssertion } from '../passkeys/assertion.ts'
import { listPasskeys } from '../passkeys/passkeys.sql.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { responseLengthMax } from '../passkeys/responses.ts'
import { findPerson, findProvenLevel } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { allowForm } from '../provider/interaction-steps.ts'
import { confirmSession } from '../sessions/sessions.ts'
import { Next } from '../types.ts'
import { Again, AgainPage } from './again.page.tsx'
import { serviceOf, uidOf } from './sent-by.ts'
import { findAround } from './sign-in.sql.ts'

/** As a number: what comes in an address is text. */
const WantedLevel = Type.Integer({ minimum: 1, maximum: 3 })

type Wanted = { level: number; next: string; back: string; refusal: Text | null }
type Asked = { request: FastifyRequest; reply: FastifyReply }

/** Proving again, or more, in the middle of what one does (RFC 9470): the platform leads here, and back to `next`. */
export const againRoutes: Routes = async (app) => {
  const { installation } = app

  /**
   * The page of this site on which the person was when they were led here, which browsers tell within one site. Not the page
   * that they wanted, nor one at which they signed in: those would lead here again.
   */
  function cameFrom({ headers: { referer } }: FastifyRequest, next: string): string | undefined {
    if (!referer?.startsWith(`${installation.address}/`)) return undefined
    const path = referer.slice(installation.address.length)
    const { languages } = installation.pack.government
    const prefix = languages.map(({ address }) => `/${address}`).find((each) => path.startsWith(`${each}/`)) ?? ''
    const plain = path.slice(prefix.length)
    return Value.Check(Next, plain) && plain !== next && !plain.startsWith('/sign-in') ? plain : undefined
  }

  /** An answer counts for the session that asked, and no other. */
  const asked = (request: FastifyRequest) => ({ purpose: 'step-up', subject: request.sessionHandle || 'none' }) as const

  async function page({ request, reply }: Asked, { level, next, back, refusal }: Wanted): Promise<Again> {
    const { id: personId } = request.person!
    const uid = uidOf(request, next)
    const { asking } = await findAround(app.sql, uid)
    const service = asking && serviceOf(installation, asking)
    if (service) allowForm(reply, service.origin)
    const proven = await findProvenLevel(app.sql, personId)
    const usable = (await listPasskeys(app.sql, personId)).some(({ lockedAt }) => !lockedAt)
    const passkey = usable && proven >= level
    return {
      passkey: passkey ? await beginAssertion(app.sql, installation, { ...asked(request), personId }) : null,
      level,
      proven,
      next,
      back,
      service,
      madeUp: (await findPerson(app.sql, personId))?.demonstration === true && app.demonstration,
      refusal,
    }
  }

  const form = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'Prove again, or more, who one is',
      querystring: Type.Object({ level: Type.Optional(WantedLevel), next: Type.Optional(Next) }),
      response: { 200: Again },
    },
  }
  app.get('/sign-in/again', form, async (request, reply) => {
    const { level = 1, next = '/account' } = request.query
    const back = cameFrom(request, next) ?? '/account'
    return reply.page(await page({ request, reply }, { level, next, back, refusal: null }), AgainPage)
  })

  const prove = {
    config: { access: 'signed-in', event: 'identity.confirmed' },
    schema: {
      summary: 'Confirm the session of this browser with a passkey',
      body: Type.Object({
        challenge: Type.Optional(Type.String({ format: 'uuid' })),
        response: Type.Optional(Type.String({ maxLength: responseLengthMax })),
        level: Type.Optional(WantedLevel),
        next: Type.Optional(Next),
        back: Type.Optional(Next),
      }),
    },
  }
  app.post('/sign-in/again', prove, async (request, reply) => {
    const { challenge, response, level = 1, next = '/account', back = '/account' } = request.body
    const { id } = request.person!

    async function proven(sql: Sql) {
      if (challenge === undefined) {
        const person = await findPerson(sql, id)
        if (!person?.demonstration || !app.demonstration) throw problem('no-demonstration')
        return { methods: ['demo'], levelMax: 3 } as const
      }
      const answer = { ...asked(request), id: challenge, response }
      const { personId, credentialId, methods } = await verifyAssertion(sql, installation, answer)
      if (personId !== id) throw problem('passkey-of-another')
      return { methods, levelMax: 3, passkeyId: credentialId } as const
    }

    const refusal = await refusalOf(reply, () =>
      app.sql.begin(async (sql) => {
        if (!(await confirmSession(sql, reply, await proven(sql)))) throw problem('session-not-found')
        await recordAct(sql, request, { event: 'identity.confirmed', subject: `person/${id}` })
      }),
    )
    if (refusal) return reply.page(await page({ request, reply }, { level, next, back, refusal }), AgainPage)
    return reply.redirect(withLanguage(installation.pack.government, request.language, next), 303)
  })
}
