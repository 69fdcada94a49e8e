import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Person, type Routes, texts } from '#platform'
import { decideCase, requireHuman, workCase } from '../cases/acting.ts'
import { AtCase } from '../cases/types.ts'
import { catalogueOf, titleOf } from '../catalogue/catalogue.ts'
import { listFiles } from '../files/files.sql.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { actOnGrant, answerAct, type GrantAct, Wrong } from './acting.ts'
import { GrantPage } from './grant.page.tsx'
import { GrantsPage } from './grants.page.tsx'
import { leftAtEnd, payableOf } from './grants.rules.ts'
import {
  checkReport,
  closeAgreement,
  listAgreements,
  listProgrammes,
  reserve,
  updateClaim,
  updateMove,
  updatePayable,
  updateProposed,
} from './grants.sql.ts'
import {
  definedAs,
  isMet,
  mayClose,
  officeGrantPath,
  receiptQuestion,
  sameReceiptsOf,
  sealText,
  stateOfGrant,
  tellGrant,
} from './read.ts'
import { AtClaim, AtInstalment, AtMove, AtReport, GrantData, GrantDone, GrantsData } from './types.ts'

const words = texts({
  why: { en: 'Write why, for whoever was granted the money.', 'zh-Hant': '請寫明原因，讓受資助者知悉。' },
  receipt: {
    en: 'A claim is accepted when its receipt is there and was released.',
    'zh-Hant': '申領須附有已放行的單據，方可接納。',
  },
  same: {
    en: 'This receipt serves another claim, too. Write why it may, or refuse the claim.',
    'zh-Hant': '這張單據同時用於另一項申領。如可接納，請寫明理由，否則不予接納。',
  },
  claimsWait: { en: 'Check the claims that wait first.', 'zh-Hant': '請先核對待處理的申領。' },
})

const shownMax = 200
const response = { 200: GrantDone, 303: Type.Null(), 422: GrantData }
const at = (path = '') => `${officeGrantPath(':reference')}${path}`
const Note = Type.Optional(Type.String({ maxLength: 2000 }))
const Checked = Type.Object({ answer: Type.Enum(['accepted', 'refused']), note: Note })
const Decided = Type.Object({ answer: Type.Enum(['approved', 'refused']) })

/** Does an act of an officer on a grant that is under way. */
const act = (request: FastifyRequest, reference: string, work: (act: GrantAct) => Promise<void>) =>
  actOnGrant(request.server.installation, request, { reference, as: 'office' }, async (each) => {
    if (stateOfGrant(each.whole.agreement) !== 'running') throw problem('grant-not-now')
    await work(each)
  })

