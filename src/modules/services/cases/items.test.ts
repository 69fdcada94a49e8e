// What a register says of an item follows what its case says, where the case is withdrawn by its person, or joined with another.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { type Enrolment, type Learner, openCourse } from '../../../../test/tide-course.ts'
import type { CaseDefinition } from '../definitions/case.ts'
import { listEvents } from './cases.sql.ts'
import { replayCases } from './replay.ts'

const started = await start({ now: () => new Date('2027-02-01T10:00:00Z') })
const { app, sql, installation, asPerson } = started
const { tia, dina, get, post, publishCourse, addSession, enrol, decide, appeal } = openCourse(started)
const permissions = ['services:work-case', 'services:decide-case', 'ledger:keep-register']
const officer = (id: string, organisation: string) => asPerson({ id, organisation, permissions, level: 3 })
const registrar = officer('officer-rex', 'tide-station')
const stranger = officer('officer-sol', 'counting-house')
type Headers = typeof tia

/** The course, but that nothing ends with the decision: who is confirmed can still withdraw, and be joined with another. */
function stayOpen({ states, steps }: CaseDefinition): void {
  const clock = { days: 10, count: 'working' as const }
  for (const id of ['confirmed', 'refused']) {
    const state = states.find((each) => each.id === id)!
    states.push({ ...state, id: `${id}-closed` })
    delete state.ends
    state.clock = clock
    steps.push({
      ...{ id: `close-${id}`, title: { en: 'Close', 'zh-Hant': '結案' }, done: { en: 'Closed', 'zh-Hant': '已結案' } },
      ...{ from: [id], to: `${id}-closed`, by: ['teacher'], message: 'enrolled' },
    })
  }
}
const withoutUndo = (course: CaseDefinition) => {
  stayOpen(course)
  for (const key of ['undo', 'giveUp', 'reinstate'] as const) delete course.outputs![0]![key]
}

const cards = '/ledger/registers/course-cards/items'
type Line = { said: { en: string }; link: { path: string } | null }
/** What a case says of its cards, line by line, to its person. */
const linesOf = async ({ reference, headers }: Enrolment) =>
  ((await get(`/services/cases/${reference}`, headers)) as { history: Line[] }).history.flatMap(({ said, link }) =>
    link?.path.startsWith(cards) ? [[said.en, link.path] as const] : [],
  )
const cardOf = async (one: Enrolment) => (await linesOf(one)).at(-1)![1]
const standingOf = async (path: string) => (await get(`${path}.json`, {} as Headers)).standing.title.en as string
const stepsOf = async (path: string) => (await get(`${path}/steps`, registrar)).entries as { reason: string }[]
const stateOfCase = async ({ reference, headers }: Enrolment) =>
  (await get(`/services/cases/${reference}`, headers)).ended as string | null

const send = (url: string, headers: Headers, payload: object) =>
  app.inject({ method: 'POST', url, payload, headers: { ...headers, accept: 'application/json' } })
async function claimed({ reference }: Enrolment, by = tia) {
  const at = `/office/services/cases/${reference}`
  await send(`${at}/claim`, by, { token: randomUUID() })
  return { at, seen: (await get(at, by)).number as number }
}
async function merge(one: Enrolment, into: Enrolment) {
  const { at, seen } = await claimed(one)
  return send(`${at}/merge`, tia, { token: randomUUID(), seen, into: into.reference })
}
async function part(one: Enrolment) {
  const at = `/office/services/cases/${one.reference}`
  return send(`${at}/parting`, tia, { token: randomUUID(), seen: (await get(at)).number })
}
const withdraw = ({ reference, headers }: Enrolment, token: string = randomUUID()) =>
  send(`/services/cases/${reference}/withdrawal`, headers, { token })
/** Somebody’s place in a session of its own; of `before`, where cases are to be joined. */
async function granted(before?: Learner): Promise<Learner> {
  const one = await enrol(await addSession('2'), before)
  await decide(one.reference, 'confirm')
  return one
}
/** All that is kept of cases and of items. */
const counted = async () => {
  const [row] = await sql<[{ events: number; items: number; steps: number }]>`
    select (select count(*) from services.case_event)::int as events, (select count(*) from ledger.item)::int as items,
      (select count(*) from ledger.step)::int as steps`
  return row
}

