// What people who write a service do wrong in its case, its messages and its texts, and what they are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaintsAbout, type Loose, readRegisters, readTideGrant } from '../testing/changed.ts'
import { hashOfText } from './texts.rules.ts'

const tideGrant = await readTideGrant()
const both = (en: string, han: string) => ({ en, 'zh-Hant': han })
const named = (list: string) => (s: Loose, id: string) => s.apply.case[list].find((each: Loose) => each.id === id)
const state = named('states')
const step = named('steps')
const role = named('roles')
const message = named('messages')
const output = named('outputs')
const table = (s: Loose) => s.apply.case.rules[0]
const write = (text: Loose, more: string) => {
  text.en += more
  text['zh-Hant'] += more
}

type Row = [name: string, change: (service: Loose) => void, ...told: string[]]

// biome-ignore format: a table
const rows: Row[] = [
  // States and steps.
  ['a beginning that is not there', (s) => { s.apply.case.begins = 'recieved' }, 'begins: “recieved” is not among the states of this service. Write it there, or correct it here.'],
  ['a step from nowhere', (s) => { step(s, 'assess').from.push('lost') }, '1: “lost” is not among the states of this service. Write it there, or correct it here.'],
  ['a step to nowhere', (s) => { step(s, 'assess').to = 'lost' }, 'to: “lost” is not among the states of this service. Write it there, or correct it here.', '-: No steps lead from “received” to this state. Add one, or take the state out.', '-: No steps lead from “received” to this state. Add one, or take the state out.'],
  ['a state that no step leads to', (s) => { s.apply.case.states.push({ ...state(s, 'assessed'), id: 'paused', ends: 'done', clock: undefined }) }, '-: No steps lead from “received” to this state. Add one, or take the state out.'],
  ['a state that leads to no end', (s) => { s.apply.case.states.push({ ...state(s, 'assessed'), id: 'paused' }); s.apply.case.steps.push({ ...step(s, 'assess'), id: 'pause', to: 'paused', asks: [] }) }, '-: From this state no steps lead to an end. Add one, or say how this state ends.'],
  ['a circle beside the end', (s) => { s.apply.case.steps.push({ ...step(s, 'assess'), id: 'back', from: ['assessed'], to: 'received', asks: [] }) }],
  ['a state without a clock', (s) => { delete state(s, 'assessed').clock }, '-: Nobody knows how long a case may wait in this state. Give it a clock.'],
  ['an end with a clock', (s) => { state(s, 'granted').clock = { days: 5, count: 'working' } }, 'clock: Nothing is waited for where a case has ended. Take the clock out.'],
  ['a step from an end', (s) => { step(s, 'refuse').from.push('granted') }, '2: A case that is in “granted” has ended. Take it out of “from”; a review of a decision needs no step.'],
  ['an end that nobody is told of', (s) => { state(s, 'assessed').ends = 'done'; delete state(s, 'assessed').clock; for (const id of ['grant', 'refuse']) step(s, id).from = ['received'] }, '-: The case ends here, and the person must hear of it. Name the message that tells it.'],
  ['a state twice', (s) => { s.apply.case.states.push(state(s, 'granted')) }, 'id: “granted” is taken already. Give one of the two another name.'],
  ['a step twice', (s) => { step(s, 'assess').id = 'grant' }, 'id: “grant” is taken already. Give one of the two another name.'],
  ['a step that nobody can take', (s) => { step(s, 'assess').when = 'members > 5 and members < 5' }, 'when: “members > 5 and members < 5” is never true, so that nobody can take this step. Correct it, or take the step out.'],
  ['a step that anybody can take', (s) => { step(s, 'assess').when = 'kind = "school" or kind != "school"' }, 'when: “kind = "school" or kind != "school"” is always true. Take the condition out, or correct it.'],
  ['a step by what an officer writes', (s) => { step(s, 'grant').when = 'amount_granted > 100 and ceiling.amount > 5' }],

  // Roles.
  ['a role that is not there', (s) => { step(s, 'assess').by = ['clerk'] }, '0: “clerk” is not among the roles of this service. Write it there, or correct it here.', '-: Nothing uses “officer”. Name it where it belongs, or take it out.'],
  ['a role without a step', (s) => { s.apply.case.roles.push({ ...role(s, 'officer'), id: 'clerk' }) }, '-: Nothing uses “clerk”. Name it where it belongs, or take it out.'],
  ['a role that may not decide', (s) => { step(s, 'refuse').by.push('officer') }, '1: The role “officer” may not decide. Name a role with the permission services:decide-case alone.'],

  // Decisions.
  ['a decision without reasons', (s) => { s.apply.case.reasons.splice(0, 2); for (const row of table(s).rows) delete row.reason; delete step(s, 'grant').reasons; message(s, 'granted').text = both('Yes', '批准'); output(s, 'letter').text = both('Yes', '批准') }, '-: A decision gives its reason. Name the reasons among which the officer chooses.'],
  ['a decision without a message', (s) => { delete step(s, 'refuse').message; s.apply.case.messages.pop() }, '-: The person must hear of a decision. Name the message that tells it.'],
  ['a grant that ends as refused', (s) => { step(s, 'grant').to = 'refused' }, '-: No steps lead from “received” to this state. Add one, or take the state out.', 'decides: This step decides “granted”, and “refused” says that it ended as “refused”. Let them agree.'],
  ['no days to appeal', (s) => { delete s.apply.case.appealDays; message(s, 'refused').text = both('No', '不批准') }, '-: The service can refuse. Say in “appealDays” how long a person has to ask for a review.'],
  ['a reason that is not there', (s) => { step(s, 'refuse').reasons.push('late') }, '2: “late” is not among the reasons of this service. Write it there, or correct it here.'],
  ['a reason that is not used', (s) => { s.apply.case.reasons.push({ id: 'late', text: both('Late', '過期') }) }, '-: Nothing uses “late”. Name it where it belongs, or take it out.'],
  ['a message that is not there', (s) => { s.apply.case.received = 'hello' }, 'received: “hello” is not among the messages of this service. Write it there, or correct it here.', '-: Nothing uses “received”. Name it where it belongs, or take it out.'],
  ['a message that is not used', (s) => { s.apply.case.messages.push({ ...message(s, 'received'), id: 'hello' }) }, '-: Nothing uses “hello”. Name it where it belongs, or take it out.'],
  ['a note in a kind of its own', (s) => { step(s, 'assess').asks[0].unit = both('m', '米') }, 'unit: A question of the kind long-text has no “unit”. Take it out, or ask in another kind.'],
  ['a note called like an answer', (s) => { step(s, 'assess').asks[0].id = 'members' }, 'id: “members” is taken already. Give one of the two another name.'],

  // Outputs.
  ['a credential', (s) => { output(s, 'letter').kind = 'credential' }, 'kind: No module of this installation makes an output of the kind credential. Use one of: letter, entry, record.'],
  ['an entry without a log', (s) => { output(s, 'letter').kind = 'entry' }, '-: An entry stands in a log. Say in which.'],
  ['an entry without a text', (s) => { Object.assign(output(s, 'letter'), { kind: 'entry', log: 'harbour', text: undefined }) }, '-: An entry of the ledger is committed to a text. Write it.'],
  ['an entry in a log', (s) => { Object.assign(output(s, 'letter'), { kind: 'entry', log: 'harbour' }) }],
  ['a letter that says nothing', (s) => { delete output(s, 'letter').text }, '-: A letter says something. Write its text.'],
  ['a letter in a log', (s) => { output(s, 'letter').log = 'harbour' }, 'log: Only an entry stands in a log. Take “log” out.'],
  ['a letter that is not written', (s) => { step(s, 'grant').outputs.push('card') }, '1: “card” is not among the outputs of this service. Write it there, or correct it here.'],
  ['a letter that is not sent', (s) => { delete step(s, 'grant').outputs }, '-: Nothing uses “letter”. Name it where it belongs, or take it out.'],

  // Places.
  ['a place of nothing', (s) => write(message(s, 'granted').text, '{amount}'), 'en: There is nothing to put in the place of {amount}. Use one of: reference, title, state, next, reason, days, organisation, appeal_until, today, kind, group_name, members ….'],
  ['a place of a result', (s) => write(message(s, 'granted').text, '{ceiling.amount}'), 'en: There is nothing to put in the place of {ceiling.amount}. Use one of: reference, title, state, next, reason, days, organisation, appeal_until, today, kind, group_name, members ….'],
  ['a place of a list', (s) => write(message(s, 'granted').text, '{activities}'), 'en: There is nothing to put in the place of {activities}. Use one of: reference, title, state, next, reason, days, organisation, appeal_until, today, kind, group_name, members ….'],
  ['a place in one language', (s) => { message(s, 'granted').text.en += ' {members}' }, 'zh-Hant: {members} is in another language of this text and not in this one. Write it in all of them.'],
  ['a place that the draft lacks', (s) => { message(s, 'received').subject['zh-Hans'] = '已收到' }, 'zh-Hans: {reference} is in another language of this text and not in this one. Write it in all of them.'],
  ['a reason where there is none', (s) => write(message(s, 'received').text, '{reason}'), 'en: No reason is given where this is sent: only a step with reasons has {reason}. Take it out.'],
  ['an appeal where nothing is decided', (s) => write(message(s, 'received').text, '{appeal_until}'), 'en: There is no day until which to ask for a review here: {appeal_until} needs a decision, and “appealDays”.'],
  ['a note before it is written', (s) => write(message(s, 'received').text, '{assessment}'), 'en: {assessment} is written by an officer in the step “assess”, which has not been taken when this is sent. Take it out.'],
  ['a note that may not have been written', (s) => write(message(s, 'refused').text, '{amount_granted}'), 'en: {amount_granted} is written by an officer in the step “grant”, which has not been taken when this is sent. Take it out.'],
  ['a note that was written', (s) => write(message(s, 'granted').text, '{assessment}')],
  ['a place on a page', (s) => write(s.apply.form.declaration, '{group_name}'), 'en: Places as {group_name} are filled in messages and letters alone. Write here what it should say.', 'zh-Hant: Places as {group_name} are filled in messages and letters alone. Write here what it should say.'],
  ['a place in the catalogue', (s) => write(s.summary, '{title}'), 'en: Places as {title} are filled in messages and letters alone. Write here what it should say.', 'zh-Hant: Places as {title} are filled in messages and letters alone. Write here what it should say.'],

  // Tables.
  ['a cell that nobody can read', (s) => { table(s).rows[1].when[1] = '< 0 and > 5' }, '1: “< 0 and > 5”: Here stands a number, where a condition (true or false) is needed. Write a condition (true or false).', '1: “< 0 and > 5”: “..” is part of FEEL that cannot be used in definitions. Use a range only after “in”, or in a table.'],
  ['a row that no total fits', (s) => { table(s).rows[0].when[0] = '"school", "company"'; table(s).rows[0].when[1] = '[5..1]' }, 'when: Nothing fits this row. Correct its conditions, or take it out.'],
  ['rows that overlap', (s) => { table(s).hit = 'unique' }, 'when: Rows 1 and 4 both fit kind = "school", total = 20000, and only one may. Tell them apart, or let the first that fits count (hit: first).'],
  ['a gap', (s) => table(s).rows.pop(), 'rows: No row fits kind = "association", total = 40000. Add one; “-” in every column fits the rest.'],
  ['a gap in a list of all that fit', (s) => { table(s).hit = 'collect'; table(s).rows.pop(); delete step(s, 'grant').when }],
  ['a reason of a row that is not there', (s) => { table(s).rows[0].reason = 'enough' }, 'reason: “enough” is not among the reasons of this service. Write it there, or correct it here.'],
  ['a value that no choice has', (s) => { table(s).rows[0].when[0] = '"scool"' }, '0: “"scool"”: This choice has no value “scool”. Did you mean “school”?'],
  ['a result called by a keyword', (s) => { table(s).outputs[0].id = 'return'; for (const row of table(s).rows) row.gives = { return: '1' } }, 'id: “return” is a word of the language of conditions. Take another name, as return_is.'],
  ['a result twice', (s) => table(s).outputs.push(table(s).outputs[0]), 'id: “amount” is taken already. Give one of the two another name.'],
  ['a table called like a question', (s) => { table(s).id = 'kind' }, 'id: “kind” is taken already. Give one of the two another name.'],

  // Texts.
  ['a text that is not translated', (s) => { s.summary['zh-Hant'] = s.summary.en }, 'zh-Hant: There is no Chinese in this text. Translate it.'],
  ['a word that is not translated', (s) => { s.apply.form.sections[0].title['zh-Hant'] = 'Group' }, 'zh-Hant: There is no Chinese in this text. Translate it.'],
  ['Chinese in English', (s) => { s.summary.en += ' 潮汐' }, 'en: There is Chinese in the English text. Translate it.'],
  ['words that are the same everywhere', (s) => { s.keywords = [both('5G', '5G'), both('PDF', 'PDF'), both('tide@tide.example', 'tide@tide.example'), both('https://tide.example/x', 'https://tide.example/x'), both('2030', '2030')] }],
  ['a hash that confirms nothing', (s) => { s.confirmed = ['01234567'] }, '0: “01234567” confirms no text of this service any more. Take it out.'],
]

