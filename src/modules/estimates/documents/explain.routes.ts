import { Type } from 'typebox'
import { type Language, type Routes, recordAct, type Sql, say, withLanguage } from '#platform'
import { checkAcrossYears } from '../check/check.ts'
import { problem } from '../problems.ts'
import { headData, indexOf } from '../publish/head-data.ts'
import { amountText } from '../publish/labels.rules.ts'
import { explanationMax, HeadParams, type Reason } from '../types.ts'
import { yearAfter } from '../years.ts'
import { lockCounting } from './documents.sql.ts'
import { insertException } from './exceptions.sql.ts'
import { ChosenReason, ExplainData, type ExplainError, ExplainPage, mistakesOf } from './explain.page.tsx'
import { findHead, findSource, getHead, type Head, type HeadSource } from './head.ts'

const IdentityId = Type.String({ minLength: 1, maxLength: 200 })

type At = { year: string; head: string; language: Language }

export const explainRoutes: Routes = async (app) => {
  const { installation } = app

  /** The failing identity as its form shows it. */
  async function failing(at: At, id: string) {
    const head = await getHead(installation, at)
    const data = id.startsWith('across-years/')
      ? await acrossYears(head, at)
      : { ...headData(installation, head, []), earlier: undefined }
    const identity = data.identities.find((each) => each.id === id)
    if (!identity) throw problem('identity-not-found')
    const difference = data.differences[id]
    if (identity.outcome === 'explained') throw problem('signed-meanwhile', { detail: id })
    if (identity.outcome !== 'fails') throw problem('identity-holds', { detail: id })
    if (difference === undefined) throw problem('number-unreadable', { detail: id })
    const claimed = indexOf(data).cell.get(identity.claimed)!
    return { ...data, identity, difference, claimed, sources: [head, data.earlier] }
  }

  /**
   * Refuses when what was seen failing is not what stands now. Under the lock that everybody takes who changes it, so that
   * it cannot change any more: of two who sign the same difference, one is told of the other.
   */
  async function lookAgain(sql: Sql, seen: readonly (HeadSource | undefined)[], language: Language, id: string) {
    await lockCounting(sql)
    for (const before of seen) {
      if (!before) continue
      const { year, head } = before.summary
      const now = await findSource({ sql, pack: installation.pack }, { year, head, language })
      if (now?.summary.id !== before.summary.id) throw problem('imported-meanwhile', { detail: id })
      if (signatureOf(now, id) !== signatureOf(before, id)) throw problem('signed-meanwhile', { detail: id })
    }
  }

  /** The Head as the check against the year before sees it: numbers of both documents, with their year before their id. */
  async function acrossYears(head: Head, at: At) {
    const data = headData(installation, head, [])
    const earlier = await findHead(installation, { ...at, year: yearAfter(at.year, -1) })
    if (!earlier) throw problem('identity-not-found', { detail: `${yearAfter(at.year, -1)} is not loaded` })
    const { identities, cells, differences } = checkAcrossYears(earlier.document, head.document, {
      exceptions: head.exceptions,
    })
    return { ...data, identities, differences, earlier, document: { ...data.document, cells } }
  }

  const form = {
    config: { access: 'estimates:explain-difference' },
    schema: {
      summary: 'A failing identity, and the form in which its difference is explained',
      params: HeadParams,
      querystring: Type.Object({ identity: IdentityId }),
      response: { 200: ExplainData },
    },
  }
  app.get('/estimates/:year/:head/explain', form, async ({ params, query, language, person }, reply) => {
    const { sources: _, claimed, ...found } = await failing({ ...params, language }, query.identity)
    const data: ExplainData = {
      ...found,
      values: { difference: amountText(found.difference, claimed, language), reason: '', explanation: '', source: '' },
      mistakes: [],
      signer: person!.name,
    }
    return reply.page(data, ExplainPage)
  })

  const sign = {
    config: { access: 'estimates:explain-difference', event: 'estimates.difference-explained' },
    schema: {
      summary: 'Sign the explanation of a difference',
      params: HeadParams,
      body: Type.Object({
        identity: IdentityId,
        difference: Type.Optional(Type.String({ maxLength: explanationMax.difference })),
        reason: Type.Optional(ChosenReason),
        explanation: Type.Optional(Type.String({ maxLength: explanationMax.explanation })),
        source: Type.Optional(Type.String({ maxLength: explanationMax.source })),
      }),
    },
  }
  app.post('/estimates/:year/:head/explain', sign, async (request, reply) => {
    const { params, body, language } = request
    const person = request.person!
    const { sources, claimed, ...found } = await failing({ ...params, language }, body.identity)
    const values = {
      difference: body.difference?.trim() ?? '',
      reason: body.reason ?? '',
      explanation: body.explanation?.trim() ?? '',
      source: body.source?.trim() ?? '',
    }
    const mistakes: ExplainError[] = mistakesOf(values, found.difference, claimed)
    if (mistakes.length > 0)
      return reply.code(422).page({ ...found, values, mistakes, signer: person.name }, ExplainPage)
    const reason = values.reason as Reason
    await app.sql.begin(async (sql) => {
      await lookAgain(sql, sources, language, body.identity)
      // The name as it is now: a signature does not change when a person's name does.
      const signedBy = `${say(person.name, installation.pack.government.defaultLanguage)} (${person.id})`
      const { difference } = found
      await insertException(sql, params, { ...values, difference, reason, identity: body.identity, signedBy })
      await recordAct(sql, request, {
        event: 'estimates.difference-explained',
        subject: `estimates/${params.year}/${params.head}`,
        detail: { identity: body.identity, difference, reason },
      })
    })
    const page = body.identity.startsWith('across-years/')
      ? `compare?with=${yearAfter(params.year, -1)}`
      : 'checks?outcome=explained'
    const address = `/estimates/${params.year}/${params.head}/${page}`
    return reply.redirect(withLanguage(installation.pack.government, language, address), 303)
  })
}

/** When somebody last signed this identity. */
const signatureOf = ({ exceptions }: HeadSource, id: string) =>
  exceptions.find(({ identity }) => identity === id)?.signedAt
