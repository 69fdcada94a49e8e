// The page of quotas, through HTTP: who sets them, what is wrong in a form, and two who set one at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asPerson, start } from '#test'
import { untilOneWaits } from '../../../../test/waiting.ts'

const first = await start()
const second = await start({ beside: first })
const { app } = first
const at = '/office/ledger/quotas'
const permissions = ['ledger:see-office', 'ledger:run']
const operator = asPerson({ id: 'operator', organisation: 'tally-office', permissions, level: 2 })
const set = (payload: object, where = app, headers = operator) =>
  where.inject({ method: 'POST', url: at, headers, payload: { organisation: 'tide-station', ...payload } })
const mine = async () =>
  (await app.inject({ url: at, headers: operator }))
    .json()
    .quotas.find(({ organisation }: { organisation: string }) => organisation === 'tide-station') as {
    entries: number
    octets: number
  }

test('a quota is written as people write numbers, and counts at once', async () => {
  const { statusCode, headers } = await set({ entries: ' 1,000,000 ', octets: '5 000' })
  assert.equal(statusCode, 303)
  const { body } = await app.inject({ url: headers.location as string, headers: { ...operator, accept: 'text/html' } })
  assert.match(body, /You set how much an organisation may write/)
  const { entries, octets } = await mine()
  assert.deepEqual([entries, octets], [1_000_000, 5000])
})

test('what is no quota is told at its field, what was typed stays, and nothing is set', async () => {
  const before = await mine()
  // biome-ignore format: a table
  const cases: [string, string, string[]][] = [
    ['many',               '7',                    ['entries']],
    ['-1',                 '7',                    ['entries']],
    ['7',                  '1,000,000,000,000,001', ['octets']],
    ['1,000,000,000,001',  '1.5',                  ['entries', 'octets']],
    ['',                   '7',                    ['entries']],
  ]
  for (const [entries, octets, fields] of cases) {
    const answer = await set({ entries, octets })
    assert.deepEqual(
      [answer.statusCode, answer.json().wrong],
      [422, { organisation: 'tide-station', fields, entries, octets }],
    )
  }
  const { body } = await app.inject({
    ...{ method: 'POST', url: `/eng${at}`, headers: { ...operator, accept: 'text/html' } },
    payload: { organisation: 'tide-station', entries: '41', octets: 'a lot' },
  })
  assert.match(body, /href="#octets-tide-station"[^>]*>Write a whole number from 0 to 1,000,000,000,000,000\./)
  assert.match(body, /value="41"/)
  assert.match(body, /value="a lot"/)
  assert.deepEqual(await mine(), before)
})

test('an organisation that writes nowhere has no quota, and who does not run the logs sets none', async () => {
  const given = { entries: '5', octets: '5' }
  const nobody = await set({ ...given, organisation: 'nobody' })
  assert.deepEqual([nobody.statusCode, nobody.json().type], [404, '/problems/ledger.quota-of-nobody'])
  const officer = asPerson({
    id: 'officer',
    organisation: 'tide-station',
    permissions: ['ledger:see-office'],
    level: 2,
  })
  assert.equal((await set(given, app, officer)).statusCode, 403)
})

test('of two officers who set a quota at the same instant, both are answered, and what counts is what one was told', async () => {
  for (let times = 0; times < 8; times += 1) {
    const answers = await Promise.all(
      [app, second.app].map((where, each) => set({ entries: `${times}${each}`, octets: '9' }, where)),
    )
    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.ok(statuses.includes(303))
    assert.ok(
      statuses.every((status) => status === 303 || status === 409),
      `${statuses}`,
    )
    const { entries } = await mine()
    assert.ok(statuses[entries % 10] === 303)
  }
})

test('a quota that was set by another in the same moment is refused, not overwritten', async () => {
  const answer = await first.sql.begin(async (other) => {
    await other`
      insert into ledger.quota (organisation, number, entries, octets, set_by, set_at)
      select organisation, max(number) + 1, 77, 77, 'another', now()
      from ledger.quota
      where organisation = 'tide-station'
      group by organisation`
    const waiting = set({ entries: '66', octets: '66' }, second.app)
    await untilOneWaits(first.sql)
    return { waiting }
  })
  const { statusCode, body } = await answer.waiting
  assert.deepEqual([statusCode, JSON.parse(body).type], [409, '/problems/ledger.quota-set-meanwhile'])
  assert.equal((await mine()).entries, 77)
})
