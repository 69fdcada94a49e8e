import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { listHolders } from '#identity'
import { recordAct, type Sql } from '#platform'
import { requireHuman } from '../cases/acting.ts'
import type { Service } from '../definitions/service.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { findPackVersion, settlePackVersion } from '../versions/pack.sql.ts'
import { lockService } from '../versions/versions.sql.ts'
import { type Catalogue, publish } from '../versions/versions.ts'
import { editService } from '../webhooks/ours.ts'
import {
  type DraftRow,
  deleteDraft,
  findDraft,
  insertDraft,
  lockDraft,
  updateAsked,
  updateDraft,
} from './drafts.sql.ts'
import { dropConfirmed } from './edit.rules.ts'
import { type Fault, judge } from './judge.ts'
import type { Pointer } from './pointers.rules.ts'

export const designPath = '/office/services/design'
/** Of all that a draft says, also of what no version could: the database keeps its fields in one order. */
export const seenOf = ({ definition }: Pick<DraftRow, 'definition'>): string =>
  hash('sha256', JSON.stringify(definition))

export const draftPath = (service: string) => `${designPath}/${service}`
export const subjectOf = (service: string) => `services/definitions/${service}`

/** As large as a definition may be while it is written, in characters of JSON. */
export const charactersMax = 1_000_000

/** A draft of the officer’s organisation. One of another is not found. */
export async function getDraft(request: FastifyRequest, service: string): Promise<DraftRow> {
  return requireOurs(await findDraft(sqlOf(request), service), request)
}

export function requireOurs(found: DraftRow | undefined, request: FastifyRequest): DraftRow {
  if (!found || found.organisation !== organisationOf(request)) throw problem('definition-draft-not-found')
  return found
}

/** Addresses of the catalogue that no service can have. */
const taken = new Set(['for', 'when', 'departments', 'catalogue', 'figures'])

/** Begins a new service of the officer’s organisation. What is missing is told on the pages of the draft. */
export async function createDraft(
  request: FastifyRequest,
  { catalogue, definition }: { catalogue: Catalogue; definition: { id: string } & Record<string, unknown> },
): Promise<void> {
  const { id } = definition
  if (taken.has(id) || (await catalogue.list()).has(id)) throw problem('service-id-taken')
  await sqlOf(request).begin(async (transaction) => {
    const organisation = organisationOf(request)
    const draft = { service: id, organisation, definition: { ...definition, organisation }, basedOn: null }
    if (!(await insertDraft(transaction, { ...draft, ...at(request) }))) throw problem('service-id-taken')
    await recordAct(transaction, request, { event: 'services.definition-begun', subject: subjectOf(id) })
  })
}

/** Begins the next version of a service of the officer’s organisation, from the one that counts now. One that is begun goes on. */
export async function beginDraft(request: FastifyRequest, catalogue: Catalogue, service: string): Promise<void> {
  const { compiled, hash } = await catalogue.get(service)
  if (compiled.service.organisation !== organisationOf(request)) throw problem('definition-draft-not-found')
  await sqlOf(request).begin(async (transaction) => {
    const definition = structuredClone(compiled.service) as unknown as Record<string, unknown>
    const draft = { service, organisation: organisationOf(request), definition, basedOn: hash }
    if (await insertDraft(transaction, { ...draft, ...at(request) }))
      await recordAct(transaction, request, { event: 'services.definition-begun', subject: subjectOf(service) })
  })
}

export const sqlOf = (request: FastifyRequest) => request.server.installation.sql
export const at = (request: FastifyRequest) => ({ now: request.server.installation.now(), by: request.person!.id })

/**
 * Changes a draft, and returns the place at which `change` says to go on. It is handed a copy of its own while nobody else can change it, and says by
 * undefined that nothing is to be written.
 */
export async function changeDraft(
  request: FastifyRequest,
  service: string,
  change: (definition: Record<string, unknown>) => Pointer | undefined,
): Promise<Pointer | undefined> {
  return sqlOf(request).begin(async (transaction) => {
    const { definition } = requireOurs(await lockDraft(transaction, service), request)
    const copy = structuredClone(definition)
    const result = change(copy)
    dropConfirmed(copy)
    if (result === undefined || JSON.stringify(copy) === JSON.stringify(definition)) return result
    if (JSON.stringify(copy).length > charactersMax) throw problem('definition-too-large')
    await updateDraft(transaction, { service, definition: copy, ...at(request) })
    await recordAct(transaction, request, { event: 'services.definition-changed', subject: subjectOf(service) })
    return result
  })
}