test('each slip in a case, a message or a text is told, with what to do, and nothing else is', () => {
  const wrong = rows.flatMap(([name, change, ...told]) => {
    const found = complaintsAbout(tideGrant, change)
    return JSON.stringify(found.told) === JSON.stringify(told) ? [] : [{ name, told: found.told }]
  })
  assert.deepEqual(wrong, [])
})

test('an item of a register begins by a step that the department takes alone, with all that the step asks for', async () => {
  const known = await readRegisters()
  const boats = structuredClone(known.get('boats')!)
  boats.steps.push({ ...boats.steps[0]!, id: 'register-by-two', approvals: [[{ party: 'registry', persons: 2 }]] })
  const registers = new Map([...known, ['boats', boats]])
  const berth = {
    ...{ kind: 'record', register: 'berth-licences', step: 'issue', party: 'registry', undo: 'suspend' },
    fields: [
      { id: 'berth', text: '{group_name}', language: 'en' },
      { id: 'licensee', value: 'contact_name' },
      { id: 'until', value: 'today' },
    ],
  }
  const boat = {
    ...{ kind: 'record', register: 'boats', step: 'register', party: 'registry', pass: 'hand-over' },
    fields: ['name', 'hull'].map((id) => ({ id, text: '{group_name}', language: 'zh-Hant' })),
  }
  const told = (record: Loose, change = (_: Loose, _record: Loose) => {}) =>
    complaintsAbout(
      tideGrant,
      (s) => {
        const item = Object.assign(output(s, 'letter'), structuredClone(record))
        delete item.text
        change(s, item)
      },
      { registers },
    ).told
  // biome-ignore format: a table
  const wrong: [record: Loose, change: (s: Loose, item: Loose) => void, ...told: string[]][] = [
    [berth, () => {}],
    [boat, () => {}],
    [berth, (_, item) => { item.text = both('Yes', '批准') }, 'text: An item of a register says what its fields hold. Take “text” out.'],
    [berth, (_, item) => { delete item.party }, '-: An item stands in a register. Say with “party” in which, and how it begins.'],
    [berth, (_, item) => { item.kind = 'letter'; item.text = both('Yes', '批准') }, 'register: Only an item of a register has “register”. Take it out.'],
    [berth, (_, item) => { item.step = 'issued' }, 'step: “issued” is not among the steps of the register berth-licences. Write one of: issue, renew, suspend, reinstate, revoke.'],
    [berth, (_, item) => { item.step = 'renew'; item.fields.splice(0, 2) }, 'step: The step “renew” of the register begins no item. Name one that does.'],
    [berth, (_, item) => { item.party = 'pilot' }, 'party: “pilot” is not among the parties of the register berth-licences. Write one of: registry.'],
    [boat, (_, item) => { item.party = 'court'; delete item.pass }, 'party: tide-station takes the step “grant”, and the party “court” of the register is not this department. Name its own party, or another register.', 'step: One officer of the party “court” cannot take the step “register” of the register alone: others must approve as well. Name another step.'],
    [boat, (_, item) => { item.step = 'register-by-two' }, 'step: One officer of the party “registry” cannot take the step “register-by-two” of the register alone: others must approve as well. Name another step.'],
    [berth, (_, item) => { item.fields.splice(1, 1) }, '-: The step of the register asks for “licensee”, which must be filled. Add it to the fields.'],
    [berth, (_, item) => { item.fields.push({ id: 'hull', value: 'today' }) }, 'id: The step of the register does not ask for “hull”. Take it out.'],
    [berth, (_, item) => { item.fields.push(item.fields[0]) }, 'id: “berth” is filled already. Keep one of the two.'],
    [berth, (_, item) => { delete item.fields[0].language }, '-: A field holds a text, in a language that is named, or a value. Write “text” and “language”, or “value”.'],
    [berth, (_, item) => { item.fields[2].value = 'members' }, 'value: The field “until” of the register takes a date, and “members” gives something else.'],
    [berth, (_, item) => { item.fields[2].value = 'tomorow' }, 'value: “tomorow”: There is no name “tomorow” here.'],
    [berth, (_, item) => { item.fields[0].text = '{amount_grantd}' }, 'text: There is nothing to put in the place of {amount_grantd}.'],
    [berth, (_, item) => { item.undo = 'reinstate' }, 'undo: The step “reinstate” of the register cannot follow “issue”, which begins the item. Name one that can be taken then.'],
    [berth, (_, item) => { item.undo = 'revoke' }, 'undo: One officer of the party “registry” cannot take the step “revoke” of the register alone: others must approve as well. Name another step.'],
    [berth, (_, item) => { item.undo = 'renew' }, 'undo: The step “renew” of the register asks for “until”, and nobody is there to fill it. Name another step.'],
    [berth, (_, item) => { item.giveUp = 'reinstate' }, 'giveUp: The step “reinstate” of the register cannot follow “issue”, which begins the item. Name one that can be taken then.'],
    [berth, (_, item) => { item.giveUp = 'revoke' }, 'giveUp: One officer of the party “registry” cannot take the step “revoke” of the register alone: others must approve as well. Name another step.'],
    [berth, (_, item) => { item.reinstate = 'reinstate' }],
    [berth, (_, item) => { item.reinstate = 'suspend' }, 'reinstate: The step “suspend” of the register does not lead from where “undo” leaves the item back to where “issue” began it. Name one that does.'],
    [berth, (_, item) => { item.reinstate = 'reinstate'; delete item.undo }, 'reinstate: Only what “undo” ends can be reinstated. Say with “undo” how the item ends, or take this out.'],
    [berth, (_, item) => { item.reinstate = 'restore' }, 'reinstate: “restore” is not among the steps of the register berth-licences. Write one of: issue, renew, suspend, reinstate, revoke.'],
    [boat, (_, item) => { item.undo = 'survey'; item.pass = 'survey' }, 'pass: The step “survey” of the register does not pass the item on by the party “registry” and the taker alone. Name one that does.'],
    [berth, (_, item) => { item.title = both('Item {record}', '登記項 {record}') }, 'en: No item of a register has begun where this is written: {record} needs one that stands before it in the outputs of the step.'],
    [berth, (s) => { write(message(s, 'granted').text, '{record}') }, 'en: No item of a register has begun where this is written: {record} needs one that stands before it in the outputs of the step.'],
    [berth, (s) => { s.apply.case.outputs.push({ id: 'paper', kind: 'letter', title: both('Paper', '文件'), text: both('{record}', '編號 {record}') }); step(s, 'grant').outputs.push('paper') }],
    [berth, (s) => { step(s, 'assess').outputs = ['letter'] }, '-: The step “grant” can be taken after this item has begun, and would begin it again. Let another step leave it.'],
  ]
  for (const [record, change, ...expected] of wrong) {
    const found = told(record, change)
    assert.equal(found.length, expected.length, found.join('\n'))
    for (const [at, each] of expected.entries()) assert.ok(found[at]!.startsWith(each), found[at])
  }
})

