import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Routes } from '#platform'
import { type Again, askedData, labelsOf } from '../consents/answer.rules.ts'
import { joined } from '../consents/asked.rules.ts'
import { type Looked, lookAt } from '../consents/look.ts'
import { waitFor } from '../consents/wait.ts'
import { problem } from '../problems.ts'
import { profileFields } from '../profile/definitions.ts'
import { type Client, findClient } from '../provider/clients.sql.ts'
import { allowForm } from '../provider/interaction-steps.ts'
import { askedBy } from './filled.rules.ts'
import type { FillingData } from './filling.page.tsx'
import { findFilling, type WaitingFilling } from './filling.sql.ts'

export type Shown = { handle: string; filling: WaitingFilling; client: Client; looked: Looked }

/** What the page of a form and the answer to it share. */
export function openFillings({ installation }: Parameters<Routes>[0]) {
  const { sql, pack } = installation

  /** A form that waits; refuses as `filling-gone`. */
  async function getFilling(handle: string): Promise<{ filling: WaitingFilling; client: Client }> {
    const filling = await findFilling(sql, installation, handle)
    const client = filling && (await findClient(sql, filling.clientId))
    if (!filling || !client) throw problem('filling-gone')
    if (client.state === 'suspended') throw problem('service-suspended')
    return { filling, client }
  }

  const look = (
    request: FastifyRequest,
    { fields, purpose, redirect_uri }: WaitingFilling,
    { id, name, state }: Client,
  ) => lookAt(sql, installation, request.person!.id, askedBy(fields), [id, name, state, purpose, redirect_uri])

  function pageOf(reply: FastifyReply, { handle, filling, client, looked }: Shown, again: Again): FillingData {
    const { origin } = new URL(filling.redirect_uri)
    allowForm(reply, origin)
    return {
      handle,
      service: client.name,
      organisation: pack.organisations.find(({ id }) => id === client.organisation)?.name ?? null,
      origin,
      purpose: filling.purpose,
      sandbox: client.state === 'sandbox',
      ...askedData(looked, again),
    }
  }

  /** Every form is something new: a high-risk service gets none from a device that is too new. */
  function waitForForm(request: FastifyRequest, handle: string, { fields }: WaitingFilling, client: Client) {
    const names = fields.map(({ name }) => name)
    const scope = joined(labelsOf(profileFields(pack), names))
    return waitFor(sql, installation, request, { client, scope, action: `/filling/${handle}` })
  }

  return { getFilling, look, pageOf, waitForForm }
}
