import type { FastifyRequest } from 'fastify'
import { type Installation, type Level, recordAct, type Sql } from '#platform'
import { deviceText } from '../account/device.rules.ts'
import { sendAlert } from '../inbox/messages.ts'
import { beginAssertion, verifyAssertion } from '../passkeys/assertion.ts'
import { listPasskeys } from '../passkeys/passkeys.sql.ts'
import { problem } from '../problems.ts'
import { nameBrowser, sharedNetworkOf } from './browsers.rules.ts'
import { isAlive, readFrame, stepAt } from './frames.rules.ts'
import {
  approveOrder,
  claimOrder,
  findOrder,
  lockClaimedOrder,
  type Order,
  type Phone,
  refuseOrder,
} from './orders.sql.ts'

/** The phone as its session names it; undefined for one that is not signed in. */
export const phoneOf = ({ person, sessionHandle }: FastifyRequest): Phone | undefined =>
  person && sessionHandle ? { personId: person.id, sessionHandle } : undefined

/** Whether a person can confirm with a passkey, and so must. */
export const hasPasskey = async (sql: Sql, personId: string): Promise<boolean> =>
  (await listPasskeys(sql, personId)).some(({ lockedAt }) => !lockedAt)

const askedFor = (order: Order) => ({ purpose: 'approve', subject: order.id }) as const

/** Asks for a passkey of the person who scanned, for this order alone. */
export const askForPasskey = (installation: Installation, order: Order, personId: string) =>
  beginAssertion(installation.sql, installation, { ...askedFor(order), personId })

/**
 * Checks a frame and binds its order to this phone; the phone that has scanned may load its page again. Whatever is wrong
 * is `phone-code-dead`, in one sentence, so that nobody learns which orders there are.
 */
export async function claim(installation: Installation, phone: Phone, text: string, address: string): Promise<void> {
  const { sql, vault } = installation
  const now = installation.now()
  const frame = readFrame(vault, text)
  if (!frame) throw problem('phone-code-dead', { detail: 'no frame of this installation' })
  const order = await findOrder(sql, frame.order)
  if (!order) throw problem('phone-code-dead', { detail: 'no such order' })
  if (order.sessionHandle === phone.sessionHandle) return
  if (!isAlive(frame, stepAt(order.startedAt, now))) throw problem('phone-code-dead', { detail: 'the frame is old' })
  const network = vault.lookup('phone-network', sharedNetworkOf(address))
  if (!(await claimOrder(sql, order.id, { ...phone, network, now })))
    throw problem('phone-code-dead', { detail: 'another phone scanned first, or the order ended' })
}

/** The order that this phone scanned and may answer still; locked where `sql` is a transaction. */
export async function getOwnOrder(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  id: string,
): Promise<Order> {
  const phone = phoneOf(request)
  const order = phone && (await lockClaimedOrder(sql, id, { ...phone, now: installation.now() }))
  if (!order) throw problem('phone-order-not-found')
  return order
}

export type Answer = { number: number; challenge?: string; response?: string }

/**
 * Approves an order, or ends it: there is one try at the number, whatever the passkey says. Refusals of the passkey leave
 * the order as it is. The route declares the events.
 */
export async function answer(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { id, ...given }: Answer & { id: string },
): Promise<void> {
  const order = await getOwnOrder(sql, installation, request, id)
  if (given.number !== order.number) return refuse(sql, installation, request, { order, reason: 'wrong-number' })
  const person = request.person!
  const { methods, ...proven } = (await hasPasskey(sql, person.id))
    ? await provenByPasskey(sql, installation, order, { personId: person.id, ...given })
    : { methods: person.methods, levelMax: Math.min(2, person.level) as Level, passkeyId: undefined }
  // RFC 8176: the confirmation came by another channel than the one that is signed in.
  await approveOrder(sql, id, { ...proven, methods: [...new Set([...methods, 'mca'])], now: installation.now() })
  const act = { event: 'identity.phone-sign-in-approved', subject: `person/${person.id}`, detail: detailOf(order) }
  await recordAct(sql, request, act)
  const device = deviceText(order.device)
  await sendAlert(sql, { personId: person.id, kind: 'phone-sign-in', values: { device } })
}

/** A key on the phone proves no hardware in the other browser, so it says `swk` whatever the key is, and level 2 at most. */
async function provenByPasskey(
  sql: Sql,
  installation: Installation,
  order: Order,
  { personId, challenge = '', response }: Omit<Answer, 'number'> & { personId: string },
) {
  const verified = await verifyAssertion(sql, installation, { ...askedFor(order), id: challenge, response })
  if (verified.personId !== personId) throw problem('passkey-of-another')
  return { methods: ['swk', 'user'], levelMax: 2 as Level, passkeyId: verified.credentialId }
}

/** Ends an order that is locked, and says why in the trail. */
export async function refuse(
  sql: Sql,
  installation: Installation,
  request: FastifyRequest,
  { order, reason }: { order: Order; reason: 'refused' | 'wrong-number' },
): Promise<void> {
  await refuseOrder(sql, order.id, { reason, now: installation.now() })
  const detail = { ...detailOf(order), reason }
  const subject = `person/${order.personId}`
  const event = reason === 'refused' ? 'identity.phone-sign-in-refused' : 'identity.phone-sign-in-mistyped'
  await recordAct(sql, request, { event, subject, detail })
}

/** Names from our own list and two words, so nothing personal. */
const detailOf = ({ device, networkSame }: Order) => ({
  browser: nameBrowser(device) ?? 'unknown',
  network: networkSame ? 'same' : 'different',
})
