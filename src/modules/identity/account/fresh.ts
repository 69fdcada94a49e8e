import type { FastifyRequest } from 'fastify'

/** How lately a person must have proved to be there to see a page that changes how they sign in. */
export const freshSeconds = 10 * 60

/** What such a page sends may come later, by as much as a person thinks about it. */
export const sentSeconds = 2 * freshSeconds

/** Whether this session was opened by a recovery code, and no passkey that is known has confirmed it since. */
export const cameByRecovery = ({ sessionRecovered }: FastifyRequest): boolean => sessionRecovered === true
