// A grant from its decision to its close: agreed, accepted, paid in parts, claimed, moved, reported, and what is left returned.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { fileForm } from '../testing/applicant.ts'
import { pdfFile } from '../testing/bad-files.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'

const folder = await mkdtemp(join(tmpdir(), 'praya-pack-'))
after(() => rm(folder, { recursive: true }))
await cp(new URL('../../../../governments/testland', import.meta.url), folder, { recursive: true })
const file = join(folder, 'services/tide-grant.yaml')
// A ceiling for one group of 20,000, and 35,000 for all.
const text = (await readFile(file, 'utf8')).replace('mostCents: 100000000', 'mostCents: 2000000')
await writeFile(file, text.replace('sumCents: 500000000', 'sumCents: 3500000'))
let now = new Date('2027-02-01T04:00:00Z').getTime()
/** Later at each look, so that lists stand in the order in which things came. */
const tick = () => {
  now += 10
  return new Date(now)
}
const started = await start({ pack: folder, now: tick })
const { app, sql, asPerson } = started
const officer = (id: string, ...permissions: string[]) =>
  asPerson({ id, organisation: 'tide-station', permissions, level: 3 })
const [work, decide] = ['services:work-case', 'services:decide-case']
const finn = officer('officer-finn', work)
const cora = officer('officer-cora', work, decide)
const dina = officer('officer-dina', work, decide)
const ada = asPerson({ id: 'ada-quay' })

type Headers = { cookie: string }
const get = async (url: string, headers: Headers) => (await app.inject({ url: `${url}.json`, headers })).json()
const post = (url: string, headers: Headers, payload: object = {}) =>
  app.inject({ method: 'POST', url, headers: { ...headers, accept: 'application/json' }, payload })
const own = (reference: string) => `/services/cases/${reference}/grant`
const office = (reference: string) => `/office/services/cases/${reference}/grant`

/** A case whose grant was proposed by Cora, and how Dina approves it. */
async function proposed(amount: string, group: string) {
  const reference = await sendApplication(started, { answers: { ...tideAnswers, group_name: group } })
  const at = `/office/services/cases/${reference}`
  const act = async (what: string, headers: Headers, payload: object = {}) => {
    const { number } = await get(at, headers)
    const done = await post(`${at}/${what}`, headers, { token: randomUUID(), seen: number, ...payload })
    assert.equal(done.statusCode, 200, done.body)
  }
  await act('claim', finn)
  await act('steps/assess', finn, { 'answer.assessment': 'Sound.' })
  await act('claim', cora)
  await act('steps/grant', cora, { 'answer.amount_granted': amount, reasons: ['within-limit'] })
  const { proposal, number } = await get(at, dina)
  const approve = () =>
    post(`${at}/proposals/${proposal.number}`, dina, { token: randomUUID(), seen: number, answer: 'approved' })
  return { reference, approve, at }
}
async function granted(amount: string, group: string): Promise<string> {
  const { reference, approve } = await proposed(amount, group)
  const done = await approve()
  assert.equal(done.statusCode, 200, done.body)
  return reference
}
const ok = async (answered: ReturnType<typeof post>) => {
  const { statusCode, body } = await answered
  assert.equal(statusCode, 200, body)
}
const typeOf = async (answered: ReturnType<typeof post>) =>
  String((await answered).json().type).replace('/problems/services.', '')

async function claim(reference: string, line: number, amount: string, more: object = {}): Promise<string> {
  const token = randomUUID()
  const fields = { token, line: String(line), 'answer.amount': amount, 'answer.spent_on': '2027-02-01', ...more }
  for (const _ of [1, 2]) await ok(post(`${own(reference)}/claims`, ada, fields))
  return token
}
async function sendReceipt(reference: string, id: string, bytes = pdfFile()) {
  const answered = await postReceipt(reference, id, bytes)
  assert.equal(answered.statusCode, 200, answered.body)
  await sql`update services.file set state = 'released', scanned_at = now() where thing = ${id}`
}
async function postReceipt(reference: string, id: string, bytes: Buffer) {
  const form = fileForm('receipt', 'receipt.pdf', bytes)
  const url = `${own(reference)}/claims/${id}/receipt`
  const headers = { ...ada, ...form.headers, accept: 'application/json' }
  return app.inject({ method: 'POST', url, headers, payload: form.payload })
}

