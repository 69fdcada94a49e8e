import type { AddressInfo } from 'node:net'
import { type StartOptions, start } from '#test'

/** What a browser holds and where it is: follows redirects within the site, and stops where one leads away. */
export function aBrowserAt(site: string) {
  const jar = new Map<string, string>()
  const paths = new Map<string, string>()
  const cookieFor = ({ pathname }: URL) =>
    [...jar]
      .filter(([key]) => pathname.startsWith(paths.get(key) ?? '/'))
      .map(([key, value]) => `${key.split(' ')[0]}=${value}`)
      .join('; ')
  async function send(url: URL, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: cookieFor(url), ...init.headers },
    })
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = each.split(';')[0]!.split(/=(.*)/s) as [string, string]
      // Those of one name stand beside each other where each has a path of its own.
      const path = /; path=([^;]*)/i.exec(each)?.[1] ?? '/'
      const key = /^\/[^/]*$/.test(path) ? name : `${name} ${path}`
      paths.set(key, path)
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(each)) jar.delete(key)
      else jar.set(key, value)
    }
    return response
  }
  /** Opens an address and follows it; ends with a page here, or with the address elsewhere to which it was led. */
  async function open(address: string | URL, init?: RequestInit): Promise<{ url: URL; status: number; text: string }> {
    let url = new URL(address, site)
    let response = await send(url, init)
    for (let step = 0; step < 20; step++) {
      const location = response.headers.get('location')
      if (!location) return { url, status: response.status, text: await response.text() }
      url = new URL(location, url)
      if (url.origin !== new URL(site).origin) return { url, status: response.status, text: '' }
      response = await send(url)
    }
    throw new Error(`${address} leads in circles`)
  }
  const post = (
    address: string | URL,
    fields: Record<string, string> | [string, string][] = {},
    headers: Record<string, string> = { origin: site },
  ) => open(address, { method: 'POST', body: new URLSearchParams(fields), headers })
  /** Answers a service’s page as it stands, but for the fields that are left out. */
  const agree = (page: { url: URL; text: string }, without: readonly string[] = []) =>
    post(page.url, [
      ...formOf(page.text).filter(([name, value]) => name !== 'field' || !without.includes(value)),
      ['answer', 'agree'],
    ])
  return { jar, open, post, cookie: () => cookieFor(new URL(site)), agree }
}

/** What the page’s form would send as it stands: hidden fields and ticked boxes, each name with its values. */
export function formOf(text: string): [name: string, value: string][] {
  const form = /<form method="post"[^>]*(sign-in\/services|\/filling\/|\/account\/requests\/)/.exec(text)
  const inside = form ? text.slice(form.index, text.indexOf('</form>', form.index)) : ''
  return [...inside.matchAll(/<input ([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const of = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]
    const sent = of('type') === 'hidden' || (of('type') === 'checkbox' && /(^| )checked/.test(attributes))
    return sent ? [[of('name')!, of('value') ?? ''] as [string, string]] : []
  })
}

/** A whole installation that listens on this machine, at the address that it calls its own. */
export async function aListeningSite(options: StartOptions = {}) {
  const started = await start(options)
  await started.app.listen({ port: 0, host: '127.0.0.1' })
  const site = `http://localhost:${(started.app.server.address() as AddressInfo).port}`
  if (!options.beside) started.installation.address = site
  return { ...started, site }
}
