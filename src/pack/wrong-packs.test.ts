import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { chmod, chown, cp, glob, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Compile } from 'typebox/schema'
import { check } from '../command/check.ts'
import { runCommand } from '../command/run.ts'
import { Mapping } from '../modules/estimates/mapping/mapping.ts'
import { definitions as ofModules } from '../modules.ts'
import { type Language, say } from '../platform/languages.ts'
import { checkShape, type JsonSchema } from './check.ts'
import { platformDefinitions } from './definitions.ts'
import type { Definition } from './pack.ts'
import { readYaml } from './read.ts'

/*
 * What people who edit YAML do to a pack, and what `./praya check` tells them. Each row changes a copy of Testland: in a
 * file, the first `from` becomes `to`; without `from`, `to` is all of it.
 */

const testland = fileURLToPath(new URL('../../governments/testland/', import.meta.url))
const made: string[] = []
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))))

async function copy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'praya-wrong-pack-'))
  made.push(folder)
  // What may be wrong with a service has a table of its own, with the checks of services.
  const filter = (path: string) => !/\/testland\/(services|sources)$/.test(path)
  await cp(testland, folder, { recursive: true, filter })
  return folder
}

async function run(folder: string, language: Language = 'en') {
  const out: string[] = []
  const errors: string[] = []
  const code = await check.run({
    arguments: [folder],
    options: {},
    language,
    say: (text, values) => say(text, language, values),
    print: (line) => out.push(line.replaceAll(`${folder}/`, '').replaceAll(folder, 'FOLDER')),
    warn: (line) => errors.push(line.replaceAll(folder, 'FOLDER')),
    progress: () => {},
    openPack: () => assert.fail('a check loads the pack itself'),
    withInstallation: () => assert.fail('a check needs no database'),
  })
  return { code, out, errors }
}

const head = 'estimates/2030-31/head-007.yaml'
const initiatives = 'estimates/2030-31/initiatives.yaml'
type Row = [name: string, file: string, from: string, to: string | Uint8Array, ...told: string[]]

