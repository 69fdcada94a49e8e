// From the button to the draft: a file is kept with its question or not at all, once, for nobody but its owner.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { fileForm, openApplicant } from '../testing/applicant.ts'
import { jpegFile, pdfFile, pngFile } from '../testing/bad-files.ts'

const started = await start()
const { app, sql } = started
const plan = (path: string) => `${path}/pages/plan`
type Sent = { id: string; name: string; state: string }
const applicant = async (signedIn?: Record<string, string>) => {
  const each = openApplicant(app, signedIn)
  const path = await each.begin('tide-grant')
  // What stands in front of the page with the file.
  await each.post(`${path}/pages/topics`, { topics: ['boats'] })
  const thing = crypto.randomUUID()
  const list = `${path}/lists/activities`
  await each.post(list, { act: 'add', token: thing })
  const day = { 'held_on-day': '1', 'held_on-month': '6', 'held_on-year': '2030' }
  await each.post(`${list}/${thing}/what`, { activity_title: 'A tour', ...day })
  await each.post(`${list}/${thing}/cost`, { cost: '100' })
  await each.post(list, { act: 'continue', token: crypto.randomUUID() })
  const send = (name: string, bytes: Uint8Array) => each.upload(plan(path), 'plan_file', name, bytes)
  const files = async (): Promise<Sent[]> => (await each.data(plan(path))).files
  /** What the draft holds, which must be what the table holds. */
  const inDraft = async (): Promise<string[]> =>
    (await each.data(plan(path))).asked[0].files.map(({ id }: { id: string }) => id)
  return { ...each, path, id: path.split('/')[2]!, send, files, inDraft }
}
const rowsOf = (id: string) =>
  sql<{ id: string }[]>`select id from services.file where application = ${id} order by received_at`
/** A PDF like no other. */
let number = 0
const aPdf = () => pdfFile({ catalog: `/Lang (${++number})` })

test('a file that is sent stands at its question, which is answered with it', async () => {
  const each = await applicant()
  const sent = await each.send('Our plan.pdf', aPdf())
  assert.equal(each.leadsTo(sent), plan(each.path))
  const page = await each.get(plan(each.path))
  assert.match(page.body, /Our plan\.pdf/)
  assert.match(page.body, /Received, not checked for viruses/)
  const { asked } = await each.data(plan(each.path))
  assert.deepEqual(
    asked[0].files.map(({ name, type }: { name: string; type: string }) => [name, type]),
    [['Our plan.pdf', 'application/pdf']],
  )
  assert.equal(each.leadsTo(await each.post(plan(each.path), { act: 'continue' })).includes('/plan'), false)
  const { sections } = await each.data(each.path)
  assert.ok(
    sections
      .flatMap(({ pages }: { pages: { path: string; state: string }[] }) => pages)
      .some(({ path, state }: { path: string; state: string }) => path === plan(each.path) && state === 'done'),
  )
})

test('the same file is kept once, however often and at once it is sent; and one that is taken away is gone', async () => {
  const each = await applicant()
  const bytes = aPdf()
  // Two at once from one address are let in; a third is asked to come again.
  const answers = await Promise.all([1, 2].map(() => each.send('plan.pdf', bytes)))
  answers.push(await each.send('plan again.pdf', bytes))
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [303, 303, 303],
  )
  const [file, ...others] = await each.files()
  assert.equal(others.length, 0)
  assert.equal((await rowsOf(each.id)).length, 1)
  for (const _ of [1, 2])
    assert.equal(each.leadsTo(await each.post(`${plan(each.path)}/files/${file!.id}/remove`)), plan(each.path))
  assert.deepEqual([await each.files(), await each.inDraft(), (await rowsOf(each.id)).length], [[], [], 0])
})

