import type { FastifyReply, FastifyRequest } from 'fastify'
import type { View } from '#platform'

/** What the provider's own pages need of the request that it took over. */
export type Found = {
  person: FastifyRequest['person']
  asking: { personId?: string; sessionHandle?: string }
  language: FastifyRequest['language']
  requestId: string
  /** The document that `view` makes of `data`, with the headers of our pages. */
  show: <Data>(data: Data, view: View<Data>) => string
  headers: () => ReturnType<FastifyReply['getHeaders']>
}

/** What was found of the request that the provider answers just now; undefined outside of one. */
export const foundOf = (ctx: { req: unknown } | undefined): Found | undefined =>
  (ctx?.req as { found?: Found } | undefined)?.found
