// The door of identity: who may act for whom, how other modules reach a person, codes and time stamps.

/** Whether a request’s person may do an act in the name in which they act now; the second throws where they may not. */
export { type ActAsked, actingLimits, mayAct, requireMayAct } from './acting/acting.ts'
export type { AlertKind } from './inbox/alerts.rules.ts'
export { type NewAlert, type NewMessage, sendAlert, sendMessage } from './inbox/messages.ts'
/** Whether a network address is one that anybody on the internet could reach; what calls addresses of others asks it. */
export { isPublicAddress } from './inbox/push.rules.ts'
/** For whom some people act by a mandate. */
export { listPrincipals } from './mandates/mandates.sql.ts'
/** Who of some people acts now for some organisations, in whatever role. */
export { listMemberships } from './organisations/grants.sql.ts'
/** Who holds a permission now, in one organisation of the government or in any. */
export { listHolders } from './organisations/holders.ts'
export { findOrganisation } from './organisations/organisations.sql.ts'
/** How people are called: by the name that they gave, and as their document bears it. */
export { nameForOthers } from './people/name-for-others.ts'
export { namesOf } from './people/people.sql.ts'
/** The name by which a program with an access token knows a person. */
export { subjectOf } from './provider/token-person.ts'
/** A code for a phone, as the path of an SVG: `drawCode` makes what `Code` shows. */
export { Code, DrawnCode, drawCode } from './qr/qr-code.tsx'
/** Counts a try of a code that somebody was given, or refuses it; forgotten when one was right. */
export { forgetTries, takeTurn } from './recovery/attempts.sql.ts'
/** The permissions that roles give, as the matrix of roles prints them. */
export { permissionsOf } from './roles.ts'
/** A time stamp (RFC 3161): whether one holds, also in a browser; what one says; the token in DER for a SHA-256 hash; and the TimeStampResp that carries it. */
export { judgeTimestamp, type TimestampOutcome } from './signing/judge-timestamp.ts'
export { readTimestamp, type Timestamp } from './signing/stamped.ts'
export { type RequestTimestamp, timestampsOf, writeReply as writeTimestampReply } from './signing/timestamps.ts'
