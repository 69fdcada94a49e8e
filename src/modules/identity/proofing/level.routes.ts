import { Type } from 'typebox'
import type { Routes } from '#platform'
import { Next } from '../types.ts'
import { findLastVisit } from './counter.sql.ts'
import { LevelData, LevelPage } from './level.page.tsx'
import { policyOf } from './policy.ts'
import { listProofs } from './proofs.sql.ts'

const dayMs = 86_400_000

export const levelRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const show = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'My level: how it was reached, when it ends, and what more is possible',
      querystring: Type.Object({ next: Type.Optional(Next) }),
      response: { 200: LevelData },
    },
  }
  app.get('/account/level', show, async ({ person, query }, reply) => {
    const proofs = await listProofs(app.sql, person!.id)
    const visit = await findLastVisit(app.sql, person!.id)
    const policy = policyOf(pack)
    const counting = proofs.filter(({ state }) => state === 'counts')
    const level = Math.max(person!.level, ...counting.map((proof) => proof.level))
    // Of several proofs of this level the last to end counts.
    const expiresAt =
      counting
        .filter((proof) => proof.level === level)
        .map((proof) => proof.expiresAt)
        .sort()
        .at(-1) ?? null
    const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - app.installation.now().getTime()
    const data: LevelData = {
      level,
      sessionLevel: person!.level,
      expiresAt,
      endsSoon: left < (policy?.warnDays ?? 0) * dayMs,
      proofs: proofs.map(({ withdrawnAt: _, organisation, ...proof }) => ({
        ...proof,
        organisation: pack.organisations.find(({ id }) => id === organisation)?.name ?? null,
      })),
      lastVisit: visit?.outcome === 'refused' ? { reason: visit.reason ?? '', at: visit.usedAt } : null,
      ways: policy?.validity ?? null,
      next: query.next ?? null,
    }
    return reply.page(data, LevelPage)
  })
}
