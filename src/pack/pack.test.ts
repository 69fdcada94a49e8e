import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { languages, say } from '../platform/languages.ts'
import { organisations } from './definitions.ts'
import { type Definition, loadPack } from './pack.ts'
import { expects, oneOf, PackDate, PackId, packText, reference } from './shapes.ts'

const Boat = Type.Object({
  id: PackId,
  name: packText(40),
  kind: oneOf(['ferry', 'sampan'], 'What sails'),
  owner: reference('organisation'),
  seats: Type.Integer({ minimum: 1, maximum: 500 }),
  code: Type.Optional(
    Type.String({
      pattern: '^[0-9]{3}$',
      ...expects({ en: 'Three digits in quotation marks', 'zh-Hant': '加引號的三位數字' }),
    }),
  ),
  motor: Type.Optional(Type.Literal(true)),
  since: Type.Optional(PackDate),
  open: Type.Optional(Type.Boolean()),
  piers: Type.Optional(Type.Array(Type.Object({ name: Type.String() }), { minItems: 1, maxItems: 2 })),
  size: Type.Optional(Type.Union([Type.Literal('small'), Type.Literal('large')])),
  tide: Type.Optional(
    Type.Union(
      [Type.Integer(), Type.Object({ at: Type.Integer() })],
      expects({ en: 'An hour, or { at: 12 }', 'zh-Hant': '鐘點，或 { at: 12 }' }),
    ),
  ),
})
const boats: Definition<typeof Boat> = {
  kind: 'boat',
  summary: 'Boats, for this test.',
  file: 'boats.yaml',
  holds: 'list',
  shape: Boat,
  identifier: 'id',
  check: function* (values) {
    for (const boat of values)
      if (boat.kind === 'sampan' && boat.seats > 20)
        yield {
          at: boat,
          key: 'seats',
          text: { en: 'A sampan seats {max} at most. Lower the number.', 'zh-Hant': '舢舨最多 {max} 座。' },
          values: { max: 20 },
        }
  },
}
const routes: Definition = {
  kind: 'route',
  summary: 'Routes, for this test.',
  file: 'routes/*/route.yaml',
  holds: 'one',
  shape: Type.Object({ harbour: PackId, id: PackId }),
  identifier: ['harbour', 'id'],
}

const testland = new URL('../../governments/testland/', import.meta.url)
const [government, people] = await Promise.all(
  ['government.yaml', 'organisations.yaml'].map((name) => readFile(new URL(name, testland), 'utf8')),
)
const made: string[] = []
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))))

type Files = Record<string, string | Uint8Array>