test('what is refused is told on the page, with everything else as it was', async () => {
  const each = await applicant()
  await each.send('kept.pdf', aPdf())
  const wrong = await each.send('plan.pdf', Buffer.from('MZ not a plan'))
  assert.equal(wrong.statusCode, 415)
  assert.match(wrong.body, /<title>Error: /)
  assert.match(wrong.body, /not what is asked for, whatever its name says: EXE\. Send a PDF or a picture/)
  assert.match(wrong.body, /href="#plan_file"/)
  assert.match(wrong.body, /kept\.pdf/)
  const script = await each.send('plan.pdf', pdfFile({ catalog: '/OpenAction << /S /JavaScript /JS (1) >>' }))
  assert.equal(script.statusCode, 422)
  assert.match(script.body, /Print it to a new PDF/)
  const none = await each.send('', Buffer.alloc(0))
  assert.equal(none.statusCode, 422)
  assert.match(none.body, /Choose a file first/)
  const noForm = await each.post(`${plan(each.path)}/files`, { plan_file: 'x' })
  assert.equal(noForm.statusCode, 415)
  const large = await each.send('plan.pdf', Buffer.concat([aPdf(), Buffer.alloc(10_000_000)]))
  assert.equal(large.statusCode, 413)
  assert.match(large.body, /larger than 10 MB/)
  const chinese = openApplicant(app, { cookie: each.headers().cookie! }, 'han')
  assert.match(
    (await chinese.upload(`/han${plan(each.path)}`, 'plan_file', 'x', Buffer.from('MZ'))).body,
    /不是所需的種類/,
  )
  assert.equal((await each.files()).length, 1)
})

test('a question, an application and a page each have their limit', async () => {
  const each = await applicant()
  for (const at of [1, 2, 3]) assert.equal((await each.send(`${at}.pdf`, aPdf())).statusCode, 303)
  const fourth = await each.send('4.pdf', aPdf())
  assert.equal(fourth.statusCode, 422)
  assert.match(fourth.body, /You can send 3 here/)
  // Files of other questions count for the application.
  const [{ id: first }] = (await rowsOf(each.id)) as unknown as [{ id: string }]
  await each.post(`${plan(each.path)}/files/${first}/remove`)
  const fill = (count: number, octets: number) => sql`
    insert into services.file (id, application, question, sealed_name, sealed_bytes, lookup, media_type, octets, received_at)
    select gen_random_uuid(), ${each.id}, 'other', '\\x00', '\\x00', sha256(convert_to(number::text, 'UTF8')), 'application/pdf', ${octets}::int, now()
    from generate_series(1, ${count}::int) as number`
  await fill(5, 9_999_999)
  const octets = await each.send('5.pdf', aPdf())
  assert.equal(octets.statusCode, 413)
  assert.match(octets.body, /can be 50 MB together/)
  await sql`delete from services.file where question = 'other'`
  await fill(18, 1)
  const files = await each.send('6.pdf', aPdf())
  assert.equal(files.statusCode, 422)
  assert.match(files.body, /can have 20 files/)
  assert.equal((await each.inDraft()).length, 2)
  assert.equal((await each.upload(`${each.path}/pages/kind`, 'kind', 'x.pdf', aPdf())).statusCode, 404)
})

test('a file is nobody else’s: no other person, browser or officer opens, adds or takes one away', async () => {
  const own = await applicant(started.asPerson({ id: 'ada-quay' }))
  await own.send('secret.pdf', aPdf())
  const [file] = await own.files()
  await sql`update services.file set state = 'released', released_by = 'test' where id = ${file!.id}`
  const address = `${own.path}/files/${file!.id}`
  const mine = await own.get(address)
  assert.equal(mine.statusCode, 200)
  assert.equal(mine.headers['content-type'], 'application/pdf')
  assert.equal(mine.headers['content-disposition'], `attachment; filename="secret.pdf"; filename*=UTF-8''secret.pdf`)
  assert.equal(mine.headers['x-content-type-options'], 'nosniff')
  assert.equal(mine.headers['content-security-policy'], "default-src 'none'; sandbox")
  assert.equal(mine.headers['cache-control'], 'no-store')
  assert.match(mine.body, /^%PDF-1\.7/)
  const works = ['services:work-case']
  const officer = (organisation: string) =>
    openApplicant(app, started.asPerson({ id: `officer-of-${organisation}`, organisation, permissions: works }))
  const strangers = [
    await applicant(),
    await applicant(started.asPerson({ id: 'ben-ledger' })),
    openApplicant(app, started.asPerson({ id: 'ada-quay', organisation: 'tide-station' })),
    ...[officer('tide-station'), officer('tally-office')],
  ]
  for (const stranger of strangers) {
    assert.equal((await stranger.get(address)).statusCode, 404)
    assert.equal((await stranger.upload(plan(own.path), 'plan_file', 'x.pdf', aPdf())).statusCode, 404)
    assert.equal((await stranger.post(`${plan(own.path)}/files/${file!.id}/remove`)).statusCode, 404)
    // It was not sent yet, so that it is no officer’s either.
    const office = await stranger.get(`/office/services/files/${file!.id}`)
    assert.ok([303, 403, 404].includes(office.statusCode), `${office.statusCode}`)
    // Nor by way of an application of one’s own.
    if (!('path' in stranger) || typeof stranger.path !== 'string') continue
    assert.equal((await stranger.get(`${stranger.path}/files/${file!.id}`)).statusCode, 404)
    await stranger.post(`${plan(stranger.path)}/files/${file!.id}/remove`)
  }
  assert.equal((await own.get(address)).statusCode, 200)
  // While it is held, not even to its owner.
  await sql`update services.file set state = 'held', released_by = null where id = ${file!.id}`
  assert.equal((await own.get(address)).statusCode, 409)
})

