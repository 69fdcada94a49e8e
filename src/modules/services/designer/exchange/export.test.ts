// A definition as a file of a pack: reading it gives the same version.
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { logs, registers } from '#ledger'
import { loadPack, readYaml } from '#pack'
import { services } from '../../definitions/service.ts'
import { sources } from '../../definitions/sources.ts'
import { readTideGrant } from '../../definitions/testing/changed.ts'
import { hashOf } from '../../versions/versions.ts'
import { exportYaml } from './export.ts'

const folderOf = (pack: string) => new URL(`../../../../../governments/${pack}`, import.meta.url).pathname
const load = (folder: string) => loadPack(folder, [services, sources, logs, registers], { strangers: 'ignore' })
const read = (yaml: string) => readYaml('service.yaml', Buffer.from(yaml), new WeakMap())

for (const name of ['testland', 'hongkong'])
  test(`every service of ${name}, written and loaded again as a pack, has the hash that it had`, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'praya-export-'))
    context.after(() => rm(folder, { recursive: true }))
    await cp(folderOf(name), folder, { recursive: true })
    const before = (await load(folderOf(name))).pack.list(services)
    for (const each of before) await writeFile(join(folder, 'services', `${each.id}.yaml`), exportYaml(turned(each)))
    const { pack } = await load(folder)
    assert.deepEqual(
      new Map(pack.list(services).map((each) => [each.id, hashOf(each)])),
      new Map(before.map((each) => [each.id, hashOf(each)])),
    )
  })

test('it reads as people write it: fields in their order, small things on a line, long texts in lines', async () => {
  const yaml = exportYaml(turned(await readTideGrant()))
  const lines = yaml.split('\n')
  assert.deepEqual(lines.slice(0, 2), [
    '# yaml-language-server: $schema=../../schemas/service.schema.json',
    'id: tide-grant',
  ])
  for (const line of [
    'title: { en: Tide grant for groups, zh-Hant: 團體潮汐資助 }',
    '    The Tide Station gives up to 40,000 to a group that holds activities about high tide.',
    '  keep: { draftDays: 60, endedMonths: 84 }',
    '              - { id: school, title: { en: A school, zh-Hant: 學校 } }',
    '          - { when: [ \'"school"\', <= 40000 ], gives: { amount: total }, reason: within-limit }',
  ])
    assert.ok(lines.includes(line), `${line}\n\n${yaml}`)
  assert.equal(lines.filter((line) => line.length > 140).length, 0)
})

test('whatever a text holds, it is read as it was written', async () => {
  const grant = await readTideGrant()
  const odd = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\t',
        '\r',
        ':',
        '#',
        '-',
        '"',
        "'",
        '{',
        ',',
        '|',
        '\u2028',
        '\u0085',
        '\ufeff',
        '臺',
      ),
      minLength: 1,
      maxLength: 12,
    }),
    fc.constantFrom(
      'true',
      'null',
      '~',
      '12',
      '1e3',
      '0x1f',
      '00012345',
      '2024-01-01',
      '- a',
      '? b',
      '!tag',
      '&a',
      '*a',
      '<<',
      '=',
      '---',
      '...',
      '%YAML',
    ),
  )
  fc.assert(
    fc.property(odd, odd, (one, other) => {
      const service = { ...grant, about: { en: one, 'zh-Hant': other }, contact: { en: other, 'zh-Hant': 'x' } }
      const { value, mistakes } = read(exportYaml(service))
      assert.deepEqual([mistakes, value], [[], JSON.parse(JSON.stringify(service))])
    }),
    { numRuns: 150 },
  )
})

/** Fields in another order, as a database gives them. */
function turned<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(turned) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  ) as Value
}
