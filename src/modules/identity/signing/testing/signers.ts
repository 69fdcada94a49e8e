// People who sign, and documents to be signed. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { PDF } from '@libpdf/core'
import type { FastifyInstance } from 'fastify'
import type { Installation, Person, Text } from '#platform'
import type { softwareAuthenticator } from '../../testing/authenticator.ts'
import { openAccount } from '../../testing/browser-of.ts'
import { proveLevel } from './proofs.sql.ts'

type Headers = Record<string, string>
type Started = {
  app: FastifyInstance
  installation: Installation
  as: (...permissions: string[]) => Promise<Headers>
  asPerson: (person: Partial<Person> & { id: string }) => Headers
}
type Held = ReturnType<typeof softwareAuthenticator>
type Answering = Parameters<Held['get']>[1]
export type Signer = { personId: string; authenticator: Held; headers: Headers; credentialId: string }

/** Somebody with a passkey whose document was compared with the register. */
export async function aSigner(started: Started, name = 'Mei Tide'): Promise<Signer> {
  const account = await openAccount(started, { name })
  const [given = '', family = ''] = name.split(' ')
  await proveLevel(started.installation.sql, started.installation, account.personId, { level: 2, family, given })
  return account
}

/** The same person, signed in in another way. */
export const signedIn = (started: Started, { personId }: Signer, person: Partial<Person>) => ({
  headers: started.asPerson({ id: personId, level: 2, name: { en: 'Mei Tide', 'zh-Hant': '潮美' }, ...person }),
})

export async function aPdf(text = 'I agree.'): Promise<Buffer> {
  const pdf = PDF.create()
  pdf.addPage({ size: 'a4' }).drawText(text, { x: 60, y: 700, size: 18 })
  return Buffer.from(await pdf.save())
}

/** A form with files, as a browser sends it. */
export function form(files: Readonly<Record<string, { name: string; bytes: Uint8Array }>>) {
  const boundary = randomUUID()
  const parts = Object.entries(files).flatMap(([field, { name, bytes }]) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Sends a PDF to be signed; the answer. */
export function send({ app }: Started, { headers }: Pick<Signer, 'headers'>, bytes: Uint8Array, name = 'Lease.pdf') {
  const sent = form({ file: { name, bytes } })
  return app.inject({ method: 'POST', url: '/sign/new', ...sent, headers: { ...sent.headers, ...headers } })
}

/** An officer asks for a signature under a hash; the answer’s data. */
export async function ask({ app, as: officer }: Started, payload: Record<string, string>) {
  const headers = await officer('identity:request-signature')
  const asked = await app.inject({ method: 'POST', url: '/sign/requests', headers, payload })
  assert.equal(asked.statusCode, 201, asked.body)
  return asked.json() as { id: string; address: string; words: Required<Text>[][]; digits: string[]; hash: string }
}

type Asked = { passkey: { id: string; options: Parameters<Held['get']>[0] } | null; state: string; hash: string }

export async function look({ app }: Started, { headers }: Pick<Signer, 'headers'>, id: string) {
  const page = await app.inject({ url: `/sign/${id}`, headers })
  return { status: page.statusCode, data: page.json() as Asked & Record<string, unknown> }
}

/** Opens the page and answers by the passkey, or wrongly where a test asks for it. */
export async function approve(
  started: Started,
  signer: Signer,
  id: string,
  { answering, payload = {}, asked }: { answering?: Answering; payload?: object; asked?: Asked['passkey'] } = {},
) {
  const passkey = asked ?? (await look(started, signer, id)).data.passkey
  assert.ok(passkey, 'the page asks for a passkey')
  const response = JSON.stringify(signer.authenticator.get(passkey.options, answering, signer.credentialId))
  return started.app.inject({
    method: 'POST',
    url: `/sign/${id}`,
    headers: signer.headers,
    payload: { challenge: passkey.id, response, ...payload },
  })
}