test('what the database holds says nothing of a file', async () => {
  const each = await applicant()
  await each.send('Unmistakable.pdf', pdfFile({ catalog: '/Lang (Unmistakable)' }))
  const [row] = await sql`
    select encode(sealed_name, 'escape') as name, encode(sealed_bytes, 'escape') as bytes from services.file where application = ${each.id}`
  assert.doesNotMatch(`${row!.name}${row!.bytes}`, /Unmistakable|%PDF/)
})

test('a draft that is deleted, or expires, takes its files with it', async () => {
  const each = await applicant()
  await each.send('plan.pdf', aPdf())
  await each.post(`${each.path}/delete`)
  assert.equal((await rowsOf(each.id)).length, 0)
})

test('row and draft are there together or not at all, wherever the transaction breaks off', async () => {
  const owner = postgres(started.urls.owner, { max: 1, onnotice: () => {} })
  try {
    const each = await applicant()
    await each.send('first.pdf', aPdf())
    const agree = async () => {
      const rows = await owner<{ id: string }[]>`select id from services.file where application = ${each.id}`
      // A connection that was ended answers once with that, and then there is a new one.
      for (let tries = 0; (await each.get(plan(each.path))).statusCode !== 200; tries++) assert.ok(tries < 20)
      assert.deepEqual(new Set(await each.inDraft()), new Set(rows.map(({ id }) => id)))
      return rows.length
    }
    await owner`create function services.break() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`
    const breaking = async (when: string, table: string, act: () => Promise<{ statusCode: number }>) => {
      const trigger = `${when} on services.${table} for each row execute function services.break()`
      await owner.unsafe(`create trigger break ${trigger}`)
      assert.equal((await act()).statusCode, 500, trigger)
      await owner.unsafe(`drop trigger break on services.${table}`)
      assert.equal(await agree(), 1)
    }
    const [first] = await each.files()
    const remove = () => each.post(`${plan(each.path)}/files/${first!.id}/remove`)
    const places = [
      ['before insert', 'file'],
      ['after insert', 'file'],
      ['after update', 'application'],
    ] as const
    for (const [when, table] of places) await breaking(when, table, () => each.send('second.pdf', aPdf()))
    await breaking('before delete', 'file', remove)
    await breaking('after delete', 'file', remove)
    // Connections that end at any moment.
    for (let round = 0; round < 12; round++) {
      const [file] = await each.inDraft()
      const sending =
        round % 3
          ? each.send(`${round}.jpg`, jpegFile(round + 1, 9))
          : each.post(`${plan(each.path)}/files/${file}/remove`)
      await new Promise((resolve) => setTimeout(resolve, round * 3))
      await owner`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and usename <> current_user`
      await sending
      await agree()
    }
  } finally {
    await owner.end()
  }
})

