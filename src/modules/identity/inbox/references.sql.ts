import { type Sql, type Text, texts, type Values } from '#platform'
import type { MessageRow } from './inbox.sql.ts'

const words = texts({
  other: { en: 'another person', 'zh-Hant': '另一人' },
  document: { en: 'a document', 'zh-Hant': '一份文件' },
  named: { en: '“{name}”', 'zh-Hant': '「{name}」' },
})

/**
 * What alerts of a person name by reference, `mandate` and `request`: the other of the two, the document. Read anew each
 * time, so that no copy of a name lies with the alert. What is not theirs, or is gone, is named in general.
 */
export async function referencesOf(
  sql: Sql,
  personId: string,
  rows: readonly Pick<MessageRow, 'id' | 'alertValues'>[],
): Promise<(row: Pick<MessageRow, 'alertValues'>) => Values> {
  const idsOf = (key: string) => rows.flatMap(({ alertValues }) => (alertValues?.[key] ? [`${alertValues[key]}`] : []))
  const [mandates, requests] = [idsOf('mandate'), idsOf('request')]
  const others = mandates.length === 0 ? [] : await listOthers(sql, personId, mandates)
  const documents = requests.length === 0 ? [] : await listDocumentNames(sql, personId, requests)
  return ({ alertValues }) => {
    const other = others.find(({ id }) => id === alertValues?.mandate)?.name
    const name = documents.find(({ id }) => id === alertValues?.request)?.name
    return { other: other ?? words.other, document: name === undefined ? words.document : quoted(name) }
  }
}

const quoted = (name: string): Text => ({
  en: words.named.en.replace('{name}', () => name),
  'zh-Hant': words.named['zh-Hant'].replace('{name}', () => name),
  'zh-Hans': words.named['zh-Hant'].replace('{name}', () => name),
})

async function listOthers(sql: Sql, personId: string, ids: readonly string[]): Promise<{ id: string; name: Text }[]> {
  return sql<{ id: string; name: Text }[]>`
    select mandate.id, other.name
    from identity.mandate
    join identity.person as other
      on other.id = case when mandate.principal_id = ${personId} then mandate.agent_id else mandate.principal_id end
    where mandate.id = any (${ids as string[]}::uuid[])
      and (mandate.principal_id = ${personId} or mandate.agent_id = ${personId})
    limit 100`
}

async function listDocumentNames(sql: Sql, personId: string, ids: readonly string[]) {
  return sql<{ id: string; name: string }[]>`
    select request.id, request.document_name as name
    from identity.signing_request as request
    where request.id = any (${ids as string[]}::uuid[])
      and (request.person_id = ${personId} or exists (
        select from identity.signature
        where signature.request_id = request.id and signature.person_id = ${personId}))
    limit 100`
}
