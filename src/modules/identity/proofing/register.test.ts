import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { test } from 'node:test'
import { start } from '#test'
import { ada, base, html, startProving } from '../../../../test/proving.ts'
import { cookieOf } from '../../../../test/start.ts'
import { insertPerson } from '../people/people.sql.ts'
import { insertSession } from '../sessions/sessions.sql.ts'
import { listProofs } from './proofs.sql.ts'

const { app, sql, options, register, newcomer, post, get, prove, outcomeOf } = await startProving()

const answer =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body)

test('a register that is down, slow, huge or talks nonsense proves nothing, counts no try and can be asked again', async () => {
  const whole = '["number","born","family","given"]'
  // biome-ignore format: matrix
  const cases: readonly [string, RequestListener][] = [
    ['broken off',             (request) => request.socket.destroy()],
    ['silent',                 () => {}],
    ['begun and never ended',  (_, response) => void response.write('{')],
    ['no JSON',                answer('match')],
    ['another shape',          answer('{"answer":"yes"}')],
    ['a list',                 answer('[{"answer":"match"}]')],
    ['empty',                  answer('')],
    ['a match of a part',      answer('{"answer":"match","matched":["number","born"]}')],
    ['a match of nothing',     answer('{"answer":"match"}')],
    ['a match twice of one',   answer('{"answer":"match","matched":["born","born","born","born"]}')],
    ['huge',                   answer(`{"answer":"match","matched":${whole},"x":"${'x'.repeat(100_000)}"}`)],
    ['an error',               answer('{"answer":"match"}', 500)],
    ['busy',                   answer('', 503)],
    ['refusing the token',     answer('', 401)],
    ['leading elsewhere',      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ]
  const who = await newcomer()
  for (const [what, listener] of cases) {
    register.misbehave = listener
    const before = register.asked
    await prove(who, ada)
    register.misbehave = undefined
    assert.equal(await outcomeOf(who), 'unavailable', what)
    assert.ok(register.asked - before <= 2, `${what} is asked ${register.asked - before} times`)
  }
  register.hangUp()
  assert.equal((await listProofs(sql, who.id)).length, 0)
  const again = (await get(`${base}/check`, who)).json()
  assert.equal(again.number, 'T00000116')
  await post(`${base}/check`, who, { version: again.version })
  assert.equal(await outcomeOf(who), 'match')
})

test('a demonstration says which made-up documents would do, and each of them does as it stands there', async () => {
  const { kinds, demonstration } = (await get(base, await newcomer())).json()
  const { own, documents } = demonstration
  assert.equal(own, false)
  assert.equal(documents.length, 6, 'those that are neither cancelled nor of somebody who has died')
  for (const { document, number, names, born } of documents) {
    const who = await newcomer()
    const { kind } = kinds.find(({ name }: { name: { en: string } }) => name.en === document.en)
    await prove(who, { kind, number, ...names[0], born })
    assert.equal(await outcomeOf(who), 'match', number)
  }
  const page = await app.inject({ url: `/eng${base}`, headers: { ...html, ...(await newcomer()).headers } })
  assert.match(
    page.body,
    /Nobody here has a real document.*Quay pass[^<]* T00000116: family name Quay, given names Ada, born 17 May 1990/i,
  )
})

test('where there is no demonstration, no document is named', async () => {
  const real = await start({ ...options, demonstration: false })
  const id = 'real-newcomer'
  await insertPerson(real.sql, id, { en: 'Real', 'zh-Hant': '真' })
  const headers = cookieOf(await insertSession(real.sql, { personId: id, levelMax: 3, methods: ['test'] }))
  const { demonstration } = (await real.app.inject({ url: base, headers })).json()
  assert.deepEqual(demonstration, { own: false, documents: [] })
})

test('a register that says it is made up is believed in a demonstration alone', async () => {
  const real = await start({ ...options, demonstration: false })
  const id = 'p-real'
  await insertPerson(real.sql, id, { en: 'Real', 'zh-Hant': '真' })
  const who = {
    id,
    headers: { ...cookieOf(await insertSession(real.sql, { personId: id, levelMax: 3, methods: [] })) },
  }
  await real.app.inject({
    method: 'POST',
    url: base,
    headers: who.headers,
    payload: { kind: ada.kind, number: ada.number },
  })
  await real.app.inject({
    method: 'POST',
    url: `${base}/name`,
    headers: who.headers,
    payload: { family: 'Quay', given: 'Ada' },
  })
  const born = { 'born-year': '1990', 'born-month': '5', 'born-day': '17' }
  await real.app.inject({ method: 'POST', url: `${base}/birth-date`, headers: who.headers, payload: born })
  const { version } = (await real.app.inject({ url: `${base}/check`, headers: who.headers })).json()
  await real.app.inject({ method: 'POST', url: `${base}/check`, headers: who.headers, payload: { version } })
  const result = await real.app.inject({ url: `${base}/result`, headers: who.headers })
  assert.equal(result.json().outcome, 'unavailable')
  assert.equal((await listProofs(real.sql, id)).length, 0)
  const own = await real.app.inject({
    method: 'POST',
    url: '/office/population-register',
    payload: { ...ada, number: 'T00000116' },
  })
  assert.equal(own.statusCode, 404)
})

test('without a setting a demonstration serves the made-up register on its own port, to itself alone', async () => {
  const own = await start()
  await own.app.listen({ port: 0, host: '127.0.0.1' })
  const signedIn = await own.app.inject({ method: 'POST', url: '/sign-in', payload: { person: 'ada-quay' } })
  const headers = { cookie: signedIn.headers['set-cookie']!.toString().split(';')[0]! }
  const send = (url: string, payload: object) => own.app.inject({ method: 'POST', url, headers, payload })
  const page = await own.app.inject({ url: `/eng${base}`, headers: { ...headers, ...html } })
  assert.match(page.body, /T00000116/)
  await send(base, { kind: ada.kind, number: ada.number })
  await send(`${base}/name`, { family: '岸', given: '阿達' })
  await send(`${base}/birth-date`, { 'born-year': '1990', 'born-month': '5', 'born-day': '17' })
  const { version } = (await own.app.inject({ url: `${base}/check`, headers })).json()
  await send(`${base}/check`, { version })
  assert.equal((await own.app.inject({ url: `${base}/result`, headers })).json().outcome, 'match')
  const stranger = await own.app.inject({
    method: 'POST',
    url: '/office/population-register',
    payload: { ...ada, number: 'T00000116' },
  })
  assert.equal(stranger.statusCode, 404)
})
