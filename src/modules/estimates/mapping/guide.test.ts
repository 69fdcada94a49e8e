import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { say } from '#platform'
import { start } from '#test'
import { checkDocument } from '../check/check.ts'
import { commands } from '../command.ts'
import { importMegabytesMax } from '../import/refusals.ts'
import { importTables } from './import-tables.ts'
import { limits } from './limits.ts'
import { Mapping, usual, usualOffsets } from './mapping.ts'
import { readMapping } from './read-mapping.ts'

const guide = readFileSync(new URL('../../../../docs/guides/import-tables.md', import.meta.url), 'utf8')
const blocks = (kind: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => Buffer.from(text!))
const mappings = blocks('yaml').map((yaml, index) => {
  const result = readMapping(yaml, `mapping ${index + 1} of the guide`)
  assert.ok('mapping' in result, JSON.stringify(result))
  return result.mapping
})

test('the worked example of the guide does what the guide says', async () => {
  const result = await importTables(blocks('csv')[0]!, 'harbour.csv', mappings[0]!)
  assert.ok('documents' in result, JSON.stringify(result))
  assert.deepEqual(result.findings, [])
  const rows = result.documents.map(({ head, year, title, cells, findings }) => {
    const known = cells.filter(({ status }) => status === 'printed')
    const rates = known.filter(({ measure }) => measure === 'provision-rate').length
    const lost = cells.length - known.length
    const numbers = `${known.length - rates} amounts${rates ? ` and ${rates} percentage` : ''}${lost ? `, ${lost} lost` : ''}`
    return `| Head ${head}, ${year}, ${title} | ${numbers} | ${findings.map(({ code, lines }) => `row ${lines.from}: \`${code}\``).join(', ') || 'none'} |`
  })
  for (const row of rows) assert.ok(guide.includes(row), row)
  assert.equal(rows.length, 2)
})

test('checking the worked example holds, and recovers its lost amount from the total', async () => {
  const result = await importTables(blocks('csv')[0]!, 'harbour.csv', mappings[0]!)
  assert.ok('documents' in result)
  const checks = result.documents.map((document) => checkDocument(document))
  assert.deepEqual(
    checks.flatMap(({ identities }) => identities.filter(({ outcome }) => outcome === 'fails')),
    [],
  )
  assert.deepEqual(
    checks
      .flatMap(({ cells }) => cells.filter(({ status }) => status !== 'printed'))
      .map(({ id, steps, status }) => [id, steps, status]),
    [['analysis/programme:1/provision/2030-31.revised', 214, 'derived']],
  )
})

test('the guide names every key of a mapping, and every default', () => {
  const keys = [
    ...Object.keys(Mapping.properties).filter((key) => key !== 'file' && key !== 'title'),
    ...['kind', 'sheet', 'delimiter', 'header', 'skip', 'comment'].map((key) => `file.${key}`),
  ]
  for (const key of keys) assert.ok(guide.includes(`\`${key}\``), key)
  assert.ok(
    guide.includes(
      Object.entries(usualOffsets)
        .map(([phase, years]) => `${phase}: ${years}`)
        .join(', '),
    ),
  )
  assert.ok(guide.includes(`[${usual.nil.map((each) => `'${each}'`).join(', ')}]`))
})

test('the guide names the limits that are kept, and no row number of a mapping lies beyond them', () => {
  const [megabytes, rows, columns] = [importMegabytesMax, limits.rows.toLocaleString('en'), limits.columns]
  assert.ok(guide.includes(`beyond ${megabytes} MB, ${rows} rows or ${columns} columns`))
  const yaml = (header: number) => String(blocks('yaml')[0]).replace('header: 2', `header: ${header}`)
  assert.ok('mapping' in readMapping(Buffer.from(yaml(limits.rows)), 'm.yaml'))
  assert.ok('mistakes' in readMapping(Buffer.from(yaml(limits.rows + 1)), 'm.yaml'))
})

test('the mapping in long form of the guide reads a table of that form', async () => {
  const text =
    'Subhead,Name,Column,Year,Thousands\n000,Operational expenses,Actual,2029-30,"1,000"\n000,Operational expenses,Estimate,2031-32,"1,200"\n'
  const result = await importTables(Buffer.from(text), 'long.csv', mappings[1]!)
  assert.ok('documents' in result, JSON.stringify(result))
  assert.deepEqual(
    result.documents[0]!.cells.map(({ id, steps }) => [id, steps]),
    [
      ['subheads/subhead:000/provision/2029-30.actual', 1000],
      ['subheads/subhead:000/provision/2031-32.estimate', 1200],
    ],
  )
})

test('the commands of the guide print what the guide says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'praya-guide-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'harbour.csv'), blocks('csv')[0]!)
  writeFileSync(join(folder, 'harbour.yaml'), blocks('yaml')[0]!)
  const { installation } = await start()
  const typed = String(blocks('sh')[0]).trim().split('\n')
  assert.equal(typed.length, 2)
  const printed: string[] = []
  for (const line of typed) {
    const [, verb, file, mapping] = /^\.\/praya (estimates \w+) (\S+) --mapping (\S+)$/.exec(line) ?? []
    const command = commands.find(({ name }) => name === verb)
    assert.ok(command && file && mapping, line)
    const code = await command.run({
      arguments: [join(folder, file)],
      options: { mapping: join(folder, mapping) },
      language: 'en',
      say: (text, values) => say(text, 'en', values),
      print: (text) => printed.push(text),
      warn: assert.fail,
      progress: () => {},
      openPack: async () => installation.pack,
      withInstallation: (work) => work(installation),
    })
    assert.equal(code, 0)
  }
  assert.equal(printed.join('\n'), String(blocks('text')[0]).trimEnd())
})
