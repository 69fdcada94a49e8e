import { Type } from 'typebox'
import { type Routes, recordAct, withLanguage } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { findProvenLevel } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { revokeUnproven } from '../signing/authority.ts'
import { provenNameOf } from './claims.ts'
import { withdrawalNames } from './level.page.tsx'
import { FindProofData, FindProofPage, ProofData, ProofPage } from './office.page.tsx'
import { type FoundProof, findProof, withdrawProof } from './proofs.sql.ts'

const base = '/office/identity/proofs'
const allowed = { access: 'identity:withdraw-proof', level: 2 } as const
const pattern = '^P-[0-9]{6,12}$'
const Params = Type.Object({ reference: Type.String({ pattern }) })

export const withdrawRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack, sql } = installation

  async function get(reference: string): Promise<FoundProof> {
    const proof = await findProof(sql, reference)
    if (!proof) throw problem('proof-not-found')
    return proof
  }
  const data = (proof: FoundProof, wrong: boolean): ProofData => {
    const { reference, personName: name, level, method, provenAt, expiresAt, state } = proof
    const withdrawable = state === 'counts' || (state === 'ended' && proof.holdsDocument)
    return { reference, name, level, method, provenAt, expiresAt, state, withdrawable, wrong }
  }

  const find = {
    config: allowed,
    schema: { summary: 'Find a proof by its reference', response: { 200: FindProofData } },
  }
  app.get(base, find, async (_, reply) => reply.page({}, FindProofPage))

  const open = {
    config: { ...allowed, event: 'none' /* leads to the page of the proof */ },
    schema: {
      summary: 'Go to the proof of this reference',
      body: Type.Object({ reference: Type.Optional(Type.String({ maxLength: 20 })) }),
    },
  }
  app.post(base, open, async (request, reply) => {
    const reference = request.body.reference?.trim().toUpperCase() ?? ''
    if (!new RegExp(pattern).test(reference)) throw problem('proof-not-found')
    return reply.redirect(withLanguage(pack.government, request.language, `${base}/${reference}`), 303)
  })

  const show = {
    config: allowed,
    schema: { summary: 'A proof, and the form to withdraw it', params: Params, response: { 200: ProofData } },
  }
  app.get(`${base}/:reference`, show, async ({ params }, reply) =>
    reply.page(data(await get(params.reference), false), ProofPage),
  )

  const withdraw = {
    config: { ...allowed, event: ['identity.proof-withdrawn', 'identity.signing-certificate-revoked'] } as const,
    schema: {
      summary: 'Withdraw a proof, with the reason',
      params: Params,
      body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 40 })) }),
    },
  }
  app.post(`${base}/:reference/withdraw`, withdraw, async (request, reply) => {
    const { reference } = request.params
    const { reason = '' } = request.body
    const proof = await get(reference)
    if (!Object.hasOwn(withdrawalNames, reason)) return reply.code(422).page(data(proof, true), ProofPage)
    await sql.begin(async (transaction) => {
      // Of two who withdraw it at once, one has done so.
      if (!(await withdrawProof(transaction, reference, request.person!.id, reason))) return
      await recordAct(transaction, request, {
        event: 'identity.proof-withdrawn',
        subject: `person/${proof.personId}`,
        detail: { reference, reason },
      })
      const { personId, personName: name } = proof
      const level = await findProvenLevel(transaction, personId)
      await sendAlert(transaction, { personId, kind: 'proof-withdrawn', values: { level } })
      // Nobody goes on signing in a name that nothing proves any more.
      const provenName = await provenNameOf(transaction, installation, { id: personId, name, methods: [] })
      const serial = await revokeUnproven(transaction, installation, { personId, provenName })
      if (serial)
        await recordAct(transaction, request, {
          event: 'identity.signing-certificate-revoked',
          subject: `person/${personId}`,
          detail: { serial },
        })
    })
    return reply.redirect(doneAt(request, `${base}/${reference}`, 'proof-withdrawn'), 303)
  })
}
