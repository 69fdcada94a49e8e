import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { organisations } from './definitions.ts'
import { type Definition, loadPack } from './pack.ts'
import { oneOf, PackDate, PackId, packText, reference } from './shapes.ts'

const Boat = Type.Object({
  id: PackId,
  name: packText(40),
  kind: oneOf(['ferry', 'sampan'], 'What sails'),
  owner: reference('organisation'),
  seats: Type.Integer({ minimum: 1, maximum: 500 }),
  code: Type.Optional(Type.String({ pattern: '^[0-9]{3}$', description: 'Three digits in quotation marks' })),
  since: Type.Optional(PackDate),
  open: Type.Optional(Type.Boolean()),
  piers: Type.Optional(Type.Array(Type.Object({ name: Type.String() }), { maxItems: 2 })),
  size: Type.Optional(Type.Union([Type.Literal('small'), Type.Literal('large')])),
  tide: Type.Optional(Type.Union([Type.Integer(), Type.Object({ at: Type.Integer() })])),
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
        yield { at: boat, key: 'seats', sentence: 'A sampan seats 20 at most. Lower the number.' }
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
async function mistakesOf(files: Files): Promise<string[]> {
  const folder = await write(files)
  const { mistakes } = await loadPack(folder, [boats, routes])
  return mistakes.map(({ file, line, sentence }) => `${file.slice(folder.length + 1)}:${line} ${sentence}`)
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

// biome-ignore format: matrix
const broken: [name: string, content: string | Uint8Array, ...mistakes: string[]][] = [
  ['nothing wrong', aBoat()],
  ['a byte order mark and Windows line ends', `\ufeff${aBoat().replaceAll('\n', '\r\n')}`],
  ['a key misspelt', aBoat(7, '  seast: 300'), 'boats.yaml:1 “seats” is missing here. Add what is missing.', 'boats.yaml:7 “seast” is not known here. Did you mean “seats”?'],
  ['a key that nobody knows', aBoat(9, '  colour-of-funnel: green'), 'boats.yaml:9 “colour-of-funnel” is not known here. Remove it.'],
  ['a key of every object', aBoat(9, '  constructor: 1'), 'boats.yaml:9 “constructor” is not known here. Remove it.'],
  ['a key that would change the object', aBoat(9, '  __proto__: { admin: true }'), 'boats.yaml:9 “__proto__” is not known here. Remove it.'],
  ['a missing translation', aBoat(3), 'boats.yaml:3 “en” is missing here. Add what is missing.'],
  ['a key without a value', aBoat(5, '  kind:'), 'boats.yaml:5 “kind” is “null”. Write one of ferry, sampan.'],
  ['a name without a value', aBoat(3, '    en:'), 'boats.yaml:3 “en” has no value. Write one, or remove the line.'],
  ['a number where text belongs', aBoat(9, '  code: 007'), `boats.yaml:9 “code” must be text. Put it in quotation marks: '007'.`],
  ['text where a number belongs', aBoat(7, '  seats: many'), 'boats.yaml:7 “seats” must be a whole number, not “many”.'],
  ['half a seat', aBoat(7, '  seats: 1.5'), 'boats.yaml:7 “seats” must be a whole number, not “1.5”.'],
  ['too few seats', aBoat(7, '  seats: 0'), 'boats.yaml:7 “seats” must be >= 1.'],
  ['a word like a truth', aBoat(8, '  open: yes'), 'boats.yaml:8 “open” must be true or false, not “yes”.'],
  ['a choice misspelt', aBoat(5, '  kind: fery'), 'boats.yaml:5 “kind” is “fery”. Write one of ferry, sampan. Did you mean “ferry”?'],
  ['a choice of literals', aBoat(9, '  size: huge'), 'boats.yaml:9 “size” is “huge”. Write one of small, large.'],
  ['a choice of forms', aBoat(9, '  tide: high'), 'boats.yaml:9 “tide” fits none of the forms that it may have.'],
  ['a wrong pattern', aBoat(9, "  code: '07'"), 'boats.yaml:9 “code” is “07”, which does not fit: three digits in quotation marks.'],
  ['an id in capitals', aBoat(1, '- id: Star'), 'boats.yaml:1 “id” is “Star”, which does not fit: lower-case letters, digits and hyphens, a letter first.'],
  ['a date that is none', aBoat(9, '  since: 2024-13-01'), 'boats.yaml:9 “since” is “2024-13-01”, which does not fit: a date, as 2024-07-25.'],
  ['too many entries', aBoat(9, '  piers: [{ name: a }, { name: b }, { name: c }]'), 'boats.yaml:9 “piers” must not have more than 2 items.'],
  ['a slip deep inside', aBoat(9, '  piers:\n    - name: a\n    - name: b\n      nmae: c'), 'boats.yaml:12 “nmae” is not known here. Did you mean “name”?'],
  ['a name too long', aBoat(3, `    en: ${'x'.repeat(41)}`), 'boats.yaml:3 “en” must not have more than 40 characters.'],
  ['an owner misspelt', aBoat(6, '  owner: tide-staton'), 'boats.yaml:6 There is no organisation “tide-staton”. Did you mean “tide-station”?'],
  ['an owner that nobody knows', aBoat(6, '  owner: somebody-else'), 'boats.yaml:6 There is no organisation “somebody-else”. Write it in its file, or name another.'],
  ['what no shape can say', aBoat(5, '  kind: sampan'), 'boats.yaml:7 A sampan seats 20 at most. Lower the number.'],
  ['a key twice', aBoat(9, '  seats: 301'), 'boats.yaml:9 “seats” is already written on line 7. Keep one of the two.'],
  ['an id twice', aBoat() + aBoat(), 'boats.yaml:9 There is a boat “star” already, at FOLDER/boats.yaml:1. Choose another id.'],
  ['every mistake at once', aBoat(7, '  seats: x') + aBoat(5, '  kind: y'), 'boats.yaml:7 “seats” must be a whole number, not “x”.', 'boats.yaml:9 There is a boat “star” already, at FOLDER/boats.yaml:1. Choose another id.', 'boats.yaml:13 “kind” is “y”. Write one of ferry, sampan.'],
  ['a map where a list belongs', 'id: star\n', 'boats.yaml:1 This file must be a list. Begin each entry with “- ”.'],
  ['words in a list of maps', '# boats\n- star\n- [a]\n', 'boats.yaml:2 Write keys with their values here, as “id: …”.', 'boats.yaml:3 Write keys with their values here, as “id: …”.'],
  ['nothing', '', 'boats.yaml:1 This file is empty. Write its content, or delete it.'],
  ['only a comment', '# none yet\n', 'boats.yaml:1 This file is empty. Write its content, or delete it.'],
  ['a tab', `${aBoat(7)}\tseats: 3\n`, 'boats.yaml:8 YAML cannot read this: Unexpected scalar at node end. Indent with spaces, not with a tab.'],
  ['a quotation mark left open', aBoat(3, '    en: "Star'), "boats.yaml:8 YAML cannot read this: Missing closing \"quote. Close the quotation mark or the bracket that opens here or above."],
  ['two documents', `${aBoat()}---\n${aBoat()}`, 'boats.yaml:9 YAML cannot read this: Source contains multiple documents; please use YAML.parseAllDocuments(). Remove the line “---”: a file is one document.'],
  ['a tag that runs code elsewhere', aBoat(3, '    en: !!js/function "x"'), 'boats.yaml:3 YAML cannot read this: Unresolved tag: tag:yaml.org,2002:js/function. Remove the word that begins with “!”: only plain values are read.'],
  ['an alias', aBoat(3, '    en: &star Star').replace('天星', '*star'), 'boats.yaml:4 “*star” repeats another part. Write it out: aliases are not read.'],
  ['a billion laughs', ['a: &a [x]', ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`)].join('\n'), ...Array.from({ length: 63 }, (_, index) => `boats.yaml:${2 + Math.floor(index / 9)} “*${'abcdefgh'[Math.floor(index / 9)]}” repeats another part. Write it out: aliases are not read.`)],
  ['a Big5 file', Buffer.concat([Buffer.from('- id: star\n  name: '), Buffer.from([0xa4, 0xd1, 0x0a])]), 'boats.yaml:2 This line is not UTF-8. Save the file again as UTF-8.'],
  ['a UTF-16 file', Buffer.from(`\ufeff${aBoat()}`, 'utf16le'), 'boats.yaml:1 This line is not UTF-8. Save the file again as UTF-8.'],
  ['a file too large', '#'.repeat(1_000_001), 'boats.yaml:1 This file is larger than 1 MB. Split it or shorten it.'],
  ['ten thousand brackets', '['.repeat(10_000), 'boats.yaml:1 This file nests too deeply to be read. Flatten it.'],
  ['thirty brackets', '['.repeat(30) + ']'.repeat(30), 'boats.yaml:1 This file nests too deeply to be read. Flatten it.'],
]

for (const [name, content, ...expected] of broken)
  test(`a file with ${name} is told what to do, and where`, async () => {
    const folder = await write({ 'boats.yaml': content })
    const { mistakes } = await loadPack(folder, [boats])
    assert.deepEqual(
      mistakes.map(
        ({ file, line, sentence }) => `${file.slice(folder.length + 1)}:${line} ${sentence.replace(folder, 'FOLDER')}`,
      ),
      expected,
    )
  })

test('mistakes in several files come in the order of files and lines', async () => {
  const files = { 'routes/north/route.yaml': 'id: a\n', 'boats.yaml': aBoat(5), 'fleet.yml': 'x', 'boat.yaml': '- x\n' }
  assert.deepEqual(await mistakesOf(files), [
    'boat.yaml:1 No definition reads this file. Rename it or delete it. Did you mean “boats.yaml”?',
    'boats.yaml:1 “kind” is missing here. Add what is missing.',
    'fleet.yml:1 No definition reads this file. Rename it or delete it.',
    'routes/north/route.yaml:1 “harbour” is missing here. Add what is missing.',
  ])
})

test('notes for people and files that begin with a dot are no part of a pack', async () => {
  assert.deepEqual(
    await mistakesOf({ 'README.md': 'x', 'routes/README.md': 'x', '.DS_Store': 'x', '.git/config': 'x' }),
    [],
  )
})

test('a pack without a government, and a folder that is not there, say so', async () => {
  const folder = await write({})
  await rm(join(folder, 'government.yaml'))
  const { pack, mistakes } = await loadPack(folder, [])
  assert.equal(
    mistakes[0]?.sentence,
    'This file is missing. Write it: Its name, languages, time, money and financial year.',
  )
  assert.throws(() => pack.government, /has no government/)
  const nowhere = await loadPack(join(folder, 'nowhere'), [])
  assert.deepEqual(nowhere.mistakes[0], {
    file: join(folder, 'nowhere'),
    line: 1,
    sentence: 'There is no such folder. Check PRAYA_PACK.',
  })
})

test('a link out of the pack is refused', async () => {
  const folder = await write({})
  await symlink('/etc/hostname', join(folder, 'boats.yaml'))
  const { mistakes } = await loadPack(folder, [boats])
  assert.deepEqual(
    mistakes.map(({ sentence }) => sentence),
    ['This is no plain file. Put the file itself here.'],
  )
})

test('languages, time zone and the order of organisations are checked beyond their shapes', async () => {
  const wrong = government!
    .replace('defaultLanguage: en', 'defaultLanguage: zh-Hans')
    .replace('Atlantic/Azores', 'Atlantic/Atlantis')
  const twice = wrong.replace(/ {2}- language: zh-Hans\n {4}address: jian/, '  - language: en\n    address: eng')
  const circle = people!.replace('kind: department\n\n', 'kind: department\n  partOf: tide-station\n\n')
  const sentences = (await mistakesOf({ 'government.yaml': twice, 'organisations.yaml': circle })).map((each) =>
    each.replace(/^\S+ /, ''),
  )
  assert.deepEqual(sentences, [
    'This language or its address is in the list already. Keep one of the two.',
    '“zh-Hans” is not among the languages above. Name one of them.',
    'There is no time zone “Atlantic/Atlantis”. Write one as “Europe/Lisbon”.',
    '“counting-house” leads back to itself here. Break the circle.',
    '“tide-station” leads back to itself here. Break the circle.',
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
      for (const { file, line, sentence } of mistakes) {
        assert.equal(file, join(folder, 'boats.yaml'))
        assert.ok(line >= 1 && line <= bytes.toString('latin1').split(/\r\n?|\n/).length, `line ${line}`)
        assert.match(sentence, /^[^\n]+[.?]$/)
      }
    }),
    { numRuns: 300 },
  )
})
