import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { createContext, h, type VNode } from 'preact'
import { useContext } from 'preact/hooks'
import { renderToString } from 'preact-render-to-string'
import { keepPages, sendPage } from './kept-pages.ts'
import { type Language, languages, say, type Text, type Values } from './languages.ts'
import { type Person, sessionCookie } from './person.ts'

/** How a government names a language in its addresses: `{ language: 'zh-Hant', address: 'tc', name: '繁體' }`. */
export type LanguageAddress = { language: Language; address: string; name: string }

/** What the layout needs to know of the government whose pack is loaded. */
export type Site = {
  name: Text
  site: Text
  tagline: Text
  summary: Text
  languages: readonly LanguageAddress[]
  defaultLanguage: Language
  /** In which times are written: a name of the IANA time zone database. */
  timeZone: string
  /** Its own address, where the settings have one: what programs that search are told is written out in full. */
  origin?: string | undefined
  /** Whether there is nothing beside the page that one reads, so that no other is linked. */
  alone?: boolean
}

/** What every view and component may read of the page being made, by `usePage()`. */
export type PageContext = {
  language: Language
  say: (text: Text, values?: Values) => string
  /** The address without its language, with its query: `/estimates/2023-24/47?with=2022-23`. */
  path: string
  /** The address of another page in this language; other sites and data files stay as they are. */
  href: (path: string) => string
  government: Site
  /** Who is signed in. */
  person?: Person
  /** Whether made-up people may sign in without proof. */
  demonstration: boolean
}

export const Context = createContext<PageContext | undefined>(undefined)

/** The page being made. Only inside a view or a component. */
export function usePage(): PageContext {
  const page = useContext(Context)
  if (!page) throw new Error('usePage() was called outside a page')
  return page
}

/** A page as a pure function of the data that its address returns as JSON. */
export type View<Data> = (data: Data) => VNode

type Wanted = { language: Language | undefined; format: 'html' | 'json'; path: string; suffix: boolean }

declare module 'fastify' {
  interface FastifyRequest {
    /** The language and form that the address and the headers ask for. */
    wanted: Wanted
    language: Language
  }
  interface FastifyReply {
    /** Answers `data` as JSON, or as the page that `view` makes of it, by `.json` and `Accept`. */
    page<Data>(data: Data, view: View<NoInfer<Data>>): FastifyReply
  }
  interface FastifyContextConfig {
    /** Seconds for which the page of a public address may be kept for people who are not signed in. */
    keepSeconds?: number
  }
}

const languageCookie = 'praya_language'

/**
 * Reads language and form from a raw address, before routing: `/tc/estimates.json` → `/estimates`, zh-Hant, JSON. Kept on
 * the raw request, as Fastify makes its own only after routing. `dataFiles` are last segments that are files themselves.
 */
export function addressReader(site: Site, dataFiles: ReadonlySet<string>) {
  const byAddress = new Map(site.languages.map(({ address, language }) => [address, language]))
  return (raw: { url?: string | undefined }): string => {
    const url = raw.url ?? '/'
    const queryAt = url.indexOf('?')
    let path = pathOf(queryAt < 0 ? url : url.slice(0, queryAt))
    const query = queryAt < 0 ? '' : url.slice(queryAt)
    const end = path.indexOf('/', 1)
    const language = byAddress.get(end < 0 ? path.slice(1) : path.slice(1, end))
    if (language) path = end < 0 ? '/' : path.slice(end)
    const suffix = path.endsWith('.json') && !dataFiles.has(path.slice(path.lastIndexOf('/') + 1))
    if (suffix) path = path.slice(0, -'.json'.length).replace(/^\/index$/, '/') || '/'
    // A link to what begins with two slashes would lead to another host.
    const own = path.replace(/^[/\\]+/, '/') + query
    Object.assign(raw, { wanted: { language, suffix, path: own, format: suffix ? 'json' : undefined } })
    return path + query
  }
}

/** Without scheme and host, which a proxy may send; what is no path, or cannot be decoded, is one that is not found. */
function pathOf(raw: string): string {
  const path = raw.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^(?!\/)./, '/$&') || '/'
  if (!path.includes('%')) return path
  try {
    decodeURIComponent(path)
    return path
  } catch {
    return path.replaceAll('%', '%25')
  }
}

/** Adds `request.wanted` and `request.language`, in which a refusal is written too; both are read when first asked for. */
export function addWanted(app: FastifyInstance, site: Site): void {
  type Raw = { wanted: Wanted; language?: Language }
  app.decorateRequest('wanted', {
    getter() {
      const { wanted } = this.raw as unknown as Raw
      wanted.format ??= prefersHtml(this.headers.accept) ? 'html' : 'json'
      return wanted
    },
  })
  app.decorateRequest('language', {
    getter() {
      const raw = this.raw as unknown as Raw
      raw.language ??= raw.wanted.language ?? preferred(this, site)
      return raw.language
    },
  })
}

