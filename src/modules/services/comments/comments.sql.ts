import type { Sql } from '#platform'
import type { AnswerBy, Answering, Reason, State } from './types.ts'

export type Comment = {
  number: string
  token: string
  service: string
  organisation: string
  personId: string | null
  answerBy: AnswerBy
  sealedText: Buffer
  sentOn: string
  dueOn: string
  takenBy: string | null
  state: State
  sealedReply: Buffer | null
  reason: Reason | null
  settledOn: string | null
}

const columns = (sql: Sql) => sql`
  number, token, service, organisation, person_id, answer_by, sealed_text, sent_on::text as sent_on, due_on::text as due_on,
  taken_by, state, sealed_reply, reason, settled_on::text as settled_on`

type NewComment = Pick<
  Comment,
  'number' | 'token' | 'service' | 'organisation' | 'personId' | 'answerBy' | 'sealedText' | 'sentOn' | 'dueOn'
>

/** False where its form was sent before. */
export async function insertComment(sql: Sql, comment: NewComment): Promise<boolean> {
  const { number, token, service, organisation, personId, answerBy, sealedText, sentOn, dueOn } = comment
  const rows = await sql`
    insert into services.comment (number, token, service, organisation, person_id, answer_by, sealed_text, sent_on, due_on)
    values (${number}, ${token}, ${service}, ${organisation}, ${personId}, ${answerBy}, ${sealedText}, ${sentOn}::date,
      ${dueOn}::date)
    on conflict (token) do nothing`
  return rows.count > 0
}

export async function findByToken(sql: Sql, token: string): Promise<Comment | undefined> {
  const [row] = await sql<Comment[]>`select ${columns(sql)} from services.comment where token = ${token}`
  return row
}

export async function findComment(sql: Sql, number: string): Promise<Comment | undefined> {
  const [row] = await sql<Comment[]>`select ${columns(sql)} from services.comment where number = ${number}`
  return row
}

/** The same, held until the transaction ends. */
export async function lockComment(sql: Sql, number: string): Promise<Comment | undefined> {
  const [row] = await sql<Comment[]>`select ${columns(sql)} from services.comment where number = ${number} for update`
  return row
}

/** How many of a person wait for an answer, and how many came for a service on a day from people who are not signed in. */
export async function countComments(sql: Sql, of: { personId: string | null; service: string; on: string }) {
  const [row] = await sql<[{ ofPerson: number; ofDay: number }]>`
    select
      (select count(*) from services.comment
        where person_id = ${of.personId} and state = 'waiting')::integer as of_person,
      (select count(*) from services.comment
        where service = ${of.service} and sent_on = ${of.on}::date and person_id is null)::integer as of_day`
  return row
}

type Listing = { organisation: string; officer: string; show: 'waiting' | 'mine' | 'settled'; limit: number }

/** Comments of a department: those that wait by the day on which they are due, the settled ones newest first. */
export const listComments = (sql: Sql, { organisation, officer, show, limit }: Listing) =>
  show === 'settled'
    ? sql<Comment[]>`
        select ${columns(sql)}
        from services.comment
        where organisation = ${organisation} and state <> 'waiting'
        order by settled_on desc, number
        limit ${limit}`
    : sql<Comment[]>`
        select ${columns(sql)}
        from services.comment
        where organisation = ${organisation} and state = 'waiting' and (${show} = 'waiting' or taken_by = ${officer})
        order by due_on, number
        limit ${limit}`

export async function takeComment(sql: Sql, number: string, officer: string): Promise<void> {
  await sql`update services.comment set taken_by = ${officer} where number = ${number}`
}

type Settled = { by: string; on: string } & ({ sealedReply: Buffer } | { reason: Reason })

/** Answers or closes it. It is locked, and waits. */
export async function settleComment(sql: Sql, number: string, settled: Settled): Promise<void> {
  const reply = 'sealedReply' in settled ? settled.sealedReply : null
  const reason = 'reason' in settled ? settled.reason : null
  await sql`
    update services.comment
    set state = ${reply ? 'answered' : 'closed'}, sealed_reply = ${reply}, reason = ${reason}, taken_by = ${settled.by},
      settled_by = ${settled.by}, settled_on = ${settled.on}::date
    where number = ${number}`
}

type Since = { since: string; today: string }

/** A comment counts once it is settled, or its day has passed: those that are not due yet say nothing of a department. */
const counts = (sql: Sql, today: string) => sql`
  count(*) filter (where state <> 'waiting' or due_on < ${today}::date)::integer as wanted,
  count(*) filter (where state = 'answered' and settled_on <= due_on)::integer as in_time,
  count(*) filter (where state = 'answered')::integer as answered,
  count(*) filter (where state = 'closed')::integer as closed,
  count(*) filter (where state = 'waiting')::integer as waiting`

/** How each service answers those who wanted an answer. */
export const listAnswering = (sql: Sql, { since, today }: Since) =>
  sql<({ service: string } & Answering)[]>`
    select service, ${counts(sql, today)}
    from services.comment
    where answer_by <> 'none' and sent_on >= ${since}::date
    group by service
    order by service
    limit 5000`

export async function findAnswering(sql: Sql, service: string, { since, today }: Since): Promise<Answering> {
  const [row] = await sql<[Answering]>`
    select ${counts(sql, today)}
    from services.comment
    where answer_by <> 'none' and sent_on >= ${since}::date and service = ${service}`
  return row
}

export async function deleteCommentsBefore(sql: Sql, day: string): Promise<void> {
  await sql`delete from services.comment where state <> 'waiting' and settled_on < ${day}::date`
}
