import type { Routes } from '#platform'
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
    const lines = fields.map(({ field, value, shown, verification }) => ({
      name: field.name,
      label: field.label,
      kind: field.kind,
      value,
      shown,
      verification,
      editable: field.declared && verification === null,
    }))
    return reply.page({ fields: lines }, ProfilePage)
  })
}
