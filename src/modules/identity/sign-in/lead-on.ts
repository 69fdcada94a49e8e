import type { FastifyReply } from 'fastify'
import { OnwardsPage } from './onwards.page.tsx'

/**
 * Leads to an address from which other sites lead on. Chromium holds every redirect after a form against where that form
 * may go, also those of sites behind the next one, which we cannot know: so a browser gets a page that goes on by itself,
 * which ends the form. Programs, and browsers that do not say that they navigate, are redirected.
 */
export function leadOn(reply: FastifyReply, url: string) {
  const { headers, wanted } = reply.request
  if (headers['sec-fetch-mode'] !== 'navigate' || wanted.format === 'json') return reply.redirect(url, 303)
  return reply.header('refresh', `0; url=${url}`).header('cache-control', 'no-store').page({ url }, OnwardsPage)
}
