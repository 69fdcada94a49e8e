import { Type } from 'typebox'
import type { Routes } from '#platform'
import { dayAt } from '../cases/clocks.rules.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { problem } from '../problems.ts'
import { filesOf, indexOf, type PublicPage, robotsOf, sitemapOf } from './sitemap.rules.ts'

/** What programs that read the web are told of this site. */
export const sitemapRoutes: Routes = async (app) => {
  const { installation } = app
  const { pack, address, demonstration } = installation
  const site = { site: pack.government, address }

  /** Every page of the portal and of services that anybody may read. */
  async function pagesOf(): Promise<PublicPage[]> {
    const services = [...(await catalogueOf(installation).list()).values()]
    const day = (at: string) => dayAt(new Date(at), pack.government.timeZone)
    return [
      ...['/', '/services', '/services/departments', '/services/figures'].map((path) => ({ path })),
      ...pack.audiences.map(({ id }) => ({ path: `/services/for/${id}` })),
      ...pack.lifeEvents.map(({ id }) => ({ path: `/services/when/${id}` })),
      ...pack.organisations.map(({ id }) => ({ path: `/services/departments/${id}` })),
      ...services.map(({ service, publishedAt }) => ({ path: `/services/${service}`, changedOn: day(publishedAt) })),
    ]
  }

  const sitemap = {
    config: { access: 'public' },
    schema: {
      summary: 'Every page of services in every language, for programs that search; in files where there are very many',
      querystring: Type.Object({ file: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000 })) }),
      produces: ['application/xml'],
      response: { 200: Type.String() },
    },
  }
  app.get('/sitemap.xml', sitemap, async ({ query: { file } }, reply) => {
    const pages = await pagesOf()
    const files = filesOf(pack.government, pages.length)
    if (file !== undefined && file > files) throw problem('sitemap-file-not-found', { values: { files } })
    reply.type('application/xml; charset=utf-8')
    if (file === undefined && files > 1) return reply.send(indexOf(address, files))
    return reply.send(sitemapOf(site, pages, file ?? 1))
  })

  const robots = {
    config: { access: 'public' },
    schema: {
      summary: 'What programs that read the web should leave alone',
      produces: ['text/plain'],
      response: { 200: Type.String() },
    },
  }
  app.get('/robots.txt', robots, async (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(robotsOf(site, demonstration)),
  )
}
