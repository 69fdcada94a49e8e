import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Routes, recordAct, type Sql } from '#platform'
import { takeCode } from '../acting/acting.sql.ts'
import { dayOf, daysBetween, isDay, readServices, tickedIn } from '../acting/limits.rules.ts'
import { listServices } from '../acting/services.sql.ts'
import { type Offered, Ticked } from '../acting/types.ts'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { insertPerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { kindsBy, mandateKinds } from './kinds.ts'
import { type MandateData, MandatePage, MandateData as MandateShape } from './mandates.page.tsx'
import { acceptMandate, insertMandate, type Parties, withdrawMandate } from './mandates.sql.ts'

type MandateForm = Static<typeof MandateForm>
const MandateForm = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 20 })),
  /** Of the person in whose name will be acted, where an officer confirms it. */
  principal: Type.Optional(Type.String({ maxLength: 20 })),
  name: Type.Optional(Type.String({ maxLength: 80 })),
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  services: Ticked,
  begins: Type.Optional(Type.String({ maxLength: 10 })),
  ends: Type.Optional(Type.String({ maxLength: 10 })),
})
const AtMandate = Type.Object({ id: Type.String({ format: 'uuid' }) })
type Mistake = MandateData['mistakes'][number]

/** Below it an agent is whoever they say they are. */
const agentLevelMin = 2
const subject = 'account/acting'
const ownPath = `/${subject}`

export const mandateRoutes: Routes = async (app) => {
  const { installation } = app
  const { timeZone } = installation.pack.government

  async function dataOf(by: MandateData['by'], form: MandateForm, mistakes: Mistake[]): Promise<MandateData> {
    const { code = '', principal = '', name = '', kind = '', begins = '', ends = '' } = form
    const values = { code, principal, name, kind, services: tickedIn(form.services), begins, ends }
    return { by, kinds: kindsBy(by), offered: await listServices(app.sql, installation), values, mistakes }
  }

  /** What is wrong with the form; the codes are looked at last, as looking spends them. */
  function mistakesOf(by: MandateData['by'], form: MandateForm, offered: readonly Offered[]): Mistake[] {
    const today = dayOf(installation.now(), timeZone)
    const begins = form.begins?.trim() || today
    const ends = form.ends?.trim() ?? ''
    const goodBegin = isDay(begins) && begins >= today
    const kind = kindsBy(by).includes(form.kind ?? '') ? mandateKinds[form.kind!] : undefined
    const days = goodBegin && isDay(ends) ? daysBetween(begins, ends) : -1
    const nobody = by === 'officer' && !form.principal?.trim() === !form.name?.trim()
    return [
      ...(form.code?.trim() ? [] : (['code'] as const)),
      ...(nobody ? (['principal'] as const) : []),
      ...(kind ? [] : (['kind'] as const)),
      ...(readServices(form.services, offered) === undefined ? (['services'] as const) : []),
      ...(goodBegin ? [] : (['begins'] as const)),
      ...(days < 0 || days > (kind?.daysMax ?? Infinity) ? (['ends'] as const) : []),
    ]
  }

  /** Grants it in one transaction, or says which code is wrong. */
  async function give(request: FastifyRequest, by: MandateData['by'], form: MandateForm): Promise<Mistake[]> {
    const offered = await listServices(app.sql, installation)
    const wrong = mistakesOf(by, form, offered)
    if (wrong.length > 0) return wrong
    const me = request.person!.id
    const [first] = kindsBy(by).filter((kind) => kind === form.kind)
    return app.sql.begin(async (sql) => {
      const agent = await takeCode(sql, installation, form.code!)
      if (!agent) return ['code']
      if (agent.level < agentLevelMin) throw problem('agent-level-too-low')
      let principalId = me
      if (by === 'officer' && form.name?.trim()) {
        // Who cannot have an account of their own, as a child: one that nobody can sign in to.
        principalId = `person-${randomUUID()}`
        const name = form.name.trim()
        await insertPerson(sql, principalId, { en: name, 'zh-Hant': name })
      } else if (by === 'officer') {
        const principal = await takeCode(sql, installation, form.principal!)
        if (!principal) return ['principal']
        principalId = principal.id
      }
      if (agent.id === principalId || (by === 'officer' && (agent.id === me || principalId === me)))
        throw problem('not-to-yourself')
      const id = await insertMandate(sql, {
        ...{ kind: first!, principalId, agentId: agent.id, services: readServices(form.services, offered)! },
        ...{ grantedBy: me, beginsOn: form.begins?.trim() ?? '', endsOn: form.ends!.trim(), timeZone },
        ...(by === 'officer' && { confirmedBy: me }),
      })
      if (!id) throw problem('mandate-held-already')
      await recordAct(sql, request, {
        event: by === 'officer' ? 'identity.mandate-confirmed' : 'identity.mandate-granted',
        subject: by === 'officer' ? 'office/mandates' : subject,
        detail: { mandate: id, kind: first! },
      })
      const counts = by === 'officer'
      await sendAlert(sql, { personId: principalId, kind: counts ? 'mandate-granted' : 'mandate-given' })
      await sendAlert(sql, { personId: agent.id, kind: counts ? 'mandate-granted' : 'mandate-offered' })
      return []
    })
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
    app.get(path, form, async (_, reply) => reply.page(await dataOf(by, {}, []), MandatePage))

    const post = {
      config: { access, event: `identity.${act}`, level: 2, freshSeconds: 3600 } as const,
      schema: {
        summary: by === 'principal' ? 'Let somebody act for me' : 'Confirm that one person may act for another',
        body: MandateForm,
      },
    }
    app.post(path, post, async (request, reply) => {
      const mistakes = await give(request, by, request.body)
      if (mistakes.length > 0) return reply.code(422).page(await dataOf(by, request.body, mistakes), MandatePage)
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
      await tellBoth(sql, accepted, 'mandate-granted')
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
      await tellBoth(sql, ended, 'mandate-ended')
    })
    return reply.redirect(doneAt(request, ownPath, 'mandate-withdrawn'), 303)
  })
}

async function tellBoth(sql: Sql, { principalId, agentId }: Parties, kind: 'mandate-granted' | 'mandate-ended') {
  for (const personId of [principalId, agentId]) await sendAlert(sql, { personId, kind })
}
