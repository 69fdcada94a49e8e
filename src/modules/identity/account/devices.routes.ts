import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, say, type Text } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { beginAttestation, findAttestation, verifyAttestation } from '../passkeys/attestation.ts'
import { knownFrom, listPasskeys, passkeysMax } from '../passkeys/passkeys.sql.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { responseLengthMax } from '../passkeys/responses.ts'
import { problem } from '../problems.ts'
import { countCodes } from '../recovery/codes.sql.ts'
import { Next } from '../types.ts'
import { AddPasskey, AddPasskeyPage, Devices, DevicesPage } from './devices.page.tsx'
import { cameByRecovery, freshSeconds, sentSeconds } from './fresh.ts'
import { findProtection, findRecovery } from './protection.sql.ts'

const path = '/account/devices'

/** Where whoever lost their codes on the way was going. */
const OnTheWay = Type.Object({ next: Type.Optional(Next) })

/** A new passkey counts for the session that asked for it. */
const asked = (request: FastifyRequest) => ({ purpose: 'add', subject: request.sessionHandle || 'none' }) as const

export const devicesRoutes: Routes = async (app) => {
  const { installation } = app
  const subjectOf = (request: FastifyRequest) => `person/${request.person!.id}`

  const list = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My passkeys, and how many recovery codes I have left',
      querystring: OnTheWay,
      response: { 200: Devices },
    },
  }
  app.get(path, list, async (request, reply) => {
    const { id } = request.person!
    const at = installation.now()
    const now = at.toISOString()
    const passkeys = (await listPasskeys(app.sql, id)).map(({ lockedAt, knownAt, ...passkey }) => ({
      ...passkey,
      locked: lockedAt !== null,
      newUntil: knownAt > now ? knownAt : null,
    }))
    const codesLeft = await countCodes(app.sql, id)
    const waits = (await findProtection(app.sql, installation, request)) ?? null
    const recovery = waits ? null : ((await findRecovery(app.sql, id, at)) ?? null)
    const { next = null } = request.query
    return reply.page({ passkeys, codesLeft, recovered: cameByRecovery(request), waits, recovery, next }, DevicesPage)
  })

  /** The page of a passkey to add, with the challenge `of` or another one. */
  async function addition(request: FastifyRequest, refusal: Text | null): Promise<AddPasskey> {
    const { language } = request
    const { id: personId } = request.person!
    const name = say(request.person!.name, language)
    const id = await beginAttestation(app.sql, installation, { ...asked(request), personId, name })
    const found = await findAttestation(app.sql, installation, { id, purpose: 'add', name, language })
    const recovered = (await findProtection(app.sql, installation, request)) !== undefined
    return { passkey: { id, options: found!.options }, recovered, refusal }
  }

  const add = {
    config: { access: 'signed-in', freshSeconds },
    schema: { summary: 'Add a passkey: the page that creates it', response: { 200: AddPasskey } },
  }
  app.get(`${path}/add`, add, async (request, reply) => reply.page(await addition(request, null), AddPasskeyPage))

  const keep = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.passkey-added' },
    schema: {
      summary: 'Add a passkey',
      body: Type.Object({
        challenge: Type.String({ format: 'uuid' }),
        response: Type.String({ maxLength: responseLengthMax }),
      }),
    },
  }
  app.post(`${path}/add`, keep, async (request, reply) => {
    const { challenge: id, response } = request.body
    const refusal = await refusalOf(reply, () =>
      app.sql.begin(async (sql) => {
        const made = await verifyAttestation(sql, installation, { ...asked(request), id, response })
        if (made.personId !== request.person!.id) throw problem('passkey-of-another')
        if ((await listPasskeys(sql, made.personId)).length >= passkeysMax) throw problem('passkeys-full')
        const { handle, name } = await made.insert({
          language: request.language,
          knownAt: await knownFrom(sql, request.sessionHandle, installation.now()),
        })
        await recordAct(sql, request, { event: 'identity.passkey-added', subject: subjectOf(request) })
        const undo = `${path}/${handle}`
        await sendAlert(sql, { personId: made.personId, kind: 'new-passkey', values: { device: name }, undo })
      }),
    )
    if (refusal) return reply.page(await addition(request, refusal), AddPasskeyPage)
    return reply.redirect(doneAt(request, path, 'passkey-added'), 303)
  })
}
