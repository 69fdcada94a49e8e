// Officers and the person act at once, in any order: a case is decided once at most, and stands as its events say.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { start } from '#test'
import { sendApplication } from '../testing/cases.ts'
import { replayCases } from './replay.ts'

const started = await start()
const { sql, asPerson, installation, urls } = started
// Another process on the same database, with connections of its own.
const beside = await start({ beside: { urls } })
const both = ['services:work-case', 'services:decide-case']
const officers = ['one', 'two', 'three'].map((id) =>
  asPerson({ id: `officer-${id}`, organisation: 'tide-station', permissions: both, level: 3 }),
)
const person = asPerson({ id: 'ada-quay' })

// Some more often, so that most cases come to a decision.
const acts = [
  ...(['claim', 'refuse', 'grant', 'approve'] as const),

  'claim',
  'release',
  'assess',
  'grant',
  'refuse',
  'approve',
  'send-back',
  'ask',
  'reply',
  'withdraw',
  'note',
] as const
type Act = { act: (typeof acts)[number]; officer: number; process: number; doubled: boolean }
const anAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...acts),
  officer: fc.nat({ max: 2 }),
  process: fc.nat({ max: 1 }),
  doubled: fc.boolean(),
})

async function send(reference: string, { act, officer, process, doubled }: Act): Promise<number[]> {
  const { app } = process === 0 ? started : beside
  const headers = officers[officer]!
  const at = `/office/services/cases/${reference}`
  const read = await app.inject({ url: at, headers })
  const { number: seen, proposal } = read.json() as { number: number; proposal: { number: number } | null }
  const token = randomUUID()
  const proposals = `${at}/proposals/${proposal?.number ?? 1}`
  // biome-ignore format: matrix
  const how: Record<Act['act'], [url: string, payload: object, as?: object]> = {
    claim:       [`${at}/claim`, {}],
    release:     [`${at}/release`, {}],
    assess:      [`${at}/steps/assess`, { seen, 'answer.assessment': 'Sound.' }],
    grant:       [`${at}/steps/grant`, { seen, 'answer.amount_granted': '12000', reasons: ['within-limit'] }],
    refuse:      [`${at}/steps/refuse`, { seen, reasons: ['only-equipment'] }],
    approve:     [proposals, { seen, answer: 'approved' }],
    'send-back': [proposals, { seen, answer: 'sent-back', text: 'No.' }],
    ask:         [`${at}/questions`, { seen, text: 'When?' }],
    reply:       [`/services/cases/${reference}/reply`, { text: 'Soon.' }, person],
    withdraw:    [`/services/cases/${reference}/withdrawal`, {}, person],
    note:        [`${at}/notes`, { text: 'Seen.' }],
  }
  const [url, payload, as = headers] = how[act]
  const post = () =>
    app.inject({ method: 'POST', url, headers: as as Record<string, string>, payload: { ...payload, token } })
  const answered = await Promise.all(doubled ? [post(), post()] : [post()])
  return answered.map(({ statusCode }) => statusCode)
}

test('whatever officers and the person do at once, a case is decided once at most', async () => {
  let decided = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anAct, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 10 }),
      async (rounds) => {
        const reference = await sendApplication(started)
        // To where it can be decided, as most orders would not come so far.
        for (const act of ['claim', 'assess'] as const)
          await send(reference, { act, officer: 0, process: 0, doubled: false })
        for (const round of rounds) {
          const codes = (await Promise.all(round.map((each) => send(reference, each)))).flat()
          for (const code of codes) assert.ok([200, 403, 404, 409].includes(code), `answered ${code}`)
        }
        const events = await sql<{ kind: string; data: { decides?: string; ends?: string } }[]>`
        select kind, data from services.case_event where reference = ${reference} order by number`
        const decisions = events.filter(({ data }) => data.decides)
        const ends = events.filter(({ kind, data }) => kind === 'withdrawn' || data.ends)
        decided += decisions.length
        assert.ok(decisions.length <= 1, 'decided twice')
        assert.ok(ends.length <= 1, 'ended twice')
      },
    ),
    { numRuns: 25 },
  )
  assert.ok(decided > 0, 'some were decided')
  const differing: unknown[] = []
  const { cases } = await replayCases(installation, (each) => differing.push(each))
  assert.ok(cases >= 25)
  assert.deepEqual(differing, [])
})

test('of officers who take the next case at once, each gets another one', async () => {
  await sql`update services.case set claimed_by = 'somebody', claimed_at = now() where claimed_by is null and ended_at is null`
  const references = await Promise.all(Array.from({ length: 12 }, () => sendApplication(started)))
  const next = (headers: object, process: typeof started) =>
    process.app.inject({
      ...{ method: 'POST', url: '/office/services/next', payload: {} },
      headers: headers as Record<string, string>,
    })
  const given = await Promise.all(
    Array.from({ length: 12 }, (_, at) => next(officers[at % 3]!, at % 2 ? started : (beside as typeof started))),
  )
  assert.deepEqual(given.map((each) => each.json().reference).sort(), references.sort())
})
