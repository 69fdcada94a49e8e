import type { FastifyRequest } from 'fastify'
import type { Person } from '#platform'
import { problem } from '../problems.ts'

/** What one role or mandate lets a person do in the name of another. `null` is no limit. */
export type Limit = {
  /** Everything, high-risk services too. */
  full: boolean
  /** Identifiers of clients. */
  services: readonly string[] | null
  centsMax: number | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** By what a person acts for another, each enough for what it covers; undefined for who acts for themselves. */
    actingLimits: readonly Limit[] | undefined
  }
  interface FastifyContextConfig {
    /** May be done in another person’s name. Without it an unsafe route that asks who one is refuses it. */
    onBehalf?: true
  }
}

/** What is about to be done: for which service, for how much money, and whether it is one that never goes by default. */
export type ActAsked = { service: string; cents?: number; highRisk?: boolean }

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Denies by default what is done in another person’s name: signing, keys, consents and further mandates are nobody’s to
 * do but one’s own, and a route of any module must say that it is not one of these. Throws `not-on-behalf`.
 */
export function refuseOnBehalf(request: FastifyRequest, person: Person): void {
  const { access, onBehalf } = request.routeOptions.config ?? {}
  if (!person.onBehalfOf || onBehalf || safeMethods.has(request.method)) return
  // What is open to everybody is not done by anybody’s right: signing in again, a protocol between programs.
  if (access === undefined || access === 'public') return
  throw problem('not-on-behalf')
}

/** The limits under which a request acts for another; undefined for who acts for themselves. */
export const actingLimits = ({ actingLimits }: Pick<FastifyRequest, 'actingLimits'>) => actingLimits

const covers = ({ full, services, centsMax }: Limit, { service, cents = 0, highRisk }: ActAsked): boolean =>
  (centsMax === null || cents <= centsMax) && (full || (services === null ? !highRisk : services.includes(service)))

/**
 * Whether the person may do this in the name in which they act. Who acts for themselves may; who acts for another needs
 * one role or mandate that covers it whole.
 */
export function mayAct(
  request: Pick<FastifyRequest, 'actingLimits'> & {
    person?: Pick<Person, 'onBehalfOf' | 'organisation'> | undefined
  },
  act: ActAsked,
): boolean {
  const { person, actingLimits } = request
  if (!person) return false
  if (!person.onBehalfOf && !person.organisation) return true
  return (actingLimits ?? []).some((limit) => covers(limit, act))
}

/** Throws `beyond-limits` where `mayAct` says no. */
export function requireMayAct(request: Pick<FastifyRequest, 'person' | 'actingLimits'>, act: ActAsked): void {
  if (!mayAct(request, act)) throw problem('beyond-limits', { detail: act.service })
}
