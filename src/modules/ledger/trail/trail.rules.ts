import { createHmac } from 'node:crypto'
import type { TrailEvent, Vault } from '#platform'
import { printEnvelope } from '../entries/envelope.rules.ts'

/** The log of the platform's own acts; a pack names none of its own so. */
export const trailLog = 'audit'

/** What is committed to of an event: its fields as a JSON array, in UTF-8. */
export const contentOf = (event: TrailEvent): string =>
  JSON.stringify([
    event.id,
    event.at,
    event.event,
    event.actor,
    event.organisation,
    event.onBehalfOf,
    event.subject,
    event.request,
    event.detail,
  ])

/**
 * The key of an event's commitment, made from the installation's secret: whoever is shown that of one event learns nothing of
 * another, and nothing has to be kept beside the event.
 */
export const saltOf = (vault: Pick<Vault, 'lookup'>, id: number): Buffer => vault.lookup('audit-entry', String(id))

/** The entry that an event is in the log. The same event is the same entry, however often it is made. */
export function entryOf(vault: Pick<Vault, 'lookup'>, event: TrailEvent): Buffer {
  const commitment = createHmac('sha256', saltOf(vault, event.id)).update(contentOf(event)).digest('hex')
  return printEnvelope({
    ...{ kind: 'act-recorded', org: 'platform', commitment, v: 1 },
    time: event.at.replace(/\.\d+Z$/, 'Z'),
  })
}
