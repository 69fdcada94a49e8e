import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ebb, type Somebody, startProving } from '../../../../test/proving.ts'
import postgres from '../../../platform/driver.ts'

const { sql, urls, register, newcomer, prove, outcomeOf } = await startProving()
const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => owner.end())

const tries = async (who: Somebody) => (await sql`select 1 from identity.proof_try where person_id = ${who.id}`).length

test('nobody finds a birth date by trying, from one account or one network', async () => {
  const who = await newcomer()
  for (let day = 1; day <= 5; day++) await prove(who, { ...ebb, born: `1966-06-1${day}` })
  const before = register.asked
  const sixth = await prove(who, ebb)
  assert.equal(sixth.statusCode, 429)
  assert.match(sixth.body, /Try again tomorrow, or go to a counter/)
  assert.equal(register.asked, before)
  assert.equal(await tries(who), 5)

  // The /64 of a subscriber is one network, and every other is another.
  const crowd = await newcomer()
  crowd.headers['x-forwarded-for'] = '2001:db8:1:2::1'
  await prove(crowd, { ...ebb, number: 'T0000132X' })
  await owner`
    insert into identity.proof_try (person_id, document_lookup, address_lookup, outcome)
    select person_id, sha256(number::text::bytea), address_lookup, 'no-match'
    from generate_series(1, 19) as series (number), identity.proof_try
    where person_id = ${crowd.id}`
  const fresh = await newcomer()
  fresh.headers['x-forwarded-for'] = '2001:db8:1:2:ffff::9'
  assert.equal((await prove(fresh, ebb)).statusCode, 429)
  fresh.headers['x-forwarded-for'] = '2001:db8:1:3::9'
  assert.equal((await prove(fresh, ebb)).statusCode, 303)
})

test('strangers who try a document shut out themselves and not its holder', async () => {
  const strangers: Somebody[] = []
  for (let at = 0; at < 10; at++) {
    const stranger = await newcomer()
    await prove(stranger, { ...ebb, born: `1966-07-${10 + at}` })
    strangers.push(stranger)
  }
  // Who failed before, from this account or network, may not go on.
  assert.equal((await prove(strangers[0]!, ebb)).statusCode, 429)
  const accomplice = await newcomer()
  accomplice.headers['x-forwarded-for'] = strangers[1]!.headers['x-forwarded-for']
  assert.equal((await prove(accomplice, ebb)).statusCode, 429)
  // The holder, who has not failed, may; and once bound they are asked nothing of this.
  const holder = await newcomer()
  assert.equal((await prove(holder, ebb)).statusCode, 303)
  assert.equal(await outcomeOf(holder), 'match')
  await sql`
    insert into identity.proof_try (person_id, document_lookup, address_lookup, outcome)
    select person_id, document_lookup, sha256(number::text::bytea), 'no-match'
    from generate_series(1, 100) as series (number),
      (select person_id, document_lookup from identity.proof_try where person_id = ${strangers[0]!.id} limit 1) as one`
  assert.equal((await prove(await newcomer(), ebb)).statusCode, 429)
  assert.equal((await prove(holder, ebb)).statusCode, 303)
  assert.equal(await outcomeOf(holder), 'match')
})
