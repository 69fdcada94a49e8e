import type { Routes } from '#platform'
import { pdfReaderOf } from './pdf-reader.ts'
import { signingMax } from './types.ts'
import { receive } from './uploads.ts'
import { VerifyData, VerifyPage } from './verify.page.tsx'
import { findingsOf } from './verify.ts'

const { pdfBytes } = signingMax
const nothing = { findings: [], unread: 0 }

export const verifyRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const pdf = pdfReaderOf(app)
  const means = { sql, pdf, now: installation.now }

  const form = {
    config: { access: 'public' },
    schema: { summary: 'The form that checks a signature', response: { 200: VerifyData } },
  }
  app.get('/sign/verify', form, async (_, reply) => reply.page({ ...nothing, mistake: null }, VerifyPage))

  const check = {
    // Nothing is kept of what is checked.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'Check a signed PDF, or a signature with its document: multipart with signature, and with document',
      consumes: ['multipart/form-data'],
      response: { 200: VerifyData, 422: VerifyData },
    },
  }
  app.post('/sign/verify', check, async (request, reply) => {
    const found = await pdf.hold(async (take) => {
      const received = await receive(request, { signature: pdfBytes, document: pdfBytes }, take)
      if ('mistake' in received) return received
      const { signature, document } = received.files
      return signature ? findingsOf(means, { signature, document }) : { mistake: 'missing' as const }
    }, request.ip)
    if ('mistake' in found) return reply.code(422).page({ ...nothing, mistake: found.mistake }, VerifyPage)
    return reply.page({ ...found, mistake: null }, VerifyPage)
  })
}
