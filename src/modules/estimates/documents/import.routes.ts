import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, withLanguage } from '#platform'
import { importBytesMax, importMegabytesMax, refusals } from '../import/refusals.ts'
import { limits } from '../mapping/limits.ts'
import { problem } from '../problems.ts'
import { ImportData, ImportPage } from './import.page.tsx'
import { ImportedData, ImportedPage } from './imported.page.tsx'
import { readImported } from './imported.ts'
import { findImport, listImports } from './imports.sql.ts'
import { publishDocuments } from './publish-documents.ts'
import { type SourceFile, type SourceRefusal, sayRefusal } from './read-source.ts'
import { openReader, passing, type ReaderLimits, readerLimits, type Uploads } from './reader.ts'

const importsShown = 20
/** The answer to a program: the import's number, and how many Heads count now that did not before. */
const Imported = Type.Object({ import: Type.Integer(), changed: Type.Integer() })

export const importRoutes = importRoutesWithin(readerLimits)

export function importRoutesWithin(limits: ReaderLimits): Routes {
  return (app) => addRoutes(app, limits)
}

const addRoutes = async (app: Parameters<Routes>[0], limits: ReaderLimits) => {
  const { pack } = app.installation
  const reader = openReader(limits, pack.government.financialYearStartMonth, app.log)
  app.addHook('onClose', async () => reader.close())
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
      summary: 'Import a Head: multipart with file, and with mapping for a table',
      consumes: ['multipart/form-data'],
      response: { 200: Imported, 201: Imported, 422: ImportData, 503: ImportData },
    },
  }
  app.post('/estimates/import', send, async (request, reply) => {
    const read = await reader.read(
      () => receive(request),
      // One transaction: documents, what counts from now on, and the trace of it stand together or not at all.
      (reading) => app.sql.begin((sql) => publishDocuments(sql, request, reading)),
    )
    if ('refusal' in read) {
      const again = passing.has(read.refusal.code)
      if (again) reply.header('retry-after', '60')
      if (request.wanted.format === 'json')
        throw problem(again ? 'file-not-read' : 'file-refused', {
          values: { reason: sayRefusal(read.refusal, request.language) },
        })
      return reply.code(again ? 503 : 422).page(await page(read.refusal), ImportPage)
    }
    const { importId, changed } = read.result
    const address = `/estimates/imports/${importId}`
    if (request.wanted.format === 'json')
      return reply
        .code(changed === 0 ? 200 : 201)
        .header('location', address)
        .send({ import: importId, changed })
    const told = `${address}?outcome=${changed === 0 ? 'again' : 'new'}`
    return reply.redirect(withLanguage(pack.government, request.language, told), 303)
  })

  const result = {
    config: { access: 'estimates:import-document' },
    schema: {
      summary: 'What an import brought, and everything that it found in the file',
      params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
      querystring: Type.Object({
        outcome: Type.Optional(Type.Enum(['new', 'again'])),
        page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      }),
      response: { 200: ImportedData },
    },
  }
  app.get('/estimates/imports/:id', result, async ({ params, query, language }, reply) => {
    const found = await findImport(app.sql, params.id)
    if (!found) throw problem('import-not-found')
    const imported = await readImported(app.installation, params.id, query.page ?? 1, language)
    const importer = pack.people.find(({ id }) => id === found.importedBy)?.name ?? null
    return reply.page({ ...found, importer, ...imported, outcome: query.outcome ?? null }, ImportedPage)
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
  text: refusals['too-large'],
  values: { max: importMegabytesMax },
  mistakes: [],
}

const twice: SourceRefusal = {
  of: 'file',
  code: 'file-twice',
  text: {
    en: 'The form holds more than one file of a kind. Send one file, and one mapping for a table.',
    'zh-Hant': '表格內同類的檔案多於一個。每次只可傳送一個檔案；如屬表格檔案，另附一個欄位對應檔。',
  },
  values: {},
  mistakes: [],
}

/** How much of a part is kept; of a mapping one chunk too much, which refuses it. Nothing of any other part is. */
const keptBytesMax: Readonly<Record<string, number>> = { file: importBytesMax, mapping: limits.mappingBytes }

/** The files of the form, received whole. A field without a file arrives with an empty name. */
async function receive(request: FastifyRequest): Promise<Uploads | { refusal: SourceRefusal }> {
  if (!request.isMultipart()) return { refusal: missing }
  const files = new Map<string, SourceFile>()
  try {
    for await (const part of request.files({ limits: { fileSize: importBytesMax } })) {
      if (files.has(part.fieldname)) return { refusal: twice }
      const bytes = await keep(part.file, (part.filename && keptBytesMax[part.fieldname]) || -1)
      // What ends exactly at a chunk is cut without an error.
      if (part.file.truncated) return { refusal: tooLarge }
      if (part.filename && part.fieldname in keptBytesMax) files.set(part.fieldname, { name: part.filename, bytes })
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return { refusal: tooLarge }
    throw error
  }
  const file = files.get('file')
  return file ? { file, mapping: files.get('mapping') } : { refusal: missing }
}

/** Reads to the end, and keeps chunks until there is more than `bytesMax`. */
async function keep(part: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of part) {
    if (length <= bytesMax) chunks.push(chunk)
    length += chunk.length
  }
  return Buffer.concat(chunks)
}
