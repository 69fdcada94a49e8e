import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Sql } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { countWaysIn, findPasskey, type Passkey, removePasskey, renamePasskey } from '../passkeys/passkeys.sql.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { plainName } from '../people/names.rules.ts'
import { problem } from '../problems.ts'
import { ChangePasskey, ChangePasskeyPage, passkeyNameMax } from './devices.page.tsx'
import { freshSeconds, sentSeconds } from './fresh.ts'
import { findProtection } from './protection.sql.ts'

const path = '/account/devices'
const ByHandle = Type.Object({ handle: Type.String({ format: 'uuid' }) })

/** One passkey of the person who is signed in. */
export const deviceRoutes: Routes = async (app) => {
  const { installation } = app
  const subjectOf = (request: FastifyRequest) => `person/${request.person!.id}`

  /** What keeps a passkey that was there before from whoever came in by a recovery code; one as new as theirs is not kept. */
  const keeps = async (sql: Sql, request: FastifyRequest, { knownAt }: Pick<Passkey, 'knownAt'>) =>
    Date.parse(knownAt) > installation.now().getTime() ? undefined : findProtection(sql, installation, request)

  /** One of the person's own passkeys, with what went wrong. */
  async function change(request: FastifyRequest, handle: string, wrong: Partial<ChangePasskey>) {
    const passkey = await findPasskey(app.sql, request.person!.id, handle)
    if (!passkey) throw problem('passkey-not-found')
    const waits = (await keeps(app.sql, request, passkey)) ?? null
    return { handle, name: passkey.name, waits, mistake: false, refusal: null, ...wrong }
  }

  const one = {
    config: { access: 'signed-in', freshSeconds },
    schema: { summary: 'One of my passkeys, to rename or remove', params: ByHandle, response: { 200: ChangePasskey } },
  }
  app.get(`${path}/:handle`, one, async (request, reply) =>
    reply.page(await change(request, request.params.handle, {}), ChangePasskeyPage),
  )

  const rename = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.passkey-renamed' },
    schema: {
      summary: 'Rename one of my passkeys',
      params: ByHandle,
      body: Type.Object({ name: Type.Optional(Type.String({ maxLength: 500 })) }),
    },
  }
  app.post(`${path}/:handle`, rename, async (request, reply) => {
    const { handle } = request.params
    const name = plainName(request.body.name)
    if (!/[\p{L}\p{N}]/u.test(name) || name.length > passkeyNameMax)
      return reply.code(422).page(await change(request, handle, { name, mistake: true }), ChangePasskeyPage)
    await app.sql.begin(async (sql) => {
      if (!(await renamePasskey(sql, request.person!.id, handle, name))) throw problem('passkey-not-found')
      await recordAct(sql, request, { event: 'identity.passkey-renamed', subject: subjectOf(request) })
    })
    return reply.redirect(doneAt(request, path, 'passkey-renamed'), 303)
  })

  const remove = {
    config: { access: 'signed-in', freshSeconds: sentSeconds, event: 'identity.passkey-removed' },
    schema: { summary: 'Remove one of my passkeys', params: ByHandle },
  }
  app.post(`${path}/:handle/remove`, remove, async (request, reply) => {
    const { handle } = request.params
    const { id: personId } = request.person!
    const now = installation.now()
    const refusal = await refusalOf(reply, () =>
      app.sql.begin(async (sql) => {
        const ways = await countWaysIn(sql, personId)
        const passkey = await findPasskey(sql, personId, handle)
        if (!passkey) throw problem('passkey-not-found')
        if (await keeps(sql, request, passkey)) throw problem('recovery-waits')
        if (!passkey.lockedAt && ways.passkeys === 1 && ways.codes === 0) throw problem('passkey-last')
        await removePasskey(sql, { personId, handle, here: request.sessionHandle ?? '', now })
        await recordAct(sql, request, { event: 'identity.passkey-removed', subject: subjectOf(request) })
        await sendAlert(sql, { personId, kind: 'passkey-removed', values: { device: passkey.name } })
      }),
    )
    if (refusal) return reply.page(await change(request, handle, { refusal }), ChangePasskeyPage)
    return reply.redirect(doneAt(request, path, 'passkey-removed'), 303)
  })
}
