// Phones stay silent at night, by the clock of the government; what is urgent rings all the same.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { deliver } from './deliver.ts'
import { sendAlert, sendMessage } from './messages.ts'
import { isQuiet } from './quiet.rules.ts'

const night = { from: '22:00', until: '08:00' }
const noon = { from: '12:00', until: '14:00' }
// biome-ignore format: matrix
const times = [
  // instant                 zone              hours   quiet
  ['2026-11-28T13:59:00Z', 'Asia/Hong_Kong',  night,  false],
  ['2026-11-28T14:00:00Z', 'Asia/Hong_Kong',  night,  true],
  ['2026-11-28T16:00:00Z', 'Asia/Hong_Kong',  night,  true],
  ['2026-11-28T23:59:00Z', 'Asia/Hong_Kong',  night,  true],
  ['2026-11-29T00:00:00Z', 'Asia/Hong_Kong',  night,  false],
  ['2026-11-28T14:00:00Z', 'UTC',             night,  false],
  ['2026-11-28T12:00:00Z', 'UTC',             noon,   true],
  ['2026-11-28T14:00:00Z', 'UTC',             noon,   false],
  // Summer time: an hour earlier by the clock of the world.
  ['2026-07-01T06:30:00Z', 'Europe/Lisbon',   night,  true],
  ['2026-07-01T07:00:00Z', 'Europe/Lisbon',   night,  false],
  ['2026-01-01T07:00:00Z', 'Europe/Lisbon',   night,  true],
] as const
for (const [at, zone, hours, expected] of times)
  test(`${at} in ${zone} is ${expected ? 'quiet' : 'not quiet'} from ${hours.from} to ${hours.until}`, () => {
    assert.equal(isQuiet(new Date(at), zone, hours), expected)
    assert.equal(isQuiet(new Date(at), zone, undefined), false)
  })

const { sql, installation } = await start()

test('at night a push of a message waits until morning, a push of an alert does not, and the inbox has both at once', async () => {
  const id = randomUUID()
  const sealed = installation.vault.seal(
    'push',
    JSON.stringify({ endpoint: 'https://127.0.0.1/', keys: {} }),
    `push/${id}`,
  )
  await sql`
    insert into identity.push_subscription (id, person_id, endpoint_hash, sealed, language)
    values (${id}, 'ada-quay', ${Buffer.alloc(32)}, ${sealed}, 'en')`
  await sql.begin(async (each) => {
    const text = { en: 'The tide', 'zh-Hant': '潮汐' }
    const to = { vault: installation.vault, personId: 'ada-quay', organisation: 'tide-station' }
    await sendMessage(each, { ...to, title: text, body: text })
    await sendAlert(each, { personId: 'ada-quay', kind: 'new-device', values: { device: 'A phone' } })
  })
  const tried = async () =>
    (await sql`select template from identity.notification where tries > 0 order by template`).map(
      ({ template }) => template,
    )
  const at = (time: string) => {
    const government = { ...installation.pack.government, timeZone: 'UTC', quietHours: night }
    return {
      ...installation,
      pack: { ...installation.pack, government },
      now: () => new Date(`2026-11-28T${time}:00Z`),
    }
  }
  const [inbox] = await sql`select count(*)::int as n from identity.message where person_id = 'ada-quay'`
  assert.equal(inbox!.n, 2)
  // No service of push is there, so that each that goes fails: what counts is which of them are tried.
  await deliver(at('03:00'))
  assert.deepEqual(await tried(), ['alert'])
  await deliver(at('08:00'))
  assert.deepEqual(await tried(), ['alert', 'message'])
})