// biome-ignore format: matrix
const slips: Row[] = [
  // How YAML is written.
  ['a tab', 'people.yaml', '  name:\n', '\tname:\n', 'people.yaml:3 Indent this line with spaces, not with a tab.'],
  ['tabs further in', 'people.yaml', '    en: Ada Quay', '\t\ten: Ada Quay', 'people.yaml:4 Indent this line with spaces, not with a tab.'],
  ['a key twice', 'organisations.yaml', '  kind: office\n', '  kind: office\n  kind: bureau\n', 'organisations.yaml:10 “kind” is already written on line 9. Keep one of the two.'],
  ['one space too many', 'people.yaml', '    zh-Hant: 岸阿達', '     zh-Hant: 岸阿達', 'people.yaml:4 What is indented below this line does not fit it. Indent lines that belong together by as many spaces.'],
  ['one space too few', 'people.yaml', '  roles: [resident]', ' roles: [resident]', 'people.yaml:9 YAML cannot read this line. Indent it like the lines around it; put text with colons, brackets or quotation marks in quotation marks.'],
  ['no indentation', 'people.yaml', '  roles: [resident]', 'roles: [resident]', 'people.yaml:9 YAML cannot read this line. Indent it like the lines around it; put text with colons, brackets or quotation marks in quotation marks.'],
  ['no colon', 'people.yaml', '  roles: [resident]', '  roles [resident]', 'people.yaml:9 A colon with a space after it is missing here, as in “name: value”.'],
  ['no space after a colon', 'systems.yaml', '  programme: 1', '  programme:1', 'systems.yaml:13 A colon with a space after it is missing here, as in “name: value”.'],
  ['a full-width colon', 'organisations.yaml', '  kind: office', '  kind：office', 'organisations.yaml:9 This line has a full-width colon. Write an ordinary one and a space, as “name: value”.'],
  ['a full-width space', 'organisations.yaml', '  kind: office', '　kind: office', 'organisations.yaml:9 This line begins with a space that is not the ordinary one (a full-width one, perhaps). Type it again with the space bar.'],
  ['two colons', 'people.yaml', 'en: Ada Quay', 'en: Ada: Quay', "people.yaml:4 This line has two colons. Put the text in quotation marks: name: 'one: two'."],
  ['an open quotation mark', 'people.yaml', 'en: Ada Quay', "en: 'Ada Quay", 'people.yaml:4 A quotation mark or a bracket that opens here or above is not closed. Close it.'],
  ['an open bracket', 'people.yaml', '[resident]', '[resident', 'people.yaml:9 A quotation mark or a bracket that opens here or above is not closed. Close it.'],
  ['a quotation mark inside', 'people.yaml', 'en: Ada Quay', "en: 'Ada's Quay'", 'people.yaml:4 YAML cannot read this line. Indent it like the lines around it; put text with colons, brackets or quotation marks in quotation marks.'],
  ['a sign that begins text', 'people.yaml', 'en: Ada Quay', 'en: @ada', 'people.yaml:4 Text cannot begin with this character. Put it in quotation marks.'],
  ['a backslash', 'people.yaml', 'en: Ada Quay', 'en: "C:\\data"', 'people.yaml:4 Between double quotation marks a backslash has a meaning of its own. Use single ones.'],
  ['an anchor and its alias', 'people.yaml', '    en: Ada Quay\n    zh-Hant: 岸阿達', '    en: &ada Ada Quay\n    zh-Hant: *ada', 'people.yaml:5 “*ada” repeats another part. Write it out: aliases are not read.'],
  ['a merge key', 'people.yaml', '- id: ada-quay\n', '- &x\n  id: ada-quay\n  <<: *x\n', 'people.yaml:4 “*x” repeats another part. Write it out: aliases are not read.'],
  ['a bomb of aliases', 'audiences.yaml', '', ['a: &a [x, x, x]', 'b: &b [*a, *a, *a]', 'c: &c [*b, *b, *b]'].join('\n'), 'audiences.yaml:2 “*a” repeats another part. Write it out: aliases are not read.', 'audiences.yaml:3 “*b” repeats another part. Write it out: aliases are not read.'],
  ['a tag', 'people.yaml', 'en: Ada Quay', 'en: !!binary aGk=', 'people.yaml:4 A word that begins with an exclamation mark has a meaning of its own. Remove it, or put it in quotation marks.'],
  ['another version of YAML', 'audiences.yaml', '', '%YAML 1.1\n---\n- id: no\n', 'audiences.yaml:1 Remove the line that begins with “%”.'],
  ['two documents', 'audiences.yaml', '', '- id: a\n---\n- id: b\n', 'audiences.yaml:2 Remove the line “---”: a file is one document.'],
  ['a list without hyphens', 'audiences.yaml', '- id', 'id', 'audiences.yaml:2 What is indented below this line does not fit it. Indent lines that belong together by as many spaces.', 'audiences.yaml:6 YAML cannot read this line. Indent it like the lines around it; put text with colons, brackets or quotation marks in quotation marks.'],
  ['a hyphen without a space', 'audiences.yaml', '', '-id: residents\n', 'audiences.yaml:1 This file must be a list. Begin each entry with a hyphen and a space, as “- id: …”.'],
  ['words where entries belong', 'audiences.yaml', '', '- residents\n- id：visitors\n', 'audiences.yaml:1 Write names with their values here, as “id: …”: an ordinary colon, then a space.', 'audiences.yaml:2 Write names with their values here, as “id: …”: an ordinary colon, then a space.'],
  ['only line ends of Windows and a byte order mark', 'people.yaml', '', `\ufeff${(await readFile(join(testland, 'people.yaml'), 'utf8')).replaceAll('\n', '\r\n')}`],
  ['only line ends of an old Macintosh', 'people.yaml', '', (await readFile(join(testland, 'people.yaml'), 'utf8')).replaceAll('\n', '\r')],

  // Files that are no text.
  ['an empty file', 'organisations.yaml', '', '', 'organisations.yaml:1 This file is empty. Write its content, or delete it.'],
  ['an empty file that may be missing', 'people.yaml', '', '\n\n# later\n', 'people.yaml:1 This file is empty. Write its content, or delete it.'],
  ['UTF-16', 'people.yaml', '', Buffer.from('\ufeff- id: a\n', 'utf16le'), 'people.yaml:1 This file is UTF-16, or holds no text. In the text editor choose “Save as” and the encoding UTF-8.'],
  ['UTF-16 without a mark', 'people.yaml', '', Buffer.from('- id: a\n', 'utf16le'), 'people.yaml:1 This file is UTF-16, or holds no text. In the text editor choose “Save as” and the encoding UTF-8.'],
  ['Big5', 'people.yaml', '', Buffer.concat([Buffer.from('- id: a\n  name: '), Buffer.from([0xa9, 0xa4, 0x0a])]), 'people.yaml:2 This line is not UTF-8 (Big5, perhaps). In the text editor choose “Save as” and the encoding UTF-8.'],
  ['a picture', 'people.yaml', '', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'people.yaml:1 This file is UTF-16, or holds no text. In the text editor choose “Save as” and the encoding UTF-8.'],
  ['a huge file', 'people.yaml', '', '#'.repeat(1_000_001), 'people.yaml:1 This file is larger than 1 MB. Split it or shorten it.'],
  ['thirty brackets', 'people.yaml', '', '['.repeat(30) + ']'.repeat(30), 'people.yaml:1 This file nests too deeply to be read. Flatten it.'],

  // What a shape does not allow.
  ['a missing translation', 'people.yaml', '    zh-Hant: 岸阿達\n', '', 'people.yaml:4 “zh-Hant” is missing here. Add a line “zh-Hant: …”.'],
  ['a translation left empty', 'people.yaml', 'zh-Hant: 岸阿達', "zh-Hant: ''", 'people.yaml:5 “zh-Hant” is empty. Write its text.'],
  ['a language that is none', 'people.yaml', 'zh-Hant: 岸阿達', 'zh: 岸阿達', 'people.yaml:4 “zh-Hant” is missing here. Add a line “zh-Hant: …”.', 'people.yaml:5 “zh” is not known here. Correct its spelling, or remove it.'],
  ['a sign of the currency', 'government.yaml', '  code: XTS\n', '  code: XTS\n  symbol: T\n', 'government.yaml:31 “symbol” is not known here. Correct its spelling, or remove it.'],
  ['a key in the wrong case', 'organisations.yaml', '  kind: office', '  Kind: office', 'organisations.yaml:2 “kind” is missing here. Add a line “kind: …”.', 'organisations.yaml:9 “Kind” is not known here. Did you mean “kind”?'],
  ['a word in the wrong case', 'organisations.yaml', 'kind: office', 'kind: Office', 'organisations.yaml:9 “kind” is “Office”. Write one of government, bureau, department, office, public-body, court, legislature, company, association, other-government. Did you mean “office”?'],
  ['an id in the wrong case', 'organisations.yaml', 'id: tide-station', 'id: Tide Station', 'estimates/2030-31/initiatives.yaml:9 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'logs.yaml:12 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'organisations.yaml:20 “id” is “Tide Station”, which does not fit. Expected: lower-case letters, digits and hyphens, a letter first, as tide-station.', 'people.yaml:94 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:104 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:115 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:126 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:137 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:148 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'people.yaml:159 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:10 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:48 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:132 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:166 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:240 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:278 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'registers.yaml:317 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?', 'systems.yaml:12 “tide-station” does not stand in organisations.yaml. Did you mean “Tide Station”?'],
  ['a word that is not in the list', 'organisations.yaml', 'kind: office', 'kind: ministry', 'organisations.yaml:9 “kind” is “ministry”. Write one of government, bureau, department, office, public-body, court, legislature, company, association, other-government.'],
  ['a number in quotation marks', 'government.yaml', 'financialYearStartMonth: 7', "financialYearStartMonth: '７'", 'government.yaml:31 “financialYearStartMonth” must be a whole number. Write 7: digits alone, without quotation marks or separators.'],
  ['a number in words', 'government.yaml', 'financialYearStartMonth: 7', 'financialYearStartMonth: July', 'government.yaml:31 “financialYearStartMonth” must be a whole number, as 12, not “July”.'],
  ['a month that is none', 'government.yaml', 'financialYearStartMonth: 7', 'financialYearStartMonth: 13', 'government.yaml:31 “financialYearStartMonth” is 13; the most is 12.'],
  ['a day that is none', 'organisations.yaml', 'on: 2031-02-01', 'on: 2031-02-30', 'organisations.yaml:12 “on” is “2031-02-30”, which does not fit. Expected: a date of the calendar, as 2024-07-25.'],
  ['a day written another way', 'organisations.yaml', 'on: 2031-02-01', 'on: 1/2/2031', 'organisations.yaml:12 “on” is “1/2/2031”, which does not fit. Expected: a date of the calendar, as 2024-07-25.'],
  ['a number that should be text', head, "head: '7'", 'head: 7', "estimates/2030-31/head-007.yaml:4 “head” must be text. Put it in quotation marks: '7'."],
  ['a figure as a float', head, "'10.0', '12.0'", "10.0, '12.0'", "estimates/2030-31/head-007.yaml:32 “figures” is “10.0”, which does not fit. Expected: a number as printed, in quotation marks, as '1,031.2'; '—' for nil; null where the source lost it."],
  ['a figure with its thousands cut by commas', head, "['10,000', '12,000', '11,000', '13,200']", '[10,000, 12,000, 11,000, 13,200]', "estimates/2030-31/head-007.yaml:56 “figures” is “10”, which does not fit. Expected: a number as printed, in quotation marks, as '1,031.2'; '—' for nil; null where the source lost it."],
  ['a figure written another way', head, "'10.0'", "'10.0 million'", "estimates/2030-31/head-007.yaml:32 “figures” is “10.0 million”, which does not fit. Expected: a number as printed, in quotation marks, as '1,031.2'; '—' for nil; null where the source lost it."],
  ['a year that is none', head, 'year: 2030-31', 'year: 2030-32', 'estimates/2030-31/head-007.yaml:3 “2030-32” is no financial year: the second half follows the first, as 2023-24.'],
  ['a long year', head, 'year: 2030-31', 'year: 2030-2031', 'estimates/2030-31/head-007.yaml:3 “year” is “2030-2031”, which does not fit. Expected: a financial year, as 2023-24.'],
  ['a truth in words', 'systems.yaml', 'runs: true', 'runs: yes', 'systems.yaml:23 “runs” must be true or false, not “yes”.'],
  ['one word where a list belongs', 'systems.yaml', 'modules: [sensing]', 'modules: sensing', 'systems.yaml:9 “modules” must be a list, as [one, two], or lines that begin with “- ”.'],
  ['a list where one word belongs', 'systems.yaml', 'owner: tide-station', 'owner: [tide-station, tally-office]', 'systems.yaml:12 “owner” must be text on one line, not “[…]”.'],
  ['text where a group belongs', 'people.yaml', '  name:\n    en: Ada Quay\n    zh-Hant: 岸阿達', '  name: Ada Quay', 'people.yaml:3 “name” must be a group of lines “name: value”, indented below it, not “Ada Quay”.'],
  ['a key of another shape deep inside', head, 'controlling-officer: { en: Teller of Testland,', 'controlling-officer: { en: Teller of Testland, english: x,', 'estimates/2030-31/head-007.yaml:15 “english” is not known here. Correct its spelling, or remove it.'],
  ['two entries without an id', 'audiences.yaml', '', '- name: { en: A, zh-Hant: 甲 }\n  about: { en: A, zh-Hant: 甲 }\n- name: { en: B, zh-Hant: 乙 }\n  about: { en: B, zh-Hant: 乙 }\n', 'audiences.yaml:1 “id” is missing here. Add a line “id: …”.', 'audiences.yaml:3 “id” is missing here. Add a line “id: …”.'],
  ['the same word twice in a list', 'people.yaml', '[resident]', '[resident, resident]', 'people.yaml:9 “roles” holds the same entry twice. Keep one of the two.'],
  ['a name far too long', 'people.yaml', 'en: Ada Quay', `en: ${'Ada '.repeat(30)}Quay`, 'people.yaml:4 “en” has more than 80 characters. Shorten it.'],
  ['letters that move the cursor', 'organisations.yaml', 'kind: office', 'kind: "\\e[2Joff\\u202eice"', 'organisations.yaml:9 “kind” is “[2Joffice”. Write one of government, bureau, department, office, public-body, court, legislature, company, association, other-government. Did you mean “office”?'],

  // What files say of each other.
  ['an id twice', 'organisations.yaml', 'id: tide-station', 'id: counting-house', 'estimates/2030-31/initiatives.yaml:9 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'logs.yaml:12 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'organisations.yaml:20 “counting-house” is taken already, at organisations.yaml:14. Choose another.', 'people.yaml:94 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:104 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:115 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:126 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:137 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:148 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'people.yaml:159 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:10 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:48 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:132 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:166 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:240 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:278 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'registers.yaml:317 “tide-station” does not stand in organisations.yaml. Write it there, or name another.', 'systems.yaml:12 “tide-station” does not stand in organisations.yaml. Write it there, or name another.'],
  ['an organisation misspelt', 'systems.yaml', 'owner: tide-station', 'owner: tide-staton', 'systems.yaml:12 “tide-staton” does not stand in organisations.yaml. Did you mean “tide-station”?'],
  ['an organisation that nobody knows', 'systems.yaml', 'owner: tide-station', 'owner: lighthouse', 'systems.yaml:12 “lighthouse” does not stand in organisations.yaml. Write it there, or name another.'],
  ['a system that nobody knows', initiatives, '[s1, s2]', '[s1, s9]', 'estimates/2030-31/initiatives.yaml:17 “s9” does not stand in systems.yaml. Did you mean “s1”?'],
  ['parents in a circle', 'organisations.yaml', '  kind: department\n\n', '  kind: department\n  partOf: tide-station\n\n', 'organisations.yaml:19 “counting-house” leads back to itself here. Break the circle.', 'organisations.yaml:26 “tide-station” leads back to itself here. Break the circle.'],
  ['its own parent', 'organisations.yaml', 'partOf: counting-house', 'partOf: tide-station', 'organisations.yaml:25 “tide-station” leads back to itself here. Break the circle.'],
  ['a programme that the Head has not', initiatives, 'programme: 1', 'programme: 4', 'estimates/2030-31/initiatives.yaml:10 The Head 2030-31/7 of this pack has no programme:4. It has: programme:1.'],
  ['a subhead that the Head has not', initiatives, "subhead: '000'", "subhead: '700'", 'estimates/2030-31/initiatives.yaml:12 The Head 2030-31/7 of this pack has no subhead:700. It has: subhead:000.'],
  ['a part of nothing', initiatives, '  status: running', '  partOf: clocks\n  status: running', 'estimates/2030-31/initiatives.yaml:7 “clocks” must be an initiative of 2030-31/7 that is not itself a part.'],
  ['a row without its name', head, '  subhead:000: { en: Operational expenses, zh-Hant: 運作開支 }\n', '', 'estimates/2030-31/head-007.yaml:52 Give subhead:000 a name under “names”.'],
  ['a row with a figure too few', head, "'98.0', '99.0', '99.5'", "'98.0', '99.0'", 'estimates/2030-31/head-007.yaml:38 This row has 2 figures, and the table 3 columns for it. Write null where the source lost one.'],
  ['a sum of a row that is not there', head, "sumOf: ['subhead:000']", "sumOf: ['subhead:001']", 'estimates/2030-31/head-007.yaml:57 group:recurrent speaks of subhead:001, which is no row of this table. Add the row, or name another.'],
  ['a default language that is not spoken', 'government.yaml', '  - language: en\n    address: eng\n    name: English\n', '', 'government.yaml:24 “en” is not among the languages above. Name one of them.'],
  ['a time zone that is none', 'government.yaml', 'Atlantic/Azores', 'Atlantic/Atlantis', 'government.yaml:28 There is no time zone “Atlantic/Atlantis”. Write one as “Europe/Lisbon”.'],
  // Fields of a profile.
  ['a field that stands for a claim of the standard', 'profile.yaml', 'claim: boat_name', 'claim: email', 'profile.yaml:6 The claim “email” exists already. Give this field another name.'],
  ['a field that stands for a claim of the protocol', 'profile.yaml', 'claim: boat_name', 'claim: sub', 'profile.yaml:6 The claim “sub” exists already. Give this field another name.'],
  ['two fields of one claim', 'profile.yaml', 'claim: moored_on', 'claim: boat_name', 'profile.yaml:11 The claim “boat_name” exists already. Give this field another name.'],
  ['a choice without options', 'profile.yaml', 'kind: date', 'kind: choice', 'profile.yaml:11 A choice has options, and nothing else has. Add them or take them away.'],
  ['two options of one value', 'profile.yaml', 'value: green', 'value: amber', 'profile.yaml:21 Two options have one value. Give one another.'],
  ['a trust framework with a space', 'profile.yaml', 'trustFramework: tl_quay', 'trustFramework: tl quay', 'profile.yaml:3 “trustFramework” is “tl quay”, which does not fit. Expected: the name under which services know how people are proven here, as hk_praya.'],
]

