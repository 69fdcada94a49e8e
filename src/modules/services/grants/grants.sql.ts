import type { Sql } from '#platform'
import { problem } from '../problems.ts'
import type { Claim, Line, Move } from './grants.rules.ts'

export type Agreement = {
  reference: string
  service: string
  organisation: string
  recipient: string
  initiative: string | null
  grantedCents: number
  madeAt: string
  acceptedAt: string | null
  closedAt: string | null
  unspentCents: number | null
  returnCents: number | null
}

const agreementColumns = (sql: Sql) => sql`
  reference, service, organisation, recipient, initiative, granted_cents, made_at, accepted_at, closed_at, unspent_cents, return_cents`

export async function findAgreement(sql: Sql, reference: string): Promise<Agreement | undefined> {
  const [row] = await sql<Agreement[]>`
    select ${agreementColumns(sql)}
    from services.grant_agreement
    where reference = ${reference}`
  return row
}

/** An agreement until the transaction ends: everything under it changes one act after the other. */
export async function lockAgreement(sql: Sql, reference: string): Promise<Agreement | undefined> {
  const [row] = await sql<Agreement[]>`
    select ${agreementColumns(sql)}
    from services.grant_agreement
    where reference = ${reference}
    for update`
  return row
}

/** Reserves a part of a ceiling, or gives it back where `cents` is below zero. The row is locked, and its constraint has the last word. */
export async function reserve(
  sql: Sql,
  of: { service: string; recipient: string; cents: number; maxCents: number },
): Promise<void> {
  try {
    await sql`
      insert into services.grant_total as total (service, recipient, reserved_cents, max_cents)
      values (${of.service}, ${of.recipient}, 0, ${of.maxCents})
      on conflict do nothing`
    await sql`
      update services.grant_total
      set reserved_cents = reserved_cents + ${of.cents},
        max_cents = case when ${of.cents} > 0 then ${of.maxCents} else max_cents end
      where service = ${of.service} and recipient = ${of.recipient}`
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'grant_within_ceiling')
      throw problem(of.recipient === '' ? 'grant-above-sum' : 'grant-above-ceiling')
    throw error
  }
}

/** The total of a recipient until the transaction ends: nobody grants or moves money under its ceilings meanwhile. */
export async function lockTotal(sql: Sql, of: { service: string; recipient: string }): Promise<void> {
  await sql`
    select recipient
    from services.grant_total
    where service = ${of.service} and recipient = ${of.recipient}
    for update`
}

/**
 * What a recipient has of each kind of cost in other agreements that a programme made in this time. Money that waits to come into
 * a kind counts; of what was closed counts what was spent.
 */
export const listKinds = (
  sql: Sql,
  of: { service: string; recipient: string; reference: string; from: Date; until: Date },
) =>
  sql<{ category: string; cents: number }[]>`
    select line.category, sum(case
      when agreement.closed_at is null then line.granted_cents + into_line.cents - away.cents
      else spent.cents end)::bigint as cents
    from services.grant_agreement as agreement
    join services.grant_line as line on line.reference = agreement.reference and line.category is not null
    cross join lateral (
      select coalesce(sum(cents), 0) as cents
      from services.grant_virement as moved
      where moved.reference = line.reference and to_line = line.line and state in ('free', 'asked', 'approved')) as into_line
    cross join lateral (
      select coalesce(sum(cents), 0) as cents
      from services.grant_virement as moved
      where moved.reference = line.reference and from_line = line.line and state in ('free', 'approved')) as away
    cross join lateral (
      select coalesce(sum(cents), 0) as cents
      from services.grant_claim as claim
      where claim.reference = line.reference and claim.line = line.line and state = 'accepted') as spent
    where agreement.service = ${of.service} and agreement.recipient = ${of.recipient}
      and agreement.reference <> ${of.reference} and made_at >= ${of.from} and made_at < ${of.until}
    group by line.category
    order by line.category
    limit 100`

type NewAgreement = Pick<
  Agreement,
  'reference' | 'service' | 'organisation' | 'recipient' | 'initiative' | 'grantedCents'
