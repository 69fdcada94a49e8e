import { type Static, Type } from 'typebox'
import { type Routes, Text } from '#platform'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { problem } from '../problems.ts'
import { addDays, dayAt } from './clocks.rules.ts'
import { calendarOf } from './holidays.ts'
import { nameOfOrganisation } from './messages.ts'
import { TemplatesPage } from './templates.page.tsx'
import { templatesOf } from './templates.rules.ts'

const Size = Type.Object({
  encoding: Type.Enum(['GSM-7', 'UCS-2']),
  characters: Type.Integer({ description: 'Septets in GSM-7, units of 16 bits in UCS-2' }),
  parts: Type.Integer(),
})
const Titled = Type.Object({ id: Type.String(), title: Text })

export type TemplatesData = Static<typeof TemplatesData>
export const TemplatesData = Type.Object({
  services: Type.Array(Titled),
  service: Type.Union([Titled, Type.Null()]),
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      states: Type.Array(Text),
      shown: Type.Array(
        Type.Object({
          language: Type.Enum(['en', 'zh-Hant', 'zh-Hans']),
          subject: Type.String(),
          text: Type.String(),
          inbox: Size,
          sms: Type.Union([Type.Object({ text: Type.String(), size: Size }), Type.Null()]),
        }),
      ),
    }),
  ),
})

/** What people are told by the services of a department, as its editors look at it. */
export const templateRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack } = installation

  const list = {
    config: { access: 'services:edit-service', scope: 'services:edit' },
    schema: {
      summary:
        'Messages of a service of my department, in each language and filled with samples, and their size as SMS',
      querystring: Type.Object({ service: Type.Optional(Type.String({ maxLength: 60 })) }),
      response: { 200: TemplatesData },
    },
  }
  app.get('/office/services/messages', list, async ({ person, query }, reply) => {
    const organisation = person!.organisation
    const ours = [...(await catalogueOf(installation).list()).values()]
      .map(({ compiled }) => compiled)
      .filter(({ service, case: has }) => has && service.organisation === organisation)
    const found = query.service ? ours.find(({ service }) => service.id === query.service) : ours[0]
    // One of another department is not found, as if it were not there.
    if (query.service && !found) throw problem('service-not-found')
    const calendar = calendarOf(pack)
    const sample = {
      organisation: nameOfOrganisation(installation, organisation ?? ''),
      currency: pack.government.currency.code,
      day: addDays(dayAt(installation.now(), calendar.timeZone), 28, 'calendar', calendar),
    }
    const data: TemplatesData = {
      services: ours.map(({ service }) => ({ id: service.id, title: service.title })),
      service: found ? { id: found.service.id, title: found.service.title } : null,
      messages: found ? templatesOf(found, sample) : [],
    }
    return reply.page(data, TemplatesPage)
  })
}
