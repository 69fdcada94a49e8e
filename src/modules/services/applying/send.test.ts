// Sending exactly once, parts of others, and coming back from another device.
import assert from 'node:assert/strict'
import { request as ask, createServer, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { start } from '#test'
import { openApplicant } from '../testing/applicant.ts'
import { fillGrant, sendChecked } from '../testing/tide-grant.ts'
import { deleteExpired, findApplication } from './applications.sql.ts'
import { openAnswers } from './applications.ts'

const started = await start()
const { app, sql, installation } = started
const { vault } = installation

const applicationOf = async (path: string) => (await findApplication(sql, path.split('/')[2]!))!

test('answers are looked at, sent, and then fixed, with a receipt', async () => {
  const each = openApplicant(app, started.asPerson({ id: 'ada-quay' }))
  const path = await fillGrant(each)
  const check = await each.get(`${path}/check`)
  assert.equal(check.statusCode, 200)
  for (const shown of [
    'Quay Watchers',
    '12 people',
    '1 March 2020',
    'Warnings; Boats',
    'XTS 1,200.50',
    'Yes',
    'plan.pdf',
  ])
    assert.ok(check.body.includes(shown), shown)
  assert.match(check.body, /Total cost[\s\S]*XTS 1,200\.50[\s\S]*Calculated from your answers/)
  const disagreed = await each.post(`${path}/send`, { digest: 'x' })
  assert.equal(each.leadsTo(disagreed), `${path}/check?wrong=agree`)
  assert.match((await each.get(`${path}/check?wrong=agree`)).body, /Tick the box/)
  const sent = await sendChecked(each, path)
  assert.equal(each.leadsTo(sent), `${path}/sent`)
  const receipt = await each.get(`${path}/sent`)
  const { reference, sealedAnswers, sealedTyped } = await applicationOf(path)
  assert.match(reference!, /^TG-[2-9A-Z]{5}-[2-9A-Z]{5}$/)
  assert.ok(receipt.body.includes(reference!))
  const answers = openAnswers(installation, path.split('/')[2]!, sealedAnswers!)
  assert.deepEqual(
    { ...answers, plan_file: undefined, activities: undefined },
    {
      ...{
        kind: 'association',
        group_name: 'Quay Watchers',
        members: 12,
        founded_on: '2020-03-01',
        topics: ['warning', 'boats'],
      },
      ...{
        contact_name: 'Ada Quay',
        email: 'ada@example.org',
        insured: true,
        plan_file: undefined,
        activities: undefined,
      },
    },
  )
  assert.doesNotMatch(
    vault.open('application', sealedTyped, `application/${path.split('/')[2]}`).toString(),
    /Quay Watchers/,
  )
  // Nothing more can be changed.
  assert.equal((await each.post(`${path}/pages/kind`, { kind: 'school' })).statusCode, 409)
  assert.equal((await each.post(`${path}/delete`)).statusCode, 303)
  assert.equal((await applicationOf(path)).reference, reference)
  assert.equal(each.leadsTo(await each.get(path)), `${path}/sent`)
})

test('an application that is not whole is not sent, and one that changed meanwhile is shown again', async () => {
  const each = openApplicant(app)
  const begun = await each.begin('tide-grant')
  assert.equal((await each.post(`${begun}/send`, { digest: 'x', agree: 'yes' })).statusCode, 409)
  const path = await fillGrant(each)
  const { digest } = await each.data(`${path}/check`)
  await each.post(`${path}/pages/name`, { group_name: 'Other Watchers', members: '12' })
  const again = await each.post(`${path}/send`, { digest, agree: 'yes' })
  assert.equal(each.leadsTo(again), `${path}/check?wrong=changed`)
  const shown = (await each.get(`${path}/check?wrong=changed`)).body
  assert.match(shown, /Other Watchers/)
  assert.match(shown, /were changed since you looked at them/)
  assert.equal((await applicationOf(path)).state, 'draft')
})

test('of many who send one application at once, one does, and all are told the same reference', async () => {
  const each = openApplicant(app)
  const path = await fillGrant(each)
  const { digest } = await each.data(`${path}/check`)
  const before =
    await sql`select count(*)::int as n from platform.audit_event where event = 'services.application-sent'`
  const beside = await start({ beside: { urls: started.urls } })
  const other = openApplicant(beside.app)
  for (const [name, value] of each.cookies) other.cookies.set(name, value)
  const sent = await Promise.all(
    Array.from({ length: 12 }, (_, at) => (at % 2 ? each : other).post(`${path}/send`, { digest, agree: 'yes' })),
  )
  assert.deepEqual([...new Set(sent.map((one) => each.leadsTo(one)))], [`${path}/sent`])
  const after = await sql`select count(*)::int as n from platform.audit_event where event = 'services.application-sent'`
  assert.equal(after[0]!.n - before[0]!.n, 1)
})

/** Between a browser and the site: sends some requests twice, some late, and of some loses the request or the answer. */
async function aBadLine(target: number) {
  let count = 0
  const faults = ['double', 'lost answer', 'lost request', 'late', 'fine'] as const
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const pass = () =>
      new Promise<IncomingMessage & { body: Buffer }>((resolve, reject) => {
        const { method, url, headers } = incoming
        const sent = ask({ port: target, host: '127.0.0.1', method, path: url, headers }, async (answer) => {
          const body: Buffer[] = []
          for await (const chunk of answer) body.push(chunk as Buffer)
          resolve(Object.assign(answer, { body: Buffer.concat(body) }))
        })
        sent.on('error', reject)
        sent.end(Buffer.concat(chunks))
      })
    const fault = incoming.method === 'POST' ? faults[count++ % faults.length] : 'fine'
    if (fault === 'lost request') return incoming.socket.destroy()
    if (fault === 'late') await new Promise((resolve) => setTimeout(resolve, 30))
    const answers = fault === 'double' ? await Promise.all([pass(), pass()]) : [await pass()]
    if (fault === 'lost answer') return incoming.socket.destroy()
    const answer = answers.at(-1)!
    outgoing.writeHead(answer.statusCode!, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as { port: number }).port }
}

