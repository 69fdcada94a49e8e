import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, type Text, texts } from '#platform'
import { dayAt } from '../cases/clocks.rules.ts'
import { AtCase } from '../cases/types.ts'
import { problem } from '../problems.ts'
import { actOnGrant, answerAct, type GrantAct, Wrong } from './acting.ts'
import { ceilingsFor } from './agree.ts'
import { GrantPage } from './grant.page.tsx'
import { virementOf } from './grants.rules.ts'
import { acceptAgreement, claimsMax, insertClaim, insertMove, lockTotal, movesMax, sendReport } from './grants.sql.ts'
import {
  claimQuestions,
  grantPath,
  isReported,
  moveQuestions,
  readForm,
  sealText,
  stateOfGrant,
  tellGrant,
} from './read.ts'
import { openReceipts } from './receipts.ts'
import { AtClaim, AtReport, Fields, GrantData, GrantDone } from './types.ts'

const words = texts({
  line: { en: 'Choose a line of the budget.', 'zh-Hant': '請選擇預算項目。' },
  two: { en: 'Choose two different lines of the budget.', 'zh-Hant': '請選擇兩個不同的預算項目。' },
  tooMuch: { en: 'The line does not have this much left.', 'zh-Hant': '該項目餘額不足。' },
  aboveCategory: {
    en: 'That kind of cost would be above its ceiling. Move less.',
    'zh-Hant': '該類開支會超出上限，請減少調撥金額。',
  },
  later: {
    en: 'Type a day from that of the grant up to today.',
    'zh-Hant': '請填寫批出當日至今天之間的日期。',
  },
})
const sentenceOf = { 'same-line': words.two, 'too-much': words.tooMuch, 'above-category': words.aboveCategory }

const response = { 200: GrantDone, 303: Type.Null(), 422: GrantData }
const at = (path = '') => `${grantPath(':reference')}${path}`
const fail = (form: string, field: string, text: Text): never => {
  throw new Wrong([{ form, field, text }])
}

/** What whoever was granted money does with it: accepts, claims, moves between lines, and reports. */
export const ownGrantRoutes: Routes = async (app) => {
  const { installation } = app
  const access = 'signed-in'
  const receive = openReceipts(app)
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.header('connection', 'close')
    if (reply.statusCode === 503) reply.header('retry-after', 30)
  })
  const act = (request: FastifyRequest, reference: string, work: (act: GrantAct) => Promise<void>) =>
    actOnGrant(installation, request, { reference, as: 'person' }, work)

  const page = {
    config: { access },
    schema: {
      summary: 'My grant: its budget, instalments, claims and reports',
      params: AtCase,
      response: { 200: GrantData },
    },
  }
  app.get(at(), page, async (request, reply) =>
    reply.page(await tellGrant(installation, request, { ...request.params, as: 'person' }), GrantPage),
  )

  const accept = {
    config: { access, event: 'services.grant-accepted' },
    schema: { summary: 'Accept a grant with its conditions', params: AtCase, response },
  }
  app.post(at('/acceptance'), accept, async (request, reply) => {
    const { reference } = request.params
    const work = () =>
      act(request, reference, async ({ sql, whole, by, at, record, within }) => {
        // A second time says nothing new.
        if (whole.agreement.acceptedAt !== null) return
        within(whole.agreement.grantedCents)
        await acceptAgreement(sql, reference, by, at)
        await record('services.grant-accepted')
      })
    return answerAct(request, reply, { reference, as: 'person' }, { form: 'accept', typed: {}, work })
  })

  const claim = {
    config: { access, event: 'services.grant-claimed' },
    schema: {
      summary: 'Claim what was spent of a line; its receipt is sent next. The same token is one claim',
      params: AtCase,
      body: Fields,
      response,
    },
  }
  app.post(at('/claims'), claim, async (request, reply) => {
    const { body: typed } = request
    const { reference } = request.params
    const work = () => act(request, reference, (each) => makeClaim(each, typed))
    return answerAct(request, reply, { reference, as: 'person' }, { form: 'claim', typed, work })
  })

  const receipt = {
    config: { access, event: 'services.receipt-sent' },
    schema: {
      summary: 'Send the receipt of a claim: multipart with one file. The same file twice is one',
      params: AtClaim,
      consumes: ['multipart/form-data'],
      response,
    },
  }
  app.post(at('/claims/:claim/receipt'), receipt, async (request, reply) => {
    const { reference, claim } = request.params
    const work = async () => {
      const text = await receive(request, { reference, claim })
      if (text) fail('receipt', `receipt-${claim}`, text)
    }
    return answerAct(request, reply, { reference, as: 'person' }, { form: 'receipt', typed: {}, work })
  })

  const move = {
    config: { access, event: 'services.virement-made' },
    schema: {
      summary:
        'Move money to another line, which an officer approves beyond the share that is free. The same token is one',
      params: AtCase,
      body: Fields,
      response,
    },
  }
  app.post(at('/virements'), move, async (request, reply) => {
    const { body: typed } = request
    const { reference } = request.params
    const work = () => act(request, reference, (each) => makeMove(each, typed))
    return answerAct(request, reply, { reference, as: 'person' }, { form: 'move', typed, work })
  })

  const report = {
    config: { access, event: 'services.report-sent' },
    schema: { summary: 'Send a report on what was done with a grant', params: AtReport, body: Fields, response },
  }
  app.post(at('/reports/:report'), report, async (request, reply) => {
    const { body: typed } = request
    const { reference, report: kind } = request.params
    const work = () =>
      act(request, reference, async ({ sql, whole, at, record }) => {
        const questions = whole.grant.reports[kind as 'interim' | 'final']?.questions
        const row = whole.reports.find((each) => each.kind === kind)
        if (!questions || !row) throw problem('grant-not-found')
        if (row.state !== 'open' || stateOfGrant(whole.agreement) !== 'running') throw problem('grant-not-now')
        const { answers, wrong } = readForm(kind, questions, typed)
        if (wrong.length > 0) throw new Wrong(wrong)
        const sealedAnswers = sealText(installation, reference, kind, JSON.stringify(answers))
        await sendReport(sql, reference, { kind: row.kind, sealedAnswers, now: at })
        await record('services.report-sent', { report: kind })
      })
    return answerAct(request, reply, { reference, as: 'person' }, { form: kind, typed, work })
  })
}

