// Definitions are changed in the browser: kept as they were typed, judged when they are looked at, and published by two.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { start } from '#test'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Service } from '../definitions/service.ts'
import { getVersion, hashOf, publish } from '../versions/versions.ts'

const started = await start()
const { app, sql, installation, asPerson } = started
const as = (id: string, organisation = 'tide-station') =>
  asPerson({ id, organisation, permissions: ['services:edit-service'], level: 3 })
const edda = as('edda-draft')
const rune = as('rune-reader')
const path = '/office/services/design/tide-grant'

type Headers = { cookie: string }
const get = async (url: string, headers: Headers = edda) =>
  (await app.inject({ url, headers: { ...headers, accept: 'application/json' } })).json()
const page = (url: string, headers: Headers = edda) =>
  app.inject({ url: `/eng${url}`, headers: { ...headers, accept: 'text/html' } })
const post = (
  url: string,
  form: Record<string, string | string[]> = {},
  headers: Headers = edda,
  accept = 'text/html',
) => app.inject({ method: 'POST', url, headers: { ...headers, accept }, payload: form })
const at = (place: string) => `${path}/edit?at=${encodeURIComponent(place)}`
/** Saves a page as a browser does that shows it. */
async function save(place: string, form: Record<string, string | string[]>, headers: Headers = edda) {
  const { seen } = await get(at(place), headers)
  return post(at(place), { seen, ...form }, headers)
}
const definition = async () =>
  (await sql<[{ definition: never }]>`select definition from services.definition_draft where service = 'tide-grant'`)[0]
    .definition as {
    title: { en: string }
    apply: { form: { pages: { id: string; questions?: { id: string }[] }[] }; case: never }
  }

test('only editors of the department of a service write it', async () => {
  const stranger = as('mara-stranger', 'counting-house')
  assert.equal((await post(path, {}, stranger)).statusCode, 404)
  assert.equal((await page(path, stranger)).statusCode, 404)
  const officer = asPerson({
    id: 'officer-finn',
    organisation: 'tide-station',
    permissions: ['services:work-case'],
    level: 3,
  })
  assert.equal((await page(path, officer)).statusCode, 403)
  assert.equal((await post(path)).statusCode, 303)
  for (const address of [path, at(''), `${path}/texts`])
    assert.equal((await page(address, stranger)).statusCode, 404, address)
  for (const act of ['ask', 'take-back', 'publish', 'discard', 'preview'])
    assert.equal((await post(`${path}/${act}`, { seen: '' }, stranger)).statusCode, 404, act)
  assert.equal((await post(at(''), { '/title/en': 'Mine' }, stranger)).statusCode, 404)
  assert.equal((await get(path)).faults.length, 0)
})

test('what is typed is kept also where it is wrong, and told at its field', async () => {
  const saved = await save('/apply/form/pages/1/questions/0', { '/apply/form/pages/1/questions/0/max': 'many' })
  assert.equal(saved.statusCode, 303)
  const { controls, faults } = await get(at('/apply/form/pages/1/questions/0'))
  const max = controls.find(({ key }: { key: string }) => key === 'max')
  assert.equal(max.value, 'many')
  assert.equal(faults[0].pointer, '/apply/form/pages/1/questions/0/max')
  const shown = await page(at('/apply/form/pages/1/questions/0'))
  assert.match(shown.body, /aria-invalid="true"[^>]*name="\/apply\/form\/pages\/1\/questions\/0\/max"/)
  assert.equal(
    (await post(`${path}/ask`, {}, edda, 'application/json')).json().type,
    '/problems/services.definition-has-faults',
  )
  await save('/apply/form/pages/1/questions/0', { '/apply/form/pages/1/questions/0/max': '80' })
  assert.deepEqual((await get(path)).faults, [])
})

test('questions and pages are added, moved and taken away, each with what was typed beside', async () => {
  const before = (await definition()).apply.form.pages
  const added = await save('/apply/form/pages/1', {
    '/apply/form/pages/1/title/en': 'Your own group',
    '/apply/form/pages/1/title/zh-Hant': '你自己的團體',
    act: 'add /apply/form/pages/1/questions',
  })
  const place = `/apply/form/pages/1/questions/${before[1]!.questions!.length}`
  assert.match(String(added.headers.location), new RegExp(encodeURIComponent(place)))
  await save(place, {
    [`${place}/id`]: 'boats',
    [`${place}/title/en`]: 'How many boats?',
    [`${place}/title/zh-Hant`]: '有多少艘船？',
    [`${place}/kind`]: 'number',
  })
  const { controls } = await get(at(place))
  const keys = controls.map(({ key }: { key: string }) => key)
  assert.ok(keys.includes('unit') && !keys.includes('options'), 'a number has a unit and no options')
  await save('/apply/form/pages/1', { act: `up ${place}` })
  const moved = (await definition()).apply.form.pages[1]!.questions!
  assert.equal(moved.at(-2)!.id, 'boats')
  await save('/apply/form/pages/1', { act: `remove /apply/form/pages/1/questions/${moved.length - 2}` })
  assert.equal(
    (await definition()).apply.form.pages[1]!.questions!.some(({ id }) => id === 'boats'),
    false,
  )
  assert.deepEqual((await get(path)).faults, [])
})

