import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Language, say } from '#platform'
import { start } from '#test'
import { commands } from './command.ts'
import { documentsMax } from './documents/documents.sql.ts'
import { chinese } from './testing/texts.ts'
import { aMapping, aTable } from './testing/uploads.ts'

const folder = mkdtempSync(join(tmpdir(), 'praya-command-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const { installation, sql } = await start()

const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const text = file('head.txt', chinese())
const wrong = file('wrong.txt', chinese().replace('430,351', '430,352'))
const table = file('heads.csv', String(aTable().content))
const mapping = file('mapping.yaml', String(aMapping().content))

async function run(
  name: string,
  path: string,
  options: Record<string, string | boolean> = {},
  language: Language = 'en',
) {
  const out: string[] = []
  const errors: string[] = []
  const code = await commands
    .find((command) => command.name === name)!
    .run({
      arguments: [path],
      options,
      language,
      say: (sentence, values) => say(sentence, language, values),
      print: (line) => out.push(line),
      warn: (line) => errors.push(line),
      progress: () => {},
      openPack: async () => installation.pack,
      withInstallation: (work) => work(installation),
    })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
const documents = async () => (await sql`select 1 from estimates.document where source_kind <> 'pack'`).length

test('check ends with 0 when nothing fails, 1 when something does, 2 when the file cannot be read', async () => {
  // biome-ignore format: matrix
  const cases = [
    [text,                               {},                     0],
    [wrong,                              {},                     1],
    [join(folder, 'nowhere.txt'),        {},                     2],
    [file('letter.txt', 'Dear Sir\n'),   {},                     2],
    [file('page.html', '<html></html>'), {},                     2],
    [table,                              {},                     2],
    [table,                              { mapping: text },      2],
    [table,                              { mapping },            1],
    [text,                               { language: 'latin' },  2],
  ] as const
  for (const [path, options, code] of cases) {
    const result = await run('estimates check', path, options)
    assert.equal(result.code, code, `${path} ${JSON.stringify(options)}: ${result.out}${result.errors}`)
    if (code === 2) assert.deepEqual([result.out, result.errors === ''], ['', false])
  }
  assert.equal(await documents(), 0)
})

test('a file of 3 GB is refused in one sentence without being read', async () => {
  const path = file('large.txt', '')
  // More than Node reads at once: whoever tried would be told so.
  truncateSync(path, 3_000_000_000)
  const { code, errors } = await run('estimates check', path)
  assert.deepEqual([code, errors.split('\n').length], [2, 1])
  assert.match(errors, /larger than 20 MB/)
})

test('check --json prints the report of the issue: holds, fails, cannotBeChecked, derived, warnings, each with values and lines', async () => {
  const { out } = await run('estimates check', wrong, { json: true })
  const report = JSON.parse(out)
  assert.deepEqual(Object.keys(report), ['holds', 'fails', 'cannotBeChecked', 'derived', 'warnings'])
  assert.ok(report.holds > 60)
  for (const entry of report.fails) {
    assert.ok(entry.identity && entry.sentence && entry.values.stated && entry.values.computed)
    assert.ok(entry.lines.length > 0)
  }
})

test('check speaks the language that it is asked for', async () => {
  const title = async (language: string) => (await run('estimates check', text, { language })).out.split('\n')[0]
  assert.match(String(await title('zh-Hant')), /（海灣市政府：公共圖書館及檔案署）/)
  assert.match(String(await title('zh-Hans')), /（海湾市政府：公共图书馆及档案署）/)
  assert.match((await run('estimates check', wrong, { language: 'zh-Hant' })).out, /條不符/)
  assert.match((await run('estimates check', wrong, { language: 'zh-Hans' })).out, /条不符/)
  assert.match((await run('estimates check', wrong, { language: 'en' })).out, /fail/)
})

test('check and import tell every mistake of a mapping as file:line, in the language of the person', async () => {
  const broken = file(
    'broken.yaml',
    'rows: programmes\nlanguage: en\ncolumns: { code: 1 }\nunit: thousands\ndecimals: x\n',
  )
  const lines = {
    en: [/:4 {2}“unit” is “thousands”\. .*Did you mean “thousand”\?$/, /:5 {2}“decimals” must be a whole number/],
    'zh-Hant': [/:4 {2}「unit」寫作「thousands」。.*你是否想寫「thousand」？$/, /:5 {2}「decimals」須為整數/],
    'zh-Hans': [/:4 {2}“unit”写作“thousands”。.*你是否想写“thousand”？$/, /:5 {2}“decimals”须为整数/],
  } as const
  for (const name of ['estimates check', 'estimates import'])
    for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
      const { code, out, errors } = await run(name, table, { mapping: broken }, language)
      assert.deepEqual([code, out, errors.split('\n').length], [2, '', 2])
      for (const [index, line] of errors.split('\n').entries()) {
        assert.ok(line.startsWith(broken))
        assert.match(line, lines[language][index]!)
      }
    }
})

test('a table of two years is checked year by year and across them', async () => {
  const report = JSON.parse((await run('estimates check', table, { mapping, json: true })).out)
  assert.deepEqual(
    report.heads.map(({ year, fails }: { year: string; fails: unknown[] }) => [year, fails.length]),
    [
      ['2024-25', 0],
      ['2025-26', 0],
    ],
  )
  assert.deepEqual([report.acrossYears[0].holds, report.acrossYears[0].fails.length], [1, 2])
})

test('import brings the Head into the installation, leaves a trace, and twice is the same as once', async () => {
  const first = await run('estimates import', text)
  assert.equal(first.code, 0)
  assert.match(first.out, /the Head counts from now on/)
  assert.match(first.out, /lines? \d+/)
  const second = await run('estimates import', text)
  assert.match(second.out, /Nothing was changed/)
  assert.equal(await documents(), 1)
  assert.equal(
    (await sql`select 1 from platform.audit_event where event = 'estimates.document-imported' and actor = 'system'`)
      .length,
    1,
  )
})

test('a Head more than lists show is refused in one sentence, and nothing is changed', async () => {
  const state = async () => (await sql`select count(*)::int as count from estimates.publication`)[0]!.count
  const before = [await state(), await documents()]
  await sql.begin(async (transaction) => {
    // The pack of Testland has two Heads, and the test above imported a third.
    await transaction`
      insert into estimates.document (year, head, language, title, source_kind, source_name, source_sha256, source_lines,
        sha256, content, imported_by)
      select to_char(1000 + number / 900, 'FM0000') || '-00', (1 + number % 900)::text, 'en', 'Old', 'pack', 'old',
        repeat('0', 64), 0, repeat('0', 64), '{}', 'system'
      from generate_series(0, ${documentsMax - 5}) as series (number)`
  })
  const rows = (heads: number) =>
    String(aTable().content)
      .split('\n')
      .slice(0, 1 + heads)
  const two = [
    ...rows(1),
    ...rows(1)
      .slice(1)
      .map((row) => row.replace(',88,', ',89,')),
  ].join('\n')
  const { code, out, errors } = await run('estimates import', file('two.csv', two), { mapping })
  assert.deepEqual([code, out], [2, ''])
  assert.match(errors, /^With this file more than 5000 Heads would count.*Nothing was changed/)
  assert.deepEqual([await state(), await documents()], before)
  assert.equal((await run('estimates import', file('one.csv', rows(1).join('\n')), { mapping })).code, 0)
})

test('a wrong file is not imported, and nothing is changed', async () => {
  const before = await documents()
  assert.equal((await run('estimates import', file('empty.txt', ''))).code, 2)
  assert.equal((await run('estimates import', table)).code, 2)
  assert.equal(await documents(), before)
})

test('no character of a file commands the terminal', async () => {
  const { errors } = await run('estimates check', join(folder, 'a\x1b[2J\u202eb.txt'))
  assert.match(errors, /a\ufffd\[2J\ufffdb\.txt/)
})
