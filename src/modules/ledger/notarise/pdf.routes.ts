import { Type } from 'typebox'
import { drawCode, readTimestamp, writeTimestampReply } from '#identity'
import { type Language, type Routes, render, say, withLanguage } from '#platform'
import { parseEnvelope } from '../entries/envelope.rules.ts'
import { organisationsOf } from '../explorer/known.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import { parseVerifierKey } from '../notes/keys.rules.ts'
import { problem } from '../problems.ts'
import { compactProof } from '../proofs/compact.rules.ts'
import { verifyFiles } from '../verify/verify.rules.ts'
import { makeCertificate, trustedOf } from './certificate.ts'
import type { NotarisationRow } from './notarise.sql.ts'
import {
  access,
  getNotarisation,
  namesOf,
  type Proved,
  proveNotarisation,
  showNotarisation,
  titlesOf,
} from './notarise.ts'
import { PdfPage } from './pdf.page.tsx'
import { authorityOf } from './stamps.ts'

const params = Type.Object({ id: Type.String({ format: 'uuid', maxLength: 36 }) })

/** Where an officer takes away the certificate as a PDF: a sheet for people that carries the files for programs. */
export const pdfRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { government } = installation.pack
  const nameOf = namesOf(installation)
  const organisations = organisationsOf(installation)

  /** The files that the PDF carries, and what they are called without their endings. */
  async function filesOf(row: NotarisationRow, proved: Proved, language: Language) {
    const name = `${row.log}-${proved.index}`
    const stamp = row.stamp && (await readTimestamp(sql, row.stamp, row.entry))
    const certificate = await makeCertificate(installation, proved, { row, language, stamp })
    const file = (ending: string, type: string, about: string, bytes: Uint8Array) =>
      ({ name: `${name}.${ending}`, type, about, bytes }) as const
    const attachments = [
      file('html', 'text/html', 'Checks the document in a browser, without a network', Buffer.from(certificate)),
      file('tlog-proof', 'text/plain', 'C2SP tlog-proof', proved.proof),
      file('entry', 'application/octet-stream', 'The octets of the entry', row.entry),
      ...(row.stamp && stamp
        ? [file('tsr', 'application/timestamp-reply', 'RFC 3161', writeTimestampReply({ token: row.stamp }))]
        : []),
      ...(stamp?.root
        ? [{ ...file('pem', 'application/x-pem-file', 'RFC 5280', Buffer.from(stamp.root)), name: 'authority.pem' }]
        : []),
    ]
    return { name, attachments, stamp: stamp && { at: stamp.at, authority: authorityOf(installation, stamp) } }
  }

  async function pageOf(
    row: NotarisationRow,
    { log, index, proof }: Proved,
    of: { language: Language } & Pick<Awaited<ReturnType<typeof filesOf>>, 'name' | 'stamp'>,
  ) {
    const { language, name, stamp } = of
    const { commitment } = parseEnvelope(row.entry)!
    const trusted = trustedOf(log.known)
    const address = `${installation.address}${log.known.path}/entries/${index}`
    const compact = compactProof(proof, log.known.keys.map(parseVerifierKey))
    const { committed } = showNotarisation(installation, row, await titlesOf(installation))
    const data = {
      verdict: verifyFiles({ proof }, encodeUtf8(trusted.policy)),
      ...{ trusted, organisations, organisation: nameOf(row.organisation), site: installation.address },
      ...{ committed, commitment, name, stamp },
      codes: {
        ...{ entry: drawCode(address), address },
        proof: compact ? drawCode(Buffer.from(compact).toString(), 'low') : null,
      },
    }
    const context = { language, government, path: '', demonstration: app.demonstration }
    return render(data, PdfPage, {
      ...context,
      say: (text, values) => say(text, language, values),
      href: (path) => withLanguage(government, language, path),
    })
  }

  const pdf = {
    config: { access },
    schema: {
      summary: 'The certificate of a notarisation as a PDF for people, which carries the files for programs',
      params,
      produces: ['application/pdf'],
    },
  }
  app.get('/office/ledger/notarise/:id/certificate.pdf', pdf, async (request, reply) => {
    const { language } = request
    const row = await getNotarisation(installation, request)
    if (row.erasedAt !== null) throw problem('notarisation-erased')
    const proved = await proveNotarisation(installation, row)
    const files = await filesOf(row, proved, language)
    const html = await pageOf(row, proved, { language, ...files })
    // It holds the salt, so it is kept nowhere: who asks again while it is made waits for the same one.
    const turn = app.printing.queue(`notarisation/${row.id}/${language}`, {
      path: withLanguage(government, language, `/office/ledger/notarise/${row.id}/certificate`),
      ...{ html, attachments: files.attachments, footer: `${files.name} ·` },
    })
    if (typeof turn === 'string') throw problem(turn === 'busy' ? 'pdf-busy' : 'pdf-not-made')
    const made = await turn.made.catch(() => undefined)
    if (!made) throw problem('pdf-not-made')
    return reply
      .header('content-disposition', `attachment; filename="${files.name}-${language}.pdf"`)
      .header('cache-control', 'no-store')
      .type('application/pdf')
      .send(made)
  })
}
