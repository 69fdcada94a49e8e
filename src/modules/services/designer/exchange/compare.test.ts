// What is told of two definitions, and the patch that makes one of the other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { say } from '#platform'
import { Service } from '../../definitions/service.ts'
import { type Loose, readTideGrant } from '../../definitions/testing/changed.ts'
import { differencesOf } from './compare.rules.ts'
import { labels, languageNames, nouns } from './difference-words.ts'
import { longestRising, matchLists } from './match.rules.ts'
import { type Operation, patchOf } from './patch.rules.ts'

const before = await readTideGrant()

function changed(change: (service: Loose) => void): Service {
  const after = structuredClone(before)
  change(after)
  return after
}
const pagesOf = (service: Loose) => service.apply.form.pages
const pageOf = (service: Loose, id: string) => pagesOf(service).find((each: Loose) => each.id === id)
const take = (list: Loose[], id: string) =>
  list.splice(
    list.findIndex((each) => each.id === id),
    1,
  )[0]
const topic = { id: 'pumps', title: { en: 'Pumps', 'zh-Hant': '水泵' } }

// biome-ignore format: a table
const rows: readonly [name: string, change: (service: Loose) => void, told: readonly string[]][] = [
  ['nothing',              () => {}, []],
  ['the order of fields',  (each) => { each.fee = Object.fromEntries(Object.entries(each.fee).reverse()) }, []],
  ['a hint',               (each) => { pageOf(each, 'name').questions[0].hint = { en: 'As registered', 'zh-Hant': '註冊名稱' } },
    ['added /apply/form/pages/1/questions/0/hint Question “Name of the group” of page “Your group”: hint']],
  ['one language',         (each) => { pageOf(each, 'kind').questions[0].options[2].hint.en = 'For profit' },
    ['changed /apply/form/pages/0/questions/0/options/2/hint/en Option “A company” of question “What kind of group are you?” of page “kind”: hint (English)']],
  ['a page before others', (each) => { pagesOf(each).unshift({ id: 'hello', questions: [] }) },
    ['added /apply/form/pages/0 Page “hello”']],
  ['a page taken out',     (each) => { take(pagesOf(each), 'name') },
    ['removed /apply/form/pages/1 Page “Your group”']],
  ['a page moved',         (each) => { pagesOf(each).push(take(pagesOf(each), 'name')) },
    ['moved /apply/form/pages/9 Page “Your group”']],
  ['a question to another page, and optional', (each) => { pageOf(each, 'more').questions.push({ ...take(pageOf(each, 'name').questions, 'members'), optional: true }) },
    ['moved /apply/form/pages/7/questions/1 Question “How many members does it have?” of page “more”',
     'added /apply/form/pages/7/questions/1/optional Question “How many members does it have?” of page “more”: may be left out']],
  ['options turned round', (each) => { pageOf(each, 'topics').questions[0].options.reverse() },
    ['moved /apply/form/pages/4/questions/0/options/0 Option “Boats” of question “What are the activities about?” of page “topics”',
     'moved /apply/form/pages/4/questions/0/options/1 Option “Shelters” of question “What are the activities about?” of page “topics”']],
  ['a page inside a list', (each) => { pageOf(each, 'activities').repeat.pages[1].questions[0].max = 5 },
    ['changed /apply/form/pages/5/repeat/pages/1/questions/0/max Question “What does it cost?” of page “cost” of page “Activities”: most']],
  ['a test of a row',      (each) => { each.apply.case.rules[0].rows[1].when[1] = '<= 10000' },
    ['changed /apply/case/rules/0/rows/1/when/1 Test “<= 10000” of row 2 of decision table “How much may be granted”']],
  ['a row between others', (each) => { each.apply.case.rules[0].rows.splice(1, 0, { when: ['-', '> 99'] }) },
    ['added /apply/case/rules/0/rows/1 Row 2 of decision table “How much may be granted”']],
  ['a clock',              (each) => { each.apply.case.states[0].clock.days = 7 },
    ['changed /apply/case/states/0/clock/days State “Received”: time limit, days']],
  ['who may take a step',  (each) => { each.apply.case.steps[2].by = ['officer'] },
    ['added /apply/case/steps/2/by/0 Role that takes it “officer” of step “Refuse”',
     'removed /apply/case/steps/2/by/0 Role that takes it “decider” of step “Refuse”']],
  ['one condition of who', (each) => { each.who[1].en = 'Activities at sea' },
    ['changed /who/1/en Condition of who may use it “Activities at sea”: English']],
  ['the application',      (each) => { delete each.apply }, ['removed /apply Service: online application']],
  ['the title',            (each) => { each.title['zh-Hant'] = '資助' }, ['changed /title/zh-Hant Service: title (Traditional Chinese)']],
  ['how long it is kept',  (each) => { each.apply.keep.draftDays = 30 }, ['changed /apply/keep/draftDays Service: how long it is kept, days that a draft is kept']],
  ['an option and the declaration', (each) => { pageOf(each, 'topics').questions[0].options.push(topic); each.apply.form.declaration.en = 'True' },
    ['changed /apply/form/declaration/en Service: declaration (English)',
     'added /apply/form/pages/4/questions/0/options/3 Option “Pumps” of question “What are the activities about?” of page “topics”']],
]

