import type { Sql } from '#platform'
import type { StepEntry } from './step-entry.rules.ts'

/** Who took a step that came back from a mirror: nobody knows. */
export const lostActor = 'lost'

export type StepRow = {
  leaf: Buffer
  register: string
  number: string
  /** Its place among the entries of the item, from 1. */
  place: number
  kind: StepEntry['kind']
  step: string
  party: string
  tookEffect: boolean
  proposal: Buffer | null
  entry: Buffer
  /** Sealed; null after they were erased or lost. */
  salt: Buffer | null
  content: Buffer | null
  /** `erased` after they were erased, `lost` where nobody knows. */
  actedBy: string
  organisation: string | null
  actedAt: string
}

const columns = (sql: Sql) => sql`
  leaf, register, number, place, kind, step, party, took_effect, proposal, entry, salt, content, acted_by, organisation, acted_at`

export async function insertStep(
  sql: Sql,
  { actedAt, ...row }: Omit<StepRow, 'actedAt'> & { actedAt: Date; token: string },
): Promise<void> {
  await sql`
    insert into ledger.step (leaf, register, number, place, kind, step, party, took_effect, proposal, entry, salt, content,
      acted_by, organisation, acted_at, token)
    values (${row.leaf}, ${row.register}, ${row.number}, ${row.place}, ${row.kind}, ${row.step}, ${row.party},
      ${row.tookEffect}, ${row.proposal}, ${row.entry}, ${row.salt}, ${row.content}, ${row.actedBy}, ${row.organisation},
      ${actedAt}, ${row.token})`
}

/** Who approved a proposal as this party, the first of them first. */
export async function findTakers(
  sql: Sql,
  proposal: Uint8Array,
  party: string,
): Promise<Pick<StepRow, 'actedBy' | 'organisation'>[]> {
  return sql<Pick<StepRow, 'actedBy' | 'organisation'>[]>`
    select acted_by, organisation
    from ledger.step
    where proposal = ${proposal} and party = ${party} and kind = 'step-approved'
    order by place
    limit 10`
}

/** What came of a form of this person. */
export async function findStepByToken(sql: Sql, actedBy: string, token: string): Promise<StepRow | undefined> {
  const [row] = await sql<StepRow[]>`
    select ${columns(sql)}
    from ledger.step
    where acted_by = ${actedBy} and token = ${token}`
  return row
}

export async function findStep(sql: Sql, leaf: Uint8Array): Promise<StepRow | undefined> {
  const [row] = await sql<StepRow[]>`
    select ${columns(sql)}
    from ledger.step
    where leaf = ${leaf}`
  return row
}

/** The leaf of the entry by which the last step of an item took effect. */
export async function findLastEffect(sql: Sql, register: string, number: string): Promise<Buffer | undefined> {
  const [row] = await sql<{ leaf: Buffer }[]>`
    select leaf
    from ledger.step
    where register = ${register} and number = ${number} and took_effect
    order by place desc
    limit 1`
  return row?.leaf
}

/**
 * Whether the newest entry of an item, or the rules by which it is judged, wait for the log with the number of a later transaction than
 * this one: what this one writes would stand before what it follows. Until this one ends the log may take them at any time, and then they
 * stand in their order.
 */
export async function isOvertaken(
  sql: Sql,
  { log, head, rules }: { log: string; head: string | undefined; rules: string },
): Promise<boolean> {
  const leaves = [rules, ...(head ? [head] : [])].map((leaf) => Buffer.from(leaf, 'hex'))
  // What stands in a row begins with its length in two octets.
  const [row] = await sql<[{ overtaken: boolean }]>`
    select exists (
      select from ledger.pending
      join ledger.log on log.id = pending.log
      where log.name = ${log} and pending.written_by > pg_current_xact_id()
        and substring(pending.entries from 3) in (
          select entry from ledger.step where leaf = any (${sql.array(leaves)}::bytea[])
          union all
          select entry from ledger.rule_set where leaf = any (${sql.array(leaves)}::bytea[]))
    ) as overtaken`
  return row.overtaken
}

export const stepsShown = 200

/** The entries of an item, the newest first. */
export async function listSteps(sql: Sql, register: string, number: string): Promise<StepRow[]> {
  return sql<StepRow[]>`
    select ${columns(sql)}
    from ledger.step
    where register = ${register} and number = ${number}
    order by place desc
    limit ${stepsShown}`
}

export async function insertInvitation(
  sql: Sql,
  { proposal, lookup, code }: { proposal: Uint8Array; lookup: Uint8Array; code: Uint8Array },
): Promise<void> {
  await sql`
    insert into ledger.invitation (proposal, lookup, code)
    values (${proposal}, ${lookup}, ${code})`
}

/** The proposal that a code leads to. */
export async function findInvited(sql: Sql, lookup: Uint8Array): Promise<StepRow | undefined> {
  const [row] = await sql<StepRow[]>`
    select ${columns(sql)}
    from ledger.step
    where leaf = (select proposal from ledger.invitation where lookup = ${lookup})`
  return row
}

/** The code of a proposal, sealed. */
export async function findInvitation(
  sql: Sql,
  proposal: Uint8Array,
): Promise<{ code: Buffer; lookup: Buffer } | undefined> {
  const [row] = await sql<{ code: Buffer; lookup: Buffer }[]>`
    select code, lookup
    from ledger.invitation
    where proposal = ${proposal}`
  return row
}

/** Which of these proposals somebody made or approved. */
export async function listApprovedBy(sql: Sql, actedBy: string, proposals: readonly string[]): Promise<Set<string>> {
  const leaves = sql.array(proposals.map((each) => Buffer.from(each, 'hex')))
  const rows = await sql<{ leaf: Buffer }[]>`
    select distinct coalesce(proposal, leaf) as leaf
    from ledger.step
    where acted_by = ${actedBy} and (leaf = any (${leaves}::bytea[]) or proposal = any (${leaves}::bytea[]))
    limit ${proposals.length}`
  return new Set(rows.map(({ leaf }) => leaf.toString('hex')))
}

const invitedMax = 100

/** The proposals of an item for which a code waits. */
export async function listInvited(sql: Sql, register: string, number: string): Promise<Buffer[]> {
  const rows = await sql<{ proposal: Buffer }[]>`
    select invitation.proposal
    from ledger.invitation
    join ledger.step on step.leaf = invitation.proposal
    where step.register = ${register} and step.number = ${number}
    limit ${invitedMax}`
  return rows.map(({ proposal }) => proposal)
}

/** Codes of an item’s proposals that wait no more. */
export async function deleteInvitations(
  sql: Sql,
  { register, number, open }: { register: string; number: string; open: readonly Uint8Array[] },
): Promise<void> {
  await sql`
    delete from ledger.invitation
    using ledger.step
    where step.leaf = invitation.proposal and step.register = ${register} and step.number = ${number}
      and step.leaf <> all (${sql.array(open.map((each) => Buffer.from(each)))}::bytea[])`
}

/** Forgets what the entries of an item were committed to, and who wrote them. */
export async function eraseSteps(sql: Sql, register: string, number: string): Promise<void> {
  await sql`
    update ledger.step
    set salt = null, content = null, acted_by = 'erased', organisation = null, token = gen_random_uuid()
    where register = ${register} and number = ${number} and salt is not null`
}
