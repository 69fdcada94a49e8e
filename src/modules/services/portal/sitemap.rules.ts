import { type Site, withLanguage } from '#platform'

/** A page that anybody may read, without its language; `changedOn` is the day of its last change. */
export type PublicPage = { path: string; changedOn?: string }

/** Addresses of one file: the protocol lets in 50,000, and 50 MB, which five links for each would come near. */
export const ofFileMax = 25_000

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[sign]!)

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** How many files these pages need, each of them in every language. */
export const filesOf = (site: Site, pages: number, max = ofFileMax): number =>
  Math.max(1, Math.ceil(pages / Math.floor(max / site.languages.length)))

/**
 * A file of a sitemap (sitemaps.org 0.9): each page in every language, with all its languages beside it (`xhtml:link`), and the
 * address without one for whoever has no preference. `file` counts from 1.
 */
export function sitemapOf(
  { site, address }: { site: Site; address: string },
  pages: readonly PublicPage[],
  file: number,
  max = ofFileMax,
): string {
  const ofFile = Math.floor(max / site.languages.length)
  const urls = pages.slice((file - 1) * ofFile, file * ofFile).flatMap(({ path, changedOn }) => {
    const alternates = [
      ...site.languages.map(({ language }) => ({
        language: language as string,
        to: withLanguage(site, language, path),
      })),
      { language: 'x-default', to: path },
    ]
    const links = alternates.map(
      ({ language, to }) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escaped(address + to)}"/>`,
    )
    return site.languages.map(({ language }) => {
      const changed = changedOn ? `<lastmod>${changedOn}</lastmod>` : ''
      return `<url><loc>${escaped(address + withLanguage(site, language, path))}</loc>${changed}${links.join('')}</url>`
    })
  })
  return `${head}<urlset xmlns="${namespace}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`
}

/** The list of the files, where there is more than one. */
export function indexOf(address: string, files: number): string {
  const each = Array.from({ length: files }, (_, at) => {
    return `<sitemap><loc>${escaped(`${address}/sitemap.xml?file=${at + 1}`)}</loc></sitemap>`
  })
  return `${head}<sitemapindex xmlns="${namespace}">\n${each.join('\n')}\n</sitemapindex>\n`
}

/** What is of one person, or of officers, or an answer to what somebody typed. */
const closed = ['/account', '/office', '/applications', '/sign-in', '/search', '/services/cases', '/services/comments']
const closedOfService = ['apply', 'feedback', 'comment']

/**
 * What programs that read the web should leave alone (RFC 9309). A demonstration is left alone altogether: nobody who searches for a
 * service should land in one that is made up.
 */
export function robotsOf({ site, address }: { site: Site; address: string }, demonstration: boolean): string {
  if (demonstration) return 'User-agent: *\nDisallow: /\n'
  const prefixes = ['', ...site.languages.map((each) => `/${each.address}`)]
  const lines = prefixes.flatMap((prefix) => [
    ...closed.map((path) => `Disallow: ${prefix}${path}`),
    ...closedOfService.map((page) => `Disallow: ${prefix}/services/*/${page}`),
  ])
  return ['User-agent: *', ...lines, `Sitemap: ${address}/sitemap.xml`, ''].join('\n')
}