for (const [name, change, told] of rows)
  test(`${name}: told in words and by ids`, () => {
    const after = changed(change)
    const differences = differencesOf(before, after)
    assert.deepEqual(
      differences.map(({ kind, path, what }) => `${kind} ${path} ${say(what, 'en')}`),
      told,
    )
    assert.deepEqual(applyPatch(before, patchOf(before, after)), after)
    assert.deepEqual(applyPatch(after, patchOf(after, before)), before)
  })

test('Chinese says what is outside first, and has the words of the form', () => {
  const [difference] = differencesOf(
    before,
    changed((each) => {
      pageOf(each, 'name').questions[0].title.en = 'Its name'
    }),
  )
  assert.equal(say(difference!.what, 'zh-Hant'), '頁「你的團體」的問題「團體名稱」：標題（英文）')
  assert.deepEqual([difference!.before, difference!.after], ['Name of the group', 'Its name'])
})

test('every field and list of a definition has a name that people read', () => {
  const unnamed = new Set<string>()
  const walk = (shape: TSchema & Loose) => {
    for (const [key, inner] of Object.entries<Loose>(shape.properties ?? {})) {
      if (key in languageNames) continue
      if (!(key in labels)) unnamed.add(`field ${key}`)
      if (inner.items && !(key in nouns)) unnamed.add(`list ${key}`)
      walk(inner)
    }
    for (const inner of [shape.items, ...Object.values<Loose>(shape.patternProperties ?? {})]) if (inner) walk(inner)
  }
  walk(Service)
  assert.deepEqual([...unnamed], [])
})

/** Lists of things with ids and without, as definitions have them. */
const things = fc.array(
  fc.oneof(
    fc.record(
      { id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), title: fc.constantFrom('x', 'y') },
      { requiredKeys: ['id'] },
    ),
    fc.record({ en: fc.constantFrom('x', 'y', 'z') }),
    fc.constantFrom('one', 'two', 'three', 1, null),
    fc.array(fc.constantFrom('p', 'q')),
  ),
  { maxLength: 9 },
)
const document = fc.dictionary(
  fc.constantFrom('~', '/', 'm~1n', 'pages', ''),
  fc.oneof(things, fc.jsonValue({ maxDepth: 3 })),
)

test('a patch makes what stands after of what stood before, whatever both are', () => {
  fc.assert(
    fc.property(document, document, (one, other) => {
      assert.deepEqual(applyPatch(one, patchOf(one, other)), plain(other))
    }),
    { numRuns: 2000, examples: [[{ pages: {} }, { pages: JSON.parse('{"__proto__":[]}') }]] },
  )
})

test('what stays where it is takes no operation, and as little as can be is moved', () => {
  const ids = (letters: string) => [...letters].map((id) => ({ id }))
  assert.deepEqual(patchOf(ids('abcdef'), ids('bcdefa')), [{ op: 'move', from: '/0', path: '/5' }])
  assert.deepEqual(patchOf(ids('abcdef'), ids('fabcde')), [{ op: 'move', from: '/5', path: '/0' }])
  assert.deepEqual(patchOf(ids('abc'), ids('axc')), [
    { op: 'remove', path: '/1' },
    { op: 'add', path: '/1', value: { id: 'x' } },
  ])
  assert.deepEqual(longestRising([5, 1, 2, 9, 3, 4]), [1, 2, 3, 4])
  assert.deepEqual(longestRising([]), [])
})

test('a thing without an id that was changed is paired with what stood between the same neighbours', () => {
  const one = [{ en: 'a' }, { en: 'b' }, { en: 'c' }]
  assert.deepEqual(matchLists(one, [{ en: 'new' }, { en: 'a' }, { en: 'B' }, { en: 'c' }]), [
    { to: 0, moved: false },
    { from: 0, to: 1, moved: false },
    { from: 1, to: 2, moved: false },
    { from: 2, to: 3, moved: false },
  ])
})

const own = { configurable: true, enumerable: true, writable: true }
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

/** RFC 6902 as it is written, with errors where a place is not there: what others would do with our patch. */
function applyPatch(document: unknown, patch: readonly Operation[]): unknown {
  const root = { root: plain(document) }
  for (const each of patch) {
    if (each.op === 'move') put(each.path, cut(each.from))
    else if (each.op === 'remove') cut(each.path)
    else if (each.op === 'add') put(each.path, plain(each.value))
    else {
      cut(each.path)
      put(each.path, plain(each.value))
    }
  }
  return root.root

  function find(pointer: string): { owner: Loose; key: string } {
    const keys = ['root', ...pointer.split('/').slice(1)].map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const owner = keys.slice(0, -1).reduce<Loose>((each, key) => each[key], root)
    return { owner, key: keys.at(-1)! }
  }
  function cut(pointer: string): unknown {
    const { owner, key } = find(pointer)
    assert.ok(Object.hasOwn(owner, key), `nothing stands at ${pointer}`)
    const value = owner[key]
    if (Array.isArray(owner)) owner.splice(Number(key), 1)
    else delete owner[key]
    return value
  }
  function put(pointer: string, value: unknown) {
    const { owner, key } = find(pointer)
    // Also where the name is __proto__, which an assignment takes for something else.
    if (!Array.isArray(owner)) Object.defineProperty(owner, key, { ...own, value })
    else {
      assert.ok(/^\d+$/.test(key) && Number(key) <= owner.length, `no place at ${pointer}`)
      owner.splice(Number(key), 0, value)
    }
  }
}
