import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Sql } from '#platform'
import { deviceText } from '../account/device.rules.ts'
import { sendAlert } from '../inbox/messages.ts'
import { noteBrowser } from './browsers.sql.ts'

const cookieName = 'praya_browser'
/** The longest that browsers keep a cookie. */
const cookieSeconds = 400 * 24 * 60 * 60

/** Values of `amr` of which the person is told otherwise: by a code, or by a phone. */
const toldOtherwise = ['otp', 'mca']

/**
 * Tells a person of a browser in which they never signed in before, in the caller’s transaction. It is known by a random
 * cookie that says nothing of it and outlives the session; in the table it stands as a keyed hash for this person alone.
 */
export async function tellOfNewBrowser(
  sql: Sql,
  reply: FastifyReply,
  { personId, methods }: { personId: string; methods: readonly string[] },
): Promise<void> {
  // Of the made-up people everybody signs in everywhere.
  if (methods.includes('demo')) return
  const { request } = reply
  const held = request.unsignCookie(request.cookies[cookieName] ?? '')
  const token = held.valid && held.value ? held.value : randomBytes(32).toString('base64url')
  const key = request.server.installation.vault.lookup('known-browser', `${personId} ${token}`)
  const secure = request.protocol === 'https'
  reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    signed: true,
    maxAge: cookieSeconds,
  })
  if ((await noteBrowser(sql, personId, key)) !== 'new') return
  if (methods.some((method) => toldOtherwise.includes(method))) return
  const device = deviceText(request.headers['user-agent'] ?? null)
  await sendAlert(sql, { personId, kind: 'new-device', values: { device } })
}
