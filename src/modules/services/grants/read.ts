import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { mayAct } from '#identity'
import { type Installation, type Sql, say, sayEverywhere, type Text, texts } from '#platform'
import { textOrDash } from '../applying/answers.rules.ts'
import { decideCase, requireOffice, requireOwn } from '../cases/acting.ts'
import { findCase } from '../cases/cases.sql.ts'
import type { Case } from '../cases/events.ts'
import { fieldOf } from '../cases/step-form.ts'
import { readTyped, type Typed } from '../cases/typed.rules.ts'
import { readWhole } from '../cases/write.ts'
import { todayOf } from '../days.ts'
import type { Question } from '../definitions/form.ts'
import type { Grant } from '../definitions/grant.ts'
import { listFiles } from '../files/files.sql.ts'
import { noteOfFile } from '../files/notes.ts'
import { heldPath } from '../files/office.routes.ts'
import { problem } from '../problems.ts'
import { same } from '../texts.rules.ts'
import type { Answers } from '../types.ts'
import { linesOf, nameOfRecipient } from './agree.ts'
import { standingOf } from './grants.rules.ts'
import {
  type Agreement,
  findAgreement,
  type Instalment,
  listClaims,
  listInstalments,
  listLines,
  listMoves,
  listReports,
  listSameReceipts,
  lockAgreement,
  type Report,
} from './grants.sql.ts'
import type { GrantData } from './types.ts'

const words = texts({
  amount: { en: 'Amount', 'zh-Hant': '金額' },
  spentOn: { en: 'Day on which it was paid', 'zh-Hant': '付款日期' },
  number: { en: 'Number of the receipt', 'zh-Hant': '單據編號' },
  moved: { en: 'Amount to move', 'zh-Hant': '調撥金額' },
  reason: { en: 'Why', 'zh-Hant': '原因' },
})

/** What is asked of a claim, and of money that is moved; amounts at most what a line can hold. */
export const claimQuestions: readonly Question[] = [
  { id: 'amount', title: words.amount, kind: 'money', min: 0.01 },
  { id: 'spent_on', title: words.spentOn, kind: 'date' },
  { id: 'receipt_number', title: words.number, kind: 'text', max: 60, optional: true },
]
export const moveQuestions: readonly Question[] = [
  { id: 'moved', title: words.moved, kind: 'money', min: 0.01 },
  { id: 'reason', title: words.reason, kind: 'long-text', max: 1000 },
]

export const receiptQuestion = 'grant_receipt'
export const grantPath = (reference: string) => `/services/cases/${reference}/grant`
export const officeGrantPath = (reference: string) => `/office/services/cases/${reference}/grant`

const contextOf = (reference: string, of: string) => `grant/${reference}/${of}`
export const sealText = ({ vault }: Pick<Installation, 'vault'>, reference: string, of: string, text: string): Buffer =>
  vault.seal('case', text, contextOf(reference, of))
const openText = ({ vault }: Pick<Installation, 'vault'>, reference: string, of: string, sealed: Buffer): string =>
  vault.open('case', sealed, contextOf(reference, of)).toString()

/** Everything of an agreement, as one act or page sees it. */
export type WholeGrant = Awaited<ReturnType<typeof readGrant>>

/** The grant of a case; with `lock` nobody else changes it until the transaction ends. */
export async function readGrant(sql: Sql, installation: Installation, now: Case, { lock = false } = {}) {
  const agreement = await (lock ? lockAgreement : findAgreement)(sql, now.reference)
  if (!agreement) throw problem('grant-not-found')
  const { compiled, known } = await readWhole(sql, installation, now)
  const grant = compiled.service.apply?.grant
  if (!grant) throw new Error(`The version of ${now.reference} grants nothing, and an agreement stands`)
  const lines = await listLines(sql, now.reference)
  const claims = await listClaims(sql, now.reference)
  const moves = await listMoves(sql, now.reference)
  const instalments = await listInstalments(sql, now.reference)
  const reports = await listReports(sql, now.reference)
  const payableCents = instalments.reduce((all, each) => all + (each.payableCents ?? 0), 0)
  const acceptedCents = claims.reduce((all, { cents, state }) => all + (state === 'accepted' ? cents : 0), 0)
  return {
    ...{ now, agreement, compiled, grant, lines, claims, moves, instalments, reports, payableCents, acceptedCents },
    standing: standingOf(lines, moves, claims),
    titles: linesOf(grant, known.answers),
    // As it was typed; the agreement holds it as ceilings count it, in capitals.
    recipient: nameOfRecipient(grant, known.answers) || agreement.recipient,
  }
}

