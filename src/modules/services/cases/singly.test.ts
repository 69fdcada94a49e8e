// Jobs that go through cases: one that cannot be done holds up none of the others.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import postgres from '../../../platform/driver.ts'
import { sendApplication, tideAnswers } from '../testing/cases.ts'
import { lapseReplies } from './talk.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, sql, installation, asPerson, urls } = started
const finn = asPerson({
  ...{ id: 'officer-finn', organisation: 'tide-station', permissions: ['services:work-case'], level: 3 },
})

async function asked(): Promise<string> {
  const reference = await sendApplication(started, { answers: tideAnswers })
  for (const [what, more] of [
    ['claim', {}],
    ['questions', { text: 'How many boats?' }],
  ] as const) {
    const at = `/office/services/cases/${reference}`
    const { number } = (await app.inject({ url: `${at}.json`, headers: finn })).json()
    const payload = { token: randomUUID(), seen: number, ...more }
    const headers = { ...finn, accept: 'application/json' }
    const done = await app.inject({ method: 'POST', url: `${at}/${what}`, headers, payload })
    assert.equal(done.statusCode, 200, done.body)
  }
  return reference
}
const waits = async (references: readonly string[]) => {
  const rows = await sql<{ reference: string; wait: string }[]>`
    select reference, wait from services.case where reference = any (${references as string[]})`
  return references.map((reference) => rows.find((row) => row.reference === reference)!.wait)
}

test('a case that cannot be read holds up none behind it, is told of, and is done when it can be', async () => {
  const references = [await asked(), await asked(), await asked()]
  const broken = references[0]!
  const owner = postgres(urls.owner, { max: 1, onnotice: () => {} })
  const [{ sealed }] = (await owner`
    select sealed from services.case_event where reference = ${broken} and number = 1`) as never as [{ sealed: Buffer }]
  const write = (bytes: Buffer) =>
    owner`update services.case_event set sealed = ${bytes} where reference = ${broken} and number = 1`
  await write(Buffer.from('nothing of the vault'))
  now = new Date('2027-04-01T10:00:00Z')
  await assert.rejects(lapseReplies(installation), /not what the vault sealed|authenticate/)
  assert.deepEqual(await waits(references), ['reply', 'officer', 'officer'])
  await write(sealed)
  await owner.end()
  await lapseReplies(installation)
  assert.deepEqual(await waits(references), ['officer', 'officer', 'officer'])
})
