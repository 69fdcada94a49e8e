// Who may say that a company was compared with the register: nobody who has, or had, anything to do with it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn, refusal, type Somebody } from '../../../../test/acting.ts'

const first = await start()
const { sql } = first
const { somebody, post, get, codeOf, verify } = actingIn(first)

let numbers = 0
/** A company that its owner acts for. */
async function aCompany() {
  const owner = await somebody()
  numbers += 1
  const form = { kind: 'company', number: `T7000${numbers}`, english: 'Quay Lamps' }
  assert.equal(refusal(await post(owner, '/account/organisations', form)), '303')
  const [company] = (await get(owner, '/account/acting')).json().organisations as { id: string }[]
  await post(owner, '/account/acting', { as: `organisation/${company!.id}` })
  const people = `/office/organisations/${company!.id}/people`
  return {
    owner,
    people,
    id: company!.id,
    verify: (who: Somebody) => verify(who, company!.id),
    grant: async (who: Somebody, role: string) => post(owner, people, { code: await codeOf(who), role }),
    grantOf: async (who: Somebody) => {
      type Grants = { grants: { id: number; person: { id: string } }[] }
      const { grants } = (await get(owner, people)).json<Grants>()
      return grants.find(({ person }) => person.id === who.id)!.id
    },
  }
}
const anOfficer = () => somebody({ organisation: 'counting-house', roles: ['company-officer'] })
const isVerified = async (id: string) => {
  const [row] = await sql<[{ verified: boolean }]>`
    select verified_at is not null as verified
    from identity.organisation
    where id = ${id}`
  return row.verified
}

type Company = Awaited<ReturnType<typeof aCompany>>
// biome-ignore format: matrix
const ties: [what: string, tie: (company: Company, officer: Somebody) => Promise<unknown>][] = [
  ['was offered to become an owner', ({ grant }, officer) => grant(officer, 'owner')],
  ['is an owner', async ({ id, grant, grantOf }, officer) => {
    await grant(officer, 'owner')
    const offer = { organisation: id, grant: await grantOf(officer) }
    assert.equal(refusal(await post(officer, '/account/acting/accept', offer)), '303')
  }],
  ['is a member', ({ grant }, officer) => grant(officer, 'member')],
  ['was a member', async ({ owner, people, grant, grantOf }, officer) => {
    await grant(officer, 'member')
    assert.equal(refusal(await post(owner, `${people}/${await grantOf(officer)}/withdraw`)), '303')
  }],
]

for (const [what, tie] of ties)
  test(`an officer who ${what} does not verify the company, and another one does`, async () => {
    const company = await aCompany()
    const officer = await anOfficer()
    await tie(company, officer)
    assert.equal(refusal(await company.verify(officer)), 'identity.needs-another')
    assert.equal(await isVerified(company.id), false)
    assert.equal(refusal(await company.verify(await anOfficer())), '303')
  })

test('whoever verified a company is given no role in it afterwards, and may have one in another', async () => {
  const [company, other] = [await aCompany(), await aCompany()]
  const officer = await anOfficer()
  assert.equal(refusal(await company.verify(officer)), '303')
  for (const role of ['owner', 'member', 'filler'])
    assert.equal(refusal(await company.grant(officer, role)), 'identity.verified-it', role)
  assert.equal(
    (await sql`select 1 from identity.role_grant where organisation = ${company.id} and person_id = ${officer.id}`)
      .length,
    0,
  )
  assert.equal(refusal(await other.grant(officer, 'member')), '303')
  assert.equal(refusal(await company.grant(await somebody(), 'member')), '303')
})
