// The line of a case: what is behind, where it stands, and what may still come, by its definition.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { start } from '#test'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import { modules } from '../../../modules.ts'
import { statesFrom } from '../definitions/checks/case.rules.ts'
import { type CompiledService, compileService } from '../definitions/compile.rules.ts'
import { type Service, services } from '../definitions/service.ts'
import { sendApplication } from '../testing/cases.ts'
import type { StageNote } from '../types.ts'
import { aheadOf, stagesOf } from './stages.rules.ts'

let now = new Date('2027-02-01T10:00:00Z')
const started = await start({ now: () => now })
const { app, asPerson } = started
const both = ['services:work-case', 'services:decide-case']
const officer = (id: string) => asPerson({ id, organisation: 'tide-station', permissions: both, level: 3 })
const [cora, dina] = [officer('officer-cora'), officer('officer-dina')]
const ada = asPerson({ id: 'ada-quay' })
const days = (count: number) => {
  now = new Date(now.getTime() + count * 86_400_000)
}

async function act(reference: string, what: string, headers = cora, payload: object = {}) {
  const path = `/office/services/cases/${reference}`
  const { number } = (await app.inject({ url: path, headers })).json()
  const body = { token: randomUUID(), seen: number, ...payload }
  const { statusCode, body: text } = await app.inject({
    method: 'POST',
    url: `${path}/${what}`,
    headers,
    payload: body,
  })
  assert.equal(statusCode, 200, text)
}
const read = async (url: string, headers = ada) => (await app.inject({ url, headers })).json()
const own = (reference: string) => read(`/services/cases/${reference}`)
const told = (stages: readonly StageNote[]) =>
  stages.map(({ title, is, on, ends }) => [title.en, is, on, ...ends.map(({ en }) => en)].filter(Boolean).join(' '))

const at = { openedAt: '2027-02-01T10:00:00.000Z', stateSinceAt: '2027-02-03T10:00:00.000Z', reviewOf: null }
const packs = await Promise.all(['testland', 'hongkong'].map((name) => loadPackOrThrow(name, modules)))
const definitions: Service[] = packs.flatMap((pack) => pack.list(services)).filter(({ apply }) => apply?.case)

test('every state of every service of both packs lies on a line that ends, and shows all that may still come once', () => {
  assert.ok(definitions.length >= 12)
  for (const definition of definitions) {
    const { compiled } = compileService(definition)
    const { case: one } = definition.apply!
    for (const state of one.states) {
      const where = `${definition.id}: ${state.id}`
      const outcome = state.ends ?? null
      const endedAt = state.ends ? at.stateSinceAt : null
      const line = stagesOf({ ...at, state: state.id, outcome, endedAt }, compiled, [], 'UTC')
      assert.deepEqual(told(line.slice(0, 1)), ['Sent done 2027-02-01'], where)
      const present = line.filter(({ is }) => is === 'now' || is === 'ended')
      assert.deepEqual(
        present.map(({ title, is }) => [title, is]),
        [[state.title, state.ends ? 'ended' : 'now']],
        where,
      )
      if (state.ends) {
        assert.equal(line.at(-1), present[0], `${where} is the last`)
        continue
      }
      const reached = [...statesFrom(one, [state.id])].filter((id) => id !== state.id)
      const titleOf = (id: string) => one.states.find((each) => each.id === id)!
      const [ends, between] = [reached.filter((id) => titleOf(id).ends), reached.filter((id) => !titleOf(id).ends)]
      const last = line.at(-1)!
      const said = last.ends.length > 0 ? last.ends : [last.title]
      assert.equal(last.is, 'ahead', where)
      assert.deepEqual(new Set(said), new Set(ends.map((id) => titleOf(id).title)), where)
      const shown = line.slice(2, -1)
      assert.deepEqual(new Set(shown.map(({ title }) => title)), new Set(between.map((id) => titleOf(id).title)), where)
      assert.equal(shown.length, between.length, where)
    }
  }
})

/** A definition of these moves; states whose name ends in ! are ends. */
function definitionOf(moves: readonly string[]) {
  const pairs = moves.map((move) => move.split('>') as [string, string])
  const states = [...new Set(pairs.flat())].map((id) => ({
    ...{ id, title: { en: id, 'zh-Hant': id } },
    ...(id.endsWith('!') && { ends: 'done' }),
  }))
  return { states, steps: pairs.map(([from, to]) => ({ from: [from], to })) } as never
}

// biome-ignore format: cases
const lines: [string, string[], string, string[], string[]][] = [
  ['what no way passes by is to come',      ['a>b', 'b>c!'],                                'a', ['b'],              ['c!']],
  ['what one way passes by may follow',     ['a>b', 'b>c!', 'a>d!'],                        'a', ['b?'],             ['c!', 'd!']],
  ['two ways that meet again',              ['a>b', 'a>c', 'b>d', 'c>d', 'd>e!'],           'a', ['b?', 'c?', 'd'],  ['e!']],
  ['a short cut does not change the order', ['a>d', 'a>b', 'b>c', 'c>d', 'd>e!'],           'a', ['b?', 'c?', 'd'],  ['e!']],
  ['what is behind is not ahead',           ['a>b', 'b>c', 'c>d!'],                         'b', ['c'],              ['d!']],
  ['what can come again is ahead again',    ['a>b', 'b>a', 'b>c!'],                         'b', ['a?'],             ['c!']],
  ['a circle stands as it was defined',     ['a>b', 'b>c', 'c>b', 'b>d!', 'c>d!'],          'a', ['b', 'c?'],        ['d!']],
]
for (const [name, moves, from, passes, ends] of lines)
  test(`ahead of a case: ${name}`, () => {
    const ahead = aheadOf(definitionOf(moves), from)
    assert.deepEqual(
      ahead.passes.map(({ state, sure }) => state.id + (sure ? '' : '?')),
      passes,
    )
    assert.deepEqual(
      ahead.ends.map(({ id }) => id),
      ends,
    )
  })

