// Places as pure rules: what leads where, what people may choose, and what an officer typed of a session.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPack } from '#pack'
import { modules } from '../../../modules.ts'
import { evaluate, holds } from '../cases/decide.rules.ts'
import { compileService } from '../definitions/compile.rules.ts'
import { services } from '../definitions/service.ts'
import { complaintsAbout, readTideGrant } from '../definitions/testing/changed.ts'
import type { Answers } from '../types.ts'
import {
  actOfEnd,
  counts,
  instantOf,
  isOpen,
  markable,
  movePlace,
  optionsOf,
  placeActs,
  placeStates,
  type Session,
  whenOf,
} from './places.rules.ts'
import { questionsOf, readSession, typedOfSession } from './session-form.rules.ts'

const timeZone = 'Asia/Hong_Kong'
const session: Session = {
  ...{ id: 's', organisation: 'tide-station', service: 'tide-course', cancelledAt: null },
  ...{ title: { en: 'Ebb', 'zh-Hant': '退潮' }, place: { en: 'Pier', 'zh-Hant': '碼頭' }, capacity: 2, taken: 1 },
  ...{ startsAt: '2027-03-01T06:00:00.000Z', endsAt: '2027-03-01T08:00:00.000Z' },
  ...{ opensAt: '2027-01-31T16:00:00.000Z', closesAt: '2027-02-20T16:00:00.000Z' },
}
const now = new Date('2027-02-10T00:00:00Z')

test('whoever gave a place up never has it again, and nobody is marked before they have one', () => {
  for (const act of placeActs) assert.equal(movePlace('given-up', act), undefined, act)
  for (const state of ['waiting', 'offered', 'given-up'] as const)
    for (const act of ['attend', 'miss', 'granted'] as const) assert.equal(movePlace(state, act), undefined)
  assert.deepEqual(markable, ['held', 'taken', 'attended', 'missed'])
  assert.equal(movePlace('waiting', 'accept'), undefined)
  assert.equal(movePlace('offered', 'accept'), 'taken')
  // Only an offer makes a place of one that is none.
  for (const state of placeStates)
    for (const act of placeActs) {
      const next = movePlace(state, act)
      if (next && !counts(state) && counts(next)) assert.equal(act, 'offer')
    }
})

test('a case that ends well keeps its place, and every other end frees it', () => {
  const ends = (['granted', 'done', 'refused', 'withdrawn', 'merged'] as const).map((each) =>
    movePlace('held', actOfEnd(each)),
  )
  assert.deepEqual(ends, ['taken', 'taken', 'given-up', 'given-up', 'given-up'])
})

test('people choose among open sessions with places left, or wait where they may', () => {
  const full = { ...session, id: 'full', taken: 2 }
  const others = [
    { ...session, id: 'cancelled', cancelledAt: '2027-02-01T00:00:00.000Z' },
    { ...session, id: 'early', opensAt: '2027-02-11T00:00:00.000Z' },
    { ...session, id: 'late', closesAt: '2027-02-10T00:00:00.000Z' },
  ]
  const ids = (wait: boolean, chosen?: string) =>
    optionsOf([session, full, ...others], { now, timeZone, wait, chosen }).map(({ id }) => id)
  assert.deepEqual(ids(false), ['s'])
  assert.deepEqual(ids(true), ['s', 'full'])
  assert.deepEqual(ids(false, 'late'), ['s', 'late'])
  assert.equal(isOpen(session, new Date(session.closesAt)), false)
  const [left, waits] = optionsOf([session, full], { now, timeZone, wait: true })
  assert.equal(left!.title.en, 'Ebb: 1 March 2027, 14:00 to 16:00')
  assert.match(left!.hint.en, /Places left: 1/)
  assert.match(waits!.hint.en, /waiting list/)
})

test('times are those of clocks where the government is, also when these are put forward', () => {
  assert.equal(instantOf('2027-03-01', '14:00', timeZone).toISOString(), session.startsAt)
  assert.equal(instantOf('2027-03-28', '09:00', 'Europe/London').toISOString(), '2027-03-28T08:00:00.000Z')
  assert.equal(instantOf('2027-03-27', '09:00', 'Europe/London').toISOString(), '2027-03-27T09:00:00.000Z')
  assert.equal(instantOf('2027-03-01', '00:00', timeZone).toISOString(), '2027-02-28T16:00:00.000Z')
  assert.equal(whenOf(session, timeZone)['zh-Hant'], '2027 年 3 月 1 日 14:00 至 16:00')
})

