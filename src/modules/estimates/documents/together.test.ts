// What happens when two people act on the same Head at the same moment, each at a process of their own.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { aMapping, multipart } from '../testing/uploads.ts'

const apps = [await start()] as Awaited<ReturnType<typeof start>>[]
apps.push(await start({ beside: apps[0]! }))
const { sql, urls, as } = apps[0]!
const person = await as('estimates:explain-difference', 'estimates:import-document')
const holder = postgres(urls.owner, { max: 1, onnotice: () => {} })
const watcher = postgres(urls.owner, { max: 1, onnotice: () => {} })
after(() => Promise.all([holder.end(), watcher.end()]))
const at = '/estimates/2030-31/9'

type Checks = { identities: { id: string; outcome: string }[]; differences: Record<string, string> }
const failing = async () => {
  const { identities, differences } = (await apps[0]!.app.inject(`${at}/checks`)).json<Checks>()
  const { id } = identities.find(({ outcome }) => outcome === 'fails')!
  return { identity: id, difference: differences[id]! }
}
const sign = async (app: number, explanation: string, { identity, difference }: Awaited<ReturnType<typeof failing>>) =>
  apps[app]!.app.inject({
    method: 'POST',
    url: `/eng${at}/explain`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...person },
    payload: new URLSearchParams({ identity, difference, explanation, reason: 'other', source: 'Tally' }).toString(),
  })
const importHead = (app: number, estimate: string) => {
  const content = `year,head,title,programme,name,actual,original,revised,estimate
2030-31,9,Tallying,1,Lamps,1.0,1.0,1.0,${estimate}
2030-31,9,Tallying,total,,2.0,1.0,1.0,${estimate}
`
  const form = multipart([{ field: 'file', name: 'head-9.csv', content }, aMapping()])
  return apps[app]!.app.inject({
    method: 'POST',
    url: '/eng/estimates/import',
    headers: { ...form.headers, ...person },
    payload: form.payload,
  })
}
const signatures = async () =>
  (await sql<{ explanation: string }[]>`select explanation from estimates.explained_exception order by id`).map(
    ({ explanation }) => explanation,
  )
const acts = async () =>
  (await sql`select 1 from platform.audit_event where event = 'estimates.difference-explained'`).length

async function untilWaiting(count: number) {
  for (let tries = 0; tries < 3000; tries++) {
    const [row] = await watcher<[{ waiting: number }]>`
      select count(*)::int as waiting from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where not granted and locktype = 'advisory' and datname = current_database()`
    if (row.waiting === count) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${count} do not wait`)
}

/** Begins the acts in this order, each after the one before it waits for its turn, and then lets them go on. */
async function atOnce<Answer>(...begin: (() => Promise<Answer>)[]): Promise<Answer[]> {
  const answers: Promise<Answer>[] = []
  await holder.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('estimates.counting'))`
    for (const each of begin) {
      answers.push(each())
      await untilWaiting(answers.length)
    }
  })
  return Promise.all(answers)
}

test('of two signatures of the same difference at the same moment one stands, and the other person is told', async () => {
  const difference = await failing()
  const [first, second] = await atOnce(
    () => sign(0, 'First', difference),
    () => sign(1, 'Second', difference),
  )
  assert.equal(first!.statusCode, 303)
  assert.deepEqual([second!.statusCode, second!.json().type], [409, '/problems/estimates.signed-meanwhile'])
  assert.match(second!.json().title, /signed an explanation of this difference meanwhile/)
  assert.deepEqual(await signatures(), ['First'])
  assert.equal(await acts(), 1)
  // Who comes later is told the same, and not that nothing fails.
  assert.equal((await sign(1, 'Late', difference)).json().type, '/problems/estimates.signed-meanwhile')
})

test('an import that comes before a signature makes it look again', async () => {
  await importHead(0, '2.0')
  const difference = await failing()
  const before = [await signatures(), await acts()]
  const [imported, signed] = await atOnce(
    () => importHead(0, '3.0'),
    () => sign(1, 'Of the older figures', difference),
  )
  assert.equal(imported!.statusCode, 201)
  assert.deepEqual([signed!.statusCode, signed!.json().type], [409, '/problems/estimates.imported-meanwhile'])
  assert.deepEqual([await signatures(), await acts()], before)
})

test('a signature that comes before an import stands, and the import too', async () => {
  const difference = await failing()
  const [signed, imported] = await atOnce(
    () => sign(1, 'Of what stood then', difference),
    () => importHead(0, '4.0'),
  )
  assert.deepEqual([signed!.statusCode, imported!.statusCode], [303, 201])
  assert.equal((await signatures()).at(-1), 'Of what stood then')
})
