import type { Installation } from '#platform'
import type { Outcome } from './deliver.ts'
import { writeMail } from './mail.rules.ts'
import { linkAgainst } from './unsubscribe.rules.ts'

const waitMs = 20_000

/** What is known of a mail when it goes. The address comes out of its seal here, and is kept nowhere else. */
export type Mail = {
  id: string
  to: string
  personId: string
  /** What the person may turn off: an organisation, or `alerts`. */
  sender: string
} & Parameters<typeof writeMail>[2]

/** Sends by the operator’s server. One connection serves a whole run; `close` ends it. */
export async function openPost({ mail: server, address, pack, vault, now }: Installation) {
  if (!server) return undefined
  const { default: nodemailer } = await import('nodemailer')
  const transport = nodemailer.createTransport({
    url: server.url,
    pool: true,
    maxConnections: 1,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never)
  const host = new URL(address).hostname

  /**
   * SMTP cannot promise to deliver exactly once: whoever is killed between the server’s answer and our commit sends again.
   * The Message-ID stays the same, so that mail programs fold what comes twice (RFC 5322, §3.6.4).
   */
  async function send({ id, to, personId, sender, ...written }: Mail): Promise<Outcome> {
    const unsubscribe =
      written.template === 'code'
        ? undefined
        : linkAgainst({ vault, address, pack }, { personId, sender }, written.language)
    try {
      await transport.sendMail({
        from: { name: pack.government.site[written.language === 'en' ? 'en' : 'zh-Hant'], address: server!.from },
        to: { name: '', address: to },
        date: now(),
        messageId: `<${id}@${host}>`,
        headers: {
          // Nobody’s absence notice answers it (RFC 3834, §5).
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...(unsubscribe && {
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        } as never,
        ...writeMail(pack.government, address, { ...written, ...(unsubscribe && { unsubscribe }) }),
      })
      return { state: 'sent' }
    } catch (error) {
      return failureOf(error as { code?: string; responseCode?: number })
    }
  }
  return { send, close: () => transport.close() }
}

/**
 * RFC 5321, §4.2.1: 4xx may pass later, 5xx about this mail will not. What fails before a mail is offered (no connection,
 * our own login refused) is the server’s trouble and stops the run, so that no other mail is tried for nothing.
 */
function failureOf({ code = 'unknown', responseCode }: { code?: string; responseCode?: number }): Outcome {
  const failure = String(responseCode ?? code).slice(0, 60)
  const ofThisMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (ofThisMail && (responseCode === undefined || responseCode >= 500)) return { state: 'given-up', failure }
  return { state: 'retry', failure, stop: !ofThisMail }
}
