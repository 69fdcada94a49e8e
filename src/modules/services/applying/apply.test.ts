// From the button to the receipt: one page after the other, everything typed kept, sent exactly once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { services } from '../definitions/service.ts'
import { openApplicant } from '../testing/applicant.ts'
import { publish } from '../versions/versions.ts'

const started = await start()
const { app, sql } = started

const page = (path: string, id: string) => `${path}/pages/${id}`

test('pages depend on answers, and whoever jumps ahead is led back', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  assert.match((await each.get(path)).body, /<title>Tide grant for groups – [^–]+<\/title>/, 'named once')
  const tasks = await each.data(path)
  assert.deepEqual(
    tasks.sections.map((section: { pages: { state: string }[] }) => section.pages.map(({ state }) => state)),
    [
      ['todo', 'later'],
      ['todo', 'later', 'later', 'later'],
      ['todo', 'later'],
    ],
  )
  assert.equal(each.leadsTo(await each.get(page(path, 'name'))), page(path, 'kind'))
  assert.equal((await each.get(page(path, 'school'))).statusCode, 404)
  assert.equal(each.leadsTo(await each.post(page(path, 'kind'), { kind: 'school' })), page(path, 'name'))
  await each.post(page(path, 'name'), { group_name: 'Pier School', members: '300' })
  assert.equal((await each.get(page(path, 'school'))).statusCode, 200)
  assert.equal((await each.get(page(path, 'founded'))).statusCode, 404)
  // Another answer leads another way; what was typed before waits and comes back.
  await each.post(page(path, 'school'), { school_code: 'ts1234' })
  await each.post(page(path, 'kind'), { kind: 'association' })
  assert.equal((await each.get(page(path, 'school'))).statusCode, 404)
  await each.post(page(path, 'kind'), { kind: 'school' })
  assert.match((await each.get(page(path, 'school'))).body, /value="ts1234"/)
})

test('what is no answer is kept as it was typed, with what to do', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'kind'), { kind: 'association' })
  const wrong = await each.post(page(path, 'name'), { group_name: '', members: 'about <10>' })
  // The page is opened again, so that “Back” never asks to send a form again.
  assert.equal(each.leadsTo(wrong), page(path, 'name'))
  const shown = await each.get(page(path, 'name'))
  assert.match(shown.body, /<title>Error: /)
  assert.match(shown.body, /value="about &lt;10&gt;"|value="about &lt;10>"/)
  assert.match(shown.body, /Answer “Name of the group”\./)
  assert.match(shown.body, /“How many members does it have\?” must be a whole number/)
  // In another tab, or days later.
  const again = await each.data(page(path, 'name'))
  assert.deepEqual(
    again.asked.map(({ typed }: { typed: string[] }) => typed),
    [[''], ['about <10>']],
  )
  assert.deepEqual(
    again.mistakes.map(({ control }: { control: string }) => control),
    ['group_name', 'members'],
  )
})

test('of a day without its month only the month is marked, and the summary leads there', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'kind'), { kind: 'association' })
  await each.post(page(path, 'name'), { group_name: 'Ebb', members: '12' })
  const shownFor = async (day: Record<string, string>) => {
    await each.post(page(path, 'founded'), day)
    const { body } = await each.get(page(path, 'founded'))
    const parts = [...body.matchAll(/<input[^>]* id="founded_on-(\w+)"[^>]*>/g)]
    return { body, marked: parts.filter(([part]) => part.includes('aria-invalid')).map(([, part]) => part) }
  }
  const month = await shownFor({ 'founded_on-day': '1', 'founded_on-month': '', 'founded_on-year': '2001' })
  assert.deepEqual(month.marked, ['month'])
  assert.match(month.body, /href="#founded_on-month"/)
  const whole = await shownFor({ 'founded_on-day': '31', 'founded_on-month': '2', 'founded_on-year': '2001' })
  assert.deepEqual(whole.marked, ['day', 'month', 'year'], 'no day of the calendar: any part may be wrong')
})

test('whoever cannot get it is told why and what else there is, and can change the answer', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  assert.equal(each.leadsTo(await each.post(page(path, 'kind'), { kind: 'company' })), `${path}/exit`)
  const exit = await each.get(`${path}/exit`)
  assert.equal(exit.statusCode, 200)
  assert.match(exit.body, /Companies cannot get this grant/)
  assert.doesNotMatch(exit.body, /Error:/)
  assert.equal(each.leadsTo(await each.get(`${path}/check`)), path)
  assert.equal(each.leadsTo(await each.post(page(path, 'kind'), { kind: 'association' })), page(path, 'name'))
})