test('whoever withdraws gives the item up with it, once, and is told before and after', async () => {
  await publishCourse(stayOpen)
  const one = await granted()
  const card = await cardOf(one)
  const pageOf = async () =>
    (
      await app.inject({
        url: `/eng/services/cases/${one.reference}`,
        headers: { ...one.headers, accept: 'text/html' },
      })
    ).body
  assert.match(await pageOf(), /CC-[0-9A-Z-]+ in its register ends with the application\./)
  const before = await counted()
  const token = randomUUID()
  const sent = await Promise.all([withdraw(one, token), withdraw(one, token)])
  sent.push(await withdraw(one, token))
  assert.deepEqual(new Set(sent.map(({ statusCode }) => statusCode)), new Set([200]))
  assert.deepEqual([await stateOfCase(one), await standingOf(card)], ['withdrawn', 'Given up'])
  assert.deepEqual((await linesOf(one)).at(-1), ['The register notes that the application was withdrawn', card])
  const [newest] = await stepsOf(card)
  assert.equal(newest!.reason, `The application ${one.reference} was withdrawn.`)
  // It is withdrawn, the item ends, and the person is told.
  assert.deepEqual(await counted(), { ...before, events: before.events + 3, steps: before.steps + 1 })
  assert.doesNotMatch(await pageOf(), /in its register ends/)
  assert.equal((await withdraw(one)).statusCode, 409)
})

test('a case whose item does not end with it is not withdrawn and not joined, until the register has ended the item', async () => {
  await publishCourse(withoutUndo)
  const one = await granted()
  const other = await granted(one)
  const [card, path] = [await cardOf(one), `/eng/services/cases/${one.reference}`]
  const page = await app.inject({ url: path, headers: { ...one.headers, accept: 'text/html' } })
  assert.match(page.body, /does not end with the application\. Ask the department to end it first\./)
  await claimed(one)
  const before = await counted()
  for (const [refused, code] of [
    [await withdraw(one), 'withdrawal-item-stands'],
    [await merge(one, other), 'merge-item-stands'],
  ] as const) {
    assert.deepEqual([refused.statusCode, refused.json().type], [409, `/problems/services.${code}`])
    assert.match(refused.json().title, new RegExp(`^${card.slice(cards.length + 1)} stands in a register`))
  }
  assert.deepEqual([await counted(), await standingOf(card)], [before, 'Valid'])

  const reason = 'Asked for by phone'
  await post(`${card}/steps`, registrar, { token: randomUUID(), step: 'withdraw', party: 'school', reason })
  assert.equal((await withdraw(one)).statusCode, 200)
  assert.deepEqual([await stateOfCase(one), await standingOf(card)], ['withdrawn', 'Withdrawn'])
  assert.deepEqual((await linesOf(one)).at(-1), ['Its item of the register had ended before', card])
})

test('of two cases that are joined one item stays, the other names the case that stands for it, and comes back when they are parted', async () => {
  await publishCourse(stayOpen)
  const one = await granted()
  const into = await granted(one)
  const [card, kept] = [await cardOf(one), await cardOf(into)]
  const before = await counted()
  const { at, seen } = await claimed(one)
  const form = { token: randomUUID(), seen, into: into.reference }
  // Whoever works for another department finds neither case, and nothing of either changes.
  const strange = await send(`${at}/merge`, stranger, form)
  assert.deepEqual([strange.statusCode, strange.json().type], [404, '/problems/services.case-not-found'])
  assert.deepEqual([await standingOf(card), (await counted()).steps], ['Valid', before.steps])
  const sent = await Promise.all([send(`${at}/merge`, tia, form), send(`${at}/merge`, tia, form)])
  sent.push(await send(`${at}/merge`, tia, form))
  assert.deepEqual(new Set(sent.map(({ statusCode }) => statusCode)), new Set([200]))
  assert.deepEqual([await standingOf(card), await standingOf(kept)], ['Withdrawn', 'Valid'])
  assert.equal((await counted()).steps, before.steps + 1)
  const [newest] = await stepsOf(card)
  assert.equal(newest!.reason, `The case ${one.reference} was joined with ${into.reference}, which stands for it.`)
  assert.deepEqual((await linesOf(one)).at(-1), [
    'The register notes that another case stands in the place of this one',
    card,
  ])

  assert.equal((await part(one)).statusCode, 200)
  assert.deepEqual([await standingOf(card), await standingOf(kept)], ['Valid', 'Valid'])
  assert.deepEqual((await linesOf(one)).at(-1), ['Its item of the register counts again', card])
  assert.equal((await counted()).items, before.items)
})