test('a role that nobody holds, or two where four eyes are asked, is told where people are known', () => {
  const told = (held: Record<string, number>, change = (_: Loose) => {}) =>
    complaintsAbout(tideGrant, change, {
      holders: (permission, organisation) => held[`${organisation} ${permission}`] ?? 0,
    }).told
  const [work, decide] = ['tide-station services:work-case', 'tide-station services:decide-case']
  assert.deepEqual(told({ [work]: 3, [decide]: 2 }), [])
  assert.deepEqual(told({ [work]: 3, [decide]: 1 }), [
    'fourEyes: A second officer must approve this step, and only one person of tide-station has the permission services:decide-case. Give it to another.',
  ])
  assert.deepEqual(told({ [work]: 3 }), [
    'permission: No person of tide-station has the permission services:decide-case, which this role needs. Give it to somebody.',
  ])
  // A role of another organisation is held there.
  const elsewhere = (s: Loose) => {
    role(s, 'decider').organisation = 'counting-house'
  }
  assert.equal(told({ [work]: 3, [decide]: 2 }, elsewhere).length, 1)
  assert.deepEqual(told({ [work]: 3, 'counting-house services:decide-case': 2 }, elsewhere), [])
})

test('a text of which one language changed since the version that counts is stale until its hash is confirmed', () => {
  const told = (change: (s: Loose) => void) => complaintsAbout(tideGrant, change, { before: tideGrant }).told
  const stale = (language: string, text: { en: string; 'zh-Hant': string }) =>
    `${language}: The other language changed since the version that counts now, and this one did not. Translate it again; if it still says the same, add “${hashOfText(text)}” to “confirmed”.`
  const summary = { ...tideGrant.summary, en: 'Money for groups.' }
  assert.deepEqual(
    told(() => {}),
    [],
  )
  assert.deepEqual(
    told((s) => {
      s.summary = summary
    }),
    [stale('zh-Hant', summary)],
  )
  assert.deepEqual(
    told((s) => {
      s.summary = summary
      s.confirmed = [hashOfText(summary)]
    }),
    [],
  )
  assert.deepEqual(
    told((s) => {
      s.summary = both('Money for groups.', '資助團體。')
    }),
    [],
  )
  assert.deepEqual(
    told((s) => {
      s.summary['zh-Hant'] = '資助團體。'
    }),
    [stale('en', { ...tideGrant.summary, 'zh-Hant': '資助團體。' })],
  )
  // What is new has nothing before it; what moved is still found; in lists without ids, what stands beside is no matter.
  assert.deepEqual(
    told((s) => s.who.unshift(both('Groups', '團體'))),
    [],
  )
  assert.deepEqual(
    told((s) => s.who.reverse()),
    [],
  )
  assert.deepEqual(
    told((s) => {
      s.who[1].en = 'In Testland'
    }),
    [stale('zh-Hant', { ...tideGrant.who[1]!, en: 'In Testland' })],
  )
  const moved = (s: Loose) => {
    const { pages } = s.apply.form
    pages.push(pages.splice(6, 1)[0])
    pages.at(-1).section = 'contact'
    pages.at(-1).questions[0].title.en = 'Send the plan'
  }
  assert.deepEqual(
    told(moved).map((each) => each.slice(0, 41)),
    ['zh-Hant: The other language changed since'],
  )
  // A draft that a person wrote is a language of its own.
  assert.deepEqual(
    told((s) => {
      s.title = { ...both('Grant', '資助'), 'zh-Hans': '资助' }
    }),
    [],
  )
})