const han = /\p{Script=Han}/u

for (const [name, file, from, to, ...told] of slips)
  test(`a pack with ${name} is told ${told.length === 0 ? 'nothing' : 'where, and what to do'}`, async () => {
    const folder = await copy()
    const before = await readFile(join(folder, file), 'utf8')
    assert.ok(before.includes(from))
    await writeFile(join(folder, file), from === '' ? to : before.replace(from, () => String(to)))
    const { code, out, errors } = await run(folder)
    const lines = out.slice(0, -1)
    assert.deepEqual(
      lines.map((line) => line.replace('  ', ' ')),
      told,
    )
    assert.deepEqual([code, errors], [told.length === 0 ? 0 : 1, []])
    const placeOf = (line: string) => line.split('  ')[0]
    for (const language of ['zh-Hant', 'zh-Hans'] as const) {
      const chinese = (await run(folder, language)).out.slice(0, -1)
      assert.deepEqual(chinese.map(placeOf), lines.map(placeOf))
      for (const line of chinese) {
        assert.match(line, han)
        assert.doesNotMatch(line, /\{\w+\}|\b(the|is|must|as|or|and)\b/)
      }
    }
  })

test('the command line speaks the language that PRAYA_LANGUAGE or the locale names', async () => {
  const folder = await copy()
  await writeFile(join(folder, 'people.yaml'), '')
  // biome-ignore format: matrix
  const environments = [
    [{},                                                 /This file is empty/],
    [{ LANG: 'zh_HK.UTF-8' },                            /檔案是空的/],
    [{ LANG: 'zh_CN.UTF-8' },                            /档案是空的/],
    [{ LANG: 'zh_HK.UTF-8', PRAYA_LANGUAGE: 'en' },      /This file is empty/],
    [{ LANG: 'en_GB.UTF-8', PRAYA_LANGUAGE: 'zh-Hant' }, /檔案是空的/],
  ] as const
  for (const [environment, sentence] of environments) {
    const lines: string[] = []
    const terminal = { environment, print: (line: string) => void lines.push(line), warn: assert.fail }
    assert.equal(await runCommand([check], ['check', folder], terminal), 1)
    assert.match(lines[0]!, sentence)
  }
})

