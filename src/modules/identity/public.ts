// The door of identity.

/** Whether a request’s person may do an act in the name in which they act now; the second throws where they may not. */
export { type ActAsked, actingLimits, mayAct, requireMayAct } from './acting/acting.ts'
// The door of identity: how other modules reach a person.
export type { AlertKind } from './inbox/alerts.rules.ts'
export { type NewAlert, type NewMessage, sendAlert, sendMessage } from './inbox/messages.ts'
