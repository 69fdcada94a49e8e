import { Type } from 'typebox'
import type { Routes } from '#platform'
import { problem } from '../problems.ts'
import { Authority, AuthorityPage } from './authority.page.tsx'
import { findCertificate, listAuthorities, listRevoked } from './authority.sql.ts'
import { authorityKey, getAuthorities } from './authority.ts'
import { asPem, makeRevocationList } from './certificates.ts'
import { fingerprintOf } from './cms.ts'
import { answerStatus, readStatusQuery } from './ocsp.ts'
import { makeToken, openTimestamps, readQuery, writeReply } from './timestamps.ts'

const askedBytesMax = 10_000
/** For how long a list of revoked certificates may be believed, and how long it may be kept by whoever fetched it. */
const listHours = 24
const keepSeconds = 600

export const authorityRoutes: Routes = async (app) => {
  const { installation } = app

  const about = {
    config: { access: 'public' },
    schema: {
      summary: 'The signing authority: its certificates, and how to check a signature',
      response: { 200: Authority },
    },
  }
  app.get('/signing/ca', about, async (_, reply) => {
    const inUse = await app.sql.begin((sql) => getAuthorities(sql, installation))
    const certificates = Object.values(inUse).map((row) => ({
      id: row.id,
      kind: row.kind,
      fingerprint: fingerprintOf(row.certificate),
      beginsAt: row.beginsAt,
      endsAt: row.endsAt,
    }))
    return reply.page({ certificates }, AuthorityPage)
  })

  const file = {
    config: { access: 'public' },
    schema: {
      summary: 'A certificate of the signing authority in DER or PEM, or its list of revoked certificates (RFC 5280)',
      params: Type.Object({
        id: Type.String({ pattern: '^[0-9a-f]{16}$' }),
        form: Type.Union([Type.Literal('crt'), Type.Literal('pem'), Type.Literal('crl')]),
      }),
      produces: ['application/pkix-cert', 'application/x-pem-file', 'application/pkix-crl'],
    },
  }
  app.get('/signing/ca/:id.:form', file, async ({ params }, reply) => {
    const row = (await listAuthorities(app.sql)).find(({ id }) => id === params.id)
    // What only puts time stamps revokes nothing.
    if (!row || (params.form === 'crl' && row.kind === 'timestamp')) throw problem('certificate-not-found')
    reply.header('cache-control', `public, max-age=${keepSeconds}`)
    if (params.form === 'crt') return reply.type('application/pkix-cert').send(row.certificate)
    if (params.form === 'pem') return reply.type('application/x-pem-file').send(asPem(row.certificate))
    const at = installation.now()
    const list = makeRevocationList({
      issuer: row.certificate,
      issuerKey: authorityKey(installation, row),
      at,
      until: new Date(at.getTime() + listHours * 3_600_000),
      revoked: await listRevoked(app.sql, row.id),
    })
    return reply.type('application/pkix-crl').send(list)
  })

  // Programs ask in their own formats, and send bytes.
  for (const type of ['application/timestamp-query', 'application/ocsp-request'])
    app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: askedBytesMax }, (_, body, done) => done(null, body))

  const stamp = {
    // Nothing changes but the number of the next time stamp. A program of any site may ask.
    config: { access: 'public', event: 'none', anySite: true },
    schema: {
      summary: 'A time stamp for a hash (RFC 3161, §3.4)',
      consumes: ['application/timestamp-query'],
      produces: ['application/timestamp-reply'],
    },
  }
  app.post('/signing/timestamps', stamp, async ({ body }, reply) => {
    if (!Buffer.isBuffer(body)) throw problem('query-unreadable')
    const query = readQuery(body)
    reply.type('application/timestamp-reply')
    if ('failure' in query) return reply.send(writeReply(query))
    const stamper = await app.sql.begin((sql) => openTimestamps(sql, installation))
    return reply.send(writeReply({ token: makeToken(stamper, query) }))
  })

  const answer = async (bytes: Buffer) => {
    const query = readStatusQuery(bytes)
    const rows = await listAuthorities(app.sql)
    return answerStatus(query, rows, {
      at: installation.now(),
      keyOf: (row) => authorityKey(installation, row),
      statusOf: (row, serial) => findCertificate(app.sql, row.id, serial),
    })
  }
  const ask = {
    config: { access: 'public', event: 'none', anySite: true },
    schema: {
      summary: 'Whether a certificate still counts (RFC 6960)',
      consumes: ['application/ocsp-request'],
      produces: ['application/ocsp-response'],
    },
  }
  app.post('/signing/ocsp', ask, async ({ body }, reply) => {
    if (!Buffer.isBuffer(body)) throw problem('query-unreadable')
    return reply.type('application/ocsp-response').send(await answer(body))
  })

  const askByAddress = {
    config: { access: 'public' },
    schema: {
      summary: 'The same, asked by the address (RFC 6960, appendix A.1)',
      params: Type.Object({ '*': Type.String({ maxLength: 1000 }) }),
      produces: ['application/ocsp-response'],
    },
  }
  app.get('/signing/ocsp/*', askByAddress, async ({ params }, reply) => {
    reply.header('cache-control', 'no-cache')
    return reply.type('application/ocsp-response').send(await answer(Buffer.from(params['*'], 'base64')))
  })
}