test('a grant goes from its decision to its close, and every cent is told', async () => {
  const reference = await granted('10000', 'Watchers of the Ebb')
  const [path, desk] = [own(reference), office(reference)]
  assert.match(
    (await app.inject({ url: `/eng/services/cases/${reference}`, headers: { ...ada, accept: 'text/html' } })).body,
    /\/grant"/,
  )
  const offered = await get(path, ada)
  assert.deepEqual([offered.state, offered.grantedCents], ['offered', 1_000_000])
  assert.deepEqual(
    offered.lines.map(({ title, grantedCents }: Record<string, unknown>) => [title, grantedCents]),
    [
      ['Where to go', 666_667],
      ['Rowing', 333_333],
    ],
  )
  assert.deepEqual(
    offered.reports.map(({ kind, dueOn }: Record<string, unknown>) => [kind, dueOn]),
    [
      ['interim', '2027-05-02'],
      ['final', '2028-02-01'],
    ],
  )
  // Nobody claims or is paid before the grant is accepted, and it is nobody else’s to accept.
  assert.equal(await typeOf(post(`${desk}/instalments/first`, finn)), 'grant-not-now')
  assert.equal(
    await typeOf(post(`${path}/claims`, ada, { line: '1', 'answer.amount': '1', 'answer.spent_on': '2027-02-01' })),
    'grant-not-now',
  )
  assert.equal(await typeOf(post(`${path}/acceptance`, asPerson({ id: 'bea-quay' }))), 'case-not-found')
  for (const _ of [1, 2]) await ok(post(`${path}/acceptance`, ada))

  // Four eyes, none of them a program’s, and only when the condition is met.
  const asProgram = { id: 'client/x', organisation: 'tide-station', permissions: [work, decide], methods: ['client'] }
  assert.equal(await typeOf(post(`${desk}/instalments/first`, asPerson(asProgram))), 'approval-by-program')
  await ok(post(`${desk}/instalments/first`, cora))
  assert.equal(await typeOf(post(`${desk}/instalments/first`, cora)), 'grant-same-officer')
  assert.equal(await typeOf(post(`${desk}/instalments/first`, finn)), 'case-not-for-role')
  await ok(post(`${desk}/instalments/first`, dina))
  assert.equal(await typeOf(post(`${desk}/instalments/second`, cora)), 'grant-not-now')
  assert.equal((await get(path, ada)).payableCents, 500_000)

  // A tenth of a line moves at once; more waits for an officer who decides.
  const move = (moved: string) => ({
    token: randomUUID(),
    from: '1',
    to: '2',
    'answer.moved': moved,
    'answer.reason': 'Boats cost more.',
  })
  await ok(post(`${path}/virements`, ada, move('600')))
  await ok(post(`${path}/virements`, ada, move('1000')))
  assert.equal(await typeOf(post(`${path}/virements`, ada, move('99999'))), 'grant-incomplete')
  const { virements } = await get(desk, dina)
  assert.deepEqual(
    virements.map(({ state }: { state: string }) => state),
    ['free', 'asked'],
  )
  assert.equal((await post(`${desk}/virements/${virements[1].id}`, finn, { answer: 'approved' })).statusCode, 403)
  await ok(post(`${desk}/virements/${virements[1].id}`, dina, { answer: 'approved' }))

  // A claim needs its receipt, a line what it has, and a refusal its reason.
  const rowing = await claim(reference, 2, '4933.33')
  assert.equal(
    await typeOf(post(`${path}/claims`, ada, { line: '2', 'answer.amount': '0.01', 'answer.spent_on': '2027-02-01' })),
    'grant-incomplete',
  )
  assert.equal(await typeOf(post(`${desk}/claims/${rowing}`, finn, { answer: 'accepted' })), 'grant-incomplete')
  await sendReceipt(reference, rowing)
  await ok(post(`${desk}/claims/${rowing}`, finn, { answer: 'accepted' }))
  const walk = await claim(reference, 1, '100')
  assert.equal(await typeOf(post(`${desk}/claims/${walk}`, finn, { answer: 'refused' })), 'grant-incomplete')
  await ok(post(`${desk}/claims/${walk}`, finn, { answer: 'refused', note: 'The receipt is of another day.' }))
  assert.match((await get(path, ada)).claims[1].note, /another day/)

  // Reports: one that lacks something comes back, and is sent again.
  assert.equal(await typeOf(post(`${path}/reports/interim`, ada, {})), 'grant-incomplete')
  await ok(post(`${path}/reports/interim`, ada, { 'answer.so_far': 'Two evenings.' }))
  await ok(post(`${desk}/reports/interim`, finn, { answer: 'refused', note: 'Say how many came.' }))
  await ok(post(`${path}/reports/interim`, ada, { 'answer.so_far': 'Two evenings, 30 people.' }))
  await ok(post(`${desk}/reports/interim`, finn, { answer: 'accepted' }))
  await ok(post(`${desk}/instalments/second`, cora))
  await ok(post(`${desk}/instalments/second`, dina))
  assert.equal(await typeOf(post(`${desk}/closing`, dina)), 'grant-not-now')
  await ok(post(`${path}/reports/final`, ada, { 'answer.reached': '30', 'answer.learned': 'Begin at the pier.' }))
  await ok(post(`${desk}/reports/final`, finn, { answer: 'accepted' }))
  assert.equal(await typeOf(post(`${desk}/closing`, dina)), 'grant-not-now')
  await ok(post(`${desk}/instalments/last`, cora))
  await ok(post(`${desk}/instalments/last`, dina))
  await ok(post(`${desk}/closing`, dina))
  const closed = await get(path, ada)
  assert.deepEqual(
    [closed.state, closed.payableCents, closed.claimedCents, closed.unspentCents, closed.returnCents],
    ['closed', 800_000, 493_333, 506_667, 306_667],
  )
  const { programmes, agreements } = await get('/office/services/grants', finn)
  assert.equal(agreements[0].recipient, 'Watchers of the Ebb')
  assert.deepEqual(
    [programmes[0].reservedCents, programmes[0].claimedCents, programmes[0].returnCents, agreements[0].state],
    [493_333, 493_333, 306_667, 'closed'],
  )
  // The figures that the initiative of the Estimates names, and its page tells them.
  assert.equal((await app.figures.find('services.granted-tide-clock'))?.value, 4933.33)
  const initiative = await get('/initiatives/2030-31/7/tide-clock', ada)
  assert.deepEqual(
    initiative.figures.map(({ id, reading }: { id: string; reading: { value: number } }) => [id, reading.value]),
    [
      ['services.granted-tide-clock', 4933.33],
      ['services.claimed-tide-clock', 4933.33],
    ],
  )
  for (const [url, headers] of [
    [path, ada],
    [desk, dina],
    ['/office/services/grants', dina],
  ] as const)
    for (const language of ['eng', 'han']) {
      const page = await app.inject({ url: `/${language}${url}`, headers: { ...headers, accept: 'text/html' } })
      assert.equal(page.statusCode, 200, page.body)
    }
})

