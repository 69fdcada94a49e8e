// What people who write a competition do wrong in its rounds, and what they are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintsAbout, type Loose, readTideGrant } from '../testing/changed.ts'

const tideGrant = await readTideGrant()
const both = (en: string, han: string) => ({ en, 'zh-Hant': han })
const criterion = (id: string, weight: number) => ({ id, title: both(`Criterion ${id}`, `準則 ${id}`), weight })
const round = () => ({
  id: 'paper',
  title: both('On paper', '書面評審'),
  criteria: [criterion('use', 60), criterion('idea', 40)],
  from: 'received',
  scale: { min: 0, max: 10 },
  judges: 2,
  hidden: ['group_name'],
  ...{ goesOn: 3, ties: 'chair', normalise: 'none' },
})
const begin = (service: Loose) => {
  service.apply.rounds = { edition: 2027, streams: 'kind', rounds: [round()], resultsAt: '2027-09-01T01:00:00Z' }
}

/** Lets the step “assess” ask for a day, of each stream apart, with a message to the applicant. Returns the question. */
function apart({ rounds: [one] }: Loose, { apply }: Loose): Loose {
  const step = apply.case.steps.find(({ id }: Loose) => id === 'assess')
  const day = { id: 'day', title: both('Day', '日期'), kind: 'date' }
  step.asks.push(day)
  step.message = 'invited'
  apply.case.messages.push({ id: 'invited', subject: both('Come', '請來'), text: both('Come to us.', '請來。') })
  Object.assign(one, { promotes: 'assess', perStream: ['day'] })
  return day
}
const write = ({ apply }: Loose) => {
  apply.case.messages.at(-1).text = both('Come on {day}.', '請在 {day} 來。')
}
const splitMore = ({ apply }: Loose) => {
  const { options } = apply.form.pages[0].questions[0]
  while (options.length < 41)
    options.push({ id: `kind-${options.length}`, title: both(`Kind ${options.length}`, `類別 ${options.length}`) })
}

type Row = [name: string, change: (rounds: Loose, service: Loose) => void, ...told: string[]]

// biome-ignore format: a table
const rows: Row[] = [
  ['nothing', () => {}],
  ['weights that are not whole', ({ rounds: [one] }) => { one.criteria[0].weight = 50 }, 'criteria: The weights of this round add up to 90 percent. Make it 100.'],
  ['a scale that goes down', ({ rounds: [one] }) => { one.scale = { min: 10, max: 10 } }, 'scale: The highest mark, 10, is not above the lowest, 10. Correct one of them.'],
  ['streams by what is no choice', (rounds) => { rounds.streams = 'members' }, 'streams: “members” is not a question of the form with one choice that must be answered. Streams are its options.'],
  ['something hidden that is not asked', ({ rounds: [one] }) => { one.hidden = ['nobody'] }, '0: The form asks nothing that is called “nobody”. Take it out, or write its name as the form does.'],
  ['a round twice', (rounds) => { rounds.rounds.push(round()) }, 'id: “paper” is taken already. Give one of the two another name.'],
  ['a criterion twice', ({ rounds: [one] }) => { one.criteria[1].id = 'use' }, 'id: “use” is taken already. Give one of the two another name.'],
  ['a state that is not there', ({ rounds: [one] }) => { one.from = 'lost' }, 'from: The case has no state “lost”. Write it there, or correct it here.'],
  ['no cases to judge', ({ rounds: [one] }) => { delete one.from }, '-: Nobody knows which cases this round judges. Name their state in “from”, or the step that it takes in “promotes”.'],
  ['a name that is not asked', (rounds) => { rounds.named = 'nobody' }, 'named: The form asks nothing that is called “nobody”. Take it out, or write its name as the form does.'],
  ['a step that is not there', ({ rounds: [one] }) => { one.promotes = 'lift' }, 'promotes: The case has no step “lift”. Write it there, or correct it here.'],
  ['answers of streams where there are none', (rounds, service) => { delete rounds.streams; apart(rounds, service) }, 'perStream: Answers differ between streams, and this competition has none. Name the question of its streams in “streams”, or take “perStream” out.'],
  ['an answer that no stream has', (rounds, service) => { apart(rounds, service); rounds.rounds[0].perStream.push('nobody') }, '1: No step of this round asks “nobody” of everybody, so that no stream would have an answer. Let the step in “promotes” or “ends” ask it, not to be left out; or take it out here.'],
  ['an answer that may be left out', (rounds, service) => { apart(rounds, service).optional = true }, '0: No step of this round asks “day” of everybody, so that no stream would have an answer. Let the step in “promotes” or “ends” ask it, not to be left out; or take it out here.'],
  ['a text with what streams leave out', (rounds, service) => { const day = apart(rounds, service); delete rounds.rounds[0].perStream; write(service); day.optional = true }, 'en: {day} may be left out in the step “assess”, and a round of judging does not ask then: no stream has an answer to put here. Let it be answered always, or take it out.'],
  ['a text with what each stream answers', (rounds, service) => { apart(rounds, service); write(service) }],
  ['more streams than a form holds', (rounds, service) => { apart(rounds, service); splitMore(service) }, 'perStream: At most 40 streams can answer apart, and this competition has 41. Ask once for all, or have fewer streams.'],
  ['a step that an officer approves', ({ rounds: [one] }) => { one.ends = 'grant' }, 'ends: The step “grant” must be approved by another officer, or has a condition. A round takes only steps with neither.'],
]

for (const [name, change, ...told] of rows)
  test(`rounds: ${name}`, () => {
    const said = complaintsAbout(tideGrant, (service) => {
      begin(service)
      change(service.apply.rounds, service)
    })
    assert.deepEqual(said.told, told)
  })