/** Adds `reply.page`. */
export function addPages(app: FastifyInstance, site: Site, options: { demonstration: boolean }): void {
  const kept = keepPages()
  const mayBeKept = ({ routeOptions, method, headers, wanted }: FastifyRequest) =>
    routeOptions.config?.keepSeconds &&
    method === 'GET' &&
    !headers.cookie?.includes(sessionCookie) &&
    wanted.format === 'html' &&
    wanted.language
  app.addHook('onRequest', (request, reply, done) => {
    if (!mayBeKept(request)) return done()
    kept.find(request.language + request.wanted.path, reply.raw).then((page) => {
      if (!page) return done()
      try {
        sendPage(reply, page)
      } catch (error) {
        done(error as Error)
      }
    }, done)
  })

  app.decorateReply('page', function page<Data>(this: FastifyReply, data: Data, view: View<Data>) {
    const { request } = this
    const { wanted, language } = request
    if (wanted.format === 'json') return this.type('application/json; charset=utf-8').send(data)
    if (!wanted.language && request.method !== 'POST' && this.statusCode === 200)
      return this.redirect(withLanguage(site, language, wanted.path), 302)
    const html = render(data, view, contextOf(request, site, options.demonstration))
    const page = { plain: Buffer.from(html) }
    const keepSeconds = request.routeOptions.config?.keepSeconds
    if (keepSeconds && !request.person && this.statusCode === 200 && wanted.language)
      kept.put(language + wanted.path, page, keepSeconds)
    return sendPage(this, page)
  })
}

/** The whole document that `view` makes of `data`. */
export function render<Data>(data: Data, view: View<Data>, page: PageContext): string {
  const Body = () => view(data)
  return `<!doctype html>\n${renderToString(h(Context.Provider, { value: page }, h(Body, null)))}`
}

function contextOf(request: FastifyRequest, site: Site, demonstration: boolean): PageContext {
  const { language, wanted, person } = request
  const above = request.method === 'POST' ? pageAbove(request, false) : undefined
  return {
    language,
    say: (text, values) => say(text, language, values),
    // What answers a form may stand where there is no page: a link to it in another language would find nothing.
    path: above ? above.path + wanted.path.replace(/^[^?]*/, '') : wanted.path,
    href: (path) => withLanguage(site, language, path),
    government: site,
    demonstration,
    ...(person && { person }),
  }
}

/** On from what is not found to the list of what there is, or from a form that is refused to the page that has it. */
export function pageAbove({ routeOptions, wanted, server }: FastifyRequest, reads: boolean) {
  const route = (routeOptions.url ?? '').split('/')
  // What is not found is not in the address of the list; a form was sent from a page that is there, with all its places.
  const place = route.findIndex((each) => /^[:*]/.test(each))
  const list = reads && place > 0
  for (let length = list ? place : route.length - Number(reads); length > 1; length--) {
    const url = route.slice(0, length).join('/')
    if (server.routeTable.some((each) => each.method === 'GET' && each.url === url && !needsQuery(each)))
      return { path: wanted.path.split('?')[0]!.split('/').slice(0, length).join('/'), list }
  }
  return undefined
}
const needsQuery = ({ schema }: RouteOptions) => !!(schema?.querystring as { required?: string[] })?.required?.[0]

/** `/estimates` → `/tc/estimates`. Addresses of other sites, of data and of assets have no language. */
export function withLanguage(site: Site, language: Language, path: string): string {
  if (!path.startsWith('/') || path.startsWith('/assets/')) return path
  if (site.languages.some(({ address }) => path === `/${address}` || path.startsWith(`/${address}/`))) return path
  const address = site.languages.find((each) => each.language === language)?.address
  return address ? `/${address}${path === '/' ? '/' : path}` : path
}

/** Without a language in the address: what was chosen before, else what the browser asks for, else the pack's. */
function preferred(request: FastifyRequest, site: Site): Language {
  const offered = site.languages.map(({ language }) => language)
  const chosen = languages.find((language) => language === request.cookies?.[languageCookie])
  if (chosen && offered.includes(chosen)) return chosen
  const asked = weighed(request.headers['accept-language'])
    .map(({ name }) => languageOfTag(name))
    .find((language) => language && offered.includes(language))
  return asked ?? site.defaultLanguage
}

/** RFC 9110, §12.5: what a header asks for, most wanted first, without what it refuses. */
function weighed(header = ''): { name: string; quality: number }[] {
  const parts = header.slice(0, 500).toLowerCase().split(',')
  const all = parts.map((part) => {
    const [name = '', quality] = part.trim().split(/\s*;\s*q=/)
    return { name, quality: quality === undefined ? 1 : Number(quality) || 0 }
  })
  return all.filter(({ quality }) => quality > 0).sort((one, other) => other.quality - one.quality)
}

/** Browsers name HTML; a program that names it less than JSON, or not at all, gets data. */
function prefersHtml(accept: string | undefined): boolean {
  const first = weighed(accept).find(({ name }) => /^(text\/html|application\/json)\b/.test(name))
  return first?.name.startsWith('text/html') ?? false
}

/** RFC 5646 tags as browsers send them: a script decides, else the region does; plain `zh` is left to the pack. */
function languageOfTag(tag: string): Language | undefined {
  if (/^en\b/i.test(tag)) return 'en'
  if (/^zh-(hans|cn|sg|my)\b/i.test(tag)) return 'zh-Hans'
  if (/^zh-(hant|hk|tw|mo)\b/i.test(tag)) return 'zh-Hant'
  return undefined
}

/** Remembers the language of a page that a person opened, so that the next bare address leads there. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
  if (!request.wanted.language || request.cookies?.[languageCookie] === request.language) return
  reply.setCookie(languageCookie, request.language, { path: '/', sameSite: 'lax', maxAge: 31_536_000, httpOnly: true })
}
