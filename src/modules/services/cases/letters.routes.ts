import { Type } from 'typebox'
import { type Routes, render, say, withLanguage } from '#platform'
import { problem } from '../problems.ts'
import { requireReader } from './acting.ts'
import { findCase, listEvents } from './cases.sql.ts'
import { dayAt } from './clocks.rules.ts'
import { letterPath } from './history.ts'
import { LetterPage } from './letter.page.tsx'
import { nameOfOrganisation } from './messages.ts'
import { EventNumber, Reference } from './types.ts'
import { openEvent } from './write.ts'

/** Letters that a case leaves behind, as PDF: made when they are asked for, from what was kept when it was decided. */
export const letterRoutes: Routes = async (app) => {
  const { installation, sql } = app
  const { government } = installation.pack

  const letter = {
    config: { access: 'signed-in', scope: 'services:apply' },
    schema: {
      summary: 'A letter of a case as a PDF, for its person and for officers of its department',
      params: Type.Object({ reference: Reference, number: EventNumber, format: Type.Enum(['pdf']) }),
      produces: ['application/pdf'],
    },
  }
  app.get('/services/cases/:reference/letters/:number.:format', letter, async (request, reply) => {
    const { language } = request
    const { reference, number } = request.params
    const now = await requireReader(sql, await findCase(sql, reference), request)
    const event = (await listEvents(sql, reference)).find((each) => each.number === number)
    if (event?.kind !== 'output-made' || event.data.kind !== 'letter') throw problem('letter-not-found')
    const { title, text } = openEvent<'output-made'>(installation, reference, event)
    const organisation = nameOfOrganisation(installation, now.organisation)
    const on = dayAt(new Date(event.at), government.timeZone)
    const data = { reference, on, organisation, title, text }
    const html = render(data, LetterPage, {
      ...{ language, government, path: '', demonstration: app.demonstration },
      say: (words, values) => say(words, language, values),
      href: (path) => withLanguage(government, language, path),
    })
    // It is about a person, so it is kept nowhere: who asks again while it is made waits for the same one.
    const turn = app.printing.queue(`case/${reference}/${number}/${language}`, {
      path: withLanguage(government, language, letterPath(reference, number)),
      ...{ html, footer: `${reference} ·` },
    })
    if (typeof turn === 'string') throw problem(turn === 'busy' ? 'letter-busy' : 'letter-not-made')
    const made = await turn.made.catch(() => undefined)
    if (!made) throw problem('letter-not-made')
    return reply
      .header('content-disposition', `inline; filename="${reference}-${number}.pdf"`)
      .header('cache-control', 'no-store')
      .type('application/pdf')
      .send(made)
  })
}