test('of two officers who grant at once beyond a ceiling one is refused, with a sentence and without a decision', async () => {
  // 12,000 each, of 20,000 for one group.
  const both = [await proposed('12000', 'Pier Pals'), await proposed('12000', 'PIER  pals')]
  const answered = await Promise.all(both.map(({ approve }) => approve()))
  assert.deepEqual(answered.map(({ statusCode }) => statusCode).sort(), [200, 409])
  const refused = answered.findIndex(({ statusCode }) => statusCode === 409)
  assert.equal(answered[refused]!.json().type, '/problems/services.grant-above-ceiling')
  assert.match(answered[refused]!.json().title, /more than one recipient can have/)
  const { line, granted: stands } = await get(both[refused]!.at, dina)
  assert.deepEqual([line.outcome, stands], [null, false])
  // Another group has a ceiling of its own, until the programme is used up: 4,933.33 + 12,000 + 12,000 of 35,000.
  await granted('12000', 'Third Group')
  const last = await (await proposed('12000', 'Fourth Group')).approve()
  assert.equal(last.json().type, '/problems/services.grant-above-sum')
})

test('a form that lacks something comes back to a browser with what was typed', async () => {
  const reference = await granted('100', 'Small Group')
  await ok(post(`${own(reference)}/acceptance`, ada))
  const page = await app.inject({
    ...{ method: 'POST', url: `${own(reference)}/claims` },
    headers: { ...ada, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ line: '2', 'answer.amount': 'much', 'answer.spent_on-day': '1' }).toString(),
  })
  assert.equal(page.statusCode, 422)
  assert.match(page.body, /value="much"/)
  assert.match(page.body, /Write a number/)
})

