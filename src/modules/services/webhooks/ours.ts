import type { FastifyRequest } from 'fastify'
import type { Installation, Sql } from '#platform'
import { organisationOf } from '../forms.ts'
import { problem } from '../problems.ts'
import type { Webhook } from './types.ts'
import { findWebhook } from './webhooks.sql.ts'

export const editService = 'services:edit-service'
export const webhooksPath = '/office/services/webhooks'
export const webhookPath = (id: string) => `${webhooksPath}/${id}`
export const subjectOf = (id: string) => `services/webhooks/${id}`

/** A webhook of the officer’s organisation. One of another is not found. */
export async function getOurs(sql: Sql, request: FastifyRequest, id: string): Promise<Webhook> {
  const found = await findWebhook(sql, organisationOf(request), id)
  if (!found) throw problem('webhook-not-found')
  return found
}

export const sealSecret = ({ vault }: Installation, id: string, secret: string) =>
  vault.seal('webhook', secret, `webhook/${id}`)
