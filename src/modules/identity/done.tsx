import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { NotificationBanner, usePage, withLanguage } from '#platform'
import { events } from './acts.ts'

/** An event of the audit trail of this module, without the name of it. */
export type Act = keyof typeof events extends `identity.${infer Name}` ? Name : never

/** Where an act leads back to: the page says there what was done. Nothing of it is kept, so that a page opened later says nothing. */
export function doneAt(request: FastifyRequest, path: string, act: Act): string {
  const done = `${path}${path.includes('?') ? '&' : '?'}done=${act}`
  return withLanguage(request.server.installation.pack.government, request.language, done)
}

/** What people do on the way to another page, which then says it. */
export const onTheWay = ['field-changed', 'document-proven', 'channel-linked'] as const satisfies readonly Act[]

/** Says first on a page what was just done, in the words of the audit trail, if it is one of these acts. */
export function Done({ of, children }: { of: readonly Act[]; children?: ComponentChildren }) {
  const { path, say } = usePage()
  const word = new URLSearchParams(path.split('?')[1]).get('done')
  const act = of.find((each) => each === word)
  if (!act) return null
  return (
    <NotificationBanner tone="good" title={say(events[`identity.${act}`])} id="done">
      {children}
    </NotificationBanner>
  )
}