type Typed = Readonly<Record<string, string>>
/** A form without a token of its own is one that a program sends: it acts each time. */
const tokenOf = ({ token }: Typed): string =>
  token !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token) ? token : crypto.randomUUID()

function requireSpending({ whole }: GrantAct): void {
  if (stateOfGrant(whole.agreement) !== 'running' || isReported(whole)) throw problem('grant-not-now')
}

async function makeClaim(act: GrantAct, typed: Typed): Promise<void> {
  const { sql, whole, installation, at, record, within } = act
  const id = tokenOf(typed)
  if (whole.claims.some((each) => each.id === id)) return
  requireSpending(act)
  if (whole.claims.length >= claimsMax) throw problem('grant-not-now')
  const { answers, wrong } = readForm('claim', claimQuestions, typed)
  const line = whole.standing.find((each) => String(each.line) === typed.line)
  if (!line) wrong.unshift({ form: 'claim', field: 'line', text: words.line })
  if (wrong.length > 0 || !line) throw new Wrong(wrong)
  const [cents, spentOn] = [Number(answers.amount), String(answers.spent_on)]
  const { timeZone } = installation.pack.government
  if (spentOn > dayAt(at, timeZone) || spentOn < dayAt(new Date(whole.agreement.madeAt), timeZone))
    fail('claim', 'answer.spent_on', words.later)
  if (cents > line.leftCents) fail('claim', 'answer.amount', words.tooMuch)
  within(cents)
  const { reference } = whole.now
  const number = answers.receipt_number === undefined ? null : String(answers.receipt_number)
  const known = number
    ?.normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
  await insertClaim(sql, {
    ...{ id, reference, line: line.line, cents, spentOn, now: at },
    number:
      number && known
        ? {
            sealed: sealText(installation, reference, `${id}-number`, number),
            lookup: installation.vault.lookup('receipt-number', known),
          }
        : null,
  })
  await record('services.grant-claimed', { line: line.line, cents })
}

async function makeMove(act: GrantAct, typed: Typed): Promise<void> {
  const { sql, whole, installation, at, record, within } = act
  const id = tokenOf(typed)
  if (whole.moves.some((each) => each.id === id)) return
  requireSpending(act)
  if (whole.moves.length >= movesMax) throw problem('grant-not-now')
  const { answers, wrong } = readForm('move', moveQuestions, typed)
  if (wrong.length > 0) throw new Wrong(wrong)
  const wanted = { fromLine: Number(typed.from), toLine: Number(typed.to), cents: Number(answers.moved) }
  within(wanted.cents)
  const { agreement, grant } = whole
  const { service, recipient, reference } = agreement
  if (grant.yearFrom !== undefined) await lockTotal(sql, { service, recipient })
  const { timeZone } = installation.pack.government
  const madeAt = new Date(agreement.madeAt)
  const categories = await ceilingsFor(sql, grant, { service, recipient, reference, madeAt, timeZone })
  const { freePercent } = grant
  const state = virementOf(whole.standing, whole.moves, wanted, { freePercent, categories })
  if (state !== 'free' && state !== 'asked') {
    const field = state === 'same-line' ? 'from' : 'answer.moved'
    return fail('move', field, sentenceOf[state])
  }
  const sealedReason = sealText(installation, reference, id, String(answers.reason))
  await insertMove(sql, { ...wanted, id, reference, state, sealedReason, now: at })
  await record('services.virement-made', { cents: wanted.cents, state })
}
