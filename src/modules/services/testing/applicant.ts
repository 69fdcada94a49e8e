import { randomUUID } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

type Headers = Record<string, string>
export type Form = Readonly<Record<string, string | readonly string[]>>

/** A form with one file, as a browser sends it. */
export function fileForm(field: string, name: string, bytes: Uint8Array) {
  const boundary = randomUUID()
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Somebody with a browser who fills in forms: keeps cookies, follows redirects, and sends forms as browsers do. */
export function openApplicant(app: FastifyInstance, signedIn: Headers = {}, language = 'eng') {
  const cookies = new Map<string, string>()
  const headers = (): Headers => ({
    accept: 'text/html',
    'sec-fetch-site': 'same-origin',
    cookie: [signedIn.cookie, ...[...cookies].map(([name, value]) => `${name}=${value}`)].filter(Boolean).join('; '),
  })
  const took = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies.set(name, value)
    return response
  }
  const full = (path: string) => (path.startsWith(`/${language}/`) ? path : `/${language}${path}`)
  const get = async (path: string) => took(await app.inject({ url: full(path), headers: headers() }))
  const post = async (path: string, form: Form = {}) =>
    took(
      await app.inject({
        method: 'POST',
        url: path,
        headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(
          Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)])),
        ).toString(),
      }),
    )
  const data = async (path: string) => (await app.inject({ url: `${path}.json`, headers: headers() })).json()
  /** Sends a file to a page as its form does; `path` is that of the page, with its query if it has one. */
  const upload = async (path: string, question: string, name: string, bytes: Uint8Array) => {
    const form = fileForm(question, name, bytes)
    const [page, query] = path.split('?')
    const url = `${page}/files${query ? `?${query}` : ''}`
    return took(
      await app.inject({ method: 'POST', url, headers: { ...headers(), ...form.headers }, payload: form.payload }),
    )
  }
  return {
    cookies,
    headers,
    get,
    post,
    data,
    upload,
    /** Begins an application; its path. */
    async begin(service: string, token = randomUUID()): Promise<string> {
      await get(`/services/${service}/apply`)
      const begun = await post(`/services/${service}/apply`, { token })
      if (begun.statusCode !== 303) throw new Error(`${begun.statusCode} ${begun.body}`)
      return `/applications/${token}`
    },
    /** Where an answer led, without the language. */
    leadsTo: (response: LightMyRequestResponse) =>
      String(response.headers.location ?? response.statusCode).replace(`/${language}/`, '/'),
  }
}
