// The door of identity: who may act for whom, and how other modules reach a person.

/** Whether a request’s person may do an act in the name in which they act now; the second throws where they may not. */
export { type ActAsked, actingLimits, mayAct, requireMayAct } from './acting/acting.ts'
export type { AlertKind } from './inbox/alerts.rules.ts'
export { type NewAlert, type NewMessage, sendAlert, sendMessage } from './inbox/messages.ts'
/** Who holds a permission now, in one organisation of the government or in any. */
export { listHolders } from './organisations/holders.ts'
