import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, type Take, withLanguage } from '#platform'
import { Hindered, HinderedPage } from './hindered.page.tsx'
import { NewData, type NewMistake, NewPage } from './new.page.tsx'
import { pdfReaderOf } from './pdf-reader.ts'
import { countDocumentsOf, insertRequest, keepDocument } from './requests.sql.ts'
import { hindranceOf, refuseSigner, sealDocument } from './sign.ts'
import { signingMax } from './types.ts'
import { receive, type Upload } from './uploads.ts'

const waitingHours = 24
type Kept = { id: string; hash: string }
/** Documents of one person that are kept at once. */
const keptMax = 10

export const newRoutes: Routes = async (app) => {
  const { installation } = app
  const reader = pdfReaderOf(app)

  const form = {
    config: { access: 'signed-in', level: 2 } as const,
    schema: { summary: 'The form for a PDF of one’s own to sign', response: { 200: NewData, 403: Hindered } },
  }
  app.get('/sign/new', form, async ({ person, wanted }, reply) => {
    const by = hindranceOf(person!)
    if (by && wanted.format === 'html') return reply.code(403).page<Hindered>({ by, next: '/sign/new' }, HinderedPage)
    refuseSigner(person!)
    return reply.page({ mistake: null }, NewPage)
  })

  const send = {
    config: { access: 'signed-in', level: 2, event: 'identity.signing-requested' } as const,
    schema: {
      summary: 'Send a PDF of one’s own to sign: multipart with file',
      consumes: ['multipart/form-data'],
      response: { 201: Type.Object({ id: Type.String(), hash: Type.String() }), 422: NewData },
    },
  }
  app.post('/sign/new', send, async (request, reply) => {
    const person = request.person!
    refuseSigner(person)
    const kept = await reader.hold((take) => keepPdf(request, take), person.id)
    if ('mistake' in kept) return reply.code(422).page(kept, NewPage)
    const { id, hash } = kept
    const address = `/sign/${id}`
    if (request.wanted.format === 'json') return reply.code(201).header('location', address).send({ id, hash })
    return reply.redirect(withLanguage(installation.pack.government, request.language, address), 303)
  })

  /** Keeps the file of the form until it is signed, or says what is wrong with it. */
  async function keepPdf(request: FastifyRequest, take: Take): Promise<Kept | { mistake: NewMistake }> {
    const person = request.person!
    const read = await readPdf(request, take)
    if ('mistake' in read) return read
    const { bytes, name, pages } = read
    const hash = createHash('sha256').update(bytes).digest('hex')
    const expiresAt = new Date(installation.now().getTime() + waitingHours * 3_600_000).toISOString()
    const id = await app.sql.begin(async (sql) => {
      const id = await insertRequest(sql, {
        kind: 'pdf',
        personId: person.id,
        requestedBy: person.id,
        organisation: null,
        service: null,
        documentName: name,
        summary: [],
        hash,
        bytes: bytes.length,
        pages,
        expiresAt,
      })
      await keepDocument(sql, id, sealDocument(installation, id, bytes), expiresAt)
      await recordAct(sql, request, { event: 'identity.signing-requested', subject: `sign/${id}` })
      return id
    })
    return { id, hash }
  }

  /** The file of the form, ready to be signed, or what is wrong with it. */
  async function readPdf(
    request: FastifyRequest,
    take: Take,
  ): Promise<(Upload & { pages: number }) | { mistake: NewMistake }> {
    const received = await receive(request, { file: signingMax.pdfBytes }, take)
    if ('mistake' in received) return received
    const { file } = received.files
    if (!file) return { mistake: 'missing' }
    if ((await countDocumentsOf(app.sql, request.person!.id)) >= keptMax) return { mistake: 'too-many' }
    const inspected = await reader.inspect(file.bytes)
    if ('refusal' in inspected) return { mistake: inspected.refusal }
    return { name: file.name, bytes: inspected.rearranged ?? file.bytes, pages: inspected.pages }
  }
}
