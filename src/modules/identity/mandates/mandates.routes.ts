import { Type } from 'typebox'
import { type Routes, recordAct, type Sql } from '#platform'
import { refuseWaiting } from '../account/protection.sql.ts'
import { findByCode } from '../acting/acting.sql.ts'
import { Confirm, ConfirmPage } from '../acting/confirm.page.tsx'
import { tickedIn } from '../acting/limits.rules.ts'
import { listServices } from '../acting/services.sql.ts'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { refusalOf } from '../passkeys/refusal.ts'
import { problem } from '../problems.ts'
import { give, MandateForm, mistakesOf, questionOf, twoOf } from './giving.ts'
import { kindsBy } from './kinds.ts'
import { type MandateData, MandatePage, MandateData as MandateShape } from './mandates.page.tsx'
import { acceptMandate, type Parties, withdrawMandate } from './mandates.sql.ts'

const AtMandate = Type.Object({ id: Type.String({ format: 'uuid' }) })

const subject = 'account/acting'
const ownPath = `/${subject}`

export const mandateRoutes: Routes = async (app) => {
  const { installation } = app

  type Wrong = Partial<Pick<MandateData, 'mistakes' | 'refusal'>>
  async function dataOf(by: MandateData['by'], form: MandateForm, wrong: Wrong = {}): Promise<MandateData> {
    const { code = '', principal = '', name = '', kind = '', begins = '', ends = '' } = form
    const values = { code, principal, name, kind, services: tickedIn(form.services), begins, ends }
    const offered = await listServices(app.sql, installation)
    return { by, kinds: kindsBy(by), offered, values, mistakes: [], refusal: null, ...wrong }
  }

  for (const by of ['principal', 'officer'] as const) {
    const path = by === 'principal' ? '/account/mandates' : '/office/mandates'
    const access = by === 'principal' ? 'signed-in' : 'identity:confirm-mandate'
    const act = by === 'principal' ? 'mandate-granted' : 'mandate-confirmed'
    const form = {
      // As much as what it sends needs, so that nobody types it in vain.
      config: { access, level: 2, freshSeconds: 1800 } as const,
      schema: {
        summary:
          by === 'principal' ? 'The form in which I let somebody act for me' : 'The form for two people at a counter',
        response: { 200: MandateShape },
      },
    }
    app.get(path, form, async (_, reply) => reply.page(await dataOf(by, {}), MandatePage))

    const post = {
      config: { access, event: `identity.${act}`, level: 2, freshSeconds: 3600 } as const,
      schema: {
        summary:
          by === 'principal'
            ? 'Let somebody act for me; without `sure`, asks by name whether that is right'
            : 'Confirm that one person may act for another; without `sure`, asks by name whether that is right',
        body: MandateForm,
        response: { 200: Type.Union([Confirm, MandateShape]), 303: Type.Null(), 422: MandateShape },
      },
    }
    app.post(path, post, async (request, reply) => {
      const { body } = request
      const again = async (wrong?: Wrong) => reply.page(await dataOf(by, body, wrong), MandatePage)
      if (body.sure === 'no') return again()
      const offered = await listServices(app.sql, installation)
      const mistakes = mistakesOf(installation, by, body, offered)
      reply.code(422)
      if (mistakes.length > 0) return again({ mistakes })
      const asked = { by, form: body, offered }
      let outcome: Awaited<ReturnType<typeof twoOf>> | undefined
      const refusal = await refusalOf(reply, async () => {
        await refuseWaiting(app.sql, request)
        outcome =
          body.sure === 'yes'
            ? await app.sql.begin((sql) => give(sql, installation, request, asked))
            : await twoOf(app.sql, installation, request, asked, findByCode)
      })
      if (refusal) return again({ refusal })
      if (outcome && 'wrong' in outcome) return again({ mistakes: [outcome.wrong] })
      if (body.sure !== 'yes')
        return reply.code(200).page(await questionOf(app.sql, installation, asked, outcome!), ConfirmPage)
      return reply.redirect(doneAt(request, by === 'principal' ? ownPath : path, act), 303)
    })
  }
}

/** The agent takes a mandate on; either of the two ends it. */
export const ownMandateRoutes: Routes = async (app) => {
  const accept = {
    config: { access: 'signed-in', event: 'identity.mandate-accepted', level: 2 } as const,
    schema: { summary: 'Accept to act for somebody', params: AtMandate },
  }
  app.post('/account/mandates/:id/accept', accept, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      const accepted = await acceptMandate(sql, request.params.id, request.person!.id)
      if (!accepted) throw problem('mandate-not-found')
      const detail = { mandate: request.params.id }
      await recordAct(sql, request, { event: 'identity.mandate-accepted', subject, detail })
      await tellBoth(sql, request.params.id, accepted, 'mandate-granted')
    })
    return reply.redirect(doneAt(request, ownPath, 'mandate-accepted'), 303)
  })

  const withdraw = {
    config: { access: 'signed-in', event: 'identity.mandate-withdrawn' },
    schema: { summary: 'End a mandate that I gave or hold, at once', params: AtMandate },
  }
  app.post('/account/mandates/:id/withdraw', withdraw, async (request, reply) => {
    await app.sql.begin(async (sql) => {
      const ended = await withdrawMandate(sql, request.params.id, request.person!.id)
      if (!ended) throw problem('mandate-not-found')
      const detail = { mandate: request.params.id }
      await recordAct(sql, request, { event: 'identity.mandate-withdrawn', subject, detail })
      await tellBoth(sql, request.params.id, ended, 'mandate-ended')
    })
    return reply.redirect(doneAt(request, ownPath, 'mandate-withdrawn'), 303)
  })
}

type Kind = 'mandate-granted' | 'mandate-ended'
async function tellBoth(sql: Sql, mandate: string, { principalId, agentId }: Parties, kind: Kind) {
  for (const personId of [principalId, agentId]) await sendAlert(sql, { personId, kind, values: { mandate } })
}