test('of two who change one place, the second sees what both wrote, and nothing is lost', async () => {
  const { seen } = await get(at(''), rune)
  await save('', { '/title/en': 'Tide grants' })
  const late = await post(at(''), { seen, '/title/en': 'Grants of the tide' }, rune)
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /value="Grants of the tide"/)
  assert.equal((await definition()).title.en, 'Tide grants')
  const again = /name="seen" value="([0-9a-f]{16})"/.exec(late.body)![1]!
  assert.equal((await post(at(''), { seen: again, '/title/en': 'Grants of the tide' }, rune)).statusCode, 303)
  assert.equal((await definition()).title.en, 'Grants of the tide')
  // Whoever changes another place does not meet them.
  const other = await get(at('/apply/case'), rune)
  await save('', { '/title/en': 'Tide grant' })
  const beside = { seen: other.seen, '/apply/case/replyDays': '20' }
  assert.equal((await post(at('/apply/case'), beside, rune)).statusCode, 303)
  // A title that changed in English alone: its editor says that the Chinese still says the same.
  const { faults } = await get(path)
  const places = faults.map(({ pointer }: { pointer: string }) => pointer)
  assert.deepEqual(places, ['/title/zh-Hant'])
  await save('', { act: `confirm ${faults[0].values.hash}` })
  assert.deepEqual((await get(path)).faults, [])
})

test('a name that would reach past the definition changes nothing', async () => {
  for (const name of ['/__proto__/polluted', '/constructor/prototype/polluted', '/title/__proto__/polluted'])
    await save('', { [name]: 'yes' })
  assert.equal(({} as { polluted?: string }).polluted, undefined)
  assert.equal((await post(at('/__proto__'), {})).statusCode, 404)
  const place = '/apply/form/pages/1'
  await save(place, { act: 'remove /apply/case/states/0' })
  assert.deepEqual((await get(path)).faults, [])
})