export const stateOfGrant = ({ acceptedAt, closedAt }: Pick<Agreement, 'acceptedAt' | 'closedAt'>) =>
  closedAt !== null ? 'closed' : acceptedAt === null ? 'offered' : 'running'

/** Whether what an instalment waits for has come and was accepted. */
export function isMet(
  { on }: Grant['instalments'][number],
  { agreement, reports }: { agreement: Agreement; reports: readonly Report[] },
): boolean {
  if (agreement.acceptedAt === null) return false
  return on === 'acceptance' || reports.some(({ kind, state }) => kind === on && state === 'accepted')
}

/** Whether an agreement can be closed: the final report is accepted, nothing waits, and every instalment that is due is payable. */
export function mayClose(whole: WholeGrant): boolean {
  const { agreement, grant, instalments, claims, moves, reports } = whole
  if (stateOfGrant(agreement) !== 'running' || isReported({ reports }) === false) return false
  const waits = claims.some(({ state }) => state === 'sent') || moves.some(({ state }) => state === 'asked')
  const owed = instalments.some(({ id, state }) => state !== 'payable' && isMet(definedAs(grant, id), whole))
  return !waits && !owed
}

export const isReported = ({ reports }: { reports: readonly Report[] }): boolean =>
  reports.some(({ kind, state }) => kind === 'final' && state === 'accepted')

export function definedAs(grant: Grant, id: string): Grant['instalments'][number] {
  const found = grant.instalments.find((each) => each.id === id)
  if (!found) throw problem('grant-not-found')
  return found
}

export type GivenForm = { form: string; typed: Typed; wrong: GrantData['wrong'] }

/** The grant of a case for its person or an officer, with what they can do; `given` is a form that comes back. */
export async function tellGrant(
  installation: Installation,
  request: FastifyRequest,
  { reference, as }: { reference: string; as: GrantData['as'] },
  given?: GivenForm,
): Promise<GrantData> {
  const { sql, pack } = installation
  const person = request.person!
  const found = await findCase(sql, reference)
  const now = as === 'office' ? await requireOffice(sql, found, person) : requireOwn(found, person)
  const whole = await readGrant(sql, installation, now)
  const { agreement, grant, compiled, titles, standing } = whole
  const state = stateOfGrant(agreement)
  const office = as === 'office'
  // Whose role for a company covers other services sees the grant, and no forms.
  const acts = !office && mayAct(request, { service: now.service })
  const decides = office && person.permissions.includes(decideCase)
  const typedOf = (form: string): Typed => (given?.form === form ? given.typed : {})
  const fieldsOf = (questions: readonly Question[], form: string) =>
    questions.map((question) => fieldOf(question, typedOf(form)))
  const today = todayOf(installation)
  return {
    ...{ reference, as, state, title: compiled.service.title, recipient: whole.recipient },
    ...{ initiative: agreement.initiative, item: grant.paidFrom?.item ?? null, freePercent: grant.freePercent },
    ...{ currency: pack.government.currency.code, grantedCents: agreement.grantedCents },
    ...{ payableCents: whole.payableCents, claimedCents: whole.acceptedCents },
    ...{ unspentCents: agreement.unspentCents, returnCents: agreement.returnCents },
    lines: standing.map(({ line, category, grantedCents, budgetCents, acceptedCents, waitingCents, leftCents }) => ({
      ...{ line, grantedCents, budgetCents, acceptedCents, waitingCents, leftCents },
      title: titles.find((each) => each.line === line)?.title ?? `${line}`,
      category: category === null ? null : categoryOf(whole, category),
    })),
    instalments: whole.instalments.map((each) => instalmentFor(whole, each, { office, decides, officer: person.id })),
    claims: await claimsFor(installation, whole, as),
    virements: whole.moves.map(({ id, fromLine, toLine, cents, state, sealedReason }) => ({
      ...{ id, fromLine, toLine, cents, state },
      reason: openText(installation, reference, id, sealedReason),
    })),
    reports: whole.reports.map((report) =>
      reportFor(
        installation,
        request,
        whole,
        report,
        today,
        fieldsOf(grant.reports[report.kind]!.questions, report.kind),
      ),
    ),
    ...{ claimFields: fieldsOf(claimQuestions, 'claim'), moveFields: fieldsOf(moveQuestions, 'move') },
    chosen: Object.fromEntries(['line', 'from', 'to'].map((name) => [name, String(given?.typed[name] ?? '')])),
    can: {
      accept: acts && state === 'offered',
      spend: acts && state === 'running' && !isReported(whole),
      check: office && state === 'running',
      decide: decides && state === 'running',
      close: decides && mayClose(whole),
    },
    tokens: { claim: randomUUID(), move: randomUUID() },
    wrong: given?.wrong ?? [],
  }
}

