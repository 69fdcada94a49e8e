import type { FastifyReply } from 'fastify'
import type { Person, Routes } from '#platform'
import { problem } from '../problems.ts'
import { findDocument, findRequest, findSignature, type SigningRequest } from './requests.sql.ts'
import { getRequestFor, openDocument } from './sign.ts'
import { RequestParams } from './types.ts'

/** What a person or a department takes away: documents while they are kept, signatures for ever. */
export const fileRoutes: Routes = async (app) => {
  const { installation } = app

  const document = {
    config: { access: 'signed-in', level: 2 } as const,
    schema: {
      summary: 'The PDF that waits for its signature',
      params: RequestParams,
      produces: ['application/pdf'],
    },
  }
  app.get('/sign/:id/document.pdf', document, async ({ params, person }, reply) => {
    const found = await getRequestFor(app.sql, params.id, person!)
    if (found.signedBy) throw problem('signature-not-kept')
    return sendPdf(reply, found, 'inline')
  })
  app.get(
    '/sign/:id/signed.pdf',
    { ...document, schema: { ...document.schema, summary: 'The signed PDF' } },
    async ({ params, person }, reply) => {
      const found = await getRequestFor(app.sql, params.id, person!)
      if (!found.signedBy) throw problem('signature-not-kept')
      return sendPdf(reply, found, 'attachment')
    },
  )

  async function sendPdf(reply: FastifyReply, found: SigningRequest, how: 'inline' | 'attachment') {
    const sealed = await findDocument(app.sql, found.id, installation.now().toISOString())
    if (!sealed) throw problem('signature-not-kept')
    return reply
      .type('application/pdf')
      .header(
        'content-disposition',
        disposition(how, how === 'attachment' ? signedName(found.documentName) : found.documentName, 'pdf'),
      )
      .send(openDocument(installation, found.id, sealed))
  }

  /** The signer, and whoever asks for signatures for the department that asked for this one. */
  async function signatureFor(id: string, person: Person) {
    const found = await findRequest(app.sql, id)
    const asks =
      found?.organisation != null &&
      found.organisation === person.organisation &&
      person.permissions.includes('identity:request-signature')
    const signature =
      found?.signedBy && (found.signedBy === person.id || asks) ? await findSignature(app.sql, id) : undefined
    if (!found || !signature) throw problem('signature-not-kept')
    return { found, signature }
  }

  const detached = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'The signature beside its document (CAdES-T in CMS)',
      params: RequestParams,
      produces: ['application/pkcs7-signature'],
    },
  }
  app.get('/sign/:id/signature.p7s', detached, async ({ params, person }, reply) => {
    const { found, signature } = await signatureFor(params.id, person!)
    return reply
      .type('application/pkcs7-signature')
      .header('content-disposition', disposition('attachment', found.documentName, 'p7s'))
      .send(signature.cms)
  })

  const both = {
    config: { access: 'signed-in' },
    schema: {
      summary: 'Both signatures over one hash: CMS, and ML-DSA-44',
      params: RequestParams,
      produces: ['application/json'],
    },
  }
  app.get('/sign/:id/dual.json', both, async ({ params, person }, reply) => {
    const { found, signature } = await signatureFor(params.id, person!)
    if (!signature.dual) throw problem('signature-not-kept')
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', disposition('attachment', found.documentName, 'dual.json'))
      .send(JSON.stringify(signature.dual, null, 1))
  })
}

/** Under another name than what was signed, so that the two lie beside each other. */
const signedName = (name: string) => `${name.replace(/\.pdf$/i, '')}-signed`

/** RFC 6266, §4.3: the name in ASCII, and in full (RFC 8187). */
export function disposition(how: 'inline' | 'attachment', name: string, ending: string): string {
  const file = name.toLowerCase().endsWith(`.${ending}`) ? name : `${name}.${ending}`
  const full = encodeURIComponent(file.toWellFormed()).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  )
  return `${how}; filename="${file.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${full}`
}
