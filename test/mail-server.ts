// For tests: a certificate, and a mail server on this machine.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { promisify } from 'node:util'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A certificate that signs itself, for one name, with its key. */
export async function selfSigned(name: string): Promise<{ cert: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-certificate-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', cert])
  const pair = { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
  await rm(folder, { recursive: true })
  return pair
}

export type Received = { from: string; to: string[]; raw: string }

/** A real SMTP server. `refuse` answers for a recipient with a code instead of taking the mail. */
export async function mailServer(options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const state: { refuse: number | undefined; port: number } = { refuse: undefined, port: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.cert || options.secure ? [] : ['STARTTLS'],
    logger: false,
    onRcptTo: (_, __, done) =>
      done(state.refuse ? Object.assign(new Error('refused'), { responseCode: state.refuse }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
    ...options,
  })
  // What a client thinks of our certificate is the client's to say.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.port = (server.server.address() as { port: number }).port
  const close = () => new Promise<void>((resolve) => server.close(resolve))
  after(close)
  return { received, state, close }
}

/** Headers and decoded parts of a mail, as text. */
export function readMail(raw: string): { headers: string; text: string } {
  const at = raw.indexOf('\r\n\r\n')
  const headers = raw.slice(0, at).replace(/\r\n[ \t]+/g, ' ')
  const words = headers.replace(/=\?utf-8\?([QB])\?([^?]*)\?=\s*/gi, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' ')),
  )
  const parts = raw.slice(at).split(/\r\n--[^\r\n]+/)
  const decoded = parts.map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const body = rest.join('\r\n\r\n')
    return /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : quoted(body)
  })
  return { headers: words, text: decoded.join('\n') }
}

const quoted = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
