// Processes that work on a cohort and are killed, each at another moment: every case is done once, on the way there and back.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { sessionSecret, start } from '#test'
import { openCourse } from '../../../../../test/tide-course.ts'
import { type Service, services } from '../../definitions/service.ts'
import { sendApplication } from '../../testing/cases.ts'
import { publish } from '../../versions/versions.ts'
import { replayCases } from '../replay.ts'
import { workOnCohorts } from './work.ts'

const now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson, urls } = started
const officer = (id: string) =>
  asPerson({
    ...{ id, organisation: 'tide-station', level: 3 },
    permissions: ['services:work-case', 'services:decide-case'],
  })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]
const post = async (url: string, headers: { cookie: string }, payload: object = {}) => {
  const answered = await app.inject({ method: 'POST', url, headers, payload })
  assert.ok(answered.statusCode < 300, answered.body)
  return answered.json()
}

/** Begins a process that works on cohorts, and kills it when it has told of so many cases, in the middle of what comes next. */
async function killAfter(cases: number): Promise<void> {
  const given = { urls, secret: sessionSecret, now, pack: installation.pack.folder }
  const child = fork(
    new URL('../../../../../test/running/working-on-cohorts.ts', import.meta.url),
    [JSON.stringify(given)],
    {
      execArgv: process.execArgv.filter((each) => !each.startsWith('--test')),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  let told = 0
  child.on('message', () => {
    told += 1
    if (told === cases) child.kill('SIGKILL')
  })
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
}

const countKinds = async () => {
  const rows = await sql<{ kind: string; events: number; cases: number }[]>`
    select kind, count(*)::int as events, count(distinct reference)::int as cases
    from services.case_event
    where kind in ('moved', 'move-undone')
    group by kind
    order by kind`
  return rows.map((row) => ({ ...row }))
}

test('killed three times on the way there and twice on the way back, a cohort moves each case once and back once', async () => {
  const count = 24
  for (let each = 0; each < count; each++) await sendApplication(started)
  const definition = structuredClone(installation.pack.get(services, 'tide-grant')) as Service
  definition.summary = { en: 'Money for groups by the sea.', 'zh-Hant': '資助海邊團體。' }
  const { hash } = await sql.begin((transaction) => publish(transaction, { definition, now, by: 'officer-ed' }))
  const token = randomUUID()
  await post('/office/services/cohorts', cora, { token, service: 'tide-grant', kind: 'move', target: hash })
  const at = `/office/services/cohorts/${token}`
  const stateOf = async () => {
    const { state, counts } = (await app.inject({ url: at, headers: cora })).json()
    return { state, counts }
  }
  await workOnCohorts(installation)
  assert.deepEqual(await stateOf(), { state: 'previewed', counts: { planned: count } })
  await post(`${at}/proposal`, cora)
  await post(`${at}/approval`, dina, { answer: 'approved' })

  for (const cases of [1, 5, 9]) await killAfter(cases)
  const half = (await stateOf()).counts
  assert.ok(half.applied >= 15 && half.planned > 0, JSON.stringify(half))
  // What the dead were in the middle of holds nobody up.
  await Promise.all([workOnCohorts(installation), workOnCohorts(installation)])
  assert.deepEqual(await stateOf(), { state: 'done', counts: { applied: count } })
  assert.deepEqual(await countKinds(), [{ kind: 'moved', events: count, cases: count }])

  await post(`${at}/undo`, cora)
  await post(`${at}/undo/approval`, dina, { answer: 'approved' })
  for (const cases of [4, 8]) await killAfter(cases)
  await workOnCohorts(installation)
  assert.deepEqual(await stateOf(), { state: 'undone', counts: { undone: count } })
  assert.deepEqual(await countKinds(), [
    { kind: 'move-undone', events: count, cases: count },
    { kind: 'moved', events: count, cases: count },
  ])
  const differing: unknown[] = []
  await replayCases(installation, (each) => differing.push(each))
  assert.deepEqual(differing, [])
})

test('killed on the way there and back, decisions that end items and reinstate them do each once', async () => {
  const { addSession, enrol, decide, decideAnew, undo } = openCourse(started)
  const count = 12
  const session = await addSession(String(count))
  for (let each = 0; each < count; each++) await decide((await enrol(session)).reference, 'confirm')
  const countSteps = async () => {
    const rows = await sql<{ step: string; steps: number; items: number }[]>`
      select step, count(*)::int as steps, count(distinct number)::int as items
      from ledger.step
      where register = 'course-cards' and took_effect
      group by step
      order by step`
    return rows.map(({ step, steps, items }) => `${step} ${steps} ${items}`)
  }
  const work = async () => {
    for (const cases of [1, 4]) await killAfter(cases)
    await Promise.all([workOnCohorts(installation), workOnCohorts(installation)])
    await workOnCohorts(installation)
  }
  const path = await decideAnew('confirm', { work })
  assert.deepEqual(await countSteps(), [`issue ${count} ${count}`, `withdraw ${count} ${count}`])
  await undo(path, work)
  assert.deepEqual(await countSteps(), [
    `issue ${count} ${count}`,
    `reinstate ${count} ${count}`,
    `withdraw ${count} ${count}`,
  ])
  const states = await sql`select distinct state from ledger.item where register = 'course-cards'`
  assert.deepEqual([...states.map(({ state }) => state)], ['valid'])
})
