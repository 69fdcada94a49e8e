import type { Routes } from '#platform'
import { openPdfReader } from './pdf-reader.ts'
import { signingMax } from './types.ts'
import { receive } from './uploads.ts'
import { VerifyData, VerifyPage } from './verify.page.tsx'
import { findingsOf, type VerifyMistake } from './verify.ts'

const { pdfBytes } = signingMax

export const verifyRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const pdf = openPdfReader()
  app.addHook('onClose', () => pdf.close())
  const means = { sql, pdf, now: installation.now }

  const form = {
    config: { access: 'public' },
    schema: { summary: 'The form that checks a signature', response: { 200: VerifyData } },
  }
  app.get('/sign/verify', form, async (_, reply) => reply.page({ findings: [], mistake: null }, VerifyPage))

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
    const again = (mistake: VerifyMistake) => reply.code(422).page({ findings: [], mistake }, VerifyPage)
    const received = await receive(request, { signature: pdfBytes, document: pdfBytes })
    if ('mistake' in received) return again(received.mistake)
    const { signature, document } = received.files
    if (!signature) return again('missing')
    const findings = await findingsOf(means, { signature, document })
    if ('mistake' in findings) return again(findings.mistake)
    return reply.page({ findings, mistake: null }, VerifyPage)
  })
}