test('a thing of a list has files of its own, which go with it', async () => {
  // Testland with one more page about each activity.
  const folder = await mkdtemp(join(tmpdir(), 'praya-pack-'))
  after(() => rm(folder, { recursive: true }))
  await cp(new URL('../../../../governments/testland', import.meta.url), folder, { recursive: true })
  const service = join(folder, 'services/tide-grant.yaml')
  const definition = await readFile(service, 'utf8')
  const quote = `            - id: quote
              questions:
                - { id: quote, title: { en: Send the quote, zh-Hant: 請提交報價單 }, kind: file, files: [pdf], max: 1, optional: true }
`
  await writeFile(
    service,
    definition.replace('      - id: plan\n        section: plan\n', (found) => quote + found),
  )
  const other = await start({ pack: folder })
  const each = openApplicant(other.app)
  const path = await each.begin('tide-grant')
  await each.post(`${path}/pages/topics`, { topics: ['boats'] })
  const things = [crypto.randomUUID(), crypto.randomUUID()]
  for (const thing of things) await each.post(`${path}/lists/activities`, { act: 'add', token: thing })
  const page = (thing: string) => `${path}/lists/activities/${thing}/quote`
  for (const thing of things) {
    const sent = await each.upload(`${page(thing)}?return=check`, 'quote', 'Quote.pdf', pdfFile())
    assert.equal(each.leadsTo(sent), `${page(thing)}?return=check`)
    assert.match((await each.get(page(thing))).body, /Quote\.pdf/)
  }
  const refused = await each.upload(page(things[0]!), 'quote', 'Second.pdf', pdfFile({ catalog: '/Lang (x)' }))
  assert.equal(refused.statusCode, 422)
  assert.match(refused.body, /You can send 1 here/)
  assert.equal((await each.upload(page(things[0]!), 'quote', 'x.png', pngFile())).statusCode, 415)
  assert.equal(
    (await each.upload(`${path}/lists/activities/${things[0]}/what`, 'x', 'x.pdf', pdfFile())).statusCode,
    404,
  )
  const count = async () => (await other.sql`select id from services.file`).length
  assert.equal(await count(), 2)
  await each.post(`${path}/lists/activities/${things[0]}/remove`)
  assert.equal(await count(), 1)
  const [file] = (await each.data(page(things[1]!))).files
  await each.post(`${page(things[1]!)}/files/${file.id}/remove`)
  assert.equal(await count(), 0)
})

test('an upload without end is cut off, and takes no memory', async () => {
  const each = await applicant()
  const listening = app.server as Server
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = listening.address() as AddressInfo
  const form = fileForm('plan_file', 'plan.pdf', Buffer.alloc(0))
  const headEnd = form.payload.indexOf('\r\n\r\n') + 4
  const sent = { octets: 0 }
  const piece = Buffer.alloc(1_000_000)
  const before = process.memoryUsage().rss
  let most = before
  async function* body() {
    yield form.payload.subarray(0, headEnd)
    for (; sent.octets < 300_000_000; sent.octets += piece.length) {
      most = Math.max(most, process.memoryUsage().rss)
      yield piece
    }
  }
  const answer = await fetch(`http://127.0.0.1:${port}/eng${plan(each.path)}/files`, {
    method: 'POST',
    headers: { ...each.headers(), ...form.headers },
    body: Readable.toWeb(Readable.from(body())),
    duplex: 'half',
  } as RequestInit)
  const said = await answer.text()
  assert.equal(answer.status, 413, said)
  assert.match(said, /larger than 10 MB/)
  assert.ok(sent.octets < 100_000_000, `${sent.octets} octets were sent`)
  assert.ok(most - before < 150_000_000, `${most - before} octets of memory`)
  // Who says beforehand that it is too much is answered before it is sent.
  const told = await fetch(`http://127.0.0.1:${port}/eng${plan(each.path)}/files`, {
    method: 'POST',
    headers: { ...each.headers(), ...form.headers },
    body: Buffer.concat([form.payload.subarray(0, headEnd), Buffer.alloc(45_000_000)]),
  }).catch((error: Error) => error)
  // A client that only listens after it has sent everything sees its connection end.
  assert.ok(told instanceof Error || told.status === 413)
})
