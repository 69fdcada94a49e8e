// Hours that a person chose: what can wait is sent when they end, codes and alarms at once, by a clock of the test.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { barriers } from '../../../../test/browser/examine.ts'
import { mailServer } from '../../../../test/mail-server.ts'
import { type AlertKind, alerts, patientAlerts } from './alerts.rules.ts'
import { claimNotification } from './deliver.sql.ts'
import { deliver } from './deliver.ts'
import { sendAlert, sendMessage } from './messages.ts'
import { confirmMailAddress } from './notifications.sql.ts'
import { readTime } from './quiet.rules.ts'

const server = await mailServer()
const started = await start({
  mail: { url: `smtp://127.0.0.1:${server.state.port}`, from: 'inbox@praya.example' },
  publicUrl: 'https://praya.example',
})
const { app, sql, asPerson, installation } = started
const ada = asPerson({ id: 'ada-quay' })
const ben = asPerson({ id: 'ben-ledger' })
const here = '/eng/account/notifications'
const page = { accept: 'text/html' }
const post = (path: string, payload: object = {}, headers: Record<string, string> = ada) =>
  app.inject({ method: 'POST', url: `${here}/${path}`, headers, payload })
const read = async (headers = ada) => (await app.inject({ url: '/account/notifications', headers })).json()

/** The same installation at a time of day in Tokyo, whose clock goes nine hours before that of the world. */
const at = (time: string, quietHours?: { from: string; until: string }) => {
  const { quietHours: _, ...rest } = installation.pack.government
  const government = { ...rest, timeZone: 'Asia/Tokyo', ...(quietHours && { quietHours }) }
  const now = new Date(new Date(`2026-11-28T${time}:00Z`).getTime() - 9 * 3_600_000)
  return { ...installation, pack: { ...installation.pack, government }, now: () => now }
}
const text = { en: 'The tide', 'zh-Hant': '潮汐' }
const write = (personId = 'ada-quay') =>
  sql.begin((each) =>
    sendMessage(each, { vault: installation.vault, personId, organisation: 'tide-station', title: text, body: text }),
  )
const alarm = (kind: AlertKind, values: Record<string, string> = {}) =>
  sql.begin((each) => sendAlert(each, { personId: 'ada-quay', kind, values }))
/** No push service is there, so that each push that is tried fails: what counts is which are tried. */
const tried = async () =>
  (
    await sql<{ what: string }[]>`
      select channel || ' ' || template as what from identity.notification where tries > 0 order by 1`
  ).map(({ what }) => what)
const clear = async () => {
  await sql`delete from identity.notification`
  server.received.length = 0
}

for (const [index, personId] of ['ada-quay', 'ben-ledger'].entries()) {
  await post('address', { address: `${personId}@mail.example` }, [ada, ben][index])
  await confirmMailAddress(sql, personId)
  const id = randomUUID()
  const keys = JSON.stringify({ endpoint: 'https://127.0.0.1/', keys: {} })
  await sql`
    insert into identity.push_subscription (id, person_id, endpoint_hash, sealed, language)
    values (${id}, ${personId}, ${Buffer.alloc(32, index)}, ${installation.vault.seal('push', keys, `push/${id}`)}, 'en')`
}
await clear()

// biome-ignore format: matrix
const typed = [
  ['22:00', '22:00'], ['7:30', '07:30'], ['07.30', '07:30'], ['0730', '07:30'], ['２２：００', '22:00'], [' 8:05 ', '08:05'],
  ['24:00', undefined], ['22:60', undefined], ['22', undefined], ['ten', undefined], ['-1:00', undefined], ['', undefined],
] as const
for (const [given, expected] of typed)
  test(`${JSON.stringify(given)} is ${expected ?? 'no time'}`, () => assert.equal(readTime(given), expected))

test('the hours are chosen, stand beside those of the government, and are taken back by two empty fields', async () => {
  assert.equal((await read()).quiet.own, null)
  assert.equal((await post('quiet-hours', { from: '22.30', until: '7:00' })).statusCode, 303)
  assert.deepEqual((await read()).quiet.own, { from: '22:30', until: '07:00' })
  assert.equal((await read(ben)).quiet.own, null)
  const shown = await app.inject({ url: here, headers: { ...ada, ...page } })
  assert.match(shown.body, /Yours: from 22:30 to 07:00 on the next day/)
  assert.doesNotMatch(shown.body, /browsers stay silent for everybody/)
  const other = await start({ pack: 'hongkong' })
  const url = '/en/account/notifications'
  const beside = await other.app.inject({ url, headers: { ...other.asPerson({ id: 'ada-quay' }), ...page } })
  assert.match(beside.body, /From 22:00 to 08:00 browsers stay silent for everybody/)
  assert.equal((await post('quiet-hours', { from: '', until: ' ' })).statusCode, 303)
  assert.equal((await read()).quiet.own, null)
})

// biome-ignore format: matrix
const mistakes = [
  [{ from: '25:00', until: '07:00' }, 'quiet-from'],
  [{ from: '22:00', until: 'noon' },  'quiet-until'],
  [{ from: '22:00', until: '' },      'quiet-until'],
  [{ until: '07:00' },                'quiet-from'],
  [{ from: '7:00', until: '07:00' },  'quiet-until'],
] as const
for (const [hours, field] of mistakes)
  test(`${JSON.stringify(hours)} brings the form back with what was typed, and changes nothing`, async () => {
    await post('quiet-hours', { from: '01:00', until: '02:00' })
    const sent = await post('quiet-hours', hours, { ...ada, ...page })
    assert.equal(sent.statusCode, 422)
    assert.match(sent.body, new RegExp(`<a href="#${field}"`))
    for (const value of Object.values(hours)) if (value) assert.ok(sent.body.includes(`value="${value}"`), value)
    assert.deepEqual((await read()).quiet.own, { from: '01:00', until: '02:00' })
  })

