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
