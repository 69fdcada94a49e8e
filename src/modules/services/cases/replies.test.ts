// An answer to an officer with files: what is written is kept until it is sent, once, and is for nobody else before that.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { countFiles, findFile } from '../files/files.sql.ts'
import { scanHeld } from '../files/scan.ts'
import { pdfFile } from '../testing/bad-files.ts'
import { sendApplication } from '../testing/cases.ts'
import { replayCases } from './replay.ts'
import { lapseReplies } from './talk.ts'

/** A scanner that finds something in each file with `harm` in it. */
const scanner = createServer((socket) => {
  let heard = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (piece) => {
    heard = Buffer.concat([heard, piece])
    if (heard.subarray(-4).equals(Buffer.alloc(4)))
      socket.end(heard.includes('harm') ? 'stream: Harm.Test FOUND\0' : 'stream: OK\0')
  })
})
await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve))
after(() => scanner.close())

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({
  now: () => now,
  clamav: `127.0.0.1:${(scanner.address() as { port: number }).port}`,
})
const { app, sql, installation, asPerson } = started
type Headers = Record<string, string>
const both = ['services:work-case', 'services:decide-case']
const cora = asPerson({ id: 'officer-cora', organisation: 'tide-station', permissions: both, level: 3 })
const ada = asPerson({ id: 'ada-quay' })
const html = { accept: 'text/html' }
const page = (response: { body: string }) => response.body

