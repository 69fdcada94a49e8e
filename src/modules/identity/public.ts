// The door of identity.

/** Whether a request’s person may do an act in the name in which they act now; the second throws where they may not. */
export { type ActAsked, actingLimits, mayAct, requireMayAct } from './acting/acting.ts'
