import { Type } from 'typebox'
import { Topic } from '#pack'
import { type Language, Reading, type Routes, SearchResult } from '#platform'
import { listServices, noteOf } from '../catalogue/catalogue.ts'
import { noteMiss } from '../catalogue/misses.ts'
import { CatalogueData } from '../catalogue/types.ts'
import { HomePage } from './home.page.tsx'
import { SearchPage } from './search.page.tsx'
import { ServicesPage } from './services.page.tsx'

const resultsMax = 50
const own = ({ name }: { name: string }) => Number(name === 'services')
const Topics = { audiences: Type.Array(Topic), lifeEvents: Type.Array(Topic) }

export const portal: Routes = async (app) => {
  const index = () => {
    const { audiences, lifeEvents } = app.installation.pack
    return { audiences, lifeEvents }
  }

  const home = {
    config: { access: 'public', keepSeconds: 1 },
    schema: {
      summary: 'The home page, with its live figures',
      response: { 200: Type.Object({ figures: Type.Array(Reading), ...Topics }) },
    },
  }
  app.get('/', home, async (_, reply) => {
    const read = await Promise.all(app.installation.pack.government.board.map((id) => app.figures.find(id)))
    const figures = read.filter((each) => each !== undefined)
    return reply.page({ figures, ...index() }, HomePage)
  })

  const services = {
    config: { access: 'public', keepSeconds: 10 },
    schema: {
      summary: 'Every service, with the audiences and moments of life that it is for',
      response: { 200: CatalogueData },
    },
  }
  app.get('/services', services, async (_, reply) => {
    const { pack } = app.installation
    const all = await listServices(app.installation)
    const data = {
      audiences: pack.audiences.map((topic) => ({
        ...topic,
        services: all.filter(({ audiences }) => audiences.includes(topic.id)).length,
      })),
      lifeEvents: pack.lifeEvents.map((topic) => ({
        ...topic,
        services: all.filter(({ lifeEvents }) => lifeEvents.includes(topic.id)).length,
      })),
      services: all.map((each) => noteOf(pack, each)),
    }
    return reply.page(data, ServicesPage)
  })

  const search = {
    config: { access: 'public' },
    schema: {
      summary: 'Search everything that this site publishes, in any of its languages',
      querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })) }),
      response: { 200: Type.Object({ text: Type.String(), results: Type.Array(SearchResult) }) },
    },
  }
  app.get('/search', search, async ({ query, language }, reply) => {
    const text = (query.q ?? '').trim()
    const results = text ? await searchAll(text, language) : []
    if (text && results.length === 0) await noteMiss(app.installation, text, language)
    return reply.page({ text, results }, SearchPage)
  })

  /** What every module finds, each in its own order: services first, then modules as `modules.ts` lists them. */
  async function searchAll(text: string, language: Language): Promise<SearchResult[]> {
    const asked = { text, language, limit: resultsMax }
    // Whoever searches wants to do something more often than to read about it.
    const modules = [...app.modules].sort((one, other) => own(other) - own(one))
    const found = await Promise.all(modules.map((module) => module.search?.(app.installation, asked) ?? []))
    return found.flat().slice(0, resultsMax)
  }
}
