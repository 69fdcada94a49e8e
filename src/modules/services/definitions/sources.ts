import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, expects, PackId, packText, packWords, reference } from '#pack'
import { texts } from '#platform'

const FieldName = Type.String({
  pattern: '^[a-z][a-z0-9]*(_[a-z0-9]+)*$',
  maxLength: 60,
  ...expects({
    en: 'Lower-case letters, digits and underscores, a letter first, as school_name',
    'zh-Hant': '小寫字母、數字和底線，以字母開頭，例如 school_name',
  }),
})

/** A register that a department keeps and forms take answers from. What it holds here is made up, for a demonstration. */
export type Source = Static<typeof Source>
export const Source = Type.Object({
  id: PackId,
  title: packText(100, 'As people read where an answer comes from'),
  about: packText(400, 'What it is, and that its entries are made up'),
  organisation: reference('organisation'),
  key: { ...FieldName, description: 'The field by which an entry is found' },
  fields: Type.Array(Type.Object({ id: FieldName, title: packText(80) }), { minItems: 1, maxItems: 50 }),
  entries: Type.Array(Type.Record(FieldName, packWords(300)), {
    maxItems: 5000,
    description: 'Made-up entries, for an installation that asks no department',
  }),
})

const sentences = texts({
  fieldTwice: {
    en: 'The field “{id}” is in this list already. Keep one of the two.',
    'zh-Hant': '欄位「{id}」已在清單內，只保留其一。',
  },
  noKey: {
    en: 'The key “{key}” is none of the fields. Write it among them, or name one of them.',
    'zh-Hant': '鍵「{key}」不是其中一個欄位。請在 fields 加入，或改用其中一個欄位。',
  },
  unknownField: {
    en: 'There is no field “{id}”. Write it among the fields, or take it out here.',
    'zh-Hant': '沒有欄位「{id}」。請在 fields 加入，或在此刪去。',
  },
  withoutKey: {
    en: 'This entry has no “{key}”, by which it is found. Write it.',
    'zh-Hant': '此項缺少用作查找的「{key}」，請補上。',
  },
  keyTwice: {
    en: 'Another entry has the {key} “{value}”. Keep one of the two.',
    'zh-Hant': '另一項的 {key} 已是「{value}」。只保留其一。',
  },
})

/** How keys are compared: people type spaces, hyphens and small letters as they like. */
export const foldKey = (key: string): string => key.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

function* check(values: readonly Source[]): Generator<Complaint> {
  for (const source of values) {
    const { key } = source
    const fields = new Set<string>()
    for (const field of source.fields) {
      if (fields.has(field.id)) yield { at: field, key: 'id', text: sentences.fieldTwice, values: { id: field.id } }
      fields.add(field.id)
    }
    if (!fields.has(key)) yield { at: source, key: 'key', text: sentences.noKey, values: { key } }
    const keys = new Set<string>()
    for (const entry of source.entries) {
      for (const id of Object.keys(entry))
        if (!fields.has(id)) yield { at: entry, key: id, text: sentences.unknownField, values: { id } }
      const value = entry[key]
      if (value === undefined) yield { at: entry, text: sentences.withoutKey, values: { key } }
      else if (keys.has(foldKey(value))) yield { at: entry, key, text: sentences.keyTwice, values: { key, value } }
      else keys.add(foldKey(value))
    }
  }
}

export const sources: Definition<typeof Source> = {
  kind: 'source',
  file: 'sources/*.yaml',
  summary: 'One register that forms take answers from, with made-up entries.',
  shape: Source,
  holds: 'one',
  identifier: 'id',
  check,
}
