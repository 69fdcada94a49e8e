import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { recordAct, type Sql } from '#platform'
import type { Service } from '../definitions/service.ts'
import { problem } from '../problems.ts'
import { findVersion, lockService } from '../versions/versions.sql.ts'
import { type Catalogue, getVersion } from '../versions/versions.ts'
import { type DraftRow, findDraft, lockDraft, putMerged } from './drafts.sql.ts'
import { at, charactersMax, requireOurs, seenOf, sqlOf, subjectOf } from './drafts.ts'
import { dropConfirmed } from './edit.rules.ts'
import { type Conflict, mergeDefinitions, type Side } from './exchange/merge.rules.ts'
import { getPackChange } from './pack-change.ts'

/** With what is joined: the version that was published since a draft was begun, or what the pack changed. */
export type Joined = 'published' | 'pack'
type Place = { catalogue: Catalogue; service: string; of: Joined }

type Both = {
  /** As it is written; where the pack changed and nobody writes, as it counts. */
  draft: Pick<DraftRow, 'service' | 'organisation' | 'definition' | 'basedOn' | 'packVersion'>
  isWritten: boolean
  /** That from which both came; none where the pack never had this service before. */
  base: Service | undefined
  other: Service
  /** Of the other. */
  hash: string
}

/** What is joined, of the officer’s organisation; refused where nothing newer is there. */
export const readJoined = async (request: FastifyRequest, place: Place): Promise<Both> =>
  bothOf(request, sqlOf(request), { ...place, found: await findDraft(sqlOf(request), place.service) })

async function bothOf(
  request: FastifyRequest,
  sql: Sql,
  { catalogue, service, of, found }: Place & { found: DraftRow | undefined },
): Promise<Both> {
  if (of === 'published') {
    const draft = requireOurs(found, request)
    const current = (await catalogue.list()).get(service)
    if (draft.basedOn === null || !current || current.hash === draft.basedOn) throw problem('definition-not-outdated')
    const base = (await getVersion(sql, draft.basedOn)).service
    return { draft, isWritten: true, base, other: current.compiled.service, hash: current.hash }
  }
  const { proposed, settled, current } = await getPackChange(request, sql, { catalogue, service })
  if (found?.packVersion === proposed) throw problem('pack-change-not-waiting')
  const { compiled, hash: basedOn } = current
  const { organisation } = compiled.service
  const definition = structuredClone(compiled.service) as unknown as Record<string, unknown>
  const draft = found ? requireOurs(found, request) : { service, organisation, definition, basedOn, packVersion: null }
  const before = draft.packVersion ?? settled
  // As they stand: what the pack says was not checked beside what counts here.
  const base = before === null ? undefined : await findVersion(sql, before)
  const other = (await findVersion(sql, proposed))!
  return { draft, isWritten: found !== undefined, base, other, hash: proposed }
}

type Chosen = { seen: string; choices: ReadonlyMap<string, Side>; whole: boolean }

/**
 * Joins what is written with the other, by what its editor chose where both changed the same, or takes the `whole` of the other where nobody writes yet. Returns
 * what is still to be chosen, and then writes nothing; and `changed` where either is not the one that was looked at.
 */
export async function mergeDraft(
  request: FastifyRequest,
  place: Place,
  { seen, choices, whole }: Chosen,
): Promise<{ conflicts: readonly Conflict[]; changed: boolean }> {
  return sqlOf(request).begin(async (transaction) => {
    await lockService(transaction, place.service)
    const found = await lockDraft(transaction, place.service)
    const { draft, isWritten, base, other, hash } = await bothOf(request, transaction, { ...place, found })
    if (whole && isWritten) throw problem('pack-change-while-written')
    const changed = seen !== seenOfMerge(draft, hash)
    const { merged, conflicts } = whole
      ? { merged: structuredClone(other), conflicts: [] }
      : mergeDefinitions(base, draft.definition, other, choices)
    if (changed || conflicts.length > 0) return { conflicts, changed }
    const definition = merged as Record<string, unknown>
    dropConfirmed(definition)
    if (JSON.stringify(definition).length > charactersMax) throw problem('definition-too-large')
    const versions = place.of === 'pack' ? { packVersion: hash } : { basedOn: hash }
    await putMerged(transaction, { ...draft, definition, ...versions, ...at(request) })
    const detail = { mergedWith: hash }
    const subject = subjectOf(place.service)
    await recordAct(transaction, request, { event: 'services.definition-changed', subject, detail })
    return { conflicts, changed }
  })
}

/** Of what is written and of that with which it is joined. */
export const seenOfMerge = (draft: Pick<DraftRow, 'definition'>, other: string): string =>
  hash('sha256', `${seenOf(draft)} ${other}`)
