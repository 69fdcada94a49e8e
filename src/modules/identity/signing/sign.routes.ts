import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Person, type Routes, recordAct } from '#platform'
import { findProtection, refuseWaiting } from '../account/protection.sql.ts'
import { doneAt } from '../done.tsx'
import { beginAssertion } from '../passkeys/assertion.ts'
import { listPasskeys } from '../passkeys/passkeys.sql.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { problem } from '../problems.ts'
import { provenNameOf } from '../proofing/claims.ts'
import { Hindered, HinderedPage } from './hindered.page.tsx'
import { pdfReaderOf } from './pdf-reader.ts'
import { declineRequest, deleteDocument, lockRequest, type SigningRequest } from './requests.sql.ts'
import { SignData, SignPage } from './sign.page.tsx'
import { getRequestFor, hindranceOf, isFor, isOver, refuseSigner, signRequest } from './sign.ts'
import { RequestParams } from './types.ts'
import { viewOf } from './view.ts'

export const signRoutes: Routes = async (app) => {
  const { installation } = app
  const reader = pdfReaderOf(app)
  const at = (id: string) => `/sign/${id}`
  /** Who is signing in this process now: one thing after the other. */
  const signing = new Set<string>()

  /** The person under the name that a document proves, which the certificate bears; refuses as `signing-unnamed`. */
  async function signerOf(person: Person): Promise<Person> {
    const name = await provenNameOf(app.sql, installation, person)
    if (!name) throw problem('signing-unnamed')
    return { ...person, name }
  }

  async function page(request: SigningRequest, person: Person, refusal: SignData['refusal']): Promise<SignData> {
    const view = await viewOf(installation, request)
    const data = { ...view, signer: person.name, refusal, hasPasskey: true, passkey: null }
    if (view.state !== 'waiting') return data
    const passkeys = await listPasskeys(app.sql, person.id)
    if (!passkeys.some(({ lockedAt }) => !lockedAt)) return { ...data, hasPasskey: false }
    const asked = { purpose: 'sign', subject: request.hash, personId: person.id } as const
    return { ...data, passkey: await beginAssertion(app.sql, installation, asked) }
  }

  /** What keeps the person of a request from signing, for the page that says so. */
  async function hindranceIn(request: FastifyRequest): Promise<Hindered['by'] | undefined> {
    const by = hindranceOf(request.person!)
    if (by) return by
    if (await findProtection(app.sql, installation, request)) return 'new'
    return (await provenNameOf(app.sql, installation, request.person!)) ? undefined : 'unnamed'
  }

  const look = {
    config: { access: 'signed-in', level: 2 } as const,
    schema: {
      summary: 'What somebody is asked to sign, or signed',
      params: RequestParams,
      response: { 200: SignData, 403: Hindered },
    },
  }
  app.get('/sign/:id', look, async (request, reply) => {
    const { params, person, wanted } = request
    const by = await hindranceIn(request)
    if (by && wanted.format === 'html') return reply.code(403).page<Hindered>({ by, next: at(params.id) }, HinderedPage)
    refuseSigner(person!)
    await refuseWaiting(app.sql, request)
    const signer = await signerOf(person!)
    return reply.page(await page(await getRequestFor(app.sql, params.id, signer), signer, null), SignPage)
  })

  const sign = {
    config: { access: 'signed-in', level: 2, event: 'identity.document-signed' } as const,
    schema: {
      summary: 'Sign, by the answer of a passkey',
      params: RequestParams,
      body: Type.Object({
        challenge: Type.String({ maxLength: 36 }),
        response: Type.String({ maxLength: 10_000 }),
        dual: Type.Optional(Type.Literal('yes')),
      }),
      response: { 303: Type.Null(), '4xx': SignData, '5xx': SignData },
    },
  }
  app.post('/sign/:id', sign, async (request, reply) => {
    const { challenge, response, dual } = request.body
    const { id: requestId } = request.params
    refuseSigner(request.person!)
    await refuseWaiting(app.sql, request)
    const person = await signerOf(request.person!)
    const approval = { requestId, person, challenge, response, dual: dual === 'yes', signing }
    const refusal = await refusalOf(reply, () =>
      signRequest(installation, reader, approval, async (sql) => {
        await recordAct(sql, request, { event: 'identity.document-signed', subject: `sign/${requestId}` })
      }),
    )
    if (refusal)
      return reply.page(await page(await getRequestFor(app.sql, requestId, person), person, refusal), SignPage)
    return reply.redirect(doneAt(request, at(requestId), 'document-signed'), 303)
  })

  const decline = {
    config: { access: 'signed-in', level: 2, event: 'identity.signing-declined' } as const,
    schema: { summary: 'Decline to sign', params: RequestParams },
  }
  app.post('/sign/:id/decline', decline, async (request, reply) => {
    const { params, person } = request
    refuseSigner(person!)
    await app.sql.begin(async (sql) => {
      await getRequestFor(sql, params.id, person!)
      const found = await lockRequest(sql, params.id)
      if (!found) throw problem('request-busy')
      if (!isFor(found, person!)) throw problem('request-not-found')
      // Where anybody may sign, one who will not does not decide for the others; what is over stays as it ended.
      if (found.signedBy || isOver(found, installation.now()) || found.personId === null) return
      await declineRequest(sql, params.id, installation.now().toISOString())
      await deleteDocument(sql, params.id)
      await recordAct(sql, request, { event: 'identity.signing-declined', subject: `sign/${params.id}` })
    })
    return reply.redirect(doneAt(request, '/account/signatures', 'signing-declined'), 303)
  })
}