test('an exit leads to other services as they are published now, not as the pack has them', async () => {
  const { pack } = started.installation
  const [grant, course] = ['tide-grant', 'tide-course'].map((id) => pack.find(services, id)!)
  const { form } = grant!.apply!
  const exits = form.exits!.map((each) => ({ ...each, instead: ['tide-course'] }))
  const definitions = [
    { ...course!, title: { en: 'Course with another name', 'zh-Hant': '另名課程' } },
    { ...grant!, apply: { ...grant!.apply!, form: { ...form, exits } } },
  ]
  for (const definition of definitions)
    await sql.begin((transaction) => publish(transaction, { definition, now: new Date(), by: null }))
  catalogueOf(started.installation).forget()
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'kind'), { kind: 'company' })
  const { instead } = await each.data(`${path}/exit`)
  assert.deepEqual(
    instead.map(({ title }: { title: { en: string } }) => title.en),
    ['Course with another name'],
  )
})

test('two tabs of one application do not undo each other', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'kind'), { kind: 'association' })
  const sent = await Promise.all([
    each.post(page(path, 'name'), { group_name: 'Quay Watchers', members: '12' }),
    each.post(page(path, 'contact'), { contact_name: 'Ada', email: 'ada@example.org' }),
    each.post(page(path, 'topics'), { topics: ['boats'] }),
  ])
  assert.deepEqual(
    sent.map(({ statusCode }) => statusCode),
    [303, 303, 303],
  )
  const tasks = await each.data(path)
  const done = tasks.sections.flatMap(({ pages }: { pages: { title: { en: string }; state: string }[] }) =>
    pages.filter(({ state }) => state === 'done').map(({ title }) => title.en),
  )
  assert.deepEqual(done, [
    'What kind of group are you?',
    'Your group',
    'What are the activities about?',
    'How we reach you',
  ])
})

test('an application is nobody else’s, whether of a person or of a browser', async () => {
  const browser = openApplicant(app)
  const path = await browser.begin('tide-grant')
  const person = openApplicant(app, started.asPerson({ id: 'ada-quay' }))
  const own = await person.begin('tide-grant')
  const stranger = openApplicant(app)
  const other = openApplicant(app, started.asPerson({ id: 'ben-ledger' }))
  const asOfficer = openApplicant(app, started.asPerson({ id: 'ada-quay', organisation: 'tide-station' }))
  for (const each of [stranger, other, asOfficer, browser])
    for (const to of ['', '/pages/kind', '/check', '/exit', '/later', '/sent']) {
      assert.equal((await each.get(own + to)).statusCode, 404, `${own}${to}`)
      if (each !== browser) assert.equal((await each.get(path + to)).statusCode, 404, `${path}${to}`)
    }
  for (const to of ['/pages/kind', '/send', '/delete', '/lists/activities']) {
    const form = { kind: 'school', digest: 'x', agree: 'yes', act: 'continue', token: crypto.randomUUID() }
    assert.equal((await stranger.post(path + to, form)).statusCode, 404)
    assert.equal((await other.post(own + to, form)).statusCode, 404)
  }
})

test('a button that is pressed twice begins one application, and adds one thing', async () => {
  const each = openApplicant(app)
  const token = crypto.randomUUID()
  const before = await sql`select count(*)::int as n from services.application`
  // The page with the button, from which a browser has its secret: it is one browser that presses twice.
  await each.get('/services/tide-grant/apply')
  await Promise.all([each.begin('tide-grant', token), each.begin('tide-grant', token)])
  const after = await sql`select count(*)::int as n from services.application`
  assert.equal(after[0]!.n - before[0]!.n, 1)
  const list = `/applications/${token}/lists/activities`
  await each.post(`/applications/${token}/pages/topics`, { topics: ['boats'] })
  const thing = crypto.randomUUID()
  await Promise.all([1, 2, 3].map(() => each.post(list, { act: 'add', token: thing })))
  assert.equal((await each.data(list)).things.length, 1)
})

test('a list has its limits, and a thing that is taken away is gone', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'topics'), { topics: ['boats'] })
  const list = `${path}/lists/activities`
  const { token } = await each.data(list)
  const empty = await each.post(list, { act: 'continue', token })
  assert.equal(each.leadsTo(empty), `${list}?wrong=list`)
  assert.match((await each.get(`${list}?wrong=list`)).body, /Add activity until there are 1, and complete each\./)
  for (let at = 0; at < 10; at++)
    assert.equal((await each.post(list, { act: 'add', token: crypto.randomUUID() })).statusCode, 303)
  assert.equal((await each.post(list, { act: 'add', token: crypto.randomUUID() })).statusCode, 409)
  const { things } = await each.data(list)
  const { remove } = things[3]
  assert.match((await each.get(remove)).body, /Take activity 4 away\?/)
  for (const _ of [1, 2]) assert.equal(each.leadsTo(await each.post(remove)), list)
  assert.equal((await each.data(list)).things.length, 9)
})

