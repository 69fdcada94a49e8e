import { Type } from 'typebox'
import { type Routes, Text, withLanguage } from '#platform'
import { freshSeconds, sentSeconds } from '../account/fresh.ts'
import { problem } from '../problems.ts'
import { actOn, done } from './act.ts'
import { KeysData, KeysPage, SecretPage } from './change.page.tsx'
import { holdsPrivateKey, type Keys, keysLengthMax, readKeys, writeKeys } from './keys.rules.ts'
import { ClientParams, getOwnClient } from './own.ts'
import { setKeys } from './registered.sql.ts'
import { kindOf } from './registration.ts'
import { endFormerSecret, hideSecret, replaceSecret } from './secrets.sql.ts'

const Named = Type.Object({ id: Type.String(), name: Text })

/**
 * By what a client proves who it is: another secret, other keys, without a break. Whoever puts in theirs is the service from
 * then on, so it takes somebody who is there.
 */
export const proofRoutes: Routes = async (app) => {
  const { pack, vault, now } = app.installation
  const act = actOn(app)
  const access = 'signed-in'

  const secretForm = {
    config: { access, freshSeconds },
    schema: { summary: 'Make another secret: the question', params: ClientParams, response: { 200: Named } },
  }
  app.get('/developers/clients/:id/secret', secretForm, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    if (kindOf(client) !== 'secret') throw problem('client-other-kind')
    return reply.page({ id: client.id, name: client.name }, SecretPage)
  })

  const secret = {
    config: { access, freshSeconds: sentSeconds, event: 'identity.client-secret-made' },
    schema: {
      summary: 'Make another secret for my client; the one before works for a day longer',
      params: ClientParams,
      response: done,
    },
  }
  app.post('/developers/clients/:id/secret', secret, async (request, reply) =>
    act(request, reply, 'client-secret-made', async (sql, client) => {
      if (kindOf(client) !== 'secret') throw problem('client-other-kind')
      await replaceSecret(sql, vault, client.id, now())
    }),
  )

  // Nothing changes but what this page shows: a secret that somebody has kept is hidden.
  const kept = {
    config: { access, event: 'none' },
    schema: { summary: 'Hide the secret of my client, which I have kept', params: ClientParams, response: done },
  }
  app.post('/developers/clients/:id/secret/kept', kept, async (request, reply) => {
    const { id } = await getOwnClient(app.sql, request)
    await hideSecret(app.sql, id)
    return reply.redirect(withLanguage(pack.government, request.language, `/developers/clients/${id}`), 303)
  })

  const former = {
    config: { access, event: 'identity.client-former-secret-ended' },
    schema: { summary: 'End the secret before at once', params: ClientParams, response: done },
  }
  app.post('/developers/clients/:id/secret/end-former', former, async (request, reply) =>
    act(request, reply, 'client-former-secret-ended', (sql, { id }) => endFormerSecret(sql, id)),
  )

  const keysForm = {
    config: { access, freshSeconds },
    schema: { summary: 'The public keys of my client', params: ClientParams, response: { 200: KeysData } },
  }
  app.get('/developers/clients/:id/keys', keysForm, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    if (kindOf(client) !== 'key') throw problem('client-other-kind')
    const keys = writeKeys(client.metadata.jwks as Keys)
    return reply.page({ id: client.id, name: client.name, keys, mistakes: [] }, KeysPage)
  })

  const keys = {
    config: { access, freshSeconds: sentSeconds, event: 'identity.client-keys-changed' },
    schema: {
      summary: 'Replace the public keys of my client: the next beside the one in use, then the next alone',
      params: ClientParams,
      body: Type.Object({ keys: Type.Optional(Type.String({ maxLength: keysLengthMax })) }),
      response: { ...done, 422: KeysData },
    },
  }
  app.post('/developers/clients/:id/keys', keys, async (request, reply) => {
    const client = await getOwnClient(app.sql, request)
    if (kindOf(client) !== 'key') throw problem('client-other-kind')
    const typed = request.body.keys ?? ''
    const read = await readKeys(typed)
    if (read.mistake) {
      const shown = holdsPrivateKey(typed) ? '' : typed
      const mistakes = [{ field: 'keys', ...read.mistake }]
      return reply.code(422).page({ id: client.id, name: client.name, keys: shown, mistakes }, KeysPage)
    }
    return act(request, reply, 'client-keys-changed', (sql, { id }) => setKeys(sql, id, read.keys))
  })
}
