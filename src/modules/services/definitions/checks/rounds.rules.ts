import type { Complaint } from '#pack'
import { texts } from '#platform'
import { type Round, type Rounds, streamsApartMax } from '../rounds.ts'
import type { Service } from '../service.ts'
import { checkOnce } from './names.rules.ts'

const sentences = texts({
  weights: {
    en: 'The weights of this round add up to {sum} percent. Make it 100.',
    'zh-Hant': '這一輪的比重合共 {sum}%。請調整至 100%。',
  },
  scale: {
    en: 'The highest mark, {max}, is not above the lowest, {min}. Correct one of them.',
    'zh-Hant': '最高分 {max} 並不高於最低分 {min}。請更正其中之一。',
  },
  noStreams: {
    en: '“{id}” is not a question of the form with one choice that must be answered. Streams are its options.',
    'zh-Hant': '「{id}」不是表格內必答的單選題。組別以該題的選項為準。',
  },
  notAsked: {
    en: 'The form asks nothing that is called “{id}”. Take it out, or write its name as the form does.',
    'zh-Hant': '表格沒有名為「{id}」的問題。請刪去，或按表格所用名稱填寫。',
  },
  noState: {
    en: 'The case has no state “{id}”. Write it there, or correct it here.',
    'zh-Hant': '個案沒有狀況「{id}」。請在個案加入，或在此更正。',
  },
  noFrom: {
    en: 'Nobody knows which cases this round judges. Name their state in “from”, or the step that it takes in “promotes”.',
    'zh-Hant': '未有指明這一輪評審哪些個案。請在「from」填寫個案的狀況，或在「promotes」填寫步驟。',
  },
  noStep: {
    en: 'The case has no step “{id}”. Write it there, or correct it here.',
    'zh-Hant': '個案沒有步驟「{id}」。請在個案加入，或在此更正。',
  },
  asksOfficer: {
    en: 'The step “{id}” must be approved by another officer, or has a condition. A round takes only steps with neither.',
    'zh-Hant': '步驟「{id}」須由另一名人員批准，或設有條件。評審只可辦理沒有這些要求的步驟。',
  },
  oneReason: {
    en: 'The step “{id}” gives one of {count} reasons. A round takes only steps that have one reason or none.',
    'zh-Hant': '步驟「{id}」有 {count} 項理由可選。評審只可辦理最多有一項理由的步驟。',
  },
  noStreamsToPart: {
    en: 'Answers differ between streams, and this competition has none. Name the question of its streams in “streams”, or take “perStream” out.',
    'zh-Hant': '這項比賽沒有組別，不能按組別填寫。請在「streams」指明用作分組的問題，或刪去「perStream」。',
  },
  manyStreams: {
    en: 'At most {max} streams can answer apart, and this competition has {count}. Ask once for all, or have fewer streams.',
    'zh-Hant': '最多只可有 {max} 個組別各自填寫，這項比賽有 {count} 個。請改為全部只填一次，或減少組別。',
  },
  noAnswer: {
    en: 'No step of this round asks “{id}” of everybody, so that no stream would have an answer. Let the step in “promotes” or “ends” ask it, not to be left out; or take it out here.',
    'zh-Hant':
      '這一輪的步驟沒有必答的「{id}」，各組別都不會有答案。請在「promotes」或「ends」的步驟加入這條必答問題，或在此刪去。',
  },
  sameStep: {
    en: 'The same step stands for those who go on and for all others. Name two.',
    'zh-Hant': '晉級者和其他參賽者用上同一步驟。請分別指明。',
  },
})

type Apply = NonNullable<Service['apply']>

/** That a competition can be judged: weights are whole, and what it names stands in the form and in the case. */
export function* checkRounds(
  rounds: Rounds,
  { form, case: process }: Pick<Apply, 'form' | 'case'>,
): Generator<Complaint> {
  const questions = form.pages.flatMap(({ questions = [] }) => questions)
  const { streams } = rounds
  if (streams !== undefined) {
    const question = questions.find(({ id }) => id === streams)
    if (question?.kind !== 'choice' || question.optional)
      yield { at: rounds, key: 'streams', text: sentences.noStreams, values: { id: streams } }
  }
  const { named } = rounds
  if (named !== undefined && !questions.some(({ id, kind }) => id === named && kind !== 'file'))
    yield { at: rounds, key: 'named', text: sentences.notAsked, values: { id: named } }
  const asked = new Set(
    form.pages.flatMap(({ questions = [], repeat }) => [
      ...questions.map(({ id }) => id),
      ...(repeat ? [repeat.name, ...repeat.pages.flatMap((page) => page.questions.map(({ id }) => id))] : []),
    ]),
  )
  yield* checkOnce(rounds.rounds)
  for (const round of rounds.rounds) {
    yield* checkMarks(round)
    for (const [at, id] of (round.hidden ?? []).entries())
      if (!asked.has(id)) yield { at: round.hidden!, key: `${at}`, text: sentences.notAsked, values: { id } }
    if (round.from === undefined && round.promotes === undefined) yield { at: round, text: sentences.noFrom }
    if (round.from !== undefined && !process.states.some(({ id }) => id === round.from))
      yield { at: round, key: 'from', text: sentences.noState, values: { id: round.from } }
    yield* checkSteps(round, process.steps)
    const question = questions.find(({ id }) => id === streams)
    yield* checkApart(round, process.steps, streams === undefined ? undefined : (question?.options?.length ?? 0))
  }
}

function* checkMarks(round: Round): Generator<Complaint> {
  const { criteria, scale } = round
  yield* checkOnce(criteria)
  const sum = criteria.reduce((sum, { weight }) => sum + weight, 0)
  if (sum !== 100) yield { at: round, key: 'criteria', text: sentences.weights, values: { sum } }
  if (scale.min >= scale.max) yield { at: round, key: 'scale', text: sentences.scale, values: scale }
}

function* checkSteps(round: Round, steps: Apply['case']['steps']): Generator<Complaint> {
  for (const key of ['promotes', 'ends'] as const) {
    const id = round[key]
    if (id === undefined) continue
    const step = steps.find((each) => each.id === id)
    if (!step) yield { at: round, key, text: sentences.noStep, values: { id } }
    else if (step.fourEyes || step.when !== undefined)
      yield { at: round, key, text: sentences.asksOfficer, values: { id } }
    else if (step.reasons && step.reasons.length > 1)
      yield { at: round, key, text: sentences.oneReason, values: { id, count: step.reasons.length } }
  }
  if (round.promotes !== undefined && round.promotes === round.ends)
    yield { at: round, key: 'ends', text: sentences.sameStep }
}

/** That what is answered for each stream apart is asked, and of as many streams as a form can hold; of none where `streams` is undefined. */
function* checkApart(round: Round, steps: Apply['case']['steps'], streams: number | undefined): Generator<Complaint> {
  const { perStream, promotes, ends } = round
  if (!perStream) return
  if (streams === undefined) yield { at: round, key: 'perStream', text: sentences.noStreamsToPart }
  else if (streams > streamsApartMax) {
    const values = { max: streamsApartMax, count: streams }
    yield { at: round, key: 'perStream', text: sentences.manyStreams, values }
  }
  const asked = steps.flatMap(({ id, asks = [] }) => (id === promotes || id === ends ? asks : []))
  for (const [at, id] of perStream.entries())
    if (!asked.some((each) => each.id === id && !each.optional))
      yield { at: perStream, key: `${at}`, text: sentences.noAnswer, values: { id } }
}