test('three mistakes in three files are told at once, in the order of files and lines', async () => {
  const folder = await copy()
  for (const [file, from, to] of [
    ['systems.yaml', 'owner: tide-station', 'owner: nobody'],
    ['people.yaml', '  roles: [resident]', '\troles: [resident]'],
    ['government.yaml', 'StartMonth: 7', 'StartMonth: seven'],
  ] as const)
    await writeFile(join(folder, file), (await readFile(join(folder, file), 'utf8')).replace(from, to))
  const { code, out } = await run(folder)
  assert.deepEqual(
    [code, out.map((line) => line.split(/ {2}|: /)[0])],
    [1, ['government.yaml:31', 'people.yaml:9', 'systems.yaml:12', 'FOLDER']],
  )
})

// biome-ignore format: matrix
/** What is wrong with the folder itself: done by `change`, then told. */
const folders: [name: string, change: (folder: string) => Promise<unknown>, ...told: string[]][] = [
  ['a file of another name', (folder) => writeFile(join(folder, 'minutes.docx'), ''), 'minutes.docx:1 Nothing reads a file of this name. Rename it or delete it.'],
  ['the copy that an editor leaves', (folder) => writeFile(join(folder, 'people.yaml~'), ''), 'people.yaml~:1 Nothing reads a file of this name. Rename it or delete it. Did you mean “people.yaml”?'],
  [
    'a name in the wrong case',
    (folder) => rename(join(folder, 'organisations.yaml'), join(folder, 'Organisations.yaml')),
    'Organisations.yaml:1 Nothing reads a file of this name. Rename it or delete it. Did you mean “organisations.yaml”?',
    'organisations.yaml:1 This file is missing, and every pack needs it. docs/reference/pack.md says what it holds.',
  ],
  ['a file that every pack needs missing', (folder) => rm(join(folder, 'government.yaml')), 'government.yaml:1 This file is missing, and every pack needs it. docs/reference/pack.md says what it holds.'],
  ['a file in a folder too deep', async (folder) => {
    await mkdir(join(folder, 'estimates/2030-31/drafts'))
    await writeFile(join(folder, 'estimates/2030-31/drafts/initiatives.yaml'), '')
  }, 'estimates/2030-31/drafts/initiatives.yaml:1 Nothing reads a file of this name. Rename it or delete it.'],
  ['a link that leads to itself', (folder) => symlink('loop', join(folder, 'loop')), 'loop:1 This is no plain file. Put the file itself here.'],
  ['a link to the folder above', (folder) => symlink('..', join(folder, 'estimates/up')), 'estimates/up:1 This is no plain file. Put the file itself here.'],
  ['a link in the place of a file', async (folder) => {
    await rename(join(folder, 'people.yaml'), join(folder, '.people'))
    await symlink('.people', join(folder, 'people.yaml'))
  }, 'people.yaml:1 This is no plain file. Put the file itself here.'],
  ['a folder in the place of a file', async (folder) => {
    await rm(join(folder, 'organisations.yaml'))
    await mkdir(join(folder, 'organisations.yaml'))
  }, 'organisations.yaml:1 This file is missing, and every pack needs it. docs/reference/pack.md says what it holds.'],
  ['a file that may not be read', (folder) => chmod(join(folder, 'organisations.yaml'), 0), 'organisations.yaml:1 This file cannot be read (EACCES: permission denied). Check its permissions.'],
]