> & { recipientName: string; now: Date }

export async function insertAgreement(sql: Sql, row: NewAgreement): Promise<void> {
  await sql`
    insert into services.grant_agreement (reference, service, organisation, recipient, recipient_name, initiative, granted_cents, made_at)
    values (${row.reference}, ${row.service}, ${row.organisation}, ${row.recipient}, ${row.recipientName}, ${row.initiative},
      ${row.grantedCents}, ${row.now})`
}

export async function insertLine(sql: Sql, reference: string, { line, category, grantedCents }: Line): Promise<void> {
  await sql`
    insert into services.grant_line (reference, line, category, granted_cents)
    values (${reference}, ${line}, ${category}, ${grantedCents})`
}

export const listLines = (sql: Sql, reference: string) =>
  sql<Line[]>`
    select line, category, granted_cents
    from services.grant_line
    where reference = ${reference}
    order by line
    limit 100`

export type Instalment = {
  id: string
  cents: number
  state: 'waiting' | 'proposed' | 'payable' | 'lapsed'
  proposedBy: string | null
  payableAt: string | null
  payableCents: number | null
}

export async function insertInstalment(
  sql: Sql,
  reference: string,
  row: { id: string; position: number; cents: number },
): Promise<void> {
  await sql`
    insert into services.grant_instalment (reference, id, position, cents)
    values (${reference}, ${row.id}, ${row.position}, ${row.cents})`
}

export const listInstalments = (sql: Sql, reference: string) =>
  sql<Instalment[]>`
    select id, cents, state, proposed_by, payable_at, payable_cents
    from services.grant_instalment
    where reference = ${reference}
    order by position
    limit 20`

export async function updateProposed(sql: Sql, reference: string, id: string, officer: string): Promise<void> {
  await sql`
    update services.grant_instalment
    set state = 'proposed', proposed_by = ${officer}
    where reference = ${reference} and id = ${id} and state = 'waiting'`
}

export async function updatePayable(
  sql: Sql,
  reference: string,
  id: string,
  by: { officer: string; cents: number; now: Date },
): Promise<void> {
  await sql`
    update services.grant_instalment
    set state = 'payable', confirmed_by = ${by.officer}, payable_at = ${by.now}, payable_cents = ${by.cents}
    where reference = ${reference} and id = ${id} and state = 'proposed'`
}

export async function acceptAgreement(sql: Sql, reference: string, person: string, now: Date): Promise<void> {
  await sql`
    update services.grant_agreement
    set accepted_at = ${now}, accepted_by = ${person}
    where reference = ${reference} and accepted_at is null`
}

/** Ends an agreement; instalments that did not become payable never will. */
export async function closeAgreement(
  sql: Sql,
  reference: string,
  of: { officer: string; unspentCents: number; returnCents: number; now: Date },
): Promise<void> {
  await sql`
    update services.grant_agreement
    set closed_at = ${of.now}, closed_by = ${of.officer}, unspent_cents = ${of.unspentCents}, return_cents = ${of.returnCents}
    where reference = ${reference} and closed_at is null`
  await sql`
    update services.grant_instalment
    set state = 'lapsed'
    where reference = ${reference} and state in ('waiting', 'proposed')`
}

type ClaimRow = Claim & {
  id: string
  spentOn: string
  sentAt: string
  sealedNote: Buffer | null
  sealedNumber: Buffer | null
}

export async function insertClaim(
  sql: Sql,
  row: { id: string; reference: string; line: number; cents: number; spentOn: string; now: Date } & {
    number: { sealed: Buffer; lookup: Buffer } | null
  },
): Promise<void> {
  const { count } = await sql`
    insert into services.grant_claim (id, reference, line, cents, spent_on, sealed_number, number_lookup, sent_at)
    values (${row.id}, ${row.reference}, ${row.line}, ${row.cents}, ${row.spentOn}, ${row.number?.sealed ?? null},
      ${row.number?.lookup ?? null}, ${row.now})
    on conflict (id) do nothing`
  if (count === 0) throw problem('grant-not-now')
}