let number = 0
const aPdf = (more = '') => pdfFile({ catalog: `/Lang (${more}${++number})` })
/** A form as a browser sends it: fields and the file in the order of the page, and last the button that was pressed. */
function form(
  fields: Record<string, string>,
  file: { name: string; bytes: Uint8Array } | null,
  button: [string, string],
) {
  const boundary = randomUUID()
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file?.name ?? ''}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const before = Object.entries(fields).map(([name, value]) => field(name, value))
  return {
    payload: Buffer.concat([
      ...[...before, head].map((each) => Buffer.from(each)),
      ...[file?.bytes ?? Buffer.alloc(0), Buffer.from(`\r\n${field(...button)}--${boundary}--\r\n`)],
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
const get = (url: string, headers: Headers) => app.inject({ url, headers })
const own = (reference: string) => `/services/cases/${reference}`
const office = (reference: string) => `/office/services/cases/${reference}`
const read = async (reference: string, headers: Headers = ada) => (await get(own(reference), headers)).json()
const readOffice = async (reference: string) => (await get(office(reference), cora)).json()
type Writing = {
  text?: string
  token?: string
  file?: { name: string; bytes: Uint8Array } | null
  button?: [string, string]
  by?: Headers
}
function write(
  reference: string,
  { text = '', token = randomUUID(), file = null, button = ['act', 'upload'], by = ada }: Writing,
) {
  const { payload, headers } = form({ token, text }, file, button)
  return app.inject({
    method: 'POST',
    url: `/eng${own(reference)}/reply/files`,
    headers: { ...by, ...html, ...headers },
    payload,
  })
}
const upload = (reference: string, bytes: Uint8Array, more: Writing = {}) =>
  write(reference, { ...more, file: { name: 'Plan.pdf', bytes } })
const send = (reference: string, more: Writing = {}) => write(reference, { ...more, button: ['act', 'send'] })
const rows = (reference: string) =>
  sql<{ id: string; state: string; unsentBy: string | null }[]>`
    select id, state, unsent_by from services.file where reply_to = ${reference} order by received_at, id`
const given = async (reference: string) =>
  (await readOffice(reference)).history.filter(({ kind }: { kind: string }) => kind === 'information-given')

/** A case whose officer has asked something. */
async function asked({ files = 'yes', person = 'ada-quay', organisation = null as string | null } = {}) {
  const reference = await sendApplication(started, { person, organisation })
  const act = async (what: string, payload: object = {}) => {
    const seen = (await readOffice(reference)).number
    const payloadWhole = { token: randomUUID(), seen, ...payload }
    const done = await app.inject({
      method: 'POST',
      url: `${office(reference)}/${what}`,
      headers: cora,
      payload: payloadWhole,
    })
    assert.equal(done.statusCode, 200, done.body)
  }
  await act('claim')
  await act('questions', { text: 'Which pier is it?', files })
  return { reference, act }
}

test('an officer asks for files; the person sends two and a text, and the officer opens them where they stand in the history', async () => {
  const { reference } = await asked()
  const before = await get(`/eng${own(reference)}`, { ...ada, ...html })
  assert.match(page(before), /<form method="post" action="[^"]*\/reply\/files" enctype="multipart\/form-data"/i)
  const [message] = await sql`
    select 1 from services.case_event where reference = ${reference} and kind = 'message-sent'`
  assert.ok(message)
  const plans = [aPdf(), aPdf()]
  assert.equal((await upload(reference, plans[0]!, { text: 'The first\r\nhalf' })).statusCode, 303)
  const ready = await read(reference)
  assert.equal(ready.reply.text, 'The first\nhalf')
  assert.deepEqual(
    ready.reply.files.map(({ name, state }: { name: string; state: string }) => [name, state]),
    [['Plan.pdf', 'held']],
  )
  // The second is chosen, and the answer sent, with one press.
  const sent = await send(reference, { text: 'Pier 4', file: { name: 'More.pdf', bytes: plans[1]! } })
  assert.equal(sent.headers.location, `/eng${own(reference)}`)
  const [line, ...others] = await given(reference)
  assert.deepEqual([line.text, line.files.length, others.length], ['Pier 4', 2, 0])
  assert.equal((await get(line.files[0].path, cora)).json().type, '/problems/services.file-held')
  await scanHeld(installation)
  for (const { name, path } of (await given(reference))[0].files)
    assert.deepEqual((await get(path, cora)).rawPayload, Buffer.from(plans[name === 'Plan.pdf' ? 0 : 1]!))
  // Another department opens them as long as it has the case in hand.
  const theirs = asPerson({ id: 'officer-thea', organisation: 'tally-office', permissions: both, level: 3 })
  const open = async () => (await get(line.files[0].path, theirs)).statusCode
  assert.equal(await open(), 404)
  await sql`update services.case set organisation = 'tally-office' where reference = ${reference}`
  assert.equal(await open(), 200)
  await sql`update services.case set organisation = 'tide-station' where reference = ${reference}`
  const mine = await read(reference)
  assert.equal(mine.reply, null)
  assert.equal(mine.files.length, 2)
  for (const { path } of mine.files) {
    const file = await get(path, ada)
    assert.equal(file.statusCode, 200)
    assert.match(String(file.headers['content-disposition']), /^attachment/)
  }
  assert.deepEqual(mine.history.find(({ kind }: { kind: string }) => kind === 'information-given').files, mine.files)
  assert.equal((await sql`select 1 from services.reply_draft where reference = ${reference}`).length, 0)
  const [act] = await sql`
    select detail from platform.audit_event where event = 'services.information-given' order by id desc limit 1`
  assert.deepEqual(act!.detail, { files: 2 })
})

test('the same form twice, at once or later, is one answer with one file, answered alike', async () => {
  const { reference } = await asked()
  const same = { text: 'Once', token: randomUUID(), file: { name: 'Plan.pdf', bytes: aPdf() } }
  const answers = await Promise.all([send(reference, same), send(reference, same)])
  answers.push(await send(reference, same))
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [303, 303, 303],
  )
  assert.equal((await given(reference)).length, 1)
  assert.deepEqual(
    (await rows(reference)).map(({ unsentBy }) => unsentBy),
    [null],
  )
  // Another form comes too late, and leaves nothing.
  const late = await send(reference, { text: 'Again', file: { name: 'Plan.pdf', bytes: aPdf() } })
  assert.equal(late.statusCode, 409)
  assert.equal((await rows(reference)).length, 1)
})

test('the same file is ready once; a sixth is not taken; one that is taken away is gone, and the text stays', async () => {
  const { reference } = await asked()
  const first = aPdf()
  for (const bytes of [first, first, aPdf(), aPdf(), aPdf(), aPdf()])
    assert.equal((await upload(reference, bytes, { text: 'Five' })).statusCode, 303)
  assert.equal((await rows(reference)).length, 5)
  assert.doesNotMatch(page(await get(`/eng${own(reference)}`, { ...ada, ...html })), /type="file"/)
  const sixth = await upload(reference, aPdf(), { text: 'Six' })
  assert.equal(sixth.statusCode, 422)
  assert.match(page(sixth), /You can send 5 here, and have/)
  const { id } = (await rows(reference))[0]!
  for (const _ of [1, 2])
    assert.equal((await write(reference, { text: 'Four', button: ['remove', id] })).statusCode, 303)
  const { reply } = await read(reference)
  assert.deepEqual([reply.files.length, reply.text], [4, 'Four'])
})

// biome-ignore format: matrix
const wrong: [name: string, file: Uint8Array | null, act: string, status: number, sentence: RegExp][] = [
  ['a file of no kind that is taken', Buffer.from('MZ a program'),    'send',   415, /This file is not what is asked for/],
  ['a file that is too large',        Buffer.alloc(10_000_001, 'x'), 'send',   413, /larger than 10 MB/],
  ['an empty file',                   Buffer.alloc(0),               'upload', 422, /The file is empty/],
  ['no file, and Upload pressed',     null,                          'upload', 422, /Choose a file first/],
]
for (const [name, bytes, act, status, sentence] of wrong)
  test(`${name}: nothing is sent, the sentence stands at the field, and what was typed is there`, async () => {
    const { reference } = await asked()
    const file = bytes && { name: 'Plan.pdf', bytes }
    const answered = await write(reference, { text: 'Many words <b>', file, button: ['act', act] })
    assert.equal(answered.statusCode, status, page(answered))
    assert.match(page(answered), sentence)
    assert.match(page(answered), /href="#reply-file"/)
    assert.match(page(answered), /Many words &lt;b/)
    assert.equal((await read(reference)).reply.text, 'Many words <b>')
    assert.deepEqual([(await given(reference)).length, (await rows(reference)).length], [0, 0])
  })

test('an answer of nothing is refused, of too much too; a file without words is one', async () => {
  const { reference } = await asked()
  const empty = await send(reference, { text: ' ' })
  assert.equal(empty.statusCode, 422)
  assert.match(page(empty), /Write something, or send a file/)
  const long = 'x'.repeat(4001)
  const much = await send(reference, { text: long })
  assert.equal(much.statusCode, 422)
  assert.ok(page(much).includes(long), 'what was typed is there')
  // Lines end in two characters on their way, and count as one.
  assert.equal((await send(reference, { text: '', file: { name: 'Plan.pdf', bytes: aPdf() } })).statusCode, 303)
  const lines = await asked()
  assert.equal((await send(lines.reference, { text: 'a\r\n'.repeat(1999) })).statusCode, 303)
})

test('where a virus is found before it is sent the person alone sees it; after that they are told and the officer sees it', async () => {
  const { reference } = await asked()
  await upload(reference, aPdf('harm'), { text: 'Here' })
  const events = (await readOffice(reference)).number
  await scanHeld(installation)
  assert.equal((await readOffice(reference)).number, events)
  const refused = await send(reference, { text: 'Here' })
  assert.equal(refused.statusCode, 422)
  assert.match(page(refused), /A virus was found in “Plan\.pdf”/)
  assert.equal((await upload(reference, aPdf())).statusCode, 303)
  const { id } = (await rows(reference)).find(({ state }) => state === 'refused')!
  await write(reference, { text: 'Here', button: ['remove', id] })
  assert.equal(
    (await send(reference, { text: 'Here', file: { name: 'Late.pdf', bytes: aPdf('harm') } })).statusCode,
    303,
  )
  await scanHeld(installation)
  const [line] = await given(reference)
  assert.deepEqual(line.files.map(({ state }: { state: string }) => state).sort(), ['refused', 'released'])
  const told = (await readOffice(reference)).history.at(-1)
  assert.match(told.message.subject.en, /A file of .* was refused/)
})

test('a program sends files and the answer apart, and is told in its own way what is wrong', async () => {
  const { reference } = await asked()
  const machine = { accept: 'application/json' }
  const file = await upload(reference, aPdf(), { by: { ...ada, ...machine } })
  assert.ok([200, 303].includes(file.statusCode))
  const { payload, headers } = form({ token: randomUUID(), text: 'x' }, null, ['act', 'upload'])
  const url = `${own(reference)}/reply/files`
  const none = await app.inject({ method: 'POST', url, headers: { ...ada, ...machine, ...headers }, payload })
  assert.deepEqual([none.json().type, none.json().errors[0].pointer], ['/problems/services.reply-incomplete', '/file'])
  const json = await app.inject({ method: 'POST', url, headers: { ...ada, ...machine }, payload: { text: 'x' } })
  assert.equal(json.json().type, '/problems/services.file-not-in-form')
  const text = { token: randomUUID(), text: '' }
  const sent = await app.inject({
    method: 'POST',
    url: `${own(reference)}/reply`,
    headers: { ...ada, ...machine },
    payload: text,
  })
  assert.equal(sent.statusCode, 200, sent.body)
  assert.equal((await given(reference))[0].files.length, 1)
})

test('a question without files has the form as before, and takes none', async () => {
  const { reference } = await asked({ files: '' })
  assert.equal((await read(reference)).reply, null)
  const shown = await get(`/eng${own(reference)}`, { ...ada, ...html })
  assert.doesNotMatch(page(shown), /multipart|type="file"/)
  const refused = await send(reference, { text: 'Here', file: { name: 'Plan.pdf', bytes: aPdf() } })
  assert.equal(refused.statusCode, 409)
  assert.deepEqual([(await rows(reference)).length, (await given(reference)).length], [0, 0])
  const plain = (text: string) =>
    app.inject({
      ...{ method: 'POST', url: `/eng${own(reference)}/reply`, payload: new URLSearchParams({ text }).toString() },
      headers: { ...ada, ...html, 'content-type': 'application/x-www-form-urlencoded' },
    })
  const much = await plain(`Too ${'x'.repeat(4000)}`)
  assert.equal(much.statusCode, 422)
  assert.match(page(much), /no more than 4000 characters[\s\S]*>Too x{4000}</)
  assert.equal((await plain('a\r\n'.repeat(1999))).statusCode, 303)
})

const who: Record<string, Headers> = {
  stranger: asPerson({ id: 'mr-other' }),
  theirs: asPerson({ id: 'officer-theirs', organisation: 'counting-house', permissions: both, level: 3 }),
  alone: asPerson({ id: 'officer-alone', permissions: both, level: 3 }),
  clerk: asPerson({ id: 'officer-clerk', organisation: 'tide-station', permissions: [], level: 3 }),
  carer: asPerson({ id: 'mr-other', onBehalfOf: { id: 'ada-quay', name: { en: 'Ada', 'zh-Hant': '阿達' } } }),
  ours: cora,
  nobody: { cookie: '' },
}
// biome-ignore format: matrix
const served: [as: keyof typeof who, own: number, office: number, officeBefore: number][] = [
  // at its own address, at that of the office, and there before the answer was sent
  ['stranger', 404, 403, 403],
  ['theirs',   404, 404, 404],
  ['alone',    404, 404, 404],
  ['clerk',    404, 403, 403],
  ['carer',    404, 403, 403],
  ['ours',     404, 200, 404],
  ['nobody',   401, 401, 401],
]
for (const [as, atOwn, atOffice, before] of served)
  test(`${as}: opens a file of an answer of somebody else ${atOffice === 200 ? 'at the office once it was sent' : 'nowhere'}`, async () => {
    const { reference } = await asked()
    await upload(reference, aPdf(), { text: 'Private' })
    await scanHeld(installation)
    const id = (await rows(reference))[0]!.id
    const [row] = await sql`select application from services.case where reference = ${reference}`
    const at = async (url: string) => (await get(url, { ...who[as]!, accept: 'application/json' })).statusCode
    const addresses = [`${own(reference)}/files/${id}`, `/office/services/files/${id}`]
    assert.deepEqual(await Promise.all(addresses.map(at)), [atOwn, before])
    if (as === 'ours') {
      const desk = await get(office(reference), cora)
      assert.ok(!desk.body.includes(id) && !desk.body.includes('Private'), 'nothing of what is not sent')
      assert.ok(!(await get('/office/services/files', cora)).body.includes(id))
    }
    const tried = await write(reference, { text: 'Mine', button: ['act', 'send'], by: who[as]! })
    assert.equal(tried.statusCode, as === 'nobody' ? tried.statusCode : 404)
    assert.equal((await given(reference)).length, 0)
    assert.equal((await send(reference, { text: 'Private' })).statusCode, 303)
    assert.deepEqual(await Promise.all(addresses.map(at)), [atOwn, atOffice])
    assert.equal((await get(addresses[0]!, ada)).statusCode, 200)
    // Parties of an application and browsers that began one open files of its form alone.
    assert.equal(await findFile(sql, row!.application, id), undefined)
  })

test('colleagues who act for the same company each have what they wrote; what one sends is the answer, and the rest goes', async () => {
  const { somebody, company } = actingIn(started)
  const organisation = await company()
  const [owner, other] = [
    await somebody({ organisation, roles: ['owner'] }),
    await somebody({ organisation, roles: ['owner'] }),
  ]
  const [ann, bob] = [owner.headers, other.headers]
  const { reference } = await asked({ person: owner.id, organisation })
  const bytes = aPdf()
  for (const [by, text] of [
    [ann, 'Of Ann'],
    [bob, 'Of Bob'],
  ] as const)
    assert.equal((await upload(reference, bytes, { by, text })).statusCode, 303)
  assert.deepEqual(
    [(await read(reference, ann)).reply.text, (await read(reference, bob)).reply.text],
    ['Of Ann', 'Of Bob'],
  )
  await scanHeld(installation)
  const bobs = (await rows(reference)).find(({ unsentBy }) => unsentBy === other.id)!
  assert.equal((await get(`${own(reference)}/files/${bobs.id}`, ann)).statusCode, 404)
  assert.equal((await send(reference, { by: ann, text: 'Of Ann' })).statusCode, 303)
  assert.deepEqual(
    (await rows(reference)).map(({ unsentBy }) => unsentBy),
    [null],
  )
  assert.equal((await sql`select 1 from services.reply_draft where reference = ${reference}`).length, 0)
})

test('what was not sent goes when the days for it are over, or the application is withdrawn; the next question is another', async () => {
  const lapsed = await asked()
  const bytes = aPdf()
  await upload(lapsed.reference, bytes, { text: 'Late' })
  now = new Date(now.getTime() + 40 * 86_400_000)
  await lapseReplies(installation)
  assert.equal((await rows(lapsed.reference)).length, 0)
  await lapsed.act('questions', { text: 'Once more?', files: 'yes' })
  assert.deepEqual((await read(lapsed.reference)).reply, { text: '', files: [] })
  assert.equal((await send(lapsed.reference, { text: 'Now', file: { name: 'Plan.pdf', bytes } })).statusCode, 303)
  await lapsed.act('questions', { text: 'And again?', files: 'yes' })
  assert.equal((await send(lapsed.reference, { text: 'The same', file: { name: 'Plan.pdf', bytes } })).statusCode, 303)
  assert.deepEqual(
    (await given(lapsed.reference)).map(({ files }: { files: object[] }) => files.length),
    [1, 1],
  )

  const withdrawn = await asked()
  await upload(withdrawn.reference, aPdf(), { text: 'Never' })
  const payload = { token: randomUUID() }
  await app.inject({ method: 'POST', url: `${own(withdrawn.reference)}/withdrawal`, headers: ada, payload })
  assert.equal((await rows(withdrawn.reference)).length, 0)
  assert.equal((await sql`select 1 from services.reply_draft`).length, 0)
})

test('the scanner, the person and an officer at once never wait for each other for ever', async () => {
  for (let round = 0; round < 6; round++) {
    const { reference } = await asked()
    for (const more of ['harm', '', '']) await upload(reference, aPdf(more), { text: 'At once' })
    const noting = () =>
      app.inject({ method: 'POST', url: `${office(reference)}/notes`, headers: cora, payload: { text: 'Seen.' } })
    const [sent, , noted, , again] = await Promise.all([
      ...[send(reference, { text: 'At once' }), scanHeld(installation), noting(), scanHeld(installation)],
      noting(),
    ] as const)
    assert.ok([303, 422].includes(sent.statusCode), sent.body)
    assert.deepEqual([noted.statusCode, again.statusCode], [200, 200])
    assert.equal((await rows(reference)).filter(({ state }) => state === 'refused').length, 1)
    // Sent with it, or seen before: either way nobody reads a file in which something was found.
    assert.equal((await given(reference)).length, sent.statusCode === 303 ? 1 : 0)
  }
})

test('files of answers lie sealed, are counted apart from those of the form, and cases with them replay', async () => {
  const { reference } = await asked()
  await upload(reference, aPdf(), { text: 'A secret text' })
  const lying = await sql`
    select file.application, file::text as file, reply_draft::text as draft
    from services.file
    join services.reply_draft on reply_draft.reference = file.reply_to
    where reply_to = ${reference}`
  assert.equal(lying.length, 1)
  assert.deepEqual(await countFiles(sql, lying[0]!.application), { files: 0, octets: 0 })
  for (const plain of ['A secret text', 'Plan.pdf'])
    assert.ok(
      !JSON.stringify(lying).includes(plain) && !JSON.stringify(lying).includes(Buffer.from(plain).toString('hex')),
    )
  await send(reference, { text: 'A secret text' })
  const { differences } = await replayCases(installation, ({ field }) => assert.fail(field))
  assert.equal(differences, 0)
})