export async function discardDraft(request: FastifyRequest, service: string): Promise<void> {
  await sqlOf(request).begin(async (transaction) => {
    requireOurs(await lockDraft(transaction, service), request)
    await deleteDraft(transaction, service)
    await recordAct(transaction, request, { event: 'services.definition-discarded', subject: subjectOf(service) })
  })
}

/** Asks the other editors of the organisation to publish a draft, or takes that back. One with faults is refused. */
export async function askToPublish(
  request: FastifyRequest,
  { catalogue, service, back }: { catalogue: Catalogue; service: string; back: boolean },
): Promise<void> {
  await sqlOf(request).begin(async (transaction) => {
    const draft = requireOurs(await lockDraft(transaction, service), request)
    // A program of an editor that asks would make that editor the second who agrees.
    if (!back) requireHuman(request.person!)
    if (!back) await requireFaultless(transaction, request, catalogue, draft)
    const others = await listHolders(transaction, editService, draft.organisation)
    if (!back && !others.some((id) => id !== request.person!.id)) throw problem('no-other-editor')
    await updateAsked(transaction, service, back ? null : at(request))
    const event = back ? 'services.publication-taken-back' : 'services.publication-asked'
    await recordAct(transaction, request, { event, subject: subjectOf(service) })
  })
}

/**
 * Publishes a draft for which another editor asked, as both saw it: whoever wrote a version never publishes it alone. `seen` is the
 * hash of what was looked at; where it was changed and asked for again since, nothing is published.
 */
export async function publishDraft(
  request: FastifyRequest,
  catalogue: Catalogue,
  { service, seen }: { service: string; seen: string },
): Promise<{ number: number; hash: string }> {
  const published = await sqlOf(request).begin(async (transaction) => {
    await lockService(transaction, service)
    const draft = requireOurs(await lockDraft(transaction, service), request)
    if (draft.askedBy === null) throw problem('publication-not-asked')
    if (draft.askedBy === request.person!.id || draft.changedBy === request.person!.id)
      throw problem('publication-by-another')
    requireHuman(request.person!)
    if (seenOf(draft) !== seen) throw problem('publication-changed')
    // What another process published this very second counts too.
    catalogue.forget()
    await requireFaultless(transaction, request, catalogue, draft)
    const { now, by } = at(request)
    const done = await publish(transaction, { definition: draft.definition as Service, now, by })
    await deleteDraft(transaction, service)
    if (draft.packVersion !== null) await settleMerged(transaction, service, draft.packVersion)
    const detail = { number: done.number, hash: done.hash, askedBy: draft.askedBy, pack: draft.packVersion }
    await recordAct(transaction, request, { event: 'services.service-published', subject: subjectOf(service), detail })
    return done
  })
  catalogue.forget()
  return published
}

/** The change of the pack that was merged was dealt with; where the pack changed again since, that goes on waiting. */
async function settleMerged(sql: Sql, service: string, settled: string): Promise<void> {
  const proposed = (await findPackVersion(sql, service))?.proposed ?? null
  await settlePackVersion(sql, { service, settled, waits: proposed === settled ? null : proposed })
}

async function requireFaultless(
  sql: Sql,
  request: FastifyRequest,
  catalogue: Catalogue,
  { definition, service, organisation, basedOn }: DraftRow,
): Promise<Fault[]> {
  if (definition.id !== service || definition.organisation !== organisation) throw problem('definition-of-another')
  const current = (await catalogue.list()).get(service)
  // What was published meanwhile, by the pack or another draft, would be undone without anybody having seen it.
  if ((current?.hash ?? null) !== basedOn) throw problem('definition-outdated')
  const faults = await judge(sql, request.server.installation, { catalogue, definition, service })
  if (faults.length > 0) throw problem('definition-has-faults', { values: { count: faults.length } })
  return faults
}