/** As many claims as one agreement may have. */
export const claimsMax = 500

export const listClaims = (sql: Sql, reference: string) =>
  sql<ClaimRow[]>`
    select id, line, cents, spent_on, state, sent_at, sealed_note, sealed_number
    from services.grant_claim
    where reference = ${reference}
    order by sent_at, id
    limit ${claimsMax}`

/** A claim whose receipt is that of another one too: by the same file, or by the same number. */
type SameReceipt = {
  claim: string
  by: 'file' | 'number'
  id: string
  reference: string
  organisation: string
  line: number
  cents: number
  spentOn: string
}
const sameMax = 200

/** Claims of a recipient, of this grant or another, that rest on a receipt of a claim of this one. What was refused rests on nothing. */
export const listSameReceipts = (
  sql: Sql,
  of: { reference: string; application: string; recipient: string; question: string },
) =>
  sql<SameReceipt[]>`
    with same as (
      select distinct sent.thing as claim, 'file' as by, again.thing as id
      from services.file as sent
      join services.file as again on again.lookup = sent.lookup and again.question = ${of.question}
      where sent.application = ${of.application} and sent.question = ${of.question} and again.thing <> sent.thing
      union
      select own.id, 'number', again.id
      from services.grant_claim as own
      join services.grant_claim as again on again.number_lookup = own.number_lookup and again.id <> own.id
      where own.reference = ${of.reference})
    select same.claim, same.by, other.id, other.reference, agreement.organisation, other.line, other.cents, other.spent_on
    from same
    join services.grant_claim as other on other.id = same.id and other.state <> 'refused'
    join services.grant_agreement as agreement on agreement.reference = other.reference
    where agreement.recipient = ${of.recipient}
    order by other.sent_at, other.id, same.by
    limit ${sameMax}`

export async function updateClaim(
  sql: Sql,
  id: string,
  of: { state: 'accepted' | 'refused'; officer: string; sealedNote: Buffer | null; now: Date },
): Promise<void> {
  await sql`
    update services.grant_claim
    set state = ${of.state}, checked_at = ${of.now}, checked_by = ${of.officer}, sealed_note = ${of.sealedNote}
    where id = ${id} and state = 'sent'`
}

type MoveRow = Move & { id: string; sealedReason: Buffer; askedAt: string }

export async function insertMove(
  sql: Sql,
  row: Move & { id: string; reference: string; sealedReason: Buffer; now: Date },
): Promise<void> {
  const { count } = await sql`
    insert into services.grant_virement (id, reference, from_line, to_line, cents, state, sealed_reason, asked_at)
    values (${row.id}, ${row.reference}, ${row.fromLine}, ${row.toLine}, ${row.cents}, ${row.state}, ${row.sealedReason}, ${row.now})
    on conflict (id) do nothing`
  if (count === 0) throw problem('grant-not-now')
}

export const movesMax = 200

export const listMoves = (sql: Sql, reference: string) =>
  sql<MoveRow[]>`
    select id, from_line, to_line, cents, state, sealed_reason, asked_at
    from services.grant_virement
    where reference = ${reference}
    order by asked_at, id
    limit ${movesMax}`

export async function updateMove(
  sql: Sql,
  id: string,
  of: { state: 'approved' | 'refused'; officer: string; now: Date },
): Promise<void> {
  await sql`
    update services.grant_virement
    set state = ${of.state}, decided_at = ${of.now}, decided_by = ${of.officer}
    where id = ${id} and state = 'asked'`
}

export type ReportKind = 'interim' | 'final'
export type Report = {
  kind: ReportKind
  dueOn: string
  state: 'open' | 'sent' | 'accepted'
  sealedAnswers: Buffer | null
  sealedNote: Buffer | null
  sentAt: string | null
}

export async function insertReport(sql: Sql, reference: string, kind: ReportKind, dueOn: string): Promise<void> {
  await sql`
    insert into services.grant_report (reference, kind, due_on)
    values (${reference}, ${kind}, ${dueOn})`
}

