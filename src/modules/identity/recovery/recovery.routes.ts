import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { sendAlert } from '../inbox/messages.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { getPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { signIn } from '../sessions/sessions.ts'
import { Next } from '../types.ts'
import { forgetTries, takeTurn } from './attempts.sql.ts'
import { readCode } from './codes.rules.ts'
import { countCodes, spendCode } from './codes.sql.ts'
import { Recovery, RecoveryPage } from './recovery.page.tsx'

export const recoveryRoutes: Routes = async (app) => {
  const { installation } = app

  const form = {
    config: { access: 'public' },
    schema: {
      summary: 'Sign in with a recovery code: the form',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: Recovery },
    },
  }
  app.get('/sign-in/recovery', form, async ({ query }, reply) =>
    reply.page({ next: query.next ?? '/account', refusal: null }, RecoveryPage),
  )

  const enter = {
    config: { access: 'public', event: ['identity.signed-in', 'identity.recovery-code-used'] },
    schema: {
      summary: 'Sign in with a recovery code, which is spent by it',
      body: Type.Object({ code: Type.Optional(Type.String({ maxLength: 200 })), next: Type.Optional(Next) }),
    },
  }
  app.post('/sign-in/recovery', enter, async (request, reply) => {
    const { body, ip, language } = request
    const next = body.next ?? '/account'
    const refusal = await refusalOf(reply, async () => {
      if (!body.code?.trim()) throw problem('recovery-code-missing')
      // What cannot be a code is a slip, and costs no try.
      const code = readCode(body.code ?? '')
      if (!code) throw problem('recovery-code-refused', { detail: 'not in the form of a code' })
      await takeTurn(installation, 'recovery-code', ip)
      await app.sql.begin(async (sql) => {
        const personId = await spendCode(sql, installation, code)
        if (!personId) throw problem('recovery-code-refused')
        await forgetTries(sql, installation, 'recovery-code', ip)
        const person = await getPerson(sql, personId)
        await signIn(sql, reply, { person, methods: ['otp'], levelMax: 1 })
        await recordAct(sql, request, { event: 'identity.recovery-code-used', subject: `person/${personId}` })
        const left = await countCodes(sql, personId)
        await sendAlert(sql, { personId, kind: 'recovery-code-used', values: { left } })
      })
    })
    if (refusal) return reply.page({ next, refusal }, RecoveryPage)
    return reply.redirect(withLanguage(installation.pack.government, language, next), 303)
  })
}
