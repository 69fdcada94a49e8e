// The fold against a model that is written another way, and against entries that nobody should be able to make count.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadPackOrThrow } from '../../../../test/pack.ts'
import ledger from '../module.ts'
import { hashLeaf } from '../tree/tree.rules.ts'
import { registers as definition, rulesOf } from './definitions.ts'
import { foldRules, foldStep, type ItemState, type Open, openOfPartyMax, type RegisterRules } from './fold.rules.ts'
import { newNumber, readNumber } from './numbers.rules.ts'
import { foldEntry, type Registers, rootOfItems } from './replay.rules.ts'
import { parseStep, printStep, type RulesEntry, type StepEntry } from './step-entry.rules.ts'

const pack = await loadPackOrThrow('testland', [ledger])
const boats = pack.list(definition).find(({ id }) => id === 'boats')!
const time = '2031-03-01T08:00:00Z'
const setting: RulesEntry = {
  kind: 'rules-set',
  register: 'boats',
  org: 'tide-station',
  rules: rulesOf(boats),
  time,
  v: 1,
}
const leafOf = (entry: StepEntry | RulesEntry) => Buffer.from(hashLeaf(printStep(entry))).toString('hex')
const rulesLeaf = leafOf(setting)
const rules = foldRules(undefined, setting, rulesLeaf) as RegisterRules
const zeros = '0'.repeat(64)
const who = (name: string) => Buffer.from(name.padEnd(32, '.')).toString('hex')
const given: StepEntry = {
  ...{ kind: 'step-proposed', register: 'boats', item: 'BT-22222-22222', step: 'register', org: 'tide-station' },
  ...{ party: 'registry', who: who('registrar'), rules: rulesLeaf, commitment: zeros, time, v: 1 },
}
/** What an entry makes of an item, by its own leaf. */
const fold = (item: ItemState | undefined, entry: Partial<StepEntry>) => {
  const whole = { ...given, ...(item && { prev: item.head }), ...entry }
  return foldStep(item, whole, leafOf(whole), rules)
}
function done(item: ItemState | undefined, entry: Partial<StepEntry>): ItemState {
  const folded = fold(item, entry)
  if (typeof folded === 'string') throw new Error(folded)
  return folded.item
}
const registered = done(undefined, {})
const court = { party: 'court', org: 'counting-house', who: who('judge') }

test('an entry that is not as the rules have it has no effect, and says why', () => {
  const proposed = done(registered, { step: 'freeze', who: who('one') })
  const proposal = proposed.open[0]!.proposal
  const answer: Partial<StepEntry> = { kind: 'step-approved', step: 'freeze', proposal, who: who('two') }
  const late = '2031-03-31T08:00:01Z'
  // biome-ignore format: a table
  const cases: [item: ItemState | undefined, entry: Partial<StepEntry>, fault: string][] = [
    [registered, { step: 'freeze', prev: zeros },                          'prev-other'],
    [undefined,  { prev: zeros },                                          'prev-other'],
    [registered, { step: 'register' },                                     'state-other'],
    [undefined,  { step: 'freeze' },                                       'state-other'],
    [registered, { step: 'melt' },                                         'step-unknown'],
    [registered, { step: 'freeze', party: 'owner' },                       'party-unknown'],
    [registered, { step: 'freeze', party: 'nobody' },                      'party-unknown'],
    [registered, { step: 'freeze', org: 'counting-house' },                'party-other-organisation'],
    [registered, { step: 'freeze', ...court, org: 'tide-station' },        'party-other-organisation'],
    [registered, { step: 'freeze', as: 'person' },                         'party-unknown'],
    [registered, { step: 'scrap', party: 'owner' },                        'party-unknown'],
    [registered, { step: 'scrap', party: 'owner', as: 'person' },          'holder-other'],
    [registered, { step: 'transfer', ...court },                           'state-other'],
    [registered, { step: 'freeze', rules: zeros },                         'rules-old'],
    [registered, { kind: 'step-approved', step: 'freeze', proposal },      'proposal-unknown'],
    [registered, { kind: 'step-approved', step: 'freeze' },                'proposal-unknown'],
    [proposed,   { ...answer, step: 'scrap' },                             'proposal-unknown'],
    [proposed,   { ...answer, rules: zeros },                              'proposal-unknown'],
    [proposed,   { ...answer, who: who('one') },                           'approved-before'],
    [proposed,   { ...answer, time: late },                                'proposal-late'],
  ]
  for (const [item, entry, fault] of cases) assert.equal(fold(item, entry), fault, JSON.stringify(entry))
  assert.equal(done(proposed, answer).state, 'frozen')
  assert.equal(foldStep(undefined, given, zeros, undefined), 'rules-unknown')
})

