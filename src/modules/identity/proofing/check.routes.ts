import { Type } from 'typebox'
import { type Routes, recordAct } from '#platform'
import { doneAt } from '../done.tsx'
import { problem } from '../problems.ts'
import { compare } from './compare.ts'
import { CheckData, CheckPage } from './document.page.tsx'
import { writeNumber } from './documents.rules.ts'
import { type Draft, findDraft, saveDraft } from './drafts.sql.ts'
import { bindDocument, insertProof } from './proofs.sql.ts'
import { ResultData, ResultPage } from './result.page.tsx'
import { base, firstOpen, isWhole, reads, stepsOf, type Whole } from './steps.ts'
import { tellingLevel } from './tell-level.ts'

/** What the register will be asked, the question itself, and its answer. */
export const checkRoutes: Routes = async (app) => {
  const { installation } = app
  const { sql } = installation
  const { policy, lead, draftOf } = stepsOf(app)

  const checkData = (draft: Draft, typed: Whole, changed: boolean): CheckData => {
    const { documents, register } = policy()
    const document = documents.find(({ kind }) => kind === typed.kind)
    // The pack may have changed since it was typed.
    if (!document) throw problem('nothing-to-prove')
    return {
      version: draft.version,
      register: register.name,
      document: document.name,
      number: writeNumber(typed.number, document),
      family: typed.family,
      given: typed.given,
      born: typed.born,
      changed,
    }
  }
  app.get(
    `${base}/check`,
    reads('Prove a document: what the register will be asked', CheckData),
    async (request, reply) => {
      const draft = await draftOf(request)
      if (!draft || !isWhole(draft.typed)) return lead(request, reply, firstOpen(draft?.typed ?? {}))
      return reply.page(checkData(draft, draft.typed, false), CheckPage)
    },
  )

  const send = {
    config: { access: 'signed-in', event: ['identity.document-proven', 'identity.document-not-proven'] },
    schema: {
      summary: 'Ask the population register about a document',
      body: Type.Object({ version: Type.String({ format: 'uuid' }) }),
    },
  }
  app.post(`${base}/check`, send, async (request, reply) => {
    const { id } = request.person!
    // Two clicks hold one version: the first takes it, and the second finds another.
    const begun = await sql.begin(async (transaction) => {
      const draft = await findDraft(transaction, installation, id, { lock: true })
      if (!draft || !isWhole(draft.typed)) return { draft }
      if (draft.version !== request.body.version) return { draft, stale: draft.typed }
      await saveDraft(transaction, installation, id, draft.typed, 'asking')
      return { draft, typed: draft.typed }
    })
    if (begun.stale && begun.draft.state === 'filling')
      return reply.code(409).page(checkData(begun.draft, begun.stale, true), CheckPage)
    if (!begun.typed) return lead(request, reply, begun.draft ? `${base}/result` : base)
    const { next, ...document } = begun.typed
    const compared = await compare(app, { personId: id, ip: request.ip, document })
    if ('refused' in compared) {
      await saveDraft(sql, installation, id, begun.typed)
      throw problem(compared.refused)
    }
    const outcome = await sql.begin(async (transaction) => {
      const bound =
        compared.outcome === 'match' ? await bindDocument(transaction, installation, id, document) : undefined
      const end = bound === undefined ? compared.outcome : 'refused' in bound ? bound.refused : ('match' as const)
      if (bound && 'documentId' in bound) {
        const { documentId } = bound
        const { organisation } = policy().register
        const months = policy().validity.document
        const proof = { personId: id, level: 2, method: 'register', months, documentId, organisation } as const
        await tellingLevel(transaction, id, () => insertProof(transaction, proof))
      }
      // Kept only where the person can put it right or ask again.
      const kept = end === 'no-match' || end === 'unavailable' ? begun.typed : { ...(next && { next }) }
      await saveDraft(transaction, installation, id, kept, end)
      await recordAct(transaction, request, {
        event: end === 'match' ? 'identity.document-proven' : 'identity.document-not-proven',
        subject: `person/${id}`,
        detail: { outcome: end },
      })
      return end
    })
    if (outcome === 'match' && next) return reply.redirect(doneAt(request, next, 'document-proven'), 303)
    return lead(request, reply, `${base}/result`)
  })

  app.get(`${base}/result`, reads('What the register answered', ResultData), async (request, reply) => {
    const draft = await draftOf(request)
    if (!draft || draft.state === 'filling') return lead(request, reply, draft ? firstOpen(draft.typed) : base)
    return reply.page({ outcome: draft.state }, ResultPage)
  })
}