test('a name from the account is shown with its source, which goes when somebody changes it', async () => {
  const each = openApplicant(app, started.asPerson({ id: 'ada-quay' }))
  const path = await each.begin('tide-grant')
  const asked = async () => (await each.data(page(path, 'contact'))).asked[0]
  assert.deepEqual([(await asked()).typed, (await asked()).source?.en], [['Ada Quay'], 'From your account'])
  await each.post(page(path, 'contact'), { contact_name: 'Ada Quay', email: 'a@example.org' })
  assert.equal((await asked()).source?.en, 'From your account')
  await each.post(page(path, 'contact'), { contact_name: 'Ada B. Quay', email: 'a@example.org' })
  assert.deepEqual([(await asked()).typed, (await asked()).source], [['Ada B. Quay'], null])
})

test('what waits in the database says nothing of what was typed', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(page(path, 'contact'), { contact_name: 'Unmistakable Name', email: 'u@example.org' })
  const [row] =
    await sql`select encode(sealed_typed, 'escape') as text from services.application where id = ${path.split('/')[2]!}`
  assert.doesNotMatch(row!.text, /Unmistakable/)
})

test('a register fills in what it knows, for the key that was typed, and nobody is held up where it does not answer', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  for (const [id, form] of Object.entries({
    kind: { kind: 'school' },
    name: { group_name: 'Club', members: '30' },
    school: { school_code: 'TS-1234' },
  }))
    await each.post(page(path, id), form)
  const asked = async () => {
    const [{ typed, source }] = (await each.data(page(path, 'school-name'))).asked
    return [typed, source?.en]
  }
  assert.deepEqual(await asked(), [['High Tide School'], 'Register of schools'])
  await each.post(page(path, 'school-name'), { school_name: 'High Tide School' })
  assert.deepEqual(await asked(), [['High Tide School'], 'Register of schools'])
  // Another key is another entry, which is asked about again.
  const next = await each.post(page(path, 'school'), { school_code: 'ts2345' })
  assert.equal(each.leadsTo(next), page(path, 'school-name'))
  assert.deepEqual(await asked(), [['Low Tide School'], 'Register of schools'])
  await each.post(page(path, 'school-name'), { school_name: 'Low Tide School, north' })
  assert.deepEqual(await asked(), [['Low Tide School, north'], undefined])
  await each.post(page(path, 'school'), { school_code: 'XX-9999' })
  assert.deepEqual(await asked(), [['Low Tide School, north'], undefined], 'what a person typed stays')
})

test('two processes see at once what the other kept, and who may see it no more', async () => {
  const other = await start({ beside: { urls: started.urls } })
  const here = openApplicant(app)
  const path = await here.begin('tide-grant')
  const there = openApplicant(other.app)
  for (const [name, value] of here.cookies) there.cookies.set(name, value)
  const typed = async (each: typeof here) => (await each.data(page(path, 'name'))).asked[0].typed
  await here.post(page(path, 'kind'), { kind: 'association' })
  for (let round = 0; round < 5; round += 1) {
    const [writer, reader] = round % 2 ? [here, there] : [there, here]
    const form = { group_name: `Round ${round}`, members: '5' }
    assert.equal((await writer.post(page(path, 'name'), form)).statusCode, 303)
    assert.deepEqual(await typed(reader), [`Round ${round}`])
    await Promise.all([
      writer.post(page(path, 'contact'), { contact_name: `${round}`, email: 'a@example.org' }),
      reader.post(page(path, 'topics'), { topics: ['boats'] }),
    ])
    assert.deepEqual((await reader.data(page(path, 'contact'))).asked[0].typed, [`${round}`])
  }
  // Taken over from another device through one process, it is gone for the browser at the other.
  const shown = (await here.post(`${path}/return`)).body
  const [number] = /TG-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(shown)!
  const [code] = /[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(shown)!
  assert.equal((await openApplicant(app).post('/applications/return', { number, code })).statusCode, 303)
  assert.equal((await there.post(page(path, 'kind'), { kind: 'school' })).statusCode, 404)
  assert.equal((await there.get(page(path, 'kind'))).statusCode, 404)
})