// biome-ignore format: matrix
const times = [
  // hours of the person                    time      waits
  [{ from: '22:00', until: '07:00' },  '21:59',  false],
  [{ from: '22:00', until: '07:00' },  '22:00',  true],
  [{ from: '22:00', until: '07:00' },  '23:59',  true],
  [{ from: '22:00', until: '07:00' },  '00:00',  true],
  [{ from: '22:00', until: '07:00' },  '06:59',  true],
  [{ from: '22:00', until: '07:00' },  '07:00',  false],
  [{ from: '12:00', until: '14:00' },  '11:59',  false],
  [{ from: '12:00', until: '14:00' },  '12:00',  true],
  [{ from: '12:00', until: '14:00' },  '13:59',  true],
  [{ from: '12:00', until: '14:00' },  '14:00',  false],
  [{ from: '00:00', until: '23:59' },  '23:58',  true],
  [{ from: '00:00', until: '23:59' },  '23:59',  false],
] as const
for (const [hours, time, waits] of times)
  test(`from ${hours.from} to ${hours.until} mail and push ${waits ? 'wait' : 'go'} at ${time}, for that person alone`, async () => {
    await post('quiet-hours', hours)
    await write()
    await deliver(at(time))
    assert.deepEqual(await tried(), waits ? [] : ['mail message', 'push message'])
    await write('ben-ledger')
    await deliver(at(time))
    assert.equal((await tried()).length, waits ? 2 : 4)
    await clear()
  })

test('what waited goes once when the hours end, or when they are taken back', async () => {
  await post('quiet-hours', { from: '22:00', until: '07:00' })
  for (let each = 0; each < 3; each++) await write()
  for (const time of ['22:30', '00:10', '06:59']) await deliver(at(time))
  // A run that has passed what waits does not look at it again for each that goes.
  const hush = { quiet: false, time: '12:00', patient: [] }
  const claim = (after?: string) => sql.begin((each) => claimNotification(each, ['mail'], hush, after))
  assert.ok(await claim((await claim())!.nextTryAt))
  assert.equal(await claim(new Date(Date.now() + 60_000).toISOString()), undefined)
  assert.equal(server.received.length, 0)
  const [inbox] = await sql`
    select count(*)::int as n from identity.message where person_id = 'ada-quay' and sent_at > now() - interval '1 hour'`
  assert.ok(inbox!.n >= 3, 'the inbox has them at once')
  for (const time of ['07:00', '07:01']) await deliver(at(time))
  assert.equal(server.received.length, 3)
  await clear()
  await write()
  await deliver(at('23:00'))
  assert.equal(server.received.length, 0)
  await post('quiet-hours')
  await deliver(at('23:00'))
  assert.equal(server.received.length, 1)
  await clear()
})

test('codes and alarms of the account go at any hour, by mail and by push; alerts that can wait do', async () => {
  await post('quiet-hours', { from: '22:00', until: '07:00' })
  await alarm('new-device', { device: 'A phone' })
  await alarm('mandate-ending')
  await write()
  await deliver(at('03:00', { from: '22:00', until: '08:00' }))
  assert.deepEqual(await tried(), ['mail alert', 'push alert'])
  await deliver(at('07:30', { from: '22:00', until: '08:00' }))
  // Their own have ended, those of the government have not: a browser does not ring yet for a message.
  assert.deepEqual(await tried(), ['mail alert', 'mail alert', 'mail message', 'push alert', 'push alert'])
  await clear()
  await post('address', { address: 'ada.new@mail.example' })
  await deliver(at('03:00'))
  assert.ok(
    server.received.some(({ to: [to] }) => to === 'ada.new@mail.example'),
    'a code is not held',
  )
  assert.ok(
    server.received.some(({ to: [to] }) => to === 'ada-quay@mail.example'),
    'nor what the old address is told',
  )
  await clear()
})

test('no alert of a way in, a key or an address can wait', () => {
  const undoneThere = ['/account/devices', '/account/devices/codes', '/account/sessions', '/account/name']
  for (const kind of patientAlerts) assert.ok(!undoneThere.includes(alerts[kind].path), kind)
  for (const kind of [
    'new-device',
    'sign-in-asked',
    'phone-sign-in',
    'recovery-code-used',
    'mail-address-changed',
  ] as const)
    assert.ok(!patientAlerts.includes(kind), kind)
})

test('the hours are set without a script on a narrow phone, and the page has no barriers, also with a mistake in it', async () => {
  const browser = await aBrowser()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const site = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
  const [name, value] = ada.cookie!.split('=') as [string, string]
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
    await context.addCookies([{ name, value, url: site }])
    const opened = await context.newPage()
    for (const language of ['eng', 'han', 'jian']) {
      await opened.goto(`${site}/${language}/account/notifications`)
      const form = opened.locator('form[action$="/quiet-hours"]')
      await form.locator('[name=from]').fill('23:00')
      await form.locator('[name=until]').fill('late')
      await form.getByRole('button').click()
      assert.equal(await form.locator('[name=until]').inputValue(), 'late')
      assert.equal(await opened.locator('.error-summary a').getAttribute('href'), '#quiet-until')
      const width = await opened.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(width <= 321, `${width} px wide`)
      const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
      if (javaScriptEnabled) assert.deepEqual(await barriers(opened, { type: 'tag', values }), [], language)
      await form.locator('[name=until]').fill('6:30')
      await form.getByRole('button').click()
      assert.deepEqual((await read()).quiet.own, { from: '23:00', until: '06:30' })
    }
    await context.close()
  }
})
