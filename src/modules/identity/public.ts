// The door of identity: how other modules reach a person.
export type { AlertKind } from './inbox/alerts.rules.ts'
export { type NewAlert, type NewMessage, sendAlert, sendMessage } from './inbox/messages.ts'
