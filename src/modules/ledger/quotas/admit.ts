import type { FastifyReply } from 'fastify'
import type { Installation, Problem } from '#platform'
import { problem } from '../problems.ts'
import { type Amount, findUse, keepRefusal } from './quotas.sql.ts'

/** How long a process relies on what it read: what another one lets through meanwhile is not seen sooner. */
const keptMs = 1000

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Whole seconds until the next day begins (UTC). */
export const secondsToNextDay = (at: Date): number =>
  Math.ceil((Date.parse(`${dayOf(at)}T00:00:00Z`) + 86_400_000 - at.getTime()) / 1000)

type Use = {
  day: string
  until: number
  reading: Promise<void> | undefined
  most: Amount
  /** As it was read, when `settled` was what `floor` is. */
  used: Amount
  floor: Amount
  /** By this process: let through, and of that what is on disk. */
  admitted: Amount
  settled: Amount
  refusedOn: string
}

const nothing = (): Amount => ({ entries: 0, octets: 0 })

/** What was let through, until `settle` says whether it was kept. */
export type Admitted = { settle: (kept: boolean) => void }

/**
 * Lets through what an organisation may still write today. Counted in memory, and read from the database once a second for each
 * organisation, so that a request costs no question of its own. One process lets through no more than the quota; each other
 * one beside it adds at most what it lets through in a second. The organisations are those of the pack that hold keys.
 */
export function openQuotas({ sql, now }: Pick<Installation, 'sql' | 'now'>) {
  const uses = new Map<string, Use>()

  async function read(organisation: string, use: Use, day: string): Promise<void> {
    // What was settled before this is in the answer for certain; what is settled meanwhile may count twice until the next.
    const floor = { ...use.settled }
    try {
      const { most, used } = await findUse(sql, organisation, day)
      Object.assign(use, { day, most, used, floor, until: performance.now() + keptMs })
    } finally {
      use.reading = undefined
    }
  }

  async function useOf(organisation: string): Promise<Use> {
    const day = dayOf(now())
    const use = uses.get(organisation) ?? {
      ...{ day: '', until: 0, reading: undefined, refusedOn: '' },
      ...{ most: nothing(), used: nothing(), floor: nothing(), admitted: nothing(), settled: nothing() },
    }
    uses.set(organisation, use)
    if (use.day !== day || use.until < performance.now()) use.reading ??= read(organisation, use, day)
    if (use.reading) await use.reading
    return use
  }

  /** Undefined where it would be more than the organisation may write today. */
  return async (organisation: string, asked: Amount): Promise<Admitted | undefined> => {
    const use = await useOf(organisation)
    const { most, used, floor, admitted, settled } = use
    const isMore = (what: keyof Amount) => used[what] + admitted[what] - floor[what] + asked[what] > most[what]
    if (isMore('entries') || isMore('octets')) {
      // Once for each day, and again where the quota was changed since: whoever looks after it is told of that.
      const refused = `${use.day} ${most.entries} ${most.octets}`
      if (use.refusedOn !== refused) await keepRefusal(sql, organisation, { day: use.day, at: now() })
      use.refusedOn = refused
      return undefined
    }
    add(admitted, asked, 1)
    return { settle: (kept) => (kept ? add(settled, asked, 1) : add(admitted, asked, -1)) }
  }
}

export type Admit = ReturnType<typeof openQuotas>

/** What is answered to who may write no more today. */
export function outOfQuota(reply: FastifyReply, { now }: Pick<Installation, 'now'>): Problem {
  reply.header('retry-after', secondsToNextDay(now()))
  return problem('quota-reached')
}

function add(sum: Amount, { entries, octets }: Amount, sign: 1 | -1): void {
  sum.entries += sign * entries
  sum.octets += sign * octets
}
