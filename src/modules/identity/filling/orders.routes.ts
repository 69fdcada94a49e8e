import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { markCollected } from '../consents/sharing.sql.ts'
import { powersOf, withheldClaim } from '../developers/powers.ts'
import { problem } from '../problems.ts'
import { profileFields } from '../profile/definitions.ts'
import type { OpenProvider } from '../provider/provider.ts'
import { getFillingClient } from './bearer.ts'
import { collectFilling, insertFilling } from './filling.sql.ts'
import { Filled, Handle, NewFilling } from './types.ts'

/** What a service’s own program does: asks for a form, and collects what a person agreed to. */
export const fillingOrderRoutes =
  (provider: OpenProvider): Routes =>
  async (app) => {
    const { installation } = app

    const order = {
      config: {
        access: 'public',
        scope: 'own',
        event: 'none' /* nothing of a person: a form that waits half an hour for one */,
      },
      schema: {
        summary:
          'Ask for a form, with a token of scope filling: which fields, for what, and where the person goes back',
        body: NewFilling,
        response: { 201: Type.Object({ address: Type.String(), expires_at: Type.String() }) },
      },
    }
    app.post('/filling', order, async (request, reply) => {
      const client = await getFillingClient(installation, provider, request, reply)
      const { fields, redirect_uri: redirectUri } = request.body
      const known = profileFields(installation.pack)
      const unknown = fields.find(({ name, verified }) => {
        const field = known.find((each) => each.name === name)
        return !field || (verified && !field.proven)
      })
      if (unknown) throw problem('filling-field', { values: { field: unknown.name } })
      const powers = powersOf(client)
      const withheld =
        powers &&
        withheldClaim(
          powers,
          fields.map(({ name }) => name),
        )
      if (withheld) throw problem('filling-withheld', { values: { field: withheld } })
      if (new Set(fields.map(({ name }) => name)).size < fields.length)
        throw problem('filling-field', { values: { field: fields.at(-1)!.name } })
      // RFC 6749, §3.1.2: letter by letter, or anybody could be sent the code.
      const uris = client.metadata.redirect_uris
      if (!Array.isArray(uris) || !uris.includes(redirectUri)) throw problem('filling-address')
      const kept = await insertFilling(app.sql, installation, client.id, request.body)
      if (!kept) throw problem('filling-too-many')
      const address = `${installation.address}/filling/${kept.handle}`
      return reply.code(201).header('location', address).send({ address, expires_at: kept.expiresAt })
    })

    const collect = {
      config: { access: 'public', scope: 'own', event: 'identity.filling-collected' },
      schema: {
        summary: 'Collect what a person agreed to in a form, once, by the code that their browser brought back',
        body: Type.Object({ code: Handle }, { additionalProperties: false }),
        response: { 200: Filled },
      },
    }
    app.post('/filling/values', collect, async (request, reply) => {
      const client = await getFillingClient(installation, provider, request, reply)
      const filled = await app.sql.begin(async (sql) => {
        const found = await collectFilling(sql, installation, client.id, request.body.code)
        if (!found) throw problem('filling-code')
        await markCollected(sql, found.sharingId)
        await recordAct(sql, request, { event: 'identity.filling-collected', subject: `client/${client.id}` })
        return found.filled
      })
      return reply.header('cache-control', 'no-store').send(filled)
    })
  }
