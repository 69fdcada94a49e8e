import { type Routes, readsBrotli } from '#platform'
import { listKnownLogs, organisationsOf, policyOfLogs } from '../explorer/known.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { pageScript } from './bundle.ts'
import { receiveFiles } from './uploads.ts'
import { VerifyData, VerifyPage } from './verify.page.tsx'
import { verifyFiles } from './verify.rules.ts'

/** Whether a document is what a log of this site, or of anybody, speaks of. */
export const verifyRoutes: Routes = async (app) => {
  const { installation } = app
  const organisations = organisationsOf(installation)
  const view = (data: VerifyData) => VerifyPage({ ...data, organisations })
  const trusted = async () => {
    const logs = await listKnownLogs(installation)
    return { logs: logs.map(({ about: _, ...log }) => log), policy: policyOfLogs(logs) }
  }

  const form = {
    config: { access: 'public', keepSeconds: 10 },
    schema: {
      summary: 'The page that checks a proof and its document in the browser, and whom it trusts',
      response: { 200: VerifyData },
    },
  }
  app.get('/verify', form, async (_, reply) =>
    reply.page({ verdict: null, mistake: null, typed: '', trusted: await trusted() }, view),
  )

  const check = {
    // Nothing is kept of what is checked.
    config: { access: 'public', event: 'none' },
    schema: {
      summary: 'Check a proof (C2SP tlog-proof): multipart with proof, and with document and policy (C2SP tlog-policy)',
      consumes: ['multipart/form-data'],
      response: { 200: VerifyData, 422: VerifyData },
    },
  }
  app.post('/verify', check, async (request, reply) => {
    const own = await trusted()
    const received = await receiveFiles(request)
    const again = (mistake: VerifyData['mistake']) =>
      reply.code(422).page({ verdict: null, mistake, typed: received?.policy ?? '', trusted: own }, view)
    if (!received) return again('too-large')
    const { proof, document, policy: typed } = received
    if (!proof && !document) return again('missing')
    // A form sends lines as RFC 2046 writes them; a policy has line feeds alone.
    const policy = typed.replaceAll('\r\n', '\n').trim()
    const verdict = verifyFiles({ proof, document }, encodeUtf8(policy || own.policy))
    return reply.page({ verdict, mistake: null, typed, trusted: own }, view)
  })

  const script = { config: { access: 'public', rateLimit: false as const }, schema: { hide: true } }
  app.get('/verify/page.js', script, async (request, reply) => {
    const { body, brotli, etag } = await pageScript()
    reply.header('cache-control', 'no-cache').header('etag', etag).header('vary', 'accept-encoding')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    reply.type('text/javascript; charset=utf-8')
    return readsBrotli(request) ? reply.header('content-encoding', 'br').send(brotli) : reply.send(body)
  })
}