test('over a line that doubles, delays and drops what is sent, each application is sent once', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { server, port } = await aBadLine((app.server.address() as { port: number }).port)
  try {
    for (let round = 0; round < 5; round += 1) {
      const each = openApplicant(app)
      const path = await fillGrant(each)
      // A browser that tries again where the line broke, as people press a button again.
      const post = async (url: string, form: Record<string, string>): Promise<Response> => {
        for (let tries = 0; tries < 10; tries += 1) {
          const cookie = [...each.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
          const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
            method: 'POST',
            redirect: 'manual',
            headers: { cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form),
          }).catch(() => undefined)
          if (answer) return answer
        }
        throw new Error('The line is too bad')
      }
      await post(`${path}/pages/name`, { group_name: `Round ${round}`, members: '5' })
      const { digest } = await each.data(`${path}/check`)
      const acts = () => sql`
        select count(*)::int as n from platform.audit_event where event = 'services.application-sent' and subject = ${`application/${path.split('/')[2]}`}`
      const sent = await post(`${path}/send`, { digest, agree: 'yes' })
      assert.equal(sent.status, 303)
      assert.equal((await acts())[0]!.n, 1)
      assert.match((await each.get(`${path}/sent`)).body, new RegExp(`Round ${round}`))
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

test('a part is answered by somebody else, with a code, and signed for what the applicant wrote', async () => {
  const each = openApplicant(app)
  const path = await fillGrant(each, 'school')
  assert.equal(each.leadsTo(await each.get(`${path}/check`)), path)
  assert.match((await each.get(`${path}/parts`)).body, /Nobody was asked yet/)
  const codeOf = async () =>
    /[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec((await each.post(`${path}/parts/principal`)).body)![0]
  const former = await codeOf()
  const code = await codeOf()
  const principal = openApplicant(app, started.asPerson({ id: 'ben-ledger' }))
  assert.equal((await principal.get(path)).statusCode, 404)
  assert.equal((await principal.post('/applications/part', { code: former })).statusCode, 422)
  assert.equal(principal.leadsTo(await principal.post('/applications/part', { code: code.toLowerCase() })), path)
  // The code counts once.
  const stranger = openApplicant(app)
  assert.equal((await stranger.post('/applications/part', { code })).statusCode, 422)
  assert.equal((await stranger.get(path)).statusCode, 404)

  const part = await principal.get(path)
  assert.match(part.body, /Pier School/)
  // They answer their pages and no other, and send nothing.
  assert.equal((await principal.post(`${path}/pages/name`, { group_name: 'x', members: '3' })).statusCode, 404)
  for (const to of ['/send', '/delete', '/parts/principal', '/return'])
    assert.equal((await principal.post(path + to, { digest: 'x', agree: 'yes' })).statusCode, 404, to)
  assert.equal((await each.post(`${path}/pages/principal`, { principal_name: 'Me', supports: 'yes' })).statusCode, 404)
  const next = await principal.post(`${path}/pages/principal`, { principal_name: 'Pia Principal', supports: 'yes' })
  assert.equal(principal.leadsTo(next), `${path}/sign`)
  const sign = async () => {
    const { digest } = await principal.data(`${path}/sign`)
    return principal.post(`${path}/sign`, { digest, agree: 'yes' })
  }
  assert.equal((await sign()).statusCode, 303)
  assert.equal((await each.get(`${path}/check`)).statusCode, 200)

  // What was signed for is other now.
  await each.post(`${path}/pages/name`, { group_name: 'Other School', members: '300' })
  assert.equal(each.leadsTo(await each.get(`${path}/check`)), path)
  assert.match((await each.get(`${path}/parts`)).body, /Must sign again/)
  assert.match((await principal.get(path)).body, /Other School/)
  await sign()
  const check = await each.get(`${path}/check`)
  assert.match(check.body, /Pia Principal[\s\S]*Source: The principal/)
  await sendChecked(each, path)
  const { sealedAnswers } = await applicationOf(path)
  const answers = openAnswers(installation, path.split('/')[2]!, sealedAnswers!)
  assert.deepEqual(
    [answers.group_name, answers.principal_name, answers.supports],
    ['Other School', 'Pia Principal', true],
  )
})

test('a part that is signed while the applicant changes an answer is not signed for what was not seen', async () => {
  const each = openApplicant(app)
  const path = await fillGrant(each, 'school')
  const code = /[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec((await each.post(`${path}/parts/principal`)).body)![0]
  const principal = openApplicant(app)
  await principal.post('/applications/part', { code })
  await principal.post(`${path}/pages/principal`, { principal_name: 'Pia', supports: 'yes' })
  const { digest } = await principal.data(`${path}/sign`)
  await each.post(`${path}/pages/name`, { group_name: 'Swapped School', members: '300' })
  const signed = await principal.post(`${path}/sign`, { digest, agree: 'yes' })
  assert.equal(principal.leadsTo(signed), `${path}/sign?wrong=changed`)
  assert.match((await each.get(`${path}/parts`)).body, /Has begun/)
})

test('somebody without an account comes back from another device, by a code that counts once', async () => {
  const each = openApplicant(app)
  const path = await each.begin('tide-grant')
  await each.post(`${path}/pages/kind`, { kind: 'school' })
  const page = (await each.post(`${path}/return`)).body
  const [number] = /TG-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(page)!
  const [code] = /[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(page)!
  const other = openApplicant(app)
  const wrong = await other.post('/applications/return', {
    number,
    code: (code[0] === '2' ? '3' : '2') + code.slice(1),
  })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, new RegExp(`value="${number}"`))
  const back = await other.post('/applications/return', {
    number: number.replaceAll('-', '').toLowerCase(),
    code: code.replaceAll('-', ' '),
  })
  assert.equal(other.leadsTo(back), path)
  assert.match((await other.get(`${path}/pages/kind`)).body, /value="school"[^>]* checked|checked[^>]*value="school"/)
  assert.equal((await each.get(path)).statusCode, 404, 'it is with the other device now')
  assert.equal((await openApplicant(app).post('/applications/return', { number, code })).statusCode, 422)
})

test('what was begun without an account is put into one, and then leaves the browser', async () => {
  const signedIn = started.asPerson({ id: 'ada-quay' })
  const browser = openApplicant(app)
  const path = await browser.begin('tide-grant')
  const each = openApplicant(app, signedIn)
  for (const [name, value] of browser.cookies) each.cookies.set(name, value)
  assert.equal((await openApplicant(app, signedIn).post(`${path}/keep`)).statusCode, 404)
  assert.equal(each.leadsTo(await each.post(`${path}/keep`)), `${path}/later`)
  assert.equal((await browser.get(path)).statusCode, 404)
  assert.equal((await openApplicant(app, signedIn).get(path)).statusCode, 200)
  assert.equal((await each.post(`${path}/return`)).statusCode, 409)
})

test('drafts that nobody came back to are deleted, and those that were sent are not', async () => {
  const each = openApplicant(app)
  const paths = [await each.begin('tide-grant'), await each.begin('tide-grant'), await each.begin('tide-grant')]
  const [kept, ...old] = paths
  const sent = await fillGrant(each)
  await sendChecked(each, sent)
  const ids = old.map((path) => path.split('/')[2]!)
  await sql`update services.application set expires_at = now() - interval '1 minute' where id = any (${ids}::uuid[])`
  // However many there are at once, none stays a day longer than was said.
  await deleteExpired(sql, installation.now(), 1)
  for (const path of old) assert.equal((await each.get(path)).statusCode, 404)
  assert.equal((await each.get(kept!)).statusCode, 200)
  assert.equal((await each.get(`${sent}/sent`)).statusCode, 200)
})

test('one’s account lists what one began and sent, in the name in which one acts', async () => {
  const headers = started.asPerson({ id: 'ada-quay' })
  const each = openApplicant(app, headers)
  const mine = async (as = headers) =>
    (await app.inject({ url: '/account/applications.json', headers: as })).json().applications as {
      path: string
      state: string
      reference: string | null
    }[]
  const before = (await mine()).length
  const sent = await fillGrant(each)
  await sendChecked(each, sent)
  const draft = await each.begin('tide-grant')
  const [first, second] = await mine()
  assert.deepEqual([first!.path, first!.state, first!.reference], [draft, 'draft', null])
  assert.deepEqual([second!.path, second!.state], [sent, 'sent'])
  assert.equal((await mine()).length, before + 2)
  assert.deepEqual(await mine(started.asPerson({ id: 'ada-quay', organisation: 'tide-station' })), [])
  const page = await each.get('/account/applications')
  assert.match(page.body, /Tide grant for groups[\s\S]*Last changed|Last changed[\s\S]*Tide grant for groups/)
  assert.match((await each.get('/account')).body, /href="\/eng\/account\/applications"/)
})

test('what a company sent is open to all who act for it, its drafts to whoever writes them, and to nobody else', async () => {
  const as = (id: string, organisation?: string) =>
    openApplicant(app, started.asPerson({ id, ...(organisation && { organisation }) }))
  const cara = as('cara-gate')
  const colleague = as('dan-pier', 'quay-works')
  const path = await fillGrant(cara)
  const id = path.split('/')[2]!
  // As though it had been begun in the name of the company: who may do that, identity knows.
  const give = (organisation: string | null) =>
    sql`update services.application set organisation = ${organisation}, revision = revision + 1 where id = ${id}`
  await give('quay-works')
  assert.equal((await colleague.get(`${path}/check`)).statusCode, 404)
  assert.equal((await as('cara-gate', 'quay-works').get(`${path}/check`)).statusCode, 200)
  await give(null)
  assert.equal(cara.leadsTo(await sendChecked(cara, path)), `${path}/sent`)
  await give('quay-works')
  const [file] = await sql<{ id: string }[]>`select id from services.file where application = ${id}`
  // Held until somebody releases it: found, and not handed out yet.
  for (const [each, status] of [
    ['sent', 200],
    [`files/${file!.id}`, 409],
  ] as const) {
    assert.equal((await colleague.get(`${path}/${each}`)).statusCode, status, each)
    for (const other of [as('dan-pier'), as('dan-pier', 'ferry-works'), as('ada-quay'), cara])
      assert.equal((await other.get(`${path}/${each}`)).statusCode, 404, each)
  }
})