/** What officers of the department do with the grants that it made. */
export const officeGrantRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const catalogue = catalogueOf(installation)

  const all = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: { summary: 'What my department granted, by programme, and its agreements', response: { 200: GrantsData } },
  }
  app.get('/office/services/grants', all, async (request, reply) => {
    const organisation = organisationOf(request)
    const sums = new Map((await listProgrammes(sql, organisation)).map((each) => [each.service, each]))
    const rows = await listAgreements(sql, organisation, shownMax + 1)
    const current = await catalogue.list()
    const offered = [...current.values()].map(({ compiled }) => compiled.service)
    const ours = offered.filter(({ apply, organisation: of }) => apply?.grant && of === organisation)
    const ids = [...new Set([...ours.map(({ id }) => id), ...sums.keys()])]
    const nothing = {
      agreements: 0,
      open: 0,
      grantedCents: 0,
      reservedCents: 0,
      payableCents: 0,
      claimedCents: 0,
      returnCents: 0,
    }
    const data: GrantsData = {
      currency: installation.pack.government.currency.code,
      programmes: ids.map((service) => {
        const grant = current.get(service)?.compiled.service.apply?.grant
        const { initiative = null, item = null } = grant?.paidFrom ?? {}
        return {
          ...nothing,
          ...sums.get(service),
          service,
          title: titleOf(current, service),
          initiative,
          item,
          sumCents: grant?.sumCents ?? null,
        }
      }),
      agreements: rows
        .slice(0, shownMax)
        .map(({ reference, service, recipient, grantedCents, madeAt, waiting, ...row }) => ({
          ...{
            reference,
            recipient,
            grantedCents,
            madeAt,
            waiting,
            title: titleOf(current, service),
            state: stateOfGrant(row),
          },
        })),
      more: rows.length > shownMax,
    }
    return reply.page(data, GrantsPage)
  })

  const one = {
    config: { access: workCase, scope: 'services:work-cases' },
    schema: {
      summary: 'The grant of a case, and what is to be looked at',
      params: AtCase,
      response: { 200: GrantData },
    },
  }
  app.get(at(), one, async (request, reply) =>
    reply.page(await tellGrant(installation, request, { ...request.params, as: 'office' }), GrantPage),
  )

  const instalment = {
    config: {
      access: workCase,
      scope: 'services:work-cases',
      event: ['services.instalment-proposed', 'services.instalment-confirmed'],
    },
    schema: {
      summary:
        'Propose an instalment whose condition is met, or confirm what another officer proposed: it is payable then',
      params: AtInstalment,
      response,
    },
  }
  app.post(at('/instalments/:instalment'), instalment, async (request, reply) => {
    const { reference, instalment: id } = request.params
    const decides = request.person!.permissions.includes(decideCase)
    const work = () => act(request, reference, (each) => moveInstalment(each, id, { person: request.person!, decides }))
    return answerAct(request, reply, { reference, as: 'office' }, { form: 'instalment', typed: {}, work })
  })

  const close = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.grant-closed' },
    schema: {
      summary: 'Close a grant: what is left is free again, and what was payable beyond it is to be returned',
      params: AtCase,
      response,
    },
  }
  app.post(at('/closing'), close, async (request, reply) => {
    const { reference } = request.params
    const work = () => act(request, reference, closeGrant)
    return answerAct(request, reply, { reference, as: 'office' }, { form: 'close', typed: {}, work })
  })
}

/** What officers look at of what comes in under a grant: claims, moves between lines, and reports. */
export const grantCheckRoutes: Routes = async (app) => {
  const { installation } = app

  const claim = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.claim-checked' },
    schema: {
      summary: 'Accept a claim whose receipt is there, or refuse it',
      params: AtClaim,
      body: Checked,
      response,
    },
  }
  app.post(at('/claims/:claim'), claim, async (request, reply) => {
    const { reference, claim: id } = request.params
    const { answer, note = '' } = request.body
    const work = () =>
      act(request, reference, (each) => checkClaim(each, { id, state: answer as 'accepted', note: note.trim() }))
    return answerAct(request, reply, { reference, as: 'office' }, { form: `claim-${id}`, typed: { note }, work })
  })

  const move = {
    config: { access: decideCase, scope: 'services:work-cases', event: 'services.virement-decided' },
    schema: {
      summary: 'Approve that money goes to another line, or refuse it',
      params: AtMove,
      body: Decided,
      response,
    },
  }
  app.post(at('/virements/:virement'), move, async (request, reply) => {
    const { reference, virement: id } = request.params
    const state = request.body.answer as 'approved' | 'refused'
    const work = () =>
      act(request, reference, async ({ sql, whole, by: officer, at, record }) => {
        const found = whole.moves.find((each) => each.id === id)
        if (!found) throw problem('grant-not-found')
        if (found.state === state) return
        if (found.state !== 'asked') throw problem('grant-not-now')
        await updateMove(sql, id, { state, officer, now: at })
        await record('services.virement-decided', { answer: state, cents: found.cents })
      })
    return answerAct(request, reply, { reference, as: 'office' }, { form: 'virement', typed: {}, work })
  })

  const report = {
    config: { access: workCase, scope: 'services:work-cases', event: 'services.report-checked' },
    schema: {
      summary: 'Accept a report, or send it back with what is missing',
      params: AtReport,
      body: Checked,
      response,
    },
  }
  app.post(at('/reports/:report'), report, async (request, reply) => {
    const { reference, report: kind } = request.params
    const { answer, note = '' } = request.body
    const work = () =>
      act(request, reference, async ({ sql, whole, by: officer, record }) => {
        const row = whole.reports.find((each) => each.kind === kind)
        if (!row) throw problem('grant-not-found')
        if (row.state !== 'sent') throw problem('grant-not-now')
        const text = note.trim()
        if (answer === 'refused' && text === '')
          throw new Wrong([{ form: `report-${kind}`, field: `note-${kind}`, text: words.why }])
        const sealedNote = text === '' ? null : sealText(installation, reference, `${kind}-note`, text)
        await checkReport(sql, reference, {
          kind: row.kind,
          state: answer === 'accepted' ? 'accepted' : 'open',
          officer,
          sealedNote,
        })
        await record('services.report-checked', { report: kind, answer })
      })
    return answerAct(request, reply, { reference, as: 'office' }, { form: `report-${kind}`, typed: { note }, work })
  })
}

