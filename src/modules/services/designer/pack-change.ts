import type { FastifyRequest } from 'fastify'
import { listHolders } from '#identity'
import { recordAct, type Sql } from '#platform'
import { requireHuman } from '../cases/acting.ts'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import { findPackVersion, settlePackVersion, updatePackAsked } from '../versions/pack.sql.ts'
import { lockService } from '../versions/versions.sql.ts'
import type { Catalogue } from '../versions/versions.ts'
import { editService } from '../webhooks/ours.ts'
import { at, sqlOf, subjectOf } from './drafts.ts'

type Place = { catalogue: Catalogue; service: string }

/** What the pack changed of a service of the officer’s organisation, and what counts of it; refused where no change waits. */
export async function getPackChange(request: FastifyRequest, sql: Sql, { catalogue, service }: Place) {
  const current = (await catalogue.list()).get(service)
  if (current?.compiled.service.organisation !== organisationOf(request)) throw problem('definition-draft-not-found')
  const { proposed, ...known } = (await findPackVersion(sql, service)) ?? {
    proposed: null,
    settled: null,
    askedBy: null,
  }
  if (proposed === null) throw problem('pack-change-not-waiting')
  return { ...known, proposed, current: current! }
}

/**
 * Asks the other editors of the organisation to put a change of the pack aside, takes that back, or as one of them agrees: then what counts stays, and
 * the pack’s next change is compared with this one. `seen` is the hash of the change that was looked at.
 */
export async function putAside(
  request: FastifyRequest,
  { act, seen, ...place }: Place & { act: 'ask' | 'take-back' | 'put-aside'; seen: string },
): Promise<void> {
  const { service } = place
  const subject = subjectOf(service)
  await sqlOf(request).begin(async (transaction) => {
    await lockService(transaction, service)
    const { proposed, askedBy, current } = await getPackChange(request, transaction, place)
    const { id } = request.person!
    const detail = { pack: proposed }
    if (act === 'take-back') {
      await updatePackAsked(transaction, service, null)
      return recordAct(transaction, request, { event: 'services.pack-change-kept', subject, detail })
    }
    // A program of an editor would be that editor again.
    requireHuman(request.person!)
    if (seen !== proposed) throw problem('pack-change-changed')
    if (act === 'ask') {
      const editors = await listHolders(transaction, editService, current.compiled.service.organisation)
      if (!editors.some((each) => each !== id)) throw problem('no-other-editor')
      await updatePackAsked(transaction, service, at(request))
      return recordAct(transaction, request, { event: 'services.pack-change-asked-aside', subject, detail })
    }
    if (askedBy === null || askedBy === id) throw problem('pack-change-by-another')
    await settlePackVersion(transaction, { service, settled: proposed })
    await recordAct(transaction, request, {
      event: 'services.pack-change-put-aside',
      subject,
      detail: { ...detail, askedBy },
    })
  })
}
