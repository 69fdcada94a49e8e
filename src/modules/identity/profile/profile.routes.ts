import type { Routes } from '#platform'
import { writeNumber } from '../proofing/documents.rules.ts'
import { policyOf } from '../proofing/policy.ts'
import { ProfileData, ProfilePage } from './profile.page.tsx'
import { profileOf } from './values.ts'

/** The fields of the person who is signed in: what is verified, and what they wrote. */
export const profileRoutes: Routes = async (app) => {
  const list = {
    config: { access: 'signed-in' },
    schema: { summary: 'My fields: what is verified, and what I wrote', response: { 200: ProfileData } },
  }
  app.get('/account/profile', list, async ({ person }, reply) => {
    const fields = await profileOf(app.sql, app.installation, person!.id)
    const kind = fields.find(({ field }) => field.name === 'document_kind')?.value
    const document = policyOf(app.installation.pack)?.documents.find((each) => each.kind === kind)
    /** As it stands on the document, where its check digit is in brackets. */
    const asPrinted = (name: string, value: string | null) =>
      name === 'document_number' && value !== null && document ? writeNumber(value, document) : value
    const lines = fields.map(({ field, value, shown, verification }) => ({
      name: field.name,
      label: field.label,
      kind: field.kind,
      value: asPrinted(field.name, value),
      shown,
      verification,
      editable: field.declared && verification === null,
    }))
    return reply.page({ fields: lines }, ProfilePage)
  })
}