test('a session is read as it is shown, and what cannot be is told at its field', () => {
  const questions = questionsOf(undefined)
  const around = { questions, now, timeZone, taken: 1 }
  const typed = typedOfSession(session, timeZone)
  const { id: _, organisation: __, service: ___, cancelledAt: ____, taken: _____, ...written } = session
  assert.deepEqual(readSession(typed, around), { written })
  const wrong = (change: Record<string, string>) => {
    const read = readSession({ ...typed, ...change }, around)
    return 'mistakes' in read ? read.mistakes.map(({ control }) => control) : []
  }
  assert.deepEqual(wrong({ from: '25:00', capacity: 'x' }), ['from', 'capacity'], 'in the order of the form')
  assert.deepEqual(wrong({ until: '13:00' }), ['until'])
  assert.deepEqual(wrong({ 'on-year': '2026' }), ['on', 'opens_on'])
  assert.deepEqual(wrong({ 'opens_on-month': '3' }), ['opens_on'])
  assert.deepEqual(wrong({ title_en: '' }), ['title_en'])
  assert.ok('mistakes' in readSession(typed, { ...around, taken: 3 }))
})

test('a service says in which question the session is chosen', async () => {
  const tideGrant = await readTideGrant()
  const told = (places: object, more: (service: { apply: { signIn: string } }) => void = () => undefined) =>
    complaintsAbout(tideGrant, (service) => {
      service.apply.signIn = 'needed'
      service.apply.places = places
      more(service)
    }).told
  assert.match(told({ question: 'nothing' }).join(), /No page of the applicant asks “nothing”/)
  assert.match(told({ question: 'kind' }).join(), /Sessions are chosen in a question of the kind choice/)
  assert.match(told({ question: 'kind', wait: true }).join(), /offerDays/)
  assert.doesNotMatch(told({ question: 'kind' }).join(), /Take “listed” out/)
  assert.match(told({ question: 'group_name' }).join(), /Take “listed” out of its question/)
  assert.match(
    told({ question: 'kind' }, (service) => {
      service.apply.signIn = 'possible'
    }).join(),
    /Let signing in be needed/,
  )
})

test('an entry stands in a log to which every department that makes it writes', async () => {
  const tideGrant = await readTideGrant()
  const told = (writers: readonly string[]) =>
    complaintsAbout(
      tideGrant,
      (service) => Object.assign(service.apply.case.outputs[0], { kind: 'entry', log: 'harbour' }),
      { writers: new Map([['harbour', writers]]) },
    ).told
  assert.deepEqual(told(['tide-station']), [])
  assert.match(told(['counting-house']).join(), /tide-station takes the step “grant” and does not write/)
})

test('recognition follows the attendance that was noted, and not what the person says of it', async () => {
  const folder = new URL('../../../../governments/hongkong', import.meta.url).pathname
  const definitions = modules.flatMap((module) => module.definitions ?? [])
  const { pack } = await loadPack(folder, definitions)
  const { compiled } = compileService(pack.get(services, 'smart-elder-recognition'))
  const day = { sentOn: '2027-02-01', today: '2027-02-20' }
  // What the register of Smart Elders says of it.
  const written = compiled.case!.case.outputs![0]!.fields!.find(({ id }) => id === 'grade')!
  const said: string[] = []
  const gradeOf = (confirmed: number | undefined, helped: number, ambassador: boolean) => {
    const answers = { is_sixty: true, courses_attended: 9, uses: ['social'], helped_hours: helped, ambassador }
    const noted: Answers = confirmed === undefined ? {} : { courses_confirmed: confirmed }
    const evaluation = evaluate(compiled, { ...day, answers, sources: {}, noted, notedBy: {} })
    const grade = evaluation.tables[0]!.matches[0]!.outputs.grade
    if (grade !== 'None 沒有') said.push(String(compiled.case!.fields.get(written)!.evaluate(evaluation.values)))
    return [grade, holds(compiled.case!, 'recognise', evaluation)]
  }
  assert.deepEqual(gradeOf(undefined, 30, true), ['None 沒有', false])
  assert.deepEqual(gradeOf(0, 30, true), ['None 沒有', false])
  assert.deepEqual(gradeOf(1, 30, true), ['Recognised 獲嘉許', true])
  assert.deepEqual(gradeOf(2, 20, true), ['Ambassador 大使', true])
  assert.deepEqual(gradeOf(2, 19, true), ['Recognised 獲嘉許', true])
  const plain = '智醒長者 Smart Elder'
  assert.deepEqual(said, [plain, '智醒長者大使 Smart Elder Ambassador', plain])
  assert.deepEqual(gradeOf(2, 20, false), ['Recognised 獲嘉許', true])
})
