import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { findOrganisation } from '#identity'
import type { Installation } from '#platform'
import { standingNow } from './item.ts'
import { mayHold } from './parties.ts'
import { problem } from './problems.ts'
import { lookupOf, openItem } from './sealed.ts'
import { fieldsOf, getItem, noteOf } from './show.ts'
import { findInvited } from './steps.sql.ts'
import { readInvited } from './steps.ts'
import type { InvitationData } from './types.ts'

/** What a code leads to, for whoever brings it. Refuses with `invitation-not-found` what leads to nothing that waits. */
export async function readInvitation(
  installation: Pick<Installation, 'sql' | 'pack' | 'vault' | 'now'>,
  request: FastifyRequest,
  code: string,
): Promise<InvitationData> {
  const { sql } = installation
  const row = await findInvited(sql, lookupOf(installation, code))
  if (!row) throw problem('invitation-not-found')
  if (!mayHold(request, row.register)) throw problem('not-a-party')
  const open = await getItem(installation, row)
  const invited = await readInvited(installation, request, open, row)
  if (!invited) throw problem('invitation-not-found')
  const { register, item } = open
  const organisation = request.person!.organisation
  return {
    ...{ register: noteOf(installation, register), number: item.number, standing: standingNow(installation, open) },
    fields: fieldsOf(register, openItem(installation, item), 'public'),
    ...{ ...invited, code, mistakes: [] },
    organisation:
      organisation === undefined ? null : ((await findOrganisation(installation, organisation))?.name ?? null),
    tokens: { approve: randomUUID(), refuse: randomUUID() },
  }
}
