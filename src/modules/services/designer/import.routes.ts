import type { JsonSchema } from '#pack'
import { openHold, type Routes, say, sayEverywhere, type Text, texts } from '#platform'
import { holdLimits, receiveFile } from '../files/receive.ts'
import { refusals } from '../files/refusals.ts'
import { problem } from '../problems.ts'
import { editService } from '../webhooks/ours.ts'
import { emptyOf, nameOf, shapeAt } from './controls.rules.ts'
import { changeDraft, designPath, getDraft } from './drafts.ts'
import { importGovukForm } from './exchange/govuk.ts'
import type { Imported } from './exchange/imported.ts'
import { importXlsForm } from './exchange/xlsform.ts'
import { ImportPage } from './import.page.tsx'
import { valueAt, writeAt } from './pointers.rules.ts'
import { AtDesign, ImportData } from './types.ts'

const sentences = texts({
  unread: {
    en: 'This is neither a workbook (.xlsx) nor JSON. Save the form again as one of these.',
    'zh-Hant': '這個檔案既不是工作簿（.xlsx）也不是 JSON。請以其中一種格式重新儲存表格。',
  },
})

/** Begins the form of a service from one that a department has in another system. */
export const importRoutes: Routes = async (app) => {
  // One for each process, as it bounds what all uploads hold.
  const hold = openHold({
    ...holdLimits,
    full: (held) => problem('files-busy', { detail: `${held} octets are held` }),
    yours: () => problem('files-of-yours'),
  })

  const form = {
    config: { access: editService, scope: 'services:edit' },
    schema: { summary: 'Where a form of another system is sent', params: AtDesign, response: { 200: ImportData } },
  }
  app.get(`${designPath}/:service/import`, form, async (request, reply) => {
    const { service, definition } = await getDraft(request, request.params.service)
    return reply.page({ service, title: nameOf(definition, service), notes: null, wrong: null }, ImportPage)
  })

  const send = {
    config: { access: editService, scope: 'services:edit', event: 'services.definition-changed' },
    schema: {
      summary:
        'Put a form in the place of that of a service: multipart with one file, an XLSForm or a form of GOV.UK Forms',
      consumes: ['multipart/form-data'],
      params: AtDesign,
      response: { 200: ImportData, 422: ImportData },
    },
  }
  app.post(`${designPath}/:service/import`, send, async (request, reply) => {
    const { service, definition } = await getDraft(request, request.params.service)
    const received = await hold((take) => receiveFile(request, take), request.ip)
    const imported: Imported =
      'refusal' in received
        ? { refused: sayEverywhere(refusals[received.refusal], received.values ?? {}) }
        : await readForm(received.bytes)
    const common = { service, title: nameOf(definition, service) }
    if ('refused' in imported) return refuse(imported.refused)
    await changeDraft(request, service, (draft) => {
      put(draft, imported.definition)
      return ''
    })
    return reply.page({ ...common, notes: imported.notes, wrong: null }, ImportPage)

    function refuse(text: Text) {
      if (request.wanted.format !== 'html')
        throw problem('form-refused', { values: { why: say(text, request.language) } })
      return reply.code(422).page({ ...common, notes: null, wrong: text }, ImportPage)
    }
  })
}

/** Workbooks are archives, which begin with these two letters; anything else has to be JSON. */
async function readForm(bytes: Buffer): Promise<Imported> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return importXlsForm(bytes)
  try {
    return importGovukForm(JSON.parse(bytes.toString()))
  } catch (error) {
    if (error instanceof SyntaxError) return { refused: sentences.unread }
    throw error
  }
}

/** Puts what was imported into a draft: its form in the place of the one before, and a contact where there is none. */
function put(
  draft: Record<string, unknown>,
  { contact, apply }: Extract<Imported, { notes: unknown }>['definition'],
): void {
  if (valueAt(draft, '/apply') === undefined) writeAt(draft, '/apply', emptyOf(shapeAt('/apply') as JsonSchema))
  const declaration = apply.form.declaration ?? valueAt(draft, '/apply/form/declaration')
  writeAt(draft, '/apply/form', { ...apply.form, ...(declaration !== undefined && { declaration }) })
  if (contact && valueAt(draft, '/contact') === undefined) writeAt(draft, '/contact', contact)
}
