import { type Static, Type } from 'typebox'
import { type Installation, Text, texts, type Values } from '#platform'
import { alertOf, fill } from './alerts.rules.ts'
import type { MessageRow } from './inbox.sql.ts'
import type { Content } from './messages.ts'

const words = texts({
  gone: { en: 'Something about your account changed', 'zh-Hant': '你的帳戶有變動' },
  alerts: { en: 'Your account here', 'zh-Hant': '你的帳戶' },
})

const Instant = Type.Union([Type.String(), Type.Null()])

/** A line of an inbox. */
export type Line = Static<typeof Line>
export const Line = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['message', 'alert']),
  sender: Text,
  service: Type.Union([Type.String(), Type.Null()]),
  title: Text,
  sentAt: Type.String(),
  readAt: Instant,
  receiptWanted: Type.Boolean(),
  acknowledgementWanted: Type.Boolean(),
  acknowledgedAt: Instant,
  archivedAt: Instant,
})

/** A whole message, opened. */
export type Shown = Static<typeof Shown>
export const Shown = Type.Object({
  ...Line.properties,
  body: Text,
  reference: Type.Union([Type.String(), Type.Null()]),
  /** Where the person goes on from here, or undoes what an alert tells of. */
  link: Type.Union([Type.Object({ path: Type.String(), text: Type.Union([Text, Type.Null()]) }), Type.Null()]),
})

type Means = Pick<Installation, 'vault' | 'pack'>

/** How a sender is called: as the pack does, or the platform itself. */
export function senderName({ pack }: Pick<Means, 'pack'>, sender: string | null): Text {
  if (sender === null || sender === 'alerts') return words.alerts
  return pack.organisations.find(({ id }) => id === sender)?.name ?? { en: sender, 'zh-Hant': sender }
}

/** What was sealed of a message. Throws where the vault has another secret by now. */
export const openContent = ({ vault }: Pick<Means, 'vault'>, { id, sealed }: { id: string; sealed: Buffer }) =>
  JSON.parse(vault.open('message', sealed, `message/${id}`).toString()) as Content

/** A row as its person reads it; an alert with what it names by reference. */
export function open(means: Means, row: MessageRow, references: Values): Shown {
  const { organisation, sealedContent, alertKind, alertValues, undoPath, ...line } = row
  const shared = { ...line, sender: senderName(means, organisation) }
  if (row.kind === 'message') {
    const { link, reference, ...content } = openContent(means, { id: row.id, sealed: sealedContent! })
    return { ...shared, ...content, reference: reference ?? null, link: link ? { path: link, text: null } : null }
  }
  const alert = alertOf(alertKind!)
  if (!alert) return { ...shared, title: words.gone, body: words.gone, reference: null, link: null }
  const link = { path: undoPath ?? alert.path, text: alert.undo }
  return {
    ...shared,
    title: alert.title,
    body: fill(alert.line, { ...alertValues, ...references }),
    reference: null,
    link,
  }
}