test('one party has five proposals of an item waiting and no more, which stand in nobody else’s way; one that is late makes room', () => {
  let item = registered
  for (let each = 0; each < openOfPartyMax; each += 1) item = done(item, { step: 'freeze', who: who(`${each}`) })
  assert.equal(fold(item, { step: 'freeze', who: who('more') }), 'open-too-many')
  assert.equal(done(item, { step: 'freeze', ...court, who: who('judge') }).state, 'frozen')
  const later = '2031-05-01T00:00:00Z'
  assert.equal(done(item, { step: 'freeze', who: who('more'), time: later }).open.length, 1)
})

test('rules of a later version count for new proposals, and those that wait are judged by their own', () => {
  const other = { ...setting, prev: rulesLeaf, rules: { ...setting.rules, openDays: 3 }, time: '2031-03-02T08:00:00Z' }
  const both = foldRules(rules, other, leafOf(other)) as RegisterRules
  const proposed = done(registered, { step: 'freeze', who: who('one') })
  const proposal = proposed.open[0]!.proposal
  const entry: StepEntry = {
    ...given,
    kind: 'step-approved',
    step: 'freeze',
    proposal,
    who: who('two'),
    prev: proposed.head,
  }
  const folded = foldStep(proposed, entry, leafOf(entry), both)
  assert.ok(typeof folded !== 'string' && folded.item.state === 'frozen')
  const old: StepEntry = { ...given, step: 'freeze', prev: registered.head }
  assert.equal(foldStep(registered, old, leafOf(old), both), 'rules-old')
  assert.equal(foldRules(rules, { ...other, org: 'counting-house' }, zeros), 'rules-other-organisation')
  assert.equal(foldRules(rules, { ...other, prev: zeros }, zeros), 'prev-other')
})

/** Whether the people who approved a step are enough by one of its ways, counted from the definition. */
function isEnough(step: (typeof boats.steps)[number], by: Open['by'], heldAs: ItemState['heldAs']): boolean {
  return step.approvals.some((needs) =>
    needs.every(({ party, persons = 1, ofOrganisation = persons }) => {
      const those = by.filter((each) => each.party === party)
      const as = party === 'owner' ? heldAs : those[0]?.as
      return those.length >= (as === 'organisation' ? ofOrganisation : persons)
    }),
  )
}

