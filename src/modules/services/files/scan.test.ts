// From quarantine to release: by a real clamd where there is one, by a service that speaks its protocol, and by hand where there is none.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { start } from '#test'
import { openApplicant } from '../testing/applicant.ts'
import { eicar, pdfFile, pngFile } from '../testing/bad-files.ts'
import { clamdLimits, scanBytes } from './clamd.ts'
import { scanHeld } from './scan.ts'

/** A service that speaks clamd’s protocol: it hears one file whole, and answers as it is told to. */
async function fakeClamd(answer: (bytes: Buffer, socket: Socket) => void) {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      heard = Buffer.concat([heard, piece])
      const file = readStream(heard)
      if (file) answer(file, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What was sent by INSTREAM, once it is whole. */
function readStream(heard: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  assert.equal(heard.toString('latin1', 0, Math.min(heard.length, command.length)), command.slice(0, heard.length))
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(heard.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

const isBad = (bytes: Buffer) => bytes.includes('harm')
const honest = await fakeClamd((bytes, socket) =>
  socket.end(isBad(bytes) ? 'stream: Harm.Test FOUND\0' : 'stream: OK\0'),
)
const started = await start({ clamav: honest })
const { app, sql, installation } = started

/** Somebody who has sent a file with their plan, and the state in which it is. */
async function sentFile(bytes: Buffer, on: typeof started = started, signedIn?: Record<string, string>) {
  const each = openApplicant(on.app, signedIn)
  const path = await each.begin('tide-grant')
  await each.post(`${path}/pages/topics`, { topics: ['boats'] })
  const [thing, list] = [crypto.randomUUID(), `${path}/lists/activities`]
  await each.post(list, { act: 'add', token: thing })
  const day = { 'held_on-day': '1', 'held_on-month': '6', 'held_on-year': '2030' }
  await each.post(`${list}/${thing}/what`, { activity_title: 'A tour', ...day })
  await each.post(`${list}/${thing}/cost`, { cost: '100' })
  await each.post(list, { act: 'continue', token: crypto.randomUUID() })
  const page = `${path}/pages/plan`
  const send = (content: Buffer) => each.upload(page, 'plan_file', 'Plan.pdf', content)
  assert.equal((await send(bytes)).statusCode, 303)
  const [file] = (await each.data(page)).files as { id: string; state: string }[]
  return {
    ...each,
    path,
    page,
    send,
    file: file!.id,
    state: async () => (await each.data(page)).files.map(({ state }: { state: string }) => state),
  }
}

/** Answers what is left, and sends the application. */
async function sendAll({ post, data, path }: Awaited<ReturnType<typeof sentFile>>) {
  const page = (id: string) => `${path}/pages/${id}`
  await post(page('kind'), { kind: 'association' })
  await post(page('name'), { group_name: 'Pier Club', members: '30' })
  await post(page('founded'), { 'founded_on-day': '1', 'founded_on-month': '2', 'founded_on-year': '2001' })
  await post(page('plan'), { act: 'continue' })
  await post(page('more'), { more: '' })
  await post(page('contact'), { contact_name: 'Ada Quay', email: 'a@example.org', phone: '' })
  await post(page('insured'), { insured: 'yes' })
  const { digest } = await data(`${path}/check`)
  const sent = await post(`${path}/send`, { digest, agree: 'yes' })
  assert.equal(sent.statusCode, 303, sent.body)
}

test('a file is held until the scanner has looked at it, and then released', async () => {
  const each = await sentFile(pdfFile())
  assert.deepEqual(await each.state(), ['held'])
  assert.match((await each.get(each.page)).body, /being checked for viruses/)
  assert.equal((await each.get(`${each.path}/files/${each.file}`)).statusCode, 409)
  const [{ jobs }] =
    (await sql`select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'services.scan-files'`) as unknown as [
      { jobs: number },
    ]
  assert.equal(jobs, 1)
  await scanHeld(installation)
  assert.deepEqual(await each.state(), ['released'])
  assert.equal((await each.get(`${each.path}/files/${each.file}`)).statusCode, 200)
})

test('where something is found, the bytes are deleted, the question is open again, and the person is told', async () => {
  const bad = pdfFile({ catalog: '/Lang (harm)' })
  const each = await sentFile(bad)
  await scanHeld(installation)
  assert.deepEqual(await each.state(), ['refused'])
  const [row] = await sql`select sealed_bytes, finding from services.file where id = ${each.file}`
  assert.deepEqual([row!.sealedBytes, row!.finding], [null, 'Harm.Test'])
  const page = await each.get(each.page)
  assert.match(page.body, /A virus was found in this file \(Harm\.Test\)/)
  assert.deepEqual((await each.data(each.page)).asked[0].files, [])
  assert.equal((await each.get(`${each.path}/files/${each.file}`)).statusCode, 404)
  const stays = (await each.post(each.page, { act: 'continue' })).headers.location
  assert.equal(stays, `/eng${each.page}`)
  // The same again is known; another is taken, and the line of the first can be taken away.
  const again = await each.send(bad)
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /A virus was found/)
  assert.equal((await each.send(pdfFile())).statusCode, 303)
  await each.post(`${each.page}/files/${each.file}/remove`)
  assert.deepEqual(await each.state(), ['held'])
  const [event] =
    await sql`select actor from platform.audit_event where event = 'services.file-refused' and detail ->> 'file' = ${each.file}`
  assert.equal(event?.actor, 'system')
})

test('a draft that changes while its file is scanned loses nothing else', async () => {
  const each = await sentFile(pdfFile({ catalog: '/Lang (harm too)' }))
  await Promise.all([
    scanHeld(installation),
    ...['Pier One', 'Pier Two', 'Pier Three'].map((group_name) =>
      each.post(`${each.path}/pages/name`, { group_name, members: '7' }),
    ),
  ])
  assert.deepEqual(await each.state(), ['refused'])
  assert.equal((await each.data(`${each.path}/pages/name`)).asked[1].typed[0], '7')
})

test('what was sent keeps its file; a virus that is found later is told to the officer and to the person', async () => {
  const good = await sentFile(pngFile(3, 3))
  const bad = await sentFile(pdfFile({ catalog: '/Lang (more harm)' }), started, started.asPerson({ id: 'ada-quay' }))
  for (const each of [good, bad]) await sendAll(each)
  const officer = openApplicant(
    app,
    started.asPerson({ id: 'o-1', organisation: 'tide-station', permissions: ['services:work-case'] }),
  )
  const address = (each: { file: string }) => `/office/services/files/${each.file}`
  const list = await officer.get('/office/services/files')
  assert.match(list.body, /Plan\.png/)
  assert.match(list.body, /wait for the virus scanner/)
  assert.equal((await officer.get(address(good))).statusCode, 409)
  // Nobody overrules the scanner by hand.
  assert.equal((await officer.post(`${address(good)}/release`)).statusCode, 409)
  await scanHeld(installation)
  const got = await officer.get(address(good))
  assert.equal(got.statusCode, 200)
  assert.match(String(got.headers['content-disposition']), /^attachment/)
  const gone = await officer.get(address(bad))
  assert.equal(gone.statusCode, 410)
  assert.match(gone.body, /Harm\.Test/)
  const { reference } = await bad.data(`${bad.path}/sent`)
  const seen = (await officer.get(`/office/services/cases/${reference}`)).body
  assert.match(seen, /The virus scanner found Harm\.Test in Plan\.pdf/)
  const own = await bad.data(`/services/cases/${reference}`)
  assert.deepEqual([own.files[0].name, own.files[0].state], ['Plan.pdf', 'refused'])
  assert.match(own.history.at(-1).message.text.en, /“Plan\.pdf”.*harmful.*deleted/)
  assert.match((await bad.get('/account/inbox')).body, new RegExp(`A file of ${reference} was refused`))
  const other = (await good.data(`${good.path}/sent`)).reference
  assert.match((await officer.get(`/office/services/cases/${other}`)).body, new RegExp(`href="[^"]*${address(good)}"`))
  for (const organisation of ['tally-office', undefined]) {
    const other = openApplicant(
      app,
      started.asPerson({ id: 'o-2', permissions: ['services:work-case'], ...(organisation && { organisation }) }),
    )
    assert.equal((await other.get(address(good))).statusCode, 404)
    assert.equal((await other.post(`${address(good)}/release`)).statusCode, 404)
    assert.doesNotMatch((await other.get('/office/services/files')).body, /Plan\./)
  }
  const without = openApplicant(app, started.asPerson({ id: 'o-3', organisation: 'tide-station' }))
  assert.equal((await without.get(address(good))).statusCode, 403)
})

test('what nobody asks for any more is not sent with an application', async () => {
  const each = await sentFile(pdfFile({ catalog: '/Lang (beside)' }))
  const id = each.path.split('/')[2]!
  await sql`
    insert into services.file (id, application, question, sealed_name, sealed_bytes, lookup, media_type, octets, received_at)
    values (gen_random_uuid(), ${id}, 'left_behind', '\\x00', '\\x00', sha256('x'), 'application/pdf', 1, now())`
  await sendAll(each)
  const rows = await sql`select id from services.file where application = ${id}`
  assert.deepEqual(
    rows.map((row) => row.id),
    [each.file],
  )
})

test('while the scanner fails a file stays held, is tried again, and keeps no other from its turn', async () => {
  const broken = await fakeClamd((bytes, socket) =>
    socket.end(bytes.includes('odd') ? 'INSTREAM size limit exceeded. ERROR\0' : 'stream: OK\0'),
  )
  const odd = await sentFile(pdfFile({ catalog: '/Lang (odd)' }))
  const plain = await sentFile(pdfFile({ catalog: '/Lang (plain)' }))
  await assert.rejects(scanHeld({ ...installation, clamav: '127.0.0.1:1' }), /stay held/)
  assert.deepEqual([await odd.state(), await plain.state()], [['held'], ['held']])
  await assert.rejects(scanHeld({ ...installation, clamav: broken }), /size limit exceeded/)
  assert.deepEqual([await odd.state(), await plain.state()], [['held'], ['released']])
  await scanHeld(installation)
  assert.deepEqual(await odd.state(), ['released'])
})

test('a scanner that is slow, hangs up, answers nonsense or without end is none', async () => {
  const limits = { ...clamdLimits, timeoutMs: 300 }
  const says = async (answer: (socket: Socket) => void) =>
    scanBytes(await fakeClamd((_, socket) => answer(socket)), eicar, limits)
  await assert.rejects(
    says(() => {}),
    /did not answer/,
  )
  await assert.rejects(
    says((socket) => socket.destroy()),
    /hung up|ECONNRESET/,
  )
  await assert.rejects(
    says((socket) => socket.end()),
    /hung up/,
  )
  await assert.rejects(
    says((socket) => socket.end('stream: OK')),
    /hung up/,
  )
  await assert.rejects(
    says((socket) => socket.end('stream: OKAY\0')),
    /clamd answered/,
  )
  await assert.rejects(
    says((socket) => socket.end('stream: FOUND\0')),
    /clamd answered/,
  )
  await assert.rejects(
    says((socket) => socket.write(Buffer.alloc(100_000, 65))),
    /without end/,
  )
  // In pieces it is an answer all the same.
  const pieces = says((socket) => {
    socket.write('stream: ')
    setTimeout(() => socket.end('OK\0'), 20)
  })
  assert.deepEqual(await pieces, { clean: true })
})

test('without a scanner an officer of the same organisation releases a file, once, with a line in the trail', async () => {
  const without = await start({ beside: { urls: started.urls } })
  const works = { organisation: 'tide-station', permissions: ['services:work-case'] }
  const each = await sentFile(pdfFile({ catalog: '/Lang (unchecked)' }), without, started.asPerson({ id: 'o-5' }))
  assert.match((await each.get(each.page)).body, /not checked for viruses/)
  await sendAll(each)
  await scanHeld(without.installation)
  const officer = openApplicant(without.app, started.asPerson({ id: 'o-4', ...works }))
  const sender = openApplicant(without.app, started.asPerson({ id: 'o-5', ...works }))
  const address = `/office/services/files/${each.file}`
  assert.equal((await officer.get(address)).statusCode, 409)
  const list = await officer.get('/office/services/files')
  assert.match(list.body, /no virus scanner/)
  assert.match(list.body, /Release unchecked/)
  // Nobody vouches for a file of their own.
  assert.equal((await sender.post(`${address}/release`)).statusCode, 403)
  const [theCase] = list.body.match(/\/office\/services\/cases\/[\w-]+/)!
  for (const from of [theCase, '/office/services'])
    assert.match((await officer.get(from)).body, /href="[^"]*\/office\/services\/files"/, `${from} leads there`)
  for (const _ of [1, 2]) assert.equal((await officer.post(`${address}/release`)).statusCode, 303)
  assert.equal((await officer.get(address)).statusCode, 200)
  const events = await sql`select actor from platform.audit_event where event = 'services.file-released-unchecked'`
  assert.deepEqual(
    events.map(({ actor }) => actor),
    ['o-4'],
  )
})

const hasClamd = spawnSync('clamd', ['--version']).status === 0

test('a real clamd finds a virus in what is sent to it, and nothing in what is clean', {
  skip: !hasClamd && 'clamd is not installed',
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'praya-clamd-'))
  const [socket, database] = [join(folder, 'clamd.sock'), join(folder, 'db')]
  await mkdir(database)
  // Signatures of one’s own: the virus of tests in any file, and a word that stands in a PDF.
  const word = Buffer.from('unwelcome-guest').toString('hex')
  await writeFile(join(database, 'test.ndb'), `Test.Eicar:0:*:${eicar.toString('hex')}\nTest.Guest:0:*:${word}\n`)
  await writeFile(
    join(folder, 'clamd.conf'),
    `LocalSocket ${socket}\nDatabaseDirectory ${database}\nForeground true\nTemporaryDirectory ${folder}\n`,
  )
  await chmod(folder, 0o755)
  const clamd = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' })
  after(async () => {
    clamd.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const patient = async () => {
    for (let tries = 0; ; tries++) {
      try {
        return await scanBytes(socket, Buffer.from('nothing'))
      } catch (error) {
        if (tries > 200 || clamd.exitCode !== null) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
  assert.deepEqual(await patient(), { clean: true })
  assert.deepEqual(await scanBytes(socket, eicar), { clean: false, name: 'Test.Eicar.UNOFFICIAL' })
  assert.deepEqual(await scanBytes(socket, Buffer.alloc(9_999_999, 7)), { clean: true })
  const bad = await sentFile(pdfFile({ catalog: '/Lang (unwelcome-guest)' }))
  const good = await sentFile(pdfFile({ catalog: '/Lang (welcome)' }))
  await scanHeld({ ...installation, clamav: socket })
  assert.deepEqual([await bad.state(), await good.state()], [['refused'], ['released']])
})