export const listReports = (sql: Sql, reference: string) =>
  sql<Report[]>`
    select kind, due_on, state, sealed_answers, sealed_note, sent_at
    from services.grant_report
    where reference = ${reference}
    order by due_on, kind desc
    limit 2`

export async function sendReport(
  sql: Sql,
  reference: string,
  of: { kind: ReportKind; sealedAnswers: Buffer; now: Date },
): Promise<void> {
  await sql`
    update services.grant_report
    set state = 'sent', sealed_answers = ${of.sealedAnswers}, sealed_note = null, sent_at = ${of.now}
    where reference = ${reference} and kind = ${of.kind} and state = 'open'`
}

export async function checkReport(
  sql: Sql,
  reference: string,
  of: { kind: ReportKind; state: 'open' | 'accepted'; officer: string; sealedNote: Buffer | null },
): Promise<void> {
  await sql`
    update services.grant_report
    set state = ${of.state}, checked_by = ${of.officer}, sealed_note = ${of.sealedNote}
    where reference = ${reference} and kind = ${of.kind} and state = 'sent'`
}

/** What one programme granted and what came of it, in cents. */
type ProgrammeSums = {
  service: string
  agreements: number
  open: number
  grantedCents: number
  reservedCents: number
  payableCents: number
  claimedCents: number
  returnCents: number
}

export const listProgrammes = (sql: Sql, organisation: string) =>
  sql<ProgrammeSums[]>`
    select agreement.service, count(*)::int as agreements, (count(*) filter (where closed_at is null))::int as open,
      sum(granted_cents)::bigint as granted_cents,
      sum(granted_cents - coalesce(unspent_cents, 0))::bigint as reserved_cents,
      coalesce(sum(paid.cents), 0)::bigint as payable_cents, coalesce(sum(claimed.cents), 0)::bigint as claimed_cents,
      coalesce(sum(return_cents), 0)::bigint as return_cents
    from services.grant_agreement as agreement
    left join lateral (
      select sum(payable_cents) as cents
      from services.grant_instalment
      where grant_instalment.reference = agreement.reference and state = 'payable') as paid on true
    left join lateral (
      select sum(cents) as cents
      from services.grant_claim
      where grant_claim.reference = agreement.reference and state = 'accepted') as claimed on true
    where organisation = ${organisation}
    group by agreement.service
    order by agreement.service
    limit 100`

type AgreementLine = Pick<
  Agreement,
  'reference' | 'service' | 'recipient' | 'grantedCents' | 'madeAt' | 'acceptedAt' | 'closedAt'
> & { waiting: number }

/** Agreements of a department, those first in which an officer has something to look at. */
export const listAgreements = (sql: Sql, organisation: string, limit: number) =>
  sql<AgreementLine[]>`
    select reference, service, coalesce(recipient_name, recipient) as recipient, granted_cents, made_at, accepted_at, closed_at, (
      (select count(*) from services.grant_claim where grant_claim.reference = agreement.reference and state = 'sent')
      + (select count(*) from services.grant_virement where grant_virement.reference = agreement.reference and state = 'asked')
      + (select count(*) from services.grant_report where grant_report.reference = agreement.reference and state = 'sent')
      + (select count(*) from services.grant_instalment where grant_instalment.reference = agreement.reference and state = 'proposed')
    )::int as waiting
    from services.grant_agreement as agreement
    where organisation = ${organisation}
    order by closed_at is not null, waiting desc, made_at, reference
    limit ${limit}`

/** What is granted under an initiative of the Estimates, less what closed agreements left; and what claims of it were accepted. */
export async function sumOfInitiative(sql: Sql, id: string): Promise<{ grantedCents: number; claimedCents: number }> {
  const [row] = await sql<[{ grantedCents: number; claimedCents: number }]>`
    select coalesce(sum(granted_cents - coalesce(unspent_cents, 0)), 0)::bigint as granted_cents, coalesce(sum((
      select sum(cents)
      from services.grant_claim
      where grant_claim.reference = agreement.reference and state = 'accepted')), 0)::bigint as claimed_cents
    from services.grant_agreement as agreement
    where split_part(initiative, '/', 3) = ${id}`
  return row
}