for (const [name, change, ...told] of folders)
  test(`a pack with ${name} is told so, and nothing that follows from it`, async () => {
    const folder = await copy()
    await change(folder)
    const { code, out } = await asNobody(folder, () => run(folder))
    assert.deepEqual([code, out.slice(0, -1).map((line) => line.replace('  ', ' '))], [1, told])
  })

/** Permissions bind everybody but the superuser, as whom a test may run. */
async function asNobody<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work()
  const nobody = 65_534
  await chown(folder, nobody, nobody)
  process.seteuid!(nobody)
  try {
    return await work()
  } finally {
    process.seteuid!(0)
  }
}

test('a folder that is not there, is a file, or may not be read ends with 2 and one sentence', async () => {
  const folder = await copy()
  await chmod(join(folder, 'estimates'), 0)
  // biome-ignore format: matrix
  const cases = [
    [join(folder, 'nowhere'),     'ENOENT: no such file or directory'],
    [join(folder, 'people.yaml'), 'ENOTDIR: not a directory'],
    [folder,                      'EACCES: permission denied'],
  ] as const
  for (const [path, why] of cases) {
    const { code, out, errors } = await asNobody(folder, () => run(path))
    assert.deepEqual([code, out, errors.length], [2, [], 1])
    assert.match(errors[0]!, new RegExp(`^The folder .* cannot be read \\(${why}\\)\\.`))
    const chinese = await asNobody(folder, () => run(path, 'zh-Hant'))
    assert.match(chinese.errors[0]!, /^無法讀取資料夾/)
  }
  await chmod(join(folder, 'estimates'), 0o755)
})

