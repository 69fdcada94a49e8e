import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { beginAttestation, findAttestation, verifyAttestation } from '../passkeys/attestation.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { responseLengthMax } from '../passkeys/responses.ts'
import { inAllLanguages, mistakeInName, plainName } from '../people/names.rules.ts'
import { insertPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { takeTurn } from '../recovery/attempts.sql.ts'
import { Codes, CodesPage } from '../recovery/codes.page.tsx'
import { makeCodes } from '../recovery/codes.rules.ts'
import { replaceCodes } from '../recovery/codes.sql.ts'
import { signIn } from '../sessions/sessions.ts'
import { withNext } from '../sign-in/next.ts'
import { Next } from '../types.ts'
import { NameData, NamePage, NewPasskeyData, NewPasskeyPage } from './registration.page.tsx'

/** Every challenge for an account is for one that does not exist yet; its own identifier tells which. */
const asked = { purpose: 'register', subject: 'account' } as const

/** Where whoever came by themselves goes on. */
const usualNext = '/account'

export const registrationRoutes: Routes = async (app) => {
  const { installation } = app

  const begin = {
    config: { access: 'public' },
    schema: {
      summary: 'Open an account: how the person wants to be addressed',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: NameData },
    },
  }
  app.get('/sign-in/new', begin, async ({ query }, reply) =>
    reply.page({ name: '', mistake: null, next: query.next ?? usualNext }, NamePage),
  )

  const name = {
    // Nothing is changed that anybody has: an account exists once its passkey does.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'Open an account: go on to the passkey',
      body: Type.Object({ name: Type.Optional(Type.String({ maxLength: 500 })), next: Type.Optional(Next) }),
    },
  }
  app.post('/sign-in/new', name, async ({ body, ip, language }, reply) => {
    const name = plainName(body.name)
    const next = body.next ?? usualNext
    const mistake = mistakeInName(name, installation.pack)
    if (mistake) return reply.code(422).page({ name, mistake, next }, NamePage)
    await takeTurn(installation, 'account', ip)
    const personId = `p-${randomBytes(16).toString('hex')}`
    const id = await beginAttestation(app.sql, installation, { ...asked, personId, name })
    const address = withNext(`/sign-in/new/passkey?of=${id}`, next)
    return reply.redirect(withLanguage(installation.pack.government, language, address), 303)
  })

  const passkey = {
    config: { access: 'public' },
    schema: {
      summary: 'Open an account: the passkey to create',
      querystring: Type.Object({ of: Type.String({ format: 'uuid' }), next: Type.Optional(Next) }),
      response: { 200: NewPasskeyData },
    },
  }
  app.get('/sign-in/new/passkey', passkey, async (request, reply) => {
    const { query, language } = request
    const next = query.next ?? usualNext
    const found = await findAttestation(app.sql, installation, { id: query.of, purpose: 'register', language })
    if (!found) return finished(request, reply, next)
    const { name, options } = found
    const data = { name, passkey: { id: query.of, options }, next, refusal: null }
    return reply.header('cache-control', 'no-store').page(data, NewPasskeyPage)
  })

  const open = {
    config: {
      access: 'public',
      event: ['identity.account-opened', 'identity.passkey-added', 'identity.signed-in'],
    },
    schema: {
      summary: 'Open an account with a passkey; answers with its recovery codes, once',
      body: Type.Object({
        challenge: Type.String({ format: 'uuid' }),
        response: Type.String({ maxLength: responseLengthMax }),
        next: Type.Optional(Next),
      }),
      response: { 200: Codes },
    },
  }
  app.post('/sign-in/new/passkey', open, async (request, reply) => {
    const { body, language } = request
    const id = body.challenge
    const next = body.next ?? usualNext
    const codes = makeCodes()
    const refusal = await refusalOf(reply, () =>
      // Person, passkey, codes and session at once or not at all: no half account is left, whenever this ends.
      app.sql.begin(async (sql) => {
        const made = await verifyAttestation(sql, installation, { ...asked, id, response: body.response })
        const person = { id: made.personId, name: inAllLanguages(made.name) }
        await insertPerson(sql, person.id, person.name)
        await made.insert({ language })
        await replaceCodes(sql, installation, person.id, codes)
        await signIn(sql, reply, { person, methods: made.methods, levelMax: 3, passkeyId: made.credentialId })
        const subject = `person/${person.id}`
        await recordAct(sql, request, { event: 'identity.account-opened', subject })
        await recordAct(sql, request, { event: 'identity.passkey-added', subject })
      }),
    )
    if (refusal === undefined)
      return reply.header('cache-control', 'no-store').page({ codes, replaced: false, next }, CodesPage)
    const found = await findAttestation(app.sql, installation, { id, purpose: 'register', language })
    if (!found) return finished(request, reply, next)
    const { name, options } = found
    return reply.page({ name, passkey: { id, options }, next, refusal }, NewPasskeyPage)
  })
}

/**
 * Who comes back to what is finished, or loads the recovery codes again, has an account: there new codes can be made, and
 * from there they go on to where they were going.
 */
function finished(request: FastifyRequest, reply: FastifyReply, next: string) {
  if (!request.person) throw problem('registration-expired')
  const place = withNext('/account/devices', next === usualNext ? undefined : next)
  return reply.redirect(doneAt(request, place, 'account-opened'), 303)
}
