import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, uploadBytesMax, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { ImportData, ImportPage } from './import.page.tsx'
import { ImportedData, ImportedPage } from './imported.page.tsx'
import { findImport, listImported, listImports } from './imports.sql.ts'
import { publishDocuments } from './publish-documents.ts'
import { readSource, type SourceRefusal, sayRefusal } from './read-source.ts'

const importsShown = 20
/** The answer to a program: the import's number, and how many Heads count now that did not before. */
const Imported = Type.Object({ import: Type.Integer(), changed: Type.Integer() })

export const importRoutes: Routes = async (app) => {
  const { pack } = app.installation
  const page = (refusal: SourceRefusal | null = null) =>
    listImports(app.sql, importsShown).then((imports) => ({ imports, refusal }))

  const form = {
    config: { access: 'estimates:import-document' },
    schema: {
      summary: 'Send a Head of the Estimates, as text or as a table with a mapping',
      response: { 200: ImportData },
    },
  }
  app.get('/estimates/import', form, async (_, reply) => reply.page(await page(), ImportPage))

  const send = {
    config: { access: 'estimates:import-document', event: 'estimates.document-imported' },
    schema: {
      summary: 'Import a Head: multipart with `file`, and with `mapping` for a table',
      consumes: ['multipart/form-data'],
      response: { 200: Imported, 201: Imported, 422: ImportData },
    },
  }
  app.post('/estimates/import', send, async (request, reply) => {
    const read = await readUploads(request)
    if ('refusal' in read) {
      if (request.wanted.format === 'json')
        throw problem('file-refused', { values: { reason: sayRefusal(read.refusal, request.language) } })
      return reply.code(422).page(await page(read.refusal), ImportPage)
    }
    const { source } = read
    // One transaction: documents, what counts from now on, and the trace of it stand together or not at all.
    const { importId, changed } = await app.sql.begin((sql) => publishDocuments(sql, request, source))
    const address = `/estimates/imports/${importId}${changed === 0 ? '?again=true' : ''}`
    if (request.wanted.format === 'json')
      return reply
        .code(changed === 0 ? 200 : 201)
        .header('location', address)
        .send({ import: importId, changed })
    return reply.redirect(withLanguage(pack.government, request.language, address), 303)
  })

  const result = {
    config: { access: 'estimates:import-document' },
    schema: {
      summary: 'What an import brought, and everything that it found in the file',
      params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
      querystring: Type.Object({ again: Type.Optional(Type.Boolean()) }),
      response: { 200: ImportedData },
    },
  }
  app.get('/estimates/imports/:id', result, async ({ params, query }, reply) => {
    const found = await findImport(app.sql, params.id)
    if (!found) throw problem('import-not-found')
    const documents = await listImported(app.sql, params.id)
    return reply.page({ ...found, documents, again: query.again ?? false }, ImportedPage)
  })
}

const missing: SourceRefusal = {
  of: 'file',
  code: 'file-missing',
  text: { en: 'Choose the file of the Head.', 'zh-Hant': '請選擇總目的檔案。' },
  values: {},
  mistakes: [],
}
const tooLarge: SourceRefusal = {
  of: 'file',
  code: 'too-large',
  text: { en: 'The file is larger than {max} MB, so it was not read.', 'zh-Hant': '檔案大於 {max} MB，因此沒有讀取。' },
  values: { max: uploadBytesMax / 1_000_000 },
  mistakes: [],
}

/** The files of the form, read whole and understood. A field without a file arrives with an empty name. */
async function readUploads(request: FastifyRequest): ReturnType<typeof readSource> {
  if (!request.isMultipart()) return { refusal: missing }
  const files = new Map<string, { name: string; bytes: Uint8Array }>()
  try {
    for await (const part of request.files()) {
      const bytes = await part.toBuffer()
      // What ends exactly at a chunk is cut without an error.
      if (part.file.truncated) return { refusal: tooLarge }
      if (part.filename && !files.has(part.fieldname)) files.set(part.fieldname, { name: part.filename, bytes })
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return { refusal: tooLarge }
    throw error
  }
  const file = files.get('file')
  return file ? readSource(file, files.get('mapping')) : { refusal: missing }
}
