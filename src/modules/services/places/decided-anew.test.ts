// What becomes of a place where its case is decided otherwise later: by other rules for many cases at once, or by a review.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { openCourse, sessionsDesk } from '../../../../test/tide-course.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql } = started
const { tia, dina, get, post, addSession, enrol, decide, appeal, stateOf, confirmed, decideAnew, undo } =
  openCourse(started)
const takenOf = async (session: string) => {
  const [row] = await sql<[{ taken: number }]>`select taken from services.session where id = ${session}`
  return row.taken
}
const pageOf = async (url: string, headers: { cookie: string }) =>
  (await app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })).body

test('a review that refuses frees the place of the case that it reviews, and one that confirms or is withdrawn leaves it', async () => {
  for (const [end, states] of [
    ['refuse', ['given-up', 'offered']],
    ['confirm', ['taken', 'waiting']],
    ['withdrawal', ['taken', 'waiting']],
  ] as const) {
    const { session, first, second } = await confirmed()
    const reference = await appeal(first)
    if (end === 'withdrawal') await post(`/services/cases/${reference}/withdrawal`, first.headers)
    else await decide(reference, end, dina)
    assert.deepEqual([await stateOf(first), await stateOf(second)], states, end)
    assert.equal(await takenOf(session), 1)
  }
})

test('a review that confirms what was refused takes the place again, or leaves it to wait where officers see it', async () => {
  for (const [isTaken, states] of [
    [false, ['taken', 'waiting']],
    [true, ['waiting', 'offered']],
  ] as const) {
    const session = await addSession()
    const first = await enrol(session)
    await decide(first.reference, 'refuse')
    assert.deepEqual([await stateOf(first), await takenOf(session)], ['given-up', 0])
    const second = isTaken && (await enrol(session))
    const reference = await appeal(first)
    await decide(reference, 'confirm', dina)
    assert.equal(await stateOf(first), states[0])
    assert.equal(await takenOf(session), 1)
    // The officer who decides the review is told at once, and everybody who looks at sessions.
    const review = `/office/services/cases/${reference}`
    assert.equal((await get(review, dina)).place.lacking, isTaken)
    assert.equal(/its session has no place for it/.test(await pageOf(review, dina)), isTaken)
    const shown = (await get(sessionsDesk)).sessions.find(({ id }: { id: string }) => id === session)
    assert.equal(shown.lacking, isTaken ? 1 : 0)
    // And so is the person, wherever they are told what happens next.
    for (const url of ['/account/applications', `/services/cases/${reference}`])
      assert.equal(/session has no place for you now/.test(await pageOf(url, first.headers)), isTaken, url)
    const inbox = JSON.stringify(await get('/account/inbox', first.headers))
    assert.match(inbox, isTaken ? /Your place has gone/ : /You have your place again/)
    if (!second) continue
    // First in turn, as they came first.
    await post(`/services/cases/${second.reference}/place/give-up`, second.headers)
    assert.deepEqual([await stateOf(first), await stateOf(second)], ['offered', 'given-up'])
  }
})

test('a place that was freed because its case was joined with another is kept again when they are parted', async () => {
  const [session, other] = [await addSession(), await addSession()]
  const first = await enrol(session)
  const second = await enrol(other, first)
  const at = `/office/services/cases/${first.reference}`
  await post(`${at}/claim`, tia, { token: randomUUID() })
  const seen = async () => (await get(at)).number
  await post(`${at}/merge`, tia, { token: randomUUID(), seen: await seen(), into: second.reference })
  assert.deepEqual([await stateOf(first), await takenOf(session)], ['given-up', 0])
  await post(`${at}/parting`, tia, { token: randomUUID(), seen: await seen() })
  assert.deepEqual([await stateOf(first), await takenOf(session)], ['held', 1])
})

test('an enrolment that other rules refuse gives its place to who waits, and has it again when that is undone if there is room', async () => {
  const one = await confirmed()
  const two = await confirmed()
  await post(`/services/cases/${two.second.reference}/place/give-up`, two.second.headers)
  const three = await confirmed()
  await post(`/services/cases/${three.second.reference}/place/give-up`, three.second.headers)
  now = new Date(now.getTime() + 60_000)
  await post(`/services/cases/${three.first.reference}/place/give-up`, three.first.headers)
  now = new Date(now.getTime() + 60_000)
  const path = await decideAnew('confirm')
  // Those that were reviewed above stay as they are.
  assert.equal((await get(path)).counts.applied, 3)
  assert.deepEqual([await stateOf(one.first), await stateOf(one.second)], ['given-up', 'offered'])
  assert.equal(await takenOf(one.session), 1)
  assert.equal(await stateOf(two.first), 'given-up')
  assert.match(JSON.stringify(await get('/account/inbox', one.second.headers)), /A place is offered to you/)

  await undo(path)
  assert.equal((await get(path)).counts.undone, 3)
  assert.deepEqual([await stateOf(one.first), await stateOf(one.second)], ['waiting', 'offered'])
  assert.equal(await stateOf(two.first), 'taken')
  // What a person gave up themselves stays given up.
  assert.equal(await stateOf(three.first), 'given-up')
  assert.deepEqual([await takenOf(one.session), await takenOf(two.session), await takenOf(three.session)], [1, 1, 0])
  const gone = (await get(`${path}?state=undone`)).cases.filter(
    ({ misfits }: { misfits: unknown[] }) => misfits.length > 0,
  )
  assert.deepEqual(
    gone.map((each: { reference: string; misfits: { code: string }[] }) => [each.reference, each.misfits[0]!.code]),
    [[one.first.reference, 'place-gone']],
  )
})
