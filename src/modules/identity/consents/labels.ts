import type { Installation, Text } from '#platform'
import { profileFields } from '../profile/definitions.ts'
import { fieldOfKey } from './asked.rules.ts'

/** A field of a consent or of the history, as people call it, and whether it was told as verified. */
type Labelled = { field: string; label: Text; verified: boolean }

/** The labels of fields by the names that consents keep; one that the pack has no more is called by its name. */
export function labelled({ pack }: Pick<Installation, 'pack'>, keys: readonly string[]): Labelled[] {
  const fields = profileFields(pack)
  const names = [...new Set(keys.map(fieldOfKey))]
  return names.map((name) => ({
    field: name,
    label: fields.find((each) => each.name === name)?.label ?? { en: name, 'zh-Hant': name },
    verified: keys.includes(`verified/${name}`),
  }))
}