test('what ended otherwise than by its definition ends its line', () => {
  const compiled = compileService(definitions.find(({ id }) => id === 'tide-grant')!).compiled as CompiledService
  const line = (outcome: 'withdrawn' | 'merged', reviewOf: string | null) =>
    told(
      stagesOf(
        { ...at, reviewOf, state: 'received', endedAt: '2027-02-04T23:30:00.000Z', outcome },
        compiled,
        [],
        'Asia/Hong_Kong',
      ),
    )
  assert.deepEqual(line('withdrawn', null).slice(1), ['Received done 2027-02-03', 'Withdrawn ended 2027-02-05'])
  assert.deepEqual(line('merged', 'TG-22222-22222').slice(0, 1), ['Review asked for done 2027-02-01'])
  assert.match(line('merged', null).at(-1)!, /^Joined with another ended/)
})

test('the person follows a case from its receipt to its end, on its page and in their account', async () => {
  const reference = await sendApplication(started)
  const mine = async () => {
    const { applications } = await read('/account/applications')
    return applications
      .flatMap(({ cases }: { cases: { reference: string; stages: StageNote[] }[] }) => cases)
      .find((each: { reference: string }) => each.reference === reference)
  }
  const [application] = (await read('/account/applications')).applications as { id: string; reference: string }[]
  const sent = [
    'Sent done 2027-02-01',
    'Received now 2027-02-01',
    'Being assessed perhaps',
    'Outcome ahead Granted Refused',
  ]
  assert.deepEqual(told((await own(reference)).stages), sent)
  assert.deepEqual(told((await mine()).stages), sent)
  // Where it stands is not on the receipt, which may be read much later.
  const receipt = async () => told((await read(`/applications/${application!.id}/sent`)).stages)
  const kept = sent.map((each) => each.replace(' now ', ' done '))
  assert.deepEqual(await receipt(), kept)

  days(2)
  await act(reference, 'claim')
  await act(reference, 'steps/assess', cora, { 'answer.assessment': 'Sound.' })
  const assessed = [
    'Sent done 2027-02-01',
    'Received done 2027-02-01',
    'Being assessed now 2027-02-03',
    'Outcome ahead Granted Refused',
  ]
  assert.deepEqual(told((await own(reference)).stages), assessed)
  assert.deepEqual(told((await mine()).stages), assessed)
  assert.deepEqual(await receipt(), kept)

  days(1)
  await act(reference, 'steps/grant', cora, { 'answer.amount_granted': '12000', reasons: ['within-limit'] })
  assert.deepEqual(told((await own(reference)).stages), assessed, 'what is proposed is not decided')
  const { proposal } = await read(`/office/services/cases/${reference}`, dina)
  await act(reference, `proposals/${proposal.number}`, dina, { answer: 'approved' })
  const granted = [...assessed.slice(0, 2), 'Being assessed done 2027-02-03', 'Granted ended 2027-02-04']
  assert.deepEqual(told((await own(reference)).stages), granted)
  assert.deepEqual(await mine().then((each) => [each.hasEnded, each.stages]), [true, []])
})

test('the page says until when, that it is late, and that the clock stands for an answer', async () => {
  const reference = await sendApplication(started)
  const page = async (language: string) => {
    const { body } = await app.inject({
      url: `/${language}/services/cases/${reference}`,
      headers: { ...ada, accept: 'text/html' },
    })
    return body.slice(body.indexOf('<main'), body.indexOf('What happened'))
  }
  const text = async (language: string) => (await page(language)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
  const { dueOn } = await own(reference)
  assert.match(await text('eng'), /We expect to be done with this by \d+ February 2027\./)
  const marked = /<li class="stage stage--now" aria-current="step"><span class="stage__title">Received<\/span>/
  assert.match(await page('eng'), marked)
  assert.equal((await page('eng')).match(/aria-current="step"/g)?.length, 1)
  assert.match(await text('eng'), /Being assessed May follow Outcome Granted or Refused To come/)
  assert.match(await text('han'), /結果 已批准或不批准 尚待進行/)
  assert.match(await text('jian'), /结果 已批准或不批准 尚待进行/)

  await act(reference, 'claim')
  await act(reference, 'questions', cora, { text: 'Which quay?' })
  const asked = await own(reference)
  assert.deepEqual([asked.dueOn, asked.overdue, asked.left], [null, false, { days: 5, count: 'working' }])
  assert.match(
    await text('eng'),
    /Answer by \d+ \w+ 2027\. Until you do, the clock stands\. Working days left for this once you have answered: 5\./,
  )
  assert.match(await text('han'), /處理時限暫停計算。 你答覆後，這一步尚餘 5 個工作天。/)

  assert.match(await text('eng'), /Received Waits for your answer Now since/)

  const payload = { token: randomUUID(), text: 'Pier 4' }
  await app.inject({ method: 'POST', url: `/services/cases/${reference}/reply`, headers: ada, payload })
  assert.deepEqual([(await own(reference)).dueOn, (await own(reference)).left], [dueOn, null])
  days(30)
  assert.equal((await own(reference)).overdue, true)
  assert.match(await text('eng'), /This was to be done by \d+ February 2027 and is late\./)
})
