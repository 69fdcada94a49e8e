import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Installation, type Sql, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import type { Webhook } from './types.ts'
import { findWebhook } from './webhooks.sql.ts'

export const editService = 'services:edit-service'
export const webhooksPath = '/office/services/webhooks'
export const webhookPath = (id: string) => `${webhooksPath}/${id}`
export const subjectOf = (id: string) => `services/webhooks/${id}`

/** The organisation in which an officer acts; where there is none, nothing is theirs. */
export const organisationOf = ({ person }: FastifyRequest): string => person!.organisation ?? ''

/** A webhook of the officer’s organisation. One of another is not found. */
export async function getOurs(sql: Sql, request: FastifyRequest, id: string): Promise<Webhook> {
  const found = await findWebhook(sql, organisationOf(request), id)
  if (!found) throw problem('webhook-not-found')
  return found
}

export const sealSecret = ({ vault }: Installation, id: string, secret: string) =>
  vault.seal('webhook', secret, `webhook/${id}`)

export const leadTo = (request: FastifyRequest, reply: FastifyReply, to: string): FastifyReply =>
  reply.redirect(withLanguage(request.server.installation.pack.government, request.language, to), 303)
