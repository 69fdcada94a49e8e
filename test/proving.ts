// People who prove a document at a register over real HTTP, which a test can let misbehave. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach } from 'node:test'
import { insertPerson } from '../src/modules/identity/people/people.sql.ts'
import { createRegister } from '../src/modules/identity/proofing/made-up-register.ts'
import { insertSession } from '../src/modules/identity/sessions/sessions.sql.ts'
import { modules } from '../src/modules.ts'
import { loadPackOrThrow } from './pack.ts'
import { cookieOf, start } from './start.ts'

export const html = { accept: 'text/html' }
export const base = '/account/level/document'

export const ada = { kind: 'quay-pass', number: 'T0000011(6)', family: 'Quay', given: 'Ada', born: '1990-05-17' }
export const dora = { kind: 'quay-pass', number: 't0000044x', family: 'OPIER SMITH', given: 'dora', born: '2000-02-29' }
export const ebb = { kind: 'quay-pass', number: 'T00000773', family: 'Tide', given: 'Ebb', born: '1966-06-06' }
type Document = typeof ada

/** The register of the other department: the made-up one, until a test lets it misbehave. */
async function startRegister() {
  const honest = createRegister(await loadPackOrThrow('testland', modules), 'a-token-of-the-test')
  const register = {
    asked: 0,
    lastHeaders: {} as Record<string, unknown>,
    misbehave: undefined as RequestListener | undefined,
    hangUp: () => server.closeAllConnections(),
  }
  const server = createServer((request, response) => {
    register.asked += 1
    register.lastHeaders = request.headers
    if (register.misbehave) return register.misbehave(request, response)
    return void honest.emit('request', request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { register, populationRegister: { url, token: 'a-token-of-the-test', timeoutMs: 300 } }
}

/** An installation with such a register. Each test begins with every document free and no try counted. */
export async function startProving() {
  const { register, populationRegister } = await startRegister()
  const options = { populationRegister, behindProxy: true }
  const first = await start(options)
  const { app, sql } = first
  let network = 0

  /** Somebody with an account, in a network of their own, with a session of the real kind. */
  async function newcomer(levelMax: 1 | 2 | 3 = 3) {
    const id = `p-${randomUUID().slice(0, 8)}`
    await insertPerson(sql, id, { en: 'New Comer', 'zh-Hant': '新人' })
    const token = await insertSession(sql, { personId: id, levelMax, methods: ['hwk', 'user'] })
    network += 1
    return { id, headers: { ...cookieOf(token), 'x-forwarded-for': `198.51.${network >> 8}.${network & 255}` } }
  }
  type Somebody = Awaited<ReturnType<typeof newcomer>>
  type Headers = Pick<Somebody, 'headers'>

  const post = (url: string, { headers }: Headers, form: Record<string, string | string[]>, to = app) =>
    to.inject({ method: 'POST', url: `/eng${url}`, headers: { ...html, ...headers }, payload: form })
  const get = (url: string, { headers }: Headers) => app.inject({ url, headers })

  /** Fills in the pages up to the last; returns the version that is sent from there. */
  async function type(who: Somebody, { kind, number, family, given, born }: Document, next?: string) {
    const [year, month, day] = born.split('-') as [string, string, string]
    const steps = [
      [base, { kind, number, ...(next && { next }) }],
      [`${base}/name`, { family, given }],
      [`${base}/birth-date`, { 'born-year': year, 'born-month': month, 'born-day': day }],
    ] as const
    for (const [url, form] of steps) assert.equal((await post(url, who, form)).statusCode, 303, url)
    return (await get(`${base}/check`, who)).json().version as string
  }

  async function prove(who: Somebody, document: Document, next?: string) {
    const version = await type(who, document, next)
    return post(`${base}/check`, who, { version })
  }
  const outcomeOf = async (who: Somebody) => (await get(`${base}/result`, who)).json().outcome
  const levelOf = async (who: Headers) => (await get('/account/level', who)).json().sessionLevel

  beforeEach(async () => {
    await sql`update identity.identity_document set released_at = now() where released_at is null`
    await sql`delete from identity.proof_try`
  })
  return { ...first, options, register, newcomer, post, get, type, prove, outcomeOf, levelOf }
}

export type Somebody = Awaited<ReturnType<Awaited<ReturnType<typeof startProving>>['newcomer']>>
