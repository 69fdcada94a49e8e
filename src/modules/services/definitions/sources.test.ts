// What people who write a source do wrong, and what they are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from '#platform'
import { sources } from './sources.ts'

const title = { en: 'Title', 'zh-Hant': '標題' }
const source = {
  ...{ id: 'boats', title, about: title, organisation: 'tide-station', key: 'number' },
  fields: [
    { id: 'number', title },
    { id: 'name', title },
  ],
  entries: [
    { number: 'B-1', name: 'Gull' },
    { number: 'B-2', name: 'Tern' },
  ],
}
type Loose = Omit<typeof source, 'entries'> & { entries: Record<string, string>[] }

// biome-ignore format: a table
const rows: [name: string, change: (source: Loose) => void, ...told: string[]][] = [
  ['nothing', () => {}],
  ['a field twice', (s) => { s.fields.push({ id: 'name', title }) }, 'The field “name” is in this list already. Keep one of the two.'],
  ['a key that is no field', (s) => { s.key = 'code' }, 'The key “code” is none of the fields. Write it among them, or name one of them.', 'This entry has no “code”, by which it is found. Write it.', 'This entry has no “code”, by which it is found. Write it.'],
  ['a field that is not declared', (s) => { s.entries[0] = { number: 'B-1', nmae: 'Gull' } }, 'There is no field “nmae”. Write it among the fields, or take it out here.'],
  ['an entry without its key', (s) => { s.entries[0] = { name: 'Gull' } }, 'This entry has no “number”, by which it is found. Write it.'],
  ['a key twice, written otherwise', (s) => { s.entries[1]!.number = 'b 1' }, 'Another entry has the number “b 1”. Keep one of the two.'],
]

test('each slip in a source is told, with what to do', () => {
  for (const [name, change, ...told] of rows) {
    const changed = structuredClone(source) as Loose
    change(changed)
    // A pack check is pure and looks at the values alone here.
    const complaints = [...sources.check!([changed as never], undefined as never)]
    assert.deepEqual(
      complaints.map(({ text, values }) => say(text, 'en', values)),
      told,
      name,
    )
  }
})
