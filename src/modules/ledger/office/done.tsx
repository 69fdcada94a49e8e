import type { FastifyRequest } from 'fastify'
import { NotificationBanner, usePage, withLanguage } from '#platform'
import { events } from '../acts.ts'

type Act = keyof typeof events extends `ledger.${infer Name}` ? Name : never

/** Where an act leads back to: the page says there what was done, and says nothing of it when it is opened later. */
export function doneAt(request: FastifyRequest, path: string, act: Act, fragment = ''): string {
  return withLanguage(request.server.installation.pack.government, request.language, `${path}?done=${act}${fragment}`)
}

/** Says first on a page what was just done, in the words of the audit trail, if it is one of these acts. */
export function Done({ of }: { of: readonly Act[] }) {
  const { path, say } = usePage()
  const word = new URLSearchParams(path.split('?')[1]).get('done')
  const act = of.find((each) => each === word)
  return act ? <NotificationBanner tone="good" title={say(events[`ledger.${act}`])} id="done" /> : null
}