async function write(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-pack-'))
  made.push(folder)
  for (const [name, content] of Object.entries({
    'government.yaml': government!,
    'organisations.yaml': people!,
    ...files,
  })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/** What a pack of Testland with these files besides is told, as `boats.yaml:3 sentence`. */
async function mistakesOf(files: Files, definitions: readonly Definition[] = [boats, routes]): Promise<string[]> {
  const folder = await write(files)
  const { mistakes } = await loadPack(folder, definitions)
  return mistakes.map(({ file, line, text, values }) =>
    `${file}:${line} ${say(text, 'en', values)}`.replaceAll(`${folder}/`, ''),
  )
}

/** A boat without mistakes, eight lines long, changed by replacing `line` by `text` (or adding it after the eighth). */
function aBoat(line?: number, text?: string): string {
  const lines = [
    '- id: star',
    '  name:',
    '    en: Star',
    '    zh-Hant: 天星',
    '  kind: ferry',
    '  owner: tide-station',
    '  seats: 300',
    '  open: true',
  ]
  if (line !== undefined) lines.splice(line - 1, 1, ...(text === undefined ? [] : [text]))
  return `${lines.join('\n')}\n`
}

// What people do to the files of a real pack stands in wrong-packs.test.ts; this is what a shape may say besides.
// biome-ignore format: matrix
const broken: [name: string, content: string | Uint8Array, ...mistakes: string[]][] = [
  ['nothing wrong', aBoat()],
  ['a key misspelt', aBoat(7, '  seast: 300'), 'boats.yaml:1 “seats” is missing here. Add a line “seats: …”.', 'boats.yaml:7 “seast” is not known here. Did you mean “seats”?'],
  ['a key of every object', aBoat(9, '  constructor: 1'), 'boats.yaml:9 “constructor” is not known here. Correct its spelling, or remove it.'],
  ['a key that would change the object', aBoat(9, '  __proto__: { admin: true }'), 'boats.yaml:9 “__proto__” is not known here. Correct its spelling, or remove it.'],
  ['a key without a value', aBoat(5, '  kind:'), 'boats.yaml:5 “kind” is “”. Write one of ferry, sampan.'],
  ['a name without a value', aBoat(3, '    en:'), 'boats.yaml:3 “en” has no value. Write one after the colon, or remove the line.'],
  ['a number where text belongs', aBoat(9, '  code: 007'), `boats.yaml:9 “code” must be text. Put it in quotation marks: '007'.`],
  ['text where a number belongs', aBoat(7, '  seats: many'), 'boats.yaml:7 “seats” must be a whole number, as 12, not “many”.'],
  ['half a seat', aBoat(7, '  seats: 1.5'), 'boats.yaml:7 “seats” must be a whole number, as 12, not “1.5”.'],
  ['a seat without end', aBoat(7, '  seats: 1e999'), 'boats.yaml:7 “seats” must be a whole number, as 12, not “1e999”.'],
  ['seats with a separator', aBoat(7, '  seats: 1,000'), 'boats.yaml:7 “seats” must be a whole number. Write 1000: digits alone, without quotation marks or separators.'],
  ['too few seats', aBoat(7, '  seats: 0'), 'boats.yaml:7 “seats” is 0; the least is 1.'],
  ['a choice of literals', aBoat(9, '  size: huge'), 'boats.yaml:9 “size” is “huge”. Write one of small, large.'],
  ['a single literal', aBoat(9, '  motor: false'), 'boats.yaml:9 “motor” is “false”. Write true, or remove the line.'],
  ['a choice of forms', aBoat(9, '  tide: high'), 'boats.yaml:9 “tide” is “high”, which does not fit. Expected: an hour, or { at: 12 }.'],
  ['a wrong pattern', aBoat(9, "  code: '07'"), 'boats.yaml:9 “code” is “07”, which does not fit. Expected: three digits in quotation marks.'],
  ['too many entries', aBoat(9, '  piers: [{ name: a }, { name: b }, { name: c }]'), 'boats.yaml:9 “piers” has more than 2 entries. Remove some.'],
  ['too few entries', aBoat(9, '  piers: []'), 'boats.yaml:9 “piers” has fewer than 1 entries. Add what is missing.'],
  ['a slip deep inside', aBoat(9, '  piers:\n    - name: a\n    - name: b\n      nmae: c'), 'boats.yaml:12 “nmae” is not known here. Did you mean “name”?'],
  ['what no shape can say', aBoat(5, '  kind: sampan'), 'boats.yaml:7 A sampan seats 20 at most. Lower the number.'],
  ['every mistake at once', aBoat(7, '  seats: x') + aBoat(5, '  kind: y'), 'boats.yaml:7 “seats” must be a whole number, as 12, not “x”.', 'boats.yaml:9 “star” is taken already, at boats.yaml:1. Choose another.', 'boats.yaml:13 “kind” is “y”. Write one of ferry, sampan.'],
  ['ten thousand brackets', '['.repeat(10_000), 'boats.yaml:1 This file nests too deeply to be read. Flatten it.'],
]

for (const [name, content, ...expected] of broken)
  test(`a file with ${name} is told what to do, and where`, async () => {
    assert.deepEqual(await mistakesOf({ 'boats.yaml': content }, [boats]), expected)
  })

test('mistakes in several files come in the order of files and lines', async () => {
  const files = { 'routes/north/route.yaml': 'id: a\n', 'boats.yaml': aBoat(5), 'fleet.yml': 'x', 'boat.yaml': '- x\n' }
  assert.deepEqual(await mistakesOf(files), [
    'boat.yaml:1 Nothing reads a file of this name. Rename it or delete it. Did you mean “boats.yaml”?',
    'boats.yaml:1 “kind” is missing here. Add a line “kind: …”.',
    'fleet.yml:1 Nothing reads a file of this name. Rename it or delete it.',
    'routes/north/route.yaml:1 “harbour” is missing here. Add a line “harbour: …”.',
  ])
})

test('notes for people and files that begin with a dot are no part of a pack', async () => {
  assert.deepEqual(
    await mistakesOf({ 'README.md': 'x', 'routes/README.md': 'x', '.DS_Store': 'x', '.git/config': 'x' }),
    [],
  )
})

test('a pack without a government holds none', async () => {
  const folder = await write({})
  await rm(join(folder, 'government.yaml'))
  const { pack, mistakes } = await loadPack(folder, [])
  assert.equal(mistakes.length, 1)
  assert.throws(() => pack.government, /has no government/)
})

test('a language that stands twice in the list is told', async () => {
  const twice = government!.replace(/ {2}- language: zh-Hans\n {4}address: jian/, '  - language: en\n    address: eng')
  assert.deepEqual(await mistakesOf({ 'government.yaml': twice }), [
    'government.yaml:24 This language or its address is in the list already. Keep one of the two.',
  ])
})

test('values are found by id, typed, in the order of the file, and frozen', async () => {
  const { pack } = await loadPack(
    await write({ 'boats.yaml': aBoat() + aBoat(1, '- id: sun'), 'routes/a/route.yaml': 'harbour: a\nid: b' }),
    [boats, routes],
  )
  assert.equal(pack.government.id, 'testland')
  assert.deepEqual(
    pack.list(boats).map(({ id }) => id),
    ['star', 'sun'],
  )
  assert.equal(pack.get(organisations, pack.get(boats, 'sun').owner).kind, 'department')
  assert.deepEqual(pack.find(routes, 'a/b'), { harbour: 'a', id: 'b' })
  assert.equal(pack.find(boats, 'moon'), undefined)
  assert.throws(() => pack.get(boats, 'moon'), /no boat “moon”/)
  assert.throws(() => Object.assign(pack.list(boats)[0]!.name, { en: 'x' }), TypeError)
})

test('only some modules: files of the others may be passed over', async () => {
  const folder = await write({ 'boats.yaml': aBoat() })
  assert.deepEqual((await loadPack(folder, [], { strangers: 'ignore' })).mistakes, [])
  assert.equal((await loadPack(folder, [])).mistakes.length, 1)
})

test('a definition that refers to a kind without a definition is a bug, not a mistake of the pack', async () => {
  const wrong = { ...routes, shape: Type.Object({ harbour: reference('harbour'), id: PackId }) }
  const folder = await write({ 'routes/a/route.yaml': 'harbour: a\nid: b' })
  await assert.rejects(loadPack(folder, [wrong]), /refers to harbour/)
})

test('whatever is done to a file, the loader answers with sentences and does not throw', async () => {
  const folder = await write({})
  const original = Buffer.from(aBoat() + aBoat(1, '- id: sun'))
  const scraps = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        '&a ',
        '*a',
        '<<: ',
        '- ',
        '{',
        '[',
        '"',
        "'",
        '\t',
        '\n',
        ': ',
        '!x ',
        '|',
        '>-',
        '#',
        '%',
        '---\n',
        '...',
        '? ',
        '\u2028',
        '1e999',
      )
      .map((each) => Buffer.from(each)),
  )
  const edit = fc.record({ at: fc.nat(original.length), cut: fc.nat(12), scrap: scraps })
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      const bytes = edits.reduce(
        (all, { at, cut, scrap }) => Buffer.concat([all.subarray(0, at), scrap, all.subarray(at + cut)]),
        original,
      )
      await writeFile(join(folder, 'boats.yaml'), bytes)
      const { mistakes } = await loadPack(folder, [boats])
      for (const { file, line, text, values } of mistakes) {
        assert.equal(file, join(folder, 'boats.yaml'))
        assert.ok(line >= 1 && line <= bytes.toString('latin1').split(/\r\n?|\n/).length, `line ${line}`)
        for (const language of languages) assert.match(say(text, language, values), /^[^\n]+[.?。？]$/)
      }
    }),
    { numRuns: 300 },
  )
})