test('a review that is withdrawn leaves what it reviews, and with it the item, as if there had been none', async () => {
  await publishCourse(stayOpen)
  for (const end of ['confirm', 'refuse'] as const) {
    const one = await granted()
    const card = await cardOf(one)
    await post(`/office/services/cases/${one.reference}/release`, tia, { token: randomUUID() })
    const { at, seen } = await claimed(one, dina)
    await post(`${at}/steps/close-confirmed`, dina, { token: randomUUID(), seen })
    const review = { reference: await appeal(one), headers: one.headers }
    await decide(review.reference, end, dina)
    assert.equal(await standingOf(card), end === 'confirm' ? 'Valid' : 'Withdrawn')
    assert.equal((await withdraw(review)).statusCode, 200)
    assert.equal(await standingOf(card), 'Valid', end)
  }
})

test('a case that another department has by then gives the item up for the department for which it began, and is not joined by others', async () => {
  await publishCourse((course) => {
    stayOpen(course)
    const role = { id: 'house', title: { en: 'Counting House', 'zh-Hant': '計算院' }, organisation: 'counting-house' }
    course.roles.push({ ...role, permission: 'services:decide-case' })
    course.steps.find(({ id }) => id === 'close-confirmed')!.by = ['house']
  })
  const one = await granted()
  const into = await granted(one)
  const card = await cardOf(one)
  const { at, seen } = await claimed(one, stranger)
  const refused = await send(`${at}/merge`, stranger, { token: randomUUID(), seen, into: into.reference })
  assert.deepEqual([refused.statusCode, refused.json().type], [409, '/problems/services.merge-item-stands'])
  assert.deepEqual([await standingOf(card), await stateOfCase(one)], ['Valid', null])
  assert.equal((await withdraw(one)).statusCode, 200)
  assert.equal(await standingOf(card), 'Given up')
})

test('in whatever order cases are granted, joined, parted and withdrawn, exactly the items of those that count are valid', async () => {
  await publishCourse(stayOpen)
  let seed = 20270201
  const chance = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  type Model = Learner & { granted: boolean; into: number | null; withdrawn: boolean; card?: string }
  const all: Model[] = []
  for (let each = 0; each < 4; each++)
    all.push({ ...(await enrol(await addSession('4'), all[0])), granted: false, into: null, withdrawn: false })
  const isOpen = ({ into, withdrawn }: Model) => into === null && !withdrawn
  let [done, refused] = [0, 0]
  for (let turn = 0; turn < 48; turn++) {
    const [at, other] = [chance(all.length), chance(all.length)]
    const [one, target] = [all[at]!, all[other]!]
    const act = (['grant', 'merge', 'merge', 'part', 'part', 'withdraw'] as const)[chance(turn < 40 ? 5 : 6)]!
    let status = 0
    if (act === 'grant' && isOpen(one) && !one.granted) {
      const { at: desk, seen } = await claimed(one)
      await post(`${desk}/steps/confirm`, tia, { token: randomUUID(), seen, reasons: ['welcome'] })
      one.granted = true
    } else if (act === 'merge') {
      status = (await merge(one, target)).statusCode
      assert.equal(status < 300, at !== other && isOpen(one) && isOpen(target), `${turn}: ${act}`)
      if (status < 300) one.into = other
    } else if (act === 'part') {
      status = (await part(one)).statusCode
      assert.equal(status < 300, one.into !== null, `${turn}: ${act}`)
      if (status < 300) one.into = null
    } else if (act === 'withdraw') {
      status = (await withdraw(one)).statusCode
      assert.equal(status < 300, isOpen(one), `${turn}: ${act}`)
      if (status < 300) one.withdrawn = true
    }
    if (status >= 400) refused++
    else done++
    for (const each of all) {
      const paths = new Set((await linesOf(each)).map(([, path]) => path))
      assert.equal(paths.size, each.granted ? 1 : 0, `${turn}: ${act}`)
      for (const path of paths)
        assert.equal((await standingOf(path)) === 'Valid', isOpen(each), `${turn}: ${act} ${each.reference}`)
    }
  }
  assert.ok(done > 15 && refused > 3, `${done} ${refused}`)
  const differences: unknown[] = []
  await replayCases(installation, (each) => differences.push(each))
  assert.deepEqual(differences, [])
  assert.ok((await listEvents(sql, all[0]!.reference)).length > 3)
})
