// The prize of Testland, as officers, judges and a chair have it. For tests.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { start } from '#test'

type Headers = { cookie: string }
export type Sheet = { id: string; reference: string; state: string; round: { en: string } }

export const roundsOffice = '/office/services/rounds/tide-prize'

/** What people do in its rounds, asked as programs do; `officer` invites. */
export function openPrize({ app }: Pick<Awaited<ReturnType<typeof start>>, 'app'>, officer: Headers) {
  const post = (url: string, payload: object, headers: Headers) =>
    app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
  const get = async (url: string, headers?: Headers) =>
    (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
  const done = async (url: string, payload: object, headers: Headers) => {
    const { statusCode, body } = await post(url, payload, headers)
    assert.equal(statusCode, 303, body)
  }
  const refused = async (url: string, payload: object, headers: Headers): Promise<string> =>
    (await post(url, payload, headers)).json().type.replace('/problems/services.', '')
  /** Invites to a round and accepts; each form and each code counts once. */
  async function join(role: string, headers: Headers, { round = 'first', stream = '' } = {}) {
    const invitation = { token: randomUUID(), round, role, stream }
    const invited = await post(`${roundsOffice}/invite`, invitation, officer)
    assert.equal(invited.statusCode, 201, invited.body)
    assert.equal(await refused(`${roundsOffice}/invite`, invitation, officer), 'invitation-made')
    const { code } = invited.json()
    await done('/rounds/join', { code }, headers)
    assert.equal(await refused('/rounds/join', { code }, headers), 'invitation-not-found')
  }
  const sheetsOf = async (headers: Headers): Promise<Sheet[]> => (await get('/rounds', headers)).sheets
  return { post, get, done, refused, join, sheetsOf }
}