test('rules are a grid: columns and rows come and go together', async () => {
  const place = '/apply/case/rules/0'
  const { grid } = await get(at(place))
  await save(place, { [`${place}/rows/0/when/0`]: '', act: `add ${place}/inputs` })
  const wider = (await get(at(place))).grid
  assert.equal(wider.inputs.length, grid.inputs.length + 1)
  assert.ok(wider.rows.every(({ when }: { when: unknown[] }) => when.length === wider.inputs.length))
  assert.equal(wider.rows[0].when[0].value, '-', 'an empty cell takes anything')
  await save(place, { act: `remove ${place}/inputs/${grid.inputs.length}` })
  await save(place, { [`${place}/rows/0/when/0`]: grid.rows[0].when[0].value })
  await save(place, { act: `add ${place}/rows` })
  assert.equal((await get(at(place))).grid.rows.length, grid.rows.length + 1)
  assert.notEqual((await get(path)).faults.length, 0, 'a row that is never reached is told')
  await save(place, { act: `remove ${place}/rows/${grid.rows.length}` })
  await save(place, { [`${place}/outputs/0/id`]: 'sum' })
  assert.match(JSON.stringify(await definition()), /"gives":\{"sum":/, 'what rows give is called as their column')
  await save(place, { [`${place}/outputs/0/id`]: 'amount' })
  assert.deepEqual((await get(path)).faults, [])
})

test('an item of a register is drawn from its shape: its register is chosen, and its step is none of the case', async () => {
  const place = '/apply/case/outputs/0'
  const controlOf = async (key: string) =>
    (await get(at(place))).controls.find((each: { key: string }) => each.key === key)
  assert.ok((await controlOf('register')).choices.some(({ value }: { value: string }) => value === 'course-cards'))
  assert.equal((await controlOf('step')).kind, 'words')
  await save(place, { [`${place}/step`]: 'issue', act: `add ${place}/fields` })
  assert.equal((await controlOf('step')).value, 'issue')
  assert.match((await page(at(place))).body, /Step of the register by which it begins[\s\S]*Expression that gives it/)
  assert.notEqual((await get(path)).faults.length, 0, 'a letter has neither')
  await save(place, { [`${place}/step`]: '', act: `remove ${place}/fields/0` })
  assert.deepEqual((await get(path)).faults, [])
})

test('texts are written side by side, and one that changed in one language alone is told', async () => {
  const { texts, count } = await get(`${path}/texts`)
  assert.ok(count > 40 && texts.length === 40)
  const summary = texts.find(({ pointer }: { pointer: string }) => pointer === '/summary')
  const form = {
    '/summary#': summary.seen,
    '/summary/en': 'Money for a rough sea.',
    '/summary/zh-Hant': summary.text['zh-Hant'],
    '/summary/zh-Hans': '',
  }
  assert.equal((await post(`${path}/texts`, form)).statusCode, 303)
  assert.equal((await get(path)).faults[0].pointer, '/summary/zh-Hant')
  assert.equal((await post(`${path}/texts`, { ...form, '/summary/en': 'Another.' })).statusCode, 409)
  const changed = await get(`${path}/texts?show=changed`)
  assert.ok(changed.texts.some(({ pointer }: { pointer: string }) => pointer === '/summary'))
  const now = {
    ...form,
    '/summary#': changed.texts.find(({ pointer }: { pointer: string }) => pointer === '/summary').seen,
  }
  await post(`${path}/texts`, { ...now, '/summary/zh-Hant': '風浪大時的資助。' })
  assert.deepEqual((await get(path)).faults, [])
})

test('a preview is filled in as a person does it, and nothing sends it', async () => {
  const begun = await post(`${path}/preview`, {}, edda, 'application/json')
  assert.equal(begun.statusCode, 201, begun.body)
  const { id, path: first } = begun.json()
  const cookies = begun.cookies.map(({ name, value }) => `${name}=${value}`)
  const headers = { cookie: [edda.cookie, ...cookies].join('; ') }
  const shown = await app.inject({ url: `/eng${first}`, headers: { ...headers, accept: 'text/html' } })
  assert.equal(shown.statusCode, 200, shown.body.slice(0, 300))
  assert.match(shown.body, /A preview/)
  const sent = await app.inject({
    ...{ method: 'POST', url: `/applications/${id}/send`, headers: { ...headers, accept: 'application/json' } },
    payload: { agree: 'yes', digest: 'x'.repeat(43) },
  })
  assert.equal(sent.json().type, '/problems/services.is-preview')
  await assert.rejects(
    sql`update services.application set state = 'sent', reference = 'TG-22222-22222', sent_at = now(), sealed_answers = '', expires_at = null where id = ${id}`,
    /application_preview_is_not_sent/,
  )
  const mine = await get('/account/applications')
  assert.equal(JSON.stringify(mine).includes(id), false)
})

test('one editor asks and another publishes; a change in between takes it back; people who began keep their version', async () => {
  const { current, draft } = await get(path)
  const { seen } = draft
  assert.equal(
    (await post(`${path}/publish`, { seen }, rune, 'application/json')).json().type,
    '/problems/services.publication-not-asked',
  )
  // A program that an editor runs is neither of the two.
  const program = asPerson({
    ...{ id: 'client/edda-program', organisation: 'tide-station', methods: ['client'] },
    permissions: ['services:edit-service'],
  })
  const byProgram = async (act: string) => (await post(`${path}/${act}`, { seen }, program, 'application/json')).json()
  assert.equal((await byProgram('ask')).type, '/problems/services.approval-by-program')
  await post(`${path}/ask`)
  assert.equal((await byProgram('publish')).type, '/problems/services.approval-by-program')
  assert.equal((await post(`${path}/publish`, { seen }, edda, 'application/json')).statusCode, 403)
  assert.match((await page(path, rune)).body, /compare">What it changes/, 'whoever publishes is led to what differs')
  await save('', { '/title/en': 'Tide grant of the year' }, rune)
  assert.equal((await get(path)).draft.askedBy, null)
  await save('', { '/title/en': 'Tide grant now' }, edda)
  const stale = (await get(path)).faults
  assert.equal(stale[0].pointer, '/title/zh-Hant')
  await save('', { '/title/zh-Hant': '今年的潮汐資助' }, edda)
  await post(`${path}/ask`)
  // Who looked before it was changed and asked for again does not publish what they never saw.
  const late = await post(`${path}/publish`, { seen }, rune, 'application/json')
  assert.equal(late.json().type, '/problems/services.publication-changed')
  const shownNow = await page(path, rune)
  const [, now = ''] = /name="seen" value="([0-9a-f]{64})"/.exec(shownNow.body) ?? []
  const results = await Promise.all(
    [rune, rune, edda].map((who) => post(`${path}/publish`, { seen: now }, who, 'application/json')),
  )
  const [done, ...more] = results.filter(({ statusCode }) => statusCode === 200)
  assert.deepEqual(more, [])
  const { hash, number } = done!.json()
  assert.equal(number, current.number + 1)
  assert.equal((await getVersion(sql, hash)).service.title.en, 'Tide grant now')
  const shown = await app.inject({ url: '/eng/services/tide-grant', headers: { accept: 'text/html' } })
  assert.match(shown.body, /Tide grant now/)
  assert.equal((await get(path)).draft, null)
})

test('what was published meanwhile is not undone by a draft that did not see it', async () => {
  await post(path)
  await sql`
    insert into services.publication (service, number, version, published_at)
    select service, number + 1, (select version from services.publication where service = 'tide-grant' order by number limit 1), now()
    from services.publication where service = 'tide-grant' order by number desc limit 1`
  catalogueOf(installation).forget()
  assert.equal(
    (await post(`${path}/ask`, {}, edda, 'application/json')).json().type,
    '/problems/services.definition-outdated',
  )
  assert.match((await page(path)).body, /Merge the newer version/)
  assert.equal((await post(`${path}/discard`)).statusCode, 303)
})

test('a version that was published meanwhile is merged: what one side changed is taken, what both did is chosen', async () => {
  await post(path)
  assert.equal((await page(`${path}/merge`)).statusCode, 409)
  const began = (await definition()) as unknown as Service
  await save('', { '/title/en': 'Mine', '/summary/en': 'Mine alone', '/summary/zh-Hant': '只有我' })
  const newer = structuredClone(began)
  newer.title = { en: 'Newer', 'zh-Hant': '較新' }
  newer.apply!.case.states[0]!.title = { en: 'Newer alone', 'zh-Hant': '只有較新' }
  await sql.begin((transaction) => publish(transaction, { definition: newer, now: new Date(), by: 'rune-reader' }))
  catalogueOf(installation).forget()
  const shown = await get(`${path}/merge`)
  assert.deepEqual(
    shown.conflicts.map(({ path, mine, newer }: Record<string, unknown>) => [path, mine, newer]),
    [['/title/en', 'Mine', 'Newer']],
  )
  const merge = (form: Record<string, string>) => post(`${path}/merge`, form)
  const lacking = await merge({ seen: shown.seen })
  assert.equal(lacking.statusCode, 422)
  assert.match(lacking.body, /Choose one of the two/)
  // What was not seen is not merged.
  assert.match((await merge({ seen: '', '/title/en': 'newer' })).body, /Look again before you merge/)
  assert.equal((await definition()).title.en, 'Mine')
  assert.equal((await post(`${path}/merge`, {}, as('mara-stranger', 'counting-house'))).statusCode, 404)
  assert.equal((await merge({ seen: shown.seen, '/title/en': 'newer' })).statusCode, 303)
  const merged = (await definition()) as unknown as Service
  assert.deepEqual(
    [merged.title.en, merged.summary.en, merged.apply!.case.states[0]!.title.en],
    ['Newer', 'Mine alone', 'Newer alone'],
  )
  // It is based on the newer one now, and may be published.
  assert.equal((await post(`${path}/ask`)).statusCode, 303)
  assert.equal((await post(`${path}/discard`)).statusCode, 303)
  await sql.begin((transaction) => publish(transaction, { definition: began, now: new Date(), by: 'rune-reader' }))
  catalogueOf(installation).forget()
})

test('a new service begins empty, says what is missing, and takes no name that is an address', async () => {
  const named = (id: string) => ({ id, en: 'Quay card', 'zh-Hant': '碼頭卡' })
  for (const id of ['departments', 'tide-grant'])
    assert.equal(
      (await post('/office/services/design', named(id), edda, 'application/json')).json().type,
      '/problems/services.service-id-taken',
    )
  assert.equal((await post('/office/services/design', named('Quay Card'))).statusCode, 422)
  assert.equal((await post('/office/services/design', named('quay-card'))).statusCode, 303)
  const quay = '/office/services/design/quay-card'
  const { faults, lists } = await get(quay)
  assert.ok(faults.some(({ pointer }: { pointer: string }) => pointer === '/summary'))
  assert.deepEqual(lists, [])
  await post(`${quay}/edit?at=`, { act: 'add /apply' })
  assert.ok((await get(quay)).lists.length >= 4)
  for (const { pointer } of (await get(quay)).lists.flatMap(({ parts }: { parts: { pointer: string }[] }) => parts))
    assert.equal((await page(`${quay}/edit?at=${encodeURIComponent(pointer)}`)).statusCode, 200, pointer)
})

test('every place of a definition that has a page is reached from another, and shows', async () => {
  await post(path)
  const seen = new Set<string>()
  const open = async (place: string) => {
    if (seen.has(place)) return
    seen.add(place)
    const shown = await page(at(place))
    assert.equal(shown.statusCode, 200, place)
    for (const [, next] of shown.body.matchAll(
      /href="\/eng\/office\/services\/design\/tide-grant\/edit\?at=([^"#]*)"/g,
    ))
      await open(decodeURIComponent(next!))
  }
  await open('')
  for (const place of [
    '/apply',
    '/apply/form',
    '/apply/case',
    '/apply/case/rules/0',
    '/apply/case/steps/0',
    '/apply/form/pages/1/questions/0',
  ])
    assert.ok(seen.has(place), place)
})

test('versions are compared in words, people walk through the form, and a version goes away as a file of a pack', async () => {
  await post(path)
  await save('/apply/case', { '/apply/case/replyDays': '33' })
  const { from, to, differences, patch } = await get(`${path}/compare`)
  assert.equal(to, 'draft')
  assert.match(from, /^[0-9a-f]{64}$/)
  assert.deepEqual(
    differences.map(({ path, before, after }: Record<string, string>) => [path, before, after]),
    [['/apply/case/replyDays', '14', '33']],
  )
  assert.deepEqual(patch, [{ op: 'replace', path: '/apply/case/replyDays', value: 33 }])
  assert.equal((await page(`${path}/compare?to=${'0'.repeat(64)}`)).statusCode, 404)
  assert.deepEqual((await get(path)).faults, [])
  const { walks } = await get(`${path}/walk`)
  assert.equal(walks.people.length, 100)
  assert.ok(walks.sent > 0)
  const file = await app.inject({ url: `${path}/definition.yaml`, headers: edda })
  assert.match(String(file.headers['content-disposition']), /tide-grant\.yaml/)
  assert.equal(hashOf(parse(file.body) as Service), hashOf((await definition()) as never))
  for (const tool of ['compare', 'walk', 'import', 'definition.yaml'])
    assert.equal((await page(`${path}/${tool}`, as('mara-stranger', 'counting-house'))).statusCode, 404, tool)
})

test('a form of another system takes the place of the one before, and tells what it could not take', async () => {
  const send = (content: string, name = 'form.json') => {
    const form = new FormData()
    form.append('file', new Blob([content]), name)
    return app.inject({
      method: 'POST',
      url: `${path}/import`,
      headers: { ...edda, accept: 'text/html' },
      payload: form,
    })
  }
  for (const [content, said] of [
    ['not a form', /neither a workbook/],
    ['PKnot a workbook', /error-summary/],
    ['[]', /error-summary/],
    ['', /error-summary/],
  ] as const) {
    const refused = await send(content)
    assert.equal(refused.statusCode, 422, content)
    assert.match(refused.body, said)
  }
  const step = {
    ...{ id: 'one', type: 'question_page', position: 1, next_step_id: null },
    data: {
      ...{ question_text: 'How many boats do you have?', answer_type: 'number', is_optional: false, hint_text: '' },
      ...{ is_repeatable: false, page_heading: null, guidance_markdown: null, answer_settings: null },
    },
    routing_conditions: [],
  }
  const form = {
    form_id: 1,
    name: 'Boats',
    version: '2',
    start_page: 'one',
    declaration_text: 'It is true.',
    steps: [step],
  }
  const done = await send(JSON.stringify(form))
  assert.equal(done.statusCode, 200, done.body.slice(0, 500))
  assert.match(done.body, /The form is imported/)
  const { pages } = (await definition()).apply.form
  assert.deepEqual(
    pages.flatMap(({ questions = [] }) => questions.map(({ id }) => id)),
    ['how_many_boats_do_you_have'],
  )
  assert.equal((await definition()).title.en, 'Tide grant for groups')
  assert.notEqual((await get(path)).faults.length, 0, 'what the case asks of the former form is told')
})
