import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Installation, recordAct, type Sql } from '#platform'
import { problem } from '../problems.ts'
import { insertBatch } from './batches.sql.ts'
import { readInboxCode } from './code.rules.ts'
import { listRecipients } from './inbox.sql.ts'
import { OwnPath, sendMessages } from './messages.ts'

export const recipientsMax = 1000
export const titleMax = 200
export const bodyMax = 10_000
export const referenceMax = 60

/** What a department writes: both languages, as readers of each get it. */
const Written = (maxLength: number) =>
  Type.Object({
    en: Type.String({ minLength: 1, maxLength }),
    'zh-Hant': Type.String({ minLength: 1, maxLength }),
    'zh-Hans': Type.Optional(Type.String({ minLength: 1, maxLength })),
  })

/** A sending, as a department asks for it. */
export type Sending = Static<typeof Sending>
export const Sending = Type.Object({
  recipients: Type.Array(
    Type.Union([
      Type.Object({ person: Type.String({ maxLength: 60 }) }, { additionalProperties: false }),
      Type.Object({ inbox: Type.String({ maxLength: 40 }) }, { additionalProperties: false }),
    ]),
    { minItems: 1, maxItems: recipientsMax },
  ),
  title: Written(titleMax),
  body: Written(bodyMax),
  service: Type.Optional(Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 })),
  reference: Type.Optional(Type.String({ maxLength: referenceMax })),
  link: Type.Optional(OwnPath),
  /** To be told when it is opened. */
  receipt: Type.Optional(Type.Boolean()),
  /** To have the person say that they have read it. */
  acknowledgement: Type.Optional(Type.Boolean()),
})

export const Receipt = Type.Object({
  message: Type.String(),
  readAt: Type.Union([Type.String(), Type.Null()]),
  acknowledgedAt: Type.Union([Type.String(), Type.Null()]),
})

/** For whom an officer sends: a department of the pack. */
export function organisationOf(installation: Pick<Installation, 'pack'>, request: FastifyRequest): string {
  const organisation = request.person?.organisation
  if (!organisation || !installation.pack.organisations.some(({ id }) => id === organisation))
    throw problem('no-organisation')
  return organisation
}

/**
 * Sends to everybody named, or to nobody: in the caller’s transaction, once for each key however often it is asked for.
 * Refuses with `identity.recipient-not-found` and the places of those whom it does not know or who are named twice, and
 * with `identity.key-of-another-sending` where the key came with other content before.
 */
export async function sendBatch(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { key, sending }: { key: string; sending: Sending },
): Promise<{ id: string; fresh: boolean }> {
  const { vault } = installation
  const organisation = organisationOf(installation, request)
  const { recipients, receipt, acknowledgement, service, ...content } = sending
  const personIds = await resolve(sql, recipients)
  const hash = vault.lookup('message-batch', JSON.stringify([personIds, content, service, receipt, acknowledgement]))
  const batch = { organisation, key, hash, recipients: personIds.length, sentBy: request.person!.id }
  const { id, fresh, same } = await insertBatch(sql, batch)
  if (!same) throw problem('key-of-another-sending')
  if (!fresh) return { id, fresh }
  const message = {
    ...content,
    vault,
    organisation,
    batchId: id,
    ...(service && { service }),
    receipt: receipt ?? false,
    acknowledgement: acknowledgement ?? false,
  }
  await sendMessages(sql, { ...message, personIds })
  await recordAct(sql, request, {
    event: 'identity.messages-sent',
    subject: `messages/${id}`,
    detail: { recipients: personIds.length },
  })
  return { id, fresh }
}

/** The people of the list, in its order. */
async function resolve(sql: Sql, recipients: Sending['recipients']): Promise<string[]> {
  const codes = recipients.flatMap((each) => ('inbox' in each ? [readInboxCode(each.inbox)] : []))
  const people = recipients.flatMap((each) => ('person' in each ? [each.person] : []))
  const rows = await listRecipients(sql, people, codes)
  const byCode = new Map(rows.map(({ code, personId }) => [code, personId]))
  const known = new Set(rows.map(({ personId }) => personId))
  const found = recipients.map((each) =>
    'inbox' in each ? byCode.get(readInboxCode(each.inbox)) : known.has(each.person) ? each.person : undefined,
  )
  const errors = found.flatMap((each, at) => {
    if (each === undefined) return [{ pointer: `/recipients/${at}`, detail: 'nobody with an open account' }]
    return found.indexOf(each) < at ? [{ pointer: `/recipients/${at}`, detail: 'named twice' }] : []
  })
  if (errors.length > 0) throw problem('recipient-not-found', { errors })
  return found as string[]
}