test('a receipt serves one claim of a line, and an officer who accepts it for another sees where it stands and says why', async () => {
  const [one, other, stranger] = [
    await granted('1000', 'Twice Group'),
    await granted('500', 'TWICE  group'),
    await granted('500', 'Other Group'),
  ]
  for (const each of [one, other, stranger]) await ok(post(`${own(each)}/acceptance`, ada))
  const bytes = pdfFile({ catalog: '/Lang (twice)' })
  const first = await claim(one, 1, '10')
  await sendReceipt(one, first, bytes)
  const again = await claim(one, 1, '11')
  const refused = await postReceipt(one, again, bytes)
  assert.equal(refused.json().type, '/problems/services.grant-incomplete')
  assert.match(refused.body, /Claim each receipt once/)
  assert.equal((await get(own(one), ada)).claims[1].receipt, null)

  // On two lines, in another grant of the recipient, and by its number alone.
  const line = await claim(one, 2, '12', { 'answer.receipt_number': 'INV 2027/001' })
  await sendReceipt(one, line, bytes)
  const elsewhere = await claim(other, 1, '13', { 'answer.receipt_number': 'inv-2027-001' })
  await sendReceipt(other, elsewhere, bytes)
  const theirs = await claim(stranger, 1, '14', { 'answer.receipt_number': 'INV 2027/001' })
  await sendReceipt(stranger, theirs, bytes)
  const sameOf = async (reference: string, id: string, headers: Headers = finn) => {
    const { claims } = await get((headers === finn ? office : own)(reference), headers)
    const found = claims.find((each: { id: string }) => each.id === id)
    return found.same.map((each: { by: string; reference: string; cents: number }) => [
      each.by,
      each.reference,
      each.cents,
    ])
  }
  assert.deepEqual(await sameOf(other, elsewhere), [
    ['file', one, 1000],
    ['file', one, 1200],
    ['number', one, 1200],
  ])
  // What another recipient bought with a receipt of the same number is theirs, and whoever claims is told of none.
  assert.deepEqual([await sameOf(stranger, theirs), await sameOf(other, elsewhere, ada)], [[], []])
  const page = await app.inject({ url: `/eng${office(other)}`, headers: { ...finn, accept: 'text/html' } })
  assert.match(page.body, /Another claim of this recipient has the same receipt number/)
  const check = (note?: string) =>
    post(`${office(other)}/claims/${elsewhere}`, finn, { answer: 'accepted', ...(note && { note }) })
  assert.match((await check()).body, /serves another claim, too/)
  await ok(check('Half of the boat each.'))
  // What was refused rests on nothing any more.
  await ok(post(`${office(one)}/claims/${line}`, finn, { answer: 'refused', note: 'Twice.' }))
  assert.deepEqual(await sameOf(other, elsewhere), [['file', one, 1000]])
})
