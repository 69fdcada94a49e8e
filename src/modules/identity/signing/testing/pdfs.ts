/* PDFs made octet by octet, with versions that are added to them: for tests of what a later version may bring. */
import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { approve, aSigner, form, send } from './signers.ts'

/** Objects by their numbers. */
export type Objects = Readonly<Record<number, string>>
export const stream = (content: string, more = '') =>
  `<< /Length ${content.length} ${more}>>\nstream\n${content}\nendstream`
export const painted = (text: string) =>
  stream(`BT /F1 24 Tf 60 700 Td (${text}) Tj ET`, '/Type /XObject /Subtype /Form /BBox [0 0 595 842] ')

/** The bytes with one more version of these objects. */
export function withObjects(bytes: Buffer, objects: Objects, table: string, trailer: string): Buffer {
  const parts = [bytes]
  let at = bytes.length
  let size = Math.max(1, ...sizesIn(bytes))
  for (const [number, text] of Object.entries(objects)) {
    const object = Buffer.from(`${number} 0 obj\n${text}\nendobj\n`, 'latin1')
    table += `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`
    parts.push(object)
    at += object.length
    size = Math.max(size, Number(number) + 1)
  }
  const end = `xref\n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end, 'latin1')])
}
export const lastStart = (bytes: Buffer) =>
  /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.subarray(-200).toString('latin1'))![1]
export const changed = (bytes: Buffer, objects: Objects, { table = '', trailer = '' } = {}) =>
  withObjects(bytes, objects, table, `/Prev ${lastStart(bytes)} ${trailer}`)

const sizesIn = (bytes: Buffer) =>
  [...bytes.toString('latin1').matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size))

/** The newest text of an object. */
export const textOf = (bytes: Buffer, number: number) =>
  [...bytes.toString('latin1').matchAll(new RegExp(`[\\r\\n]${number} 0 obj\\s([\\s\\S]*?)endobj`, 'g'))].at(-1)![1]!

/** The same with its objects in an object stream, and a cross-reference stream in the place of the table. */
export function packed(objects: Objects, bytes: Buffer = Buffer.from('%PDF-1.7\n'), trailer = ''): Buffer {
  const numbers = Object.keys(objects).map(Number)
  let at = 0
  const list = numbers.map((number) => {
    const place = `${number} ${at}`
    at += objects[number]!.length + 1
    return place
  })
  const content = `${list.join(' ')}\n`
  const inside = deflateSync(`${content}${numbers.map((number) => `${objects[number]}\n`).join('')}`).toString('latin1')
  const container = 200 + bytes.length
  const own = container + 1
  const heldAt = bytes.length
  const type = `/Type /ObjStm /N ${numbers.length} /First ${content.length} /Filter /FlateDecode `
  const held = `${container} 0 obj\n${stream(inside, type)}\nendobj\n`
  const ownAt = heldAt + held.length
  const places = [
    ...numbers.map((number, index) => [number, 2, container, index] as const),
    [container, 1, heldAt, 0] as const,
    [own, 1, ownAt, 0] as const,
  ]
  const entries = places.map(([, kind, one, two]) =>
    String.fromCharCode(kind, one >> 16, (one >> 8) & 255, one & 255, two),
  )
  const index = places.map(([number]) => `${number} 1`).join(' ')
  const about = `/Type /XRef /Size ${own + 1} /W [1 3 1] /Index [${index}] /Root 1 0 R /Filter /FlateDecode ${trailer} `
  const section = stream(deflateSync(Buffer.from(entries.join(''), 'latin1')).toString('latin1'), about)
  const end = `${held}${own} 0 obj\n${section}\nendobj\nstartxref\n${ownAt}\n%%EOF\n`
  return Buffer.concat([bytes, Buffer.from(end, 'latin1')])
}

/** Signs PDFs in an application, and asks it what is to be said of them. */
export function signingIn(started: Parameters<typeof approve>[0]) {
  const { app } = started
  /** What is said of every signature: whether it stands, and what came after. */
  async function verify(bytes: Uint8Array): Promise<[string, string][]> {
    const sent = form({ signature: { name: 'signed.pdf', bytes } })
    const answer = await app.inject({ method: 'POST', url: '/sign/verify', ...sent })
    const { findings } = answer.json<{ findings: { outcome: string; later: string }[] }>()
    return findings.map(({ outcome, later }) => [outcome, later])
  }
  /** By a person of its own each time, as nobody may have many documents here. */
  async function signed(bytes: Uint8Array): Promise<Buffer> {
    const signer = await aSigner(started)
    const sent = await send(started, signer, bytes)
    assert.equal(sent.statusCode, 201, sent.body)
    const { id } = sent.json<{ id: string }>()
    assert.equal((await approve(started, signer, id)).statusCode, 303)
    return Buffer.from((await app.inject({ url: `/sign/${id}/signed.pdf`, headers: signer.headers })).rawPayload)
  }
  return { verify, signed }
}
