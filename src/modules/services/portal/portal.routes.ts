import { Type } from 'typebox'
import { Topic } from '#pack'
import { type Language, Reading, type Routes, SearchResult } from '#platform'
import { HomePage } from './home.page.tsx'
import { SearchPage } from './search.page.tsx'
import { ServicesPage } from './services.page.tsx'

const resultsMax = 50
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
    schema: { summary: 'The services that are open', response: { 200: Type.Object(Topics) } },
  }
  app.get('/services', services, async (_, reply) => reply.page(index(), ServicesPage))

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
    return reply.page({ text, results: text ? await searchAll(text, language) : [] }, SearchPage)
  })

  /** What every module finds, each in its own order, best modules first as `modules.ts` lists them. */
  async function searchAll(text: string, language: Language): Promise<SearchResult[]> {
    const asked = { text, language, limit: resultsMax }
    const found = await Promise.all(app.modules.map((module) => module.search?.(app.installation, asked) ?? []))
    return found.flat().slice(0, resultsMax)
  }
}
