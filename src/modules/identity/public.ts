// The door of identity: who may act for whom, how other modules reach a person, codes and time stamps.

/** Whether a request’s person may do an act in the name in which they act now; the second throws where they may not. */
export { type ActAsked, actingLimits, mayAct, requireMayAct } from './acting/acting.ts'
export type { AlertKind } from './inbox/alerts.rules.ts'
export { type NewAlert, type NewMessage, sendAlert, sendMessage } from './inbox/messages.ts'

/** A text as a QR code: how it is drawn, and as part of a page. */
export { Code, drawCode } from './qr/qr-code.tsx'
/** A time stamp (RFC 3161): whether one holds, also in a browser; what one says; the token in DER for a SHA-256 hash; and the TimeStampResp that carries it. */
export { judgeTimestamp, type TimestampOutcome } from './signing/judge-timestamp.ts'
export { readTimestamp, type Timestamp } from './signing/stamped.ts'
export { type RequestTimestamp, timestampsOf, writeReply as writeTimestampReply } from './signing/timestamps.ts'
