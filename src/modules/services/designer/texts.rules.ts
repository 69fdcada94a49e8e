import type { Text } from '#platform'
import { textsOf } from '../definitions/checks/texts.rules.ts'
import { isLong, nameOf, shapeAt } from './controls.rules.ts'
import { labelOf } from './labels.ts'
import { namesOf, type Pointer, parentOf, pointerOf, valueAt } from './pointers.rules.ts'

export type PlacedText = { pointer: Pointer; text: Partial<Text>; long: boolean }

/** Every text of a definition by its shape, also one that is not written yet but is needed; in the order in which they are read. */
export function* textPlacesOf(definition: object, pointer: Pointer = ''): Generator<PlacedText> {
  const shape = shapeAt(pointer)
  const value = valueAt(definition, pointer)
  if (!shape) return
  if (shape.properties && 'zh-Hant' in shape.properties) {
    const max = Number(shape.properties.en?.maxLength ?? 0)
    const text = typeof value === 'object' && value !== null ? (value as Partial<Text>) : {}
    yield { pointer, text, long: isLong(max) }
  } else if (shape.properties && typeof value === 'object' && value !== null) {
    for (const key of Object.keys(shape.properties))
      if (key in value || (shape.required?.includes(key) && isText(`${pointer}/${key}`)))
        yield* textPlacesOf(definition, pointer + pointerOf([key]))
  } else if (shape.items && Array.isArray(value))
    for (const at of value.keys()) yield* textPlacesOf(definition, `${pointer}/${at}`)
}

const isText = (pointer: Pointer) => 'zh-Hant' in (shapeAt(pointer)?.properties ?? {})

export type Filter = 'all' | 'missing' | 'changed' | 'same'

/** The texts that a filter leaves: those without a language, those that the version before did not have, those that read the same in both. */
export function filterTexts(definition: object, before: object | undefined, filter: Filter): PlacedText[] {
  const known = new Set([...textsOf(before)].map(({ text }) => keyOf(text)))
  return [...textPlacesOf(definition)].filter(({ text }) => {
    if (filter === 'missing') return !text.en || !text['zh-Hant']
    if (filter === 'changed') return !known.has(keyOf(text))
    if (filter === 'same') return text.en !== undefined && text.en === text['zh-Hant']
    return true
  })
}

const keyOf = (text: Partial<Text>) => JSON.stringify([text.en, text['zh-Hant'], text['zh-Hans']])

/** Where a text stands, in words: the part that holds it, and the field. */
export function whereOf(definition: object, pointer: Pointer): Text {
  const names = namesOf(pointer)
  const field = names.findLast((name) => !/^\d+$/.test(name)) ?? ''
  const holder = parentOf(/^\d+$/.test(names.at(-1) ?? '') ? parentOf(pointer) : pointer)
  const label = labelOf(field, pointer)
  if (holder === '') return label
  const { id } = (valueAt(definition, holder) ?? {}) as { id?: unknown }
  const of = typeof id === 'string' ? { en: id, 'zh-Hant': id } : nameOf(undefined, namesOf(holder).at(-1)!)
  return { en: `${label.en} (${of.en})`, 'zh-Hant': `${label['zh-Hant']}（${of['zh-Hant']}）` }
}
