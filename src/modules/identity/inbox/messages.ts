import { randomUUID } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { queueJob, type Sql, Text, type Values, type Vault } from '#platform'
import { problem } from '../problems.ts'
import { type AlertKind, alerts, fill } from './alerts.rules.ts'
import { insertAlert, insertMessages, insertNotifications } from './messages.sql.ts'

export const deliverJob = 'identity.deliver-notifications'

/** A page of this site and nothing else: `//elsewhere` and `/\elsewhere` would leave it. */
const ownPath = { pattern: '^/(?![/\\\\])[!-~]*$', maxLength: 300 }
export const OwnPath = Type.String(ownPath)

/** What is sealed of a message. */
export type Content = Static<typeof Content>
export const Content = Type.Object({
  title: Text,
  /** Paragraphs are parted by an empty line; nothing in it is markup. */
  body: Text,
  /** The sender’s own, as the number of a case. */
  reference: Type.Optional(Type.String()),
  /** Where the person goes on from here: a page of this site. */
  link: Type.Optional(Type.String()),
})

export type NewMessage = Content & {
  /** Of the installation: what a message says is sealed. */
  vault: Pick<Vault, 'seal'>
  personId: string
  /** Who sends it: an identifier of the pack. */
  organisation: string
  /** One of the sender’s services, for which the person may have a preference of their own. */
  service?: string
  /** The sender sees when it was opened. The person is told so. */
  receipt?: boolean
  /** The person is asked to press a button that says that they have read it. */
  acknowledgement?: boolean
}

/**
 * Puts a message into a person’s inbox, in the caller’s transaction: it is there exactly if what it tells of has happened.
 * Mail and push, where the person wants them, are queued in the same transaction and say only that there is a message.
 * Returns its identifier. Refuses with `identity.recipient-not-found` when the person has no open account; throws when
 * `link` would lead off this site.
 */
export async function sendMessage(sql: Sql, message: NewMessage): Promise<string> {
  const [id] = await sendMessages(sql, { ...message, personIds: [message.personId] })
  return id!
}

type NewMessages = Omit<NewMessage, 'personId'> & { personIds: readonly string[]; batchId?: string }

/** The same message to many people, each with a seal of its own. All of them get it, or nobody does. */
export async function sendMessages(sql: Sql, { personIds, vault, ...message }: NewMessages): Promise<string[]> {
  const { title, body, reference, link, ...rest } = message
  if (link !== undefined && !isOwnPath(link)) throw new Error('A message may link to pages of this site alone')
  const content = JSON.stringify({ title, body, ...(reference && { reference }), ...(link && { link }) })
  const rows = personIds.map((personId) => {
    const id = randomUUID()
    return { id, personId, sealed: vault.seal('message', content, `message/${id}`) }
  })
  const sent = await insertMessages(sql, rows, rest)
  if (sent !== rows.length) throw problem('recipient-not-found')
  const ids = rows.map(({ id }) => id)
  await notify(sql, ids)
  return ids
}

export type NewAlert = {
  personId: string
  kind: AlertKind
  /**
   * Fill the places of its sentence. Nothing in them may tell who the person is, or what they do with a department. A
   * `mandate` or a `request` is named by its identifier, and read as `{other}` or `{document}` when the alert is opened.
   */
  values?: Values
  /** Where exactly it is undone, if a closer page than that of its kind. */
  undo?: string
}

/**
 * Tells a person that something about their account changed and how to undo it, in the caller’s transaction. It always
 * lies in the inbox; mail and push go by the person’s preferences, and are on unless they said otherwise. Whose account is
 * closed is told nothing. Throws when a value of its sentence is missing or `undo` would lead off this site.
 */
export async function sendAlert(sql: Sql, { personId, kind, values = {}, undo }: NewAlert): Promise<void> {
  if (undo !== undefined && !isOwnPath(undo)) throw new Error('An alert is undone on a page of this site alone')
  fill(alerts[kind].line, { other: '', document: '', ...values })
  const id = randomUUID()
  if (await insertAlert(sql, { id, personId, kind, values, undo: undo ?? null })) await notify(sql, [id])
}

async function notify(sql: Sql, ids: readonly string[]): Promise<void> {
  if ((await insertNotifications(sql, ids)) > 0) await queueJob(sql, deliverJob, {})
}

const isOwnPath = (path: string) => new RegExp(ownPath.pattern).test(path) && path.length <= ownPath.maxLength
