import type { Sql } from '#platform'

/** What a person has written of an answer and not sent, sealed. */
export async function findReplyDraft(sql: Sql, reference: string, personId: string): Promise<Buffer | undefined> {
  const [row] = await sql<{ sealedText: Buffer }[]>`
    select sealed_text
    from services.reply_draft
    where reference = ${reference} and person_id = ${personId}`
  return row?.sealedText
}

export async function saveReplyDraft(
  sql: Sql,
  of: { reference: string; personId: string; sealedText: Buffer; now: Date },
): Promise<void> {
  await sql`
    insert into services.reply_draft (reference, person_id, sealed_text, changed_at)
    values (${of.reference}, ${of.personId}, ${of.sealedText}, ${of.now})
    on conflict (reference, person_id) do update
    set sealed_text = excluded.sealed_text, changed_at = excluded.changed_at`
}

/** Forgets what anybody has ready for the answer to a case and has not sent: its question no longer waits. */
export async function deleteDrafts(sql: Sql, reference: string): Promise<void> {
  await sql`delete from services.reply_draft where reference = ${reference}`
  await sql`delete from services.file where reply_to = ${reference} and unsent_by is not null`
}