test('whatever entries come in whatever order, a step takes effect exactly when one way of approving it is whole', () => {
  const tried = fc.record({
    kind: fc.constantFrom('step-proposed', 'step-approved', 'step-approved', 'step-approved', 'step-refused'),
    ...{ step: fc.nat(boats.steps.length - 1), party: fc.nat(5), who: fc.nat(7), open: fc.nat(5) },
    as: fc.constantFrom('person' as const, 'organisation' as const, undefined),
  })
  let effects = 0
  const property = fc.property(fc.array(tried, { minLength: 40, maxLength: 80 }), (given) => {
    let item = registered
    for (const each of given) {
      const kind = each.kind as StepEntry['kind']
      const open: Open | undefined = kind === 'step-proposed' ? undefined : item.open[each.open % item.open.length]
      const step = boats.steps.find(({ id }) => id === open?.step) ?? boats.steps[each.step]!
      const parties = step.approvals.flatMap((needs) => needs.map(({ party }) => party))
      const party = parties[each.party % parties.length]!
      const isOther = party === 'owner' || party === 'buyer'
      const as = isOther ? (party === 'owner' ? (item.heldAs ?? each.as) : each.as) : undefined
      const by = { party, who: who(`${each.who}`), ...(as && { as }) }
      const folded = fold(item, {
        ...{ kind, step: step.id, ...by, org: party === 'court' ? 'counting-house' : 'tide-station' },
        ...(open && { proposal: open.proposal }),
      })
      if (typeof folded === 'string') continue
      const all: Open['by'] = [...(open?.by ?? []), by]
      assert.equal(folded.effect !== undefined, kind !== 'step-refused' && isEnough(step, all, item.heldAs))
      if (kind !== 'step-refused') assert.equal(new Set(all.map((one) => one.who)).size, all.length)
      if (folded.effect) {
        effects += 1
        assert.ok(step.from.includes(item.state!))
        assert.deepEqual([folded.item.state, folded.item.open], [step.to, []])
      } else assert.equal(folded.item.state, item.state)
      item = folded.item
    }
  })
  fc.assert(property, { numRuns: 500 })
  assert.ok(effects > 300, `${effects} steps took effect`)
})

test('entries are read as they were printed, and nothing else is one', () => {
  const entry = printStep(given)
  assert.deepEqual(parseStep(entry), given)
  assert.deepEqual(parseStep(printStep(setting)), setting)
  const text = entry.toString()
  // biome-ignore format: a table
  const others = [
    text.replace('{', '{ '), text.replace('"v":1', '"v":2'), text.replace('"registry"', '7'), text.replace('registry', 'Registry'),
    text.replace('"step":"register",', ''), text.replace('{', '{"a":"b",'), text.replace(zeros, zeros.slice(1)),
    text.replace('BT-22222', 'bt-22222'), text.replace('step-proposed', 'step-forced'), '{"register":', '[]', 'null', '"register":',
    printStep(setting).toString().replace('"openDays":30', '"openDays":0'),
    printStep(setting).toString().replace('"states":', '"more":[],"states":'),
  ]
  for (const other of others) assert.equal(parseStep(Buffer.from(other)), undefined, other)
  assert.equal(parseStep(Buffer.from([0xff, 0xfe])), undefined)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseStep(bytes) === undefined))
  const nested = `{"register":${'['.repeat(50_000)}`
  assert.equal(parseStep(Buffer.from(nested)), undefined)
})

test('one hash tells two registers apart, and does not depend on the order of items', () => {
  const items: StepEntry[] = ['BT-22222-22222', 'BT-33333-33333'].map((item) => ({ ...given, item }))
  const folded = (entries: readonly StepEntry[]) => {
    const registers: Registers = new Map()
    for (const each of [setting, ...entries]) assert.equal(typeof foldEntry(registers, printStep(each)), 'object')
    return Buffer.from(rootOfItems(registers.get('boats')!)).toString('hex')
  }
  assert.equal(folded(items), folded([...items].reverse()))
  assert.notEqual(folded(items), folded(items.slice(1)))
})

test('a number bears no slip of one letter and no two letters that were swapped', () => {
  let at = 7
  const random = (below: number) => {
    at = (at * 48_271) % 2_147_483_647
    return at % below
  }
  for (let each = 0; each < 50; each += 1) {
    const number = newNumber('BT', random)
    assert.equal(readNumber(number.toLowerCase().replace('-', ' – ')), number)
    const body = [...number.replaceAll('-', '').slice(2)]
    for (const [place, letter] of body.entries())
      for (const other of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
        if (other !== letter) assert.equal(readNumber(`BT${body.with(place, other).join('')}`), undefined)
    for (let place = 1; place < body.length; place += 1)
      if (body[place] !== body[place - 1])
        assert.equal(
          readNumber(
            `BT${body
              .with(place, body[place - 1]!)
              .with(place - 1, body[place]!)
              .join('')}`,
          ),
          undefined,
        )
  }
})
