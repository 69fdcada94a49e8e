import { Problem, type Routes, readsBrotli } from '#platform'
import { listKnownLogs, organisationsOf, policyOfLogs } from '../explorer/known.ts'
import { provePublished } from '../explorer/read.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { scriptOf } from './bundle.ts'
import { codeCharactersMax, proofOfCode } from './code.rules.ts'
import { openUploads } from './uploads.ts'
import { VerifyData, VerifyPage } from './verify.page.tsx'
import { verifyFiles } from './verify.rules.ts'

/** Whether a document is what a log of this site, or of anybody, speaks of. */
export const verifyRoutes: Routes = async (app) => {
  const { installation } = app
  const receiveFiles = openUploads()
  const organisations = organisationsOf(installation)
  const view = (data: VerifyData) => VerifyPage({ ...data, organisations })
  const trusted = async () => {
    const logs = await listKnownLogs(installation)
    return { logs: logs.map(({ about: _, ...log }) => log), policy: policyOfLogs(logs) }
  }

  type Trusted = Awaited<ReturnType<typeof trusted>>
  const dataOf = (
    own: Trusted,
    {
      verdict = null,
      mistake = null,
      policy = '',
      code = '',
    }: Partial<VerifyData> & { policy?: string; code?: string },
  ): VerifyData => ({
    ...{ verdict, mistake, typed: policy, code: code.slice(0, codeCharactersMax), trusted: own },
    site: installation.address,
  })
  /** Of an entry to which a code leads. */
  const findProof = (entry: { log: string; index: number }) =>
    provePublished(installation, entry).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return undefined
      throw error
    })

  const form = {
    config: { access: 'public', keepSeconds: 10 },
    schema: {
      summary: 'The page that checks a proof and its document in the browser, and whom it trusts',
      response: { 200: VerifyData },
    },
  }
  app.get('/verify', form, async (_, reply) => reply.page(dataOf(await trusted(), {}), view))

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
    const again = (mistake: VerifyData['mistake']) => reply.code(422).page(dataOf(own, { mistake, ...received }), view)
    if (!received) return again('too-large')
    const { document, policy: typed, code } = received
    if (!received.proof && !document && !code.trim()) return again('missing')
    if (code.length > codeCharactersMax) return again('code-too-long')
    // A form sends lines as RFC 2046 writes them; a policy has line feeds alone.
    const policy = typed.replaceAll('\r\n', '\n').trim()
    const proof = received.proof ?? (code.trim() ? await proofOfCode(code, installation.address, findProof) : undefined)
    const verdict =
      proof && 'outcome' in proof ? proof : verifyFiles({ proof, document }, encodeUtf8(policy || own.policy))
    return reply.page(dataOf(own, { verdict, ...received }), view)
  })

  const script = { config: { access: 'public', rateLimit: false as const }, schema: { hide: true } }
  for (const name of ['page', 'codes'] as const)
    app.get(`/verify/${name}.js`, script, async (request, reply) => {
      const { body, brotli, etag } = await scriptOf(name)
      reply.header('cache-control', 'no-cache').header('etag', etag).header('vary', 'accept-encoding')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      reply.type('text/javascript; charset=utf-8')
      return readsBrotli(request) ? reply.header('content-encoding', 'br').send(brotli) : reply.send(body)
    })
}
