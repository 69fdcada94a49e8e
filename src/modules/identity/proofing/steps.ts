import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Routes, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { findDraft, saveDraft, type Typed } from './drafts.sql.ts'
import { type Proofing, policyOf } from './policy.ts'

export const base = '/account/level/document'

export type Whole = Required<Omit<Typed, 'next'>> & Pick<Typed, 'next'>
export const isWhole = (typed: Typed): typed is Whole =>
  [typed.kind, typed.number, typed.family, typed.given, typed.born].every((each) => each !== undefined)

/** The first page whose question is not answered yet. */
export function firstOpen({ number, family, born }: Typed): string {
  if (number === undefined) return base
  if (family === undefined) return `${base}/name`
  return born === undefined ? `${base}/birth-date` : `${base}/check`
}

/** What every page of proving something does. */
export function stepsOf(app: Pick<Parameters<Routes>[0], 'installation'>) {
  const { installation } = app
  const { pack, sql } = installation
  return {
    /** The policy of the pack; refuses where it has none. */
    policy(): Proofing {
      const found = policyOf(pack)
      if (!found) throw problem('nothing-to-prove')
      return found
    },
    lead: (request: FastifyRequest, reply: FastifyReply, path: string) =>
      reply.redirect(withLanguage(pack.government, request.language, path), 303),
    /** The day where the government is. */
    today: () => new Intl.DateTimeFormat('en-CA', { timeZone: pack.government.timeZone }).format(installation.now()),
    draftOf: (request: FastifyRequest) => findDraft(sql, installation, request.person!.id),
    /** Changes what was typed, unless the register is being asked about it. */
    keep: (request: FastifyRequest, part: Typed) =>
      sql.begin(async (transaction) => {
        const { id } = request.person!
        const before = await findDraft(transaction, installation, id, { lock: true })
        if (before?.state === 'asking') return undefined
        const typed = { ...before?.typed, ...part }
        await saveDraft(transaction, installation, id, typed)
        return typed
      }),
  }
}

export const reads = <Shape extends object>(summary: string, shape: Shape) => ({
  config: { access: 'signed-in' },
  schema: { summary, response: { 200: shape } },
})