function categoryOf({ compiled, grant }: WholeGrant, id: string): Text {
  const asked = compiled.service
    .apply!.form.pages.flatMap(({ repeat }) => repeat?.pages ?? [])
    .flatMap((page) => page.questions)
  const option = asked.find((each) => each.id === grant.lines.category)?.options?.find((each) => each.id === id)
  return option?.title ?? same(id)
}

function instalmentFor(
  whole: WholeGrant,
  { id, cents, state, proposedBy, payableCents }: Instalment,
  who: { office: boolean; decides: boolean; officer: string },
): GrantData['instalments'][number] {
  const { title, percent, on } = definedAs(whole.grant, id)
  const met =
    state === 'waiting' && stateOfGrant(whole.agreement) === 'running' && isMet({ id, title, percent, on }, whole)
  const mayConfirm = state === 'proposed' && who.decides && proposedBy !== who.officer
  const may = met && who.office ? 'propose' : mayConfirm ? 'confirm' : null
  return { id, title, percent, on, cents, payableCents, state: met ? 'met' : state, may }
}

/** Claims that rest on a receipt of a claim of this grant, too. */
export const sameReceiptsOf = (sql: Sql, { now, agreement }: Pick<WholeGrant, 'now' | 'agreement'>) =>
  listSameReceipts(sql, {
    ...{ reference: now.reference, application: now.application, recipient: agreement.recipient },
    question: receiptQuestion,
  })

async function claimsFor(installation: Installation, whole: WholeGrant, as: GrantData['as']) {
  const { now, claims } = whole
  const same = as === 'office' ? await sameReceiptsOf(installation.sql, whole) : []
  const files = (await listFiles(installation.sql, now.application)).filter(
    ({ question }) => question === receiptQuestion,
  )
  return claims.map(({ id, line, cents, spentOn, state, sealedNote, sealedNumber }) => {
    const row = files.findLast(({ thing }) => thing === id)
    const note = row && noteOfFile(installation, row)
    const path = row && (as === 'office' ? `${heldPath}/${row.id}` : `/applications/${now.application}/files/${row.id}`)
    return {
      ...{ id, line, cents, spentOn, state },
      note: sealedNote ? openText(installation, now.reference, id, sealedNote) : null,
      number: sealedNumber ? openText(installation, now.reference, `${id}-number`, sealedNumber) : null,
      same: same
        .filter(({ claim }) => claim === id)
        .map(({ by, reference, organisation, ...other }) => ({
          ...{ by, line: other.line, cents: other.cents, spentOn: other.spentOn },
          reference: organisation === now.organisation ? reference : null,
        })),
      receipt: note && path ? { name: note.name, path, state: note.state } : null,
    }
  })
}

function reportFor(
  installation: Installation,
  { language }: FastifyRequest,
  { now, grant }: WholeGrant,
  { kind, dueOn, state, sealedAnswers, sealedNote }: Report,
  today: string,
  fields: GrantData['reports'][number]['fields'],
): GrantData['reports'][number] {
  const { code } = installation.pack.government.currency
  const answers = sealedAnswers
    ? (JSON.parse(openText(installation, now.reference, kind, sealedAnswers)) as Answers)
    : undefined
  return {
    ...{ kind, dueOn, state, fields, late: state === 'open' && dueOn < today },
    note: sealedNote ? openText(installation, now.reference, `${kind}-note`, sealedNote) : null,
    answers: answers
      ? grant.reports[kind]!.questions.map((question) => ({
          title: say(question.title, language),
          value: say(textOrDash(question, answers[question.id], code), language),
        }))
      : [],
  }
}

/** What was typed for some questions, with mistakes as the page shows them. */
export function readForm(form: string, questions: readonly Question[], typed: Typed) {
  const { answers, wrong } = readTyped(questions, typed)
  return {
    answers,
    wrong: wrong.map(({ name, text, values = {} }) => ({ form, field: name, text: sayEverywhere(text, values) })),
  }
}
