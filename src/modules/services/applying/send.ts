import type { FastifyRequest } from 'fastify'
import { requireMayAct } from '#identity'
import { type Installation, recordAct, type Sql } from '#platform'
import { beginCase, newReference } from '../cases/begin.ts'
import { deleteFilesBeside } from '../files/files.sql.ts'
import { filesIn } from '../files/places.ts'
import { takeChosen } from '../places/keep.ts'
import { updateSent } from './applications.sql.ts'
import { type Application, sealAnswers, sealDraft } from './applications.ts'
import { emptyDraft } from './draft.ts'
import type { Standing } from './parts.ts'

/**
 * Sends a draft with the answers that count, and begins its case: in the caller’s transaction, in which it is locked and was found
 * ready. Its reference.
 */
export async function sendDraft(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { application, standing: { journey, parts } }: { application: Application; standing: Standing },
): Promise<string> {
  const { row, apply, compiled, draft } = application
  const { answers } = journey
  const { language } = request
  if (row.personId !== null) requireMayAct(request, { service: row.service })
  const given = parts.flatMap(({ party, answers }) => Object.keys(answers).map((name) => [name, `party:${party}`]))
  const sources: Record<string, string> = { ...draft.sources, ...Object.fromEntries(given) }
  const reference = newReference(apply.case.prefix)
  const sentAt = installation.now()
  // Asked all at once, and answered in their order: none needs what another answers.
  await Promise.all([
    updateSent(sql, {
      ...{ id: row.id, reference, language, now: sentAt },
      sealedAnswers: sealAnswers(installation, row.id, answers),
      sealedTyped: sealDraft(installation, row.id, { ...emptyDraft(), sources }),
    }),
    deleteFilesBeside(sql, row.id, filesIn(answers)),
    recordAct(sql, request, {
      ...{ event: 'services.application-sent', subject: `application/${row.id}` },
      detail: { reference },
    }),
    beginCase(sql, installation, {
      ...{ application: row.id, reference, version: row.version, compiled, answers, sources },
      ...{ person: row.personId, organisation: row.organisation, language, sentAt },
    }),
  ])
  await takeChosen(sql, installation, application, { reference, answers })
  return reference
}
