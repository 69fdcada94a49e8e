import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Routes, recordAct, say } from '#platform'
import { doneAt } from '../done.tsx'
import { sendAlert } from '../inbox/messages.ts'
import { inAllLanguages, mistakeInName, plainName } from '../people/names.rules.ts'
import { findPerson, findProvenLevel, renamePerson } from '../people/people.sql.ts'
import { problem } from '../problems.ts'
import { provenNameOf } from '../proofing/claims.ts'
import { OwnName, OwnNamePage } from './name.page.tsx'
import { namePath } from './profile.page.tsx'

/** How a person is addressed, which they change as long as nobody relies on it. */
export const nameRoutes: Routes = async (app) => {
  async function ownName({ person, language }: FastifyRequest): Promise<OwnName> {
    const { id, name, methods } = person!
    const madeUp = (await findPerson(app.sql, id))?.demonstration
    const kept = madeUp ? 'madeUp' : (await findProvenLevel(app.sql, id)) > 1 ? 'proven' : null
    const document = kept === 'proven' ? await provenNameOf(app.sql, app.installation, { id, name, methods }) : null
    return { name: say(name, language), kept, document: document ? say(document, language) : null, mistake: null }
  }

  const show = {
    config: { access: 'signed-in' },
    schema: { summary: 'How I am addressed, and whether I may change it', response: { 200: OwnName } },
  }
  app.get(namePath, show, async (request, reply) => reply.page(await ownName(request), OwnNamePage))

  const change = {
    config: { access: 'signed-in', event: 'identity.name-changed' },
    schema: {
      summary: 'Change how I am addressed; not once my identity is proven',
      body: Type.Object({ name: Type.Optional(Type.String({ maxLength: 500 })) }),
      response: { 303: Type.Null(), 422: OwnName },
    },
  }
  app.post(namePath, change, async (request, reply) => {
    const { id: personId } = request.person!
    const { kept, name: before, document } = await ownName(request)
    if (kept) throw problem(kept === 'proven' ? 'name-proven' : 'account-made-up')
    const name = plainName(request.body.name)
    const mistake = mistakeInName(name, app.installation.pack)
    if (mistake) return reply.code(422).page({ name, kept, document, mistake }, OwnNamePage)
    if (name !== before)
      await app.sql.begin(async (sql) => {
        // What was proven meanwhile keeps the name.
        if (!(await renamePerson(sql, personId, inAllLanguages(name)))) throw problem('name-proven')
        await recordAct(sql, request, { event: 'identity.name-changed', subject: namePath.slice(1) })
        await sendAlert(sql, { personId, kind: 'name-changed' })
      })
    return reply.redirect(doneAt(request, '/account/profile', 'name-changed'), 303)
  })
}
