// A competition of the pack of Hong Kong, as its officers, judges and chair have it. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { start } from '#test'

type Headers = { cookie: string }
type Started = Pick<Awaited<ReturnType<typeof start>>, 'app' | 'asPerson'>
type Typed = Readonly<Record<string, string>>

/** What people do in a competition of the Digital Policy Office, asked as programs do but for `form`, which is a browser’s. */
export function openContest({ app, asPerson }: Started, service: string, criteria: readonly string[]) {
  const office = `/office/services/rounds/${service}`
  const officer = (id: string) =>
    asPerson({ id, organisation: 'dpo', permissions: ['services:work-case', 'services:decide-case'], level: 3 })
  const olga = officer('officer-olga')

  const get = async (url: string, headers?: Headers) =>
    (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
  const send = (url: string, payload: object, headers: Headers) =>
    app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
  async function post(url: string, payload: object, headers: Headers) {
    const sent = await send(url, payload, headers)
    assert.ok(sent.statusCode < 400, `${url}: ${sent.body}`)
    return sent
  }
  const refused = async (url: string, payload: object, headers: Headers): Promise<string> =>
    (await send(url, payload, headers)).json().type.replace('/problems/services.', '')
  const page = async (url: string, headers: Headers, language = 'en') => {
    const { statusCode, body } = await app.inject({
      url: `/${language}${url}`,
      headers: { ...headers, accept: 'text/html' },
    })
    return { statusCode, body }
  }
  const form = async (url: string, typed: Typed, headers: Headers, language = 'en') => {
    const { statusCode, body } = await app.inject({
      ...{ method: 'POST', url: `/${language}${url}`, payload: new URLSearchParams(typed).toString() },
      headers: { ...headers, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    })
    return { statusCode, body }
  }
  async function take(reference: string, step: string, payload: object = {}, by = olga) {
    const at = `/office/services/cases/${reference}`
    const seen = async () => (await get(at, by)).number
    if ((await get(at, by)).line.claimedBy === null)
      await post(`${at}/claim`, { token: randomUUID(), seen: await seen() }, by)
    await post(`${at}/steps/${step}`, { token: randomUUID(), seen: await seen(), ...payload }, by)
  }
  /** What another officer approves. */
  async function approve(reference: string, by: Headers) {
    const at = `/office/services/cases/${reference}`
    const { number, proposal } = await get(at, by)
    await post(`${at}/proposals/${proposal.number}`, { token: randomUUID(), seen: number, answer: 'approved' }, by)
  }
  async function join(round: string, role: string, who: Headers, stream = '') {
    const { code } = (await post(`${office}/invite`, { token: randomUUID(), round, role, stream }, olga)).json()
    await post('/rounds/join', { code }, who)
  }
  type Sheet = { id: string; reference: string; state: string; round: { en: string } }
  const sheetsOf = async (who: Headers): Promise<Sheet[]> => (await get('/rounds', who)).sheets
  /** Declares no conflict in what a judge has not looked at, and locks it with one mark for all criteria. */
  async function mark(who: Headers, worth: (reference: string) => number) {
    for (const { id, reference, state } of await sheetsOf(who)) {
      if (state !== 'undeclared') continue
      await post(`/rounds/sheets/${id}/declare`, { conflict: 'no' }, who)
      const marks = Object.fromEntries(criteria.map((each) => [`mark.${each}`, `${worth(reference)}`]))
      await post(`/rounds/sheets/${id}`, { act: 'lock', ...marks }, who)
    }
  }
  return { office, officer, olga, get, post, refused, page, form, take, approve, join, sheetsOf, mark }
}
