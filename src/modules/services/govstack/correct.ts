// Answers that a department corrects in what it received, as its officers do on the page of the case.
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Installation } from '#platform'
import { actOnce } from '../cases/acting.ts'
import { correctAnswers, Uncorrected } from '../cases/corrections.ts'
import { readWhole } from '../cases/write.ts'
import { filesIn } from '../files/places.ts'
import { wrongForm } from '../forms.ts'
import { problem } from '../problems.ts'
import { findReceived, pathOf } from './office-applications.ts'
import type { CorrectBody } from './shapes.ts'
import { draftOf, placeOf } from './submit.ts'
import { dataOf } from './translate.ts'

/** What reads requests makes texts of numbers and truth values where a text may stand as well. */
const textsIn = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === 'number' || typeof each === 'boolean' ? `${each}` : each))

/**
 * Corrects the answers that differ from those that stand; what is left out stays. Documents and lists stay as they were sent: another value
 * for them is refused, and so is what the form has no name for.
 */
export async function correctForOffice(
  installation: Installation,
  request: FastifyRequest,
  id: string,
  { formData: { data }, documentUrls = [], reason = '' }: Static<typeof CorrectBody>,
): Promise<void> {
  const now = await findReceived(installation, request, id)
  const { compiledAt, known } = await readWhole(installation.sql, installation, now)
  const form = compiledAt(1).form
  if (!form) throw problem('answer-not-corrected')
  const pages = form.pages.map(({ page }) => page)
  const stands = dataOf(pages, known.answers, pathOf)
  const differs = (name: string) => textsIn(stands[name]) !== textsIn(data[name])
  const changed = Object.fromEntries(Object.entries(data).filter(([name]) => differs(name)))
  const ours = filesIn(known.answers).map(pathOf)
  if (documentUrls.some((url) => !ours.includes(url))) throw problem('answer-not-corrected')
  const { draft, wrong } = draftOf(form, { data: changed, documentUrls: [], documents: [] })
  const questions = Object.keys(changed)
  if (wrong.length > 0) throw wrongForm(request, 'step-incomplete', wrong)
  if (questions.length === 0) return
  const key = request.headers['idempotency-key'] as string | undefined
  try {
    const done = await actOnce(installation, request, key, (act) =>
      correctAnswers(act, now.reference, { questions, typed: draft.typed, reason: reason.trim() }),
    )
    if (done.reference !== now.reference) throw problem('key-used')
  } catch (error) {
    if (!(error instanceof Uncorrected)) throw error
    throw wrongForm(request, 'step-incomplete', [
      ...error.mistakes.map((each) => placeOf('formData/data', each)),
      ...(error.reason ? [{ field: 'reason', text: error.reason }] : []),
    ])
  }
}