async function moveInstalment(
  { sql, whole, by: officer, at, record }: GrantAct,
  id: string,
  { person, decides }: { person: Person; decides: boolean },
): Promise<void> {
  const { reference } = whole.now
  const row = whole.instalments.find((each) => each.id === id)
  if (!row) throw problem('grant-not-found')
  const defined = definedAs(whole.grant, id)
  requireHuman(person)
  if (row.state === 'waiting') {
    if (!isMet(defined, whole)) throw problem('grant-not-now')
    await updateProposed(sql, reference, id, officer)
    await record('services.instalment-proposed', { instalment: id })
    return
  }
  if (row.state !== 'proposed') throw problem('grant-not-now')
  if (!decides) throw problem('case-not-for-role')
  if (row.proposedBy === officer) throw problem('grant-same-officer')
  // What the last one comes to is known when nothing waits.
  if (defined.on === 'final' && whole.claims.some(({ state }) => state === 'sent'))
    throw new Wrong([{ form: 'instalment', field: 'claims', text: words.claimsWait }])
  const cents = payableOf({
    cents: row.cents,
    on: defined.on,
    payableBeforeCents: whole.payableCents,
    acceptedCents: whole.acceptedCents,
  })
  await updatePayable(sql, reference, id, { officer, cents, now: at })
  await record('services.instalment-confirmed', { instalment: id, cents })
}

async function checkClaim(
  { sql, installation, whole, by: officer, at, record }: GrantAct,
  { id, state, note }: { id: string; state: 'accepted' | 'refused'; note: string },
): Promise<void> {
  const { now, claims } = whole
  const found = claims.find((each) => each.id === id)
  if (!found) throw problem('grant-not-found')
  if (found.state === state) return
  if (found.state !== 'sent') throw problem('grant-not-now')
  const wrong = (text: (typeof words)['why']) => new Wrong([{ form: `claim-${id}`, field: `note-${id}`, text }])
  if (state === 'refused' && note === '') throw wrong(words.why)
  if (state === 'accepted') {
    const files = await listFiles(sql, now.application)
    const released = files.some(
      (file) => file.question === receiptQuestion && file.thing === id && file.state === 'released',
    )
    if (!released) throw wrong(words.receipt)
    const isShared = (await sameReceiptsOf(sql, whole)).some(({ claim }) => claim === id)
    if (isShared && note === '') throw wrong(words.same)
  }
  const sealedNote = note === '' ? null : sealText(installation, now.reference, id, note)
  await updateClaim(sql, id, { state, officer, sealedNote, now: at })
  await record('services.claim-checked', { answer: state, cents: found.cents })
}

async function closeGrant({ sql, whole, by: officer, at, record }: GrantAct): Promise<void> {
  if (!mayClose(whole)) throw problem('grant-not-now')
  const { agreement, payableCents, acceptedCents } = whole
  const { reference, service, recipient, grantedCents } = agreement
  const left = leftAtEnd({ grantedCents, acceptedCents, payableCents })
  await closeAgreement(sql, reference, { officer, ...left, now: at })
  for (const whose of [recipient, ''])
    await reserve(sql, { service, recipient: whose, cents: -left.unspentCents, maxCents: 0 })
  await record('services.grant-closed', { unspentCents: left.unspentCents, returnCents: left.returnCents })
}