const definitions = [...platformDefinitions, ...ofModules]
const schemas = new Map(
  await Promise.all(
    definitions.map(async ({ kind }) => {
      const path = new URL(`../../governments/schemas/${kind}.schema.json`, import.meta.url)
      return [kind, Compile(JSON.parse(await readFile(path, 'utf8')))] as const
    }),
  ),
)

/** Whether the loader has nothing against the shape of a file, and what the schema that editors use says. */
function judge(
  { kind, shape, holds }: Definition,
  text: string | Uint8Array,
): [loader: boolean, editor: boolean] | undefined {
  const { value, mistakes } = readYaml('x', Buffer.from(text as string), new WeakMap())
  if (mistakes.length > 0) return undefined
  const entries = holds === 'one' ? [value] : value
  const isEntry = (each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
  const right =
    Array.isArray(entries) &&
    entries.every((each) => isEntry(each) && checkShape(shape, each, () => undefined).next().done)
  return [right, schemas.get(kind)!.Check(value)]
}

test('the schemas for editors accept every file of both packs', async () => {
  let files = 0
  for (const { file, ...definition } of definitions)
    for (const government of ['testland', 'hongkong'])
      for await (const path of glob(file, { cwd: join(testland, '..', government) })) {
        const text = await readFile(join(testland, '..', government, path), 'utf8')
        assert.match(
          text,
          new RegExp(`^# yaml-language-server: \\$schema=[./]+schemas/${definition.kind}\\.schema\\.json\n`),
        )
        assert.deepEqual(judge({ file, ...definition }, text), [true, true], `${government} ${path}`)
        files += 1
      }
  const all = globSync('{testland,hongkong}/**/*.yaml', { cwd: join(testland, '..') })
  assert.equal(files, all.length)
})

test('the schemas for editors refuse what the loader refuses, and nothing else', async () => {
  const verdicts = await Promise.all(
    slips.map(async ([name, file, from, to]) => {
      const definition = definitions.find((each) => new RegExp(`^${each.file.replaceAll('*', '[^/]+')}$`).test(file))!
      const text = await readFile(join(testland, file), 'utf8')
      return { name, verdict: judge(definition, from === '' ? to : text.replace(from, () => String(to))) }
    }),
  )
  const judged = verdicts.filter(({ verdict }) => verdict)
  assert.deepEqual(
    judged.filter(({ verdict }) => verdict![0] !== verdict![1]).map(({ name }) => name),
    [],
  )
  assert.ok(judged.filter(({ verdict }) => verdict![0] === false).length >= 25)
})

test('every pattern and every choice of forms says in both languages what belongs there', () => {
  const silent: string[] = []
  const look = (shape: JsonSchema, where: string): void => {
    const choice = shape.anyOf?.some((each) => each.const === undefined)
    if ((shape.pattern || shape.format || choice) && !shape.expects) silent.push(where)
    const inner = { ...shape.properties, ...shape.patternProperties, ...(shape.items && { items: shape.items }) }
    for (const [name, each] of Object.entries(inner)) look(each, `${where}.${name}`)
  }
  for (const { kind, shape } of definitions) look(shape as JsonSchema, kind)
  look(Mapping as unknown as JsonSchema, 'mapping')
  assert.deepEqual(silent, [])
})
