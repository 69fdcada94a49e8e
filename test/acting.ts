import assert from 'node:assert/strict'
import { insertOrganisation } from '../src/modules/identity/organisations/organisations.sql.ts'
import { insertPerson } from '../src/modules/identity/people/people.sql.ts'
import { insertSession } from '../src/modules/identity/sessions/sessions.sql.ts'
import type { start } from './start.ts'
import { cookieOf } from './start.ts'

type Started = Pick<Awaited<ReturnType<typeof start>>, 'app' | 'sql'>
export type Somebody = { id: string; headers: { cookie: string } }

/** People with real accounts, roles and sessions, as acting for others is judged by the tables alone. */
export function actingIn({ app, sql }: Started) {
  let people = 0

  /** Somebody new at a level, signed in, who holds these roles of an organisation, for a year, and acts for it. */
  async function somebody(
    given: { level?: number; organisation?: string; roles?: readonly string[] } = {},
  ): Promise<Somebody> {
    people += 1
    const id = `somebody-${people}`
    await insertPerson(sql, id, { en: `Somebody ${people}`, 'zh-Hant': `某人${people}` })
    const { level = 2, organisation, roles = [] } = given
    if (level > 1)
      await sql`
        insert into identity.proof (person_id, level, method, expires_at)
        values (${id}, ${level}, 'test', now() + interval '1 year')`
    for (const role of roles)
      await sql`
        insert into identity.role_grant (person_id, organisation, role, granted_by, granted_at, approved_by, approved_at)
        values (${id}, ${organisation!}, ${role}, 'system', now() - interval '1 year', 'operator',
                now() - interval '1 year')`
    return { id, headers: await session(id, organisation) }
  }

  /** The id of a new company, which was compared with the business register. */
  async function company(): Promise<string> {
    const { id: declaredBy } = await somebody()
    const name = { en: `Company ${people}`, 'zh-Hant': `公司${people}` }
    const id = (await insertOrganisation(sql, { kind: 'company', name, number: `T${people}`, declaredBy }))!
    await sql`update identity.organisation set verified_by = 'operator', verified_at = now() where id = ${id}`
    return id
  }

  const session = async (personId: string, organisation?: string) =>
    cookieOf(await insertSession(sql, { personId, levelMax: 3, methods: ['test'], organisation }))

  /** Sends a form. What is asked about once more is answered with yes; a test of the question says `sure: undefined`. */
  const post = (who: Somebody, url: string, payload: object = {}, where = app) =>
    where.inject({ method: 'POST', url, headers: who.headers, payload: { sure: 'yes', ...payload } })
  const get = (who: Somebody, url: string, where = app) => where.inject({ url, headers: who.headers })

  /** The code that a person makes and tells. */
  async function codeOf(who: Somebody): Promise<string> {
    assert.equal((await post(who, '/account/acting/code')).statusCode, 303)
    return (await get(who, '/account/acting')).json<{ code: { code: string } }>().code.code
  }

  const switchTo = (who: Somebody, as: string) => post(who, '/account/acting', { as })

  /** As an officer does who looked at the list just now. */
  async function verify(officer: Somebody, id: string, where = app) {
    type Declared = { organisations: { id: string; declaredAt: string }[] }
    const { organisations } = (await get(officer, '/office/organisations')).json<Declared>()
    const seen = organisations.find((each) => each.id === id)?.declaredAt
    return post(officer, `/office/organisations/${id}/verify`, { seen }, where)
  }

  const events = async (event: string) => (await sql`select 1 from platform.audit_event where event = ${event}`).length

  return { somebody, company, session, post, get, codeOf, switchTo, verify, events }
}

/** The code of the problem with which an answer refuses, or its status. */
export const refusal = (response: { statusCode: number; json: () => { type?: string } }): string =>
  response.statusCode >= 400 && response.statusCode !== 422
    ? response.json().type!.replace('/problems/', '')
    : String(response.statusCode)
