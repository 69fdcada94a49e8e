import type { Register } from './definitions.ts'
import type { ItemState } from './fold.rules.ts'
import type { Values } from './sealed.ts'
import type { Standing } from './types.ts'

type Asked = {
  state: ItemState['state']
  /** Whether a proposal may still take effect. */
  waits: boolean
  values: Values
  erased: boolean
  lost: boolean
  since: string | null
  /** The day it is where the government is. */
  today: string
}

/**
 * What an item is worth on a day: its state, or that it has expired. What was taken away weighs more than that it would
 * have expired, so an item in a bad state shows that.
 */
export function standingOf(
  { states, fields }: Pick<Register, 'states' | 'fields'>,
  { state, waits, values, erased, lost, since, today }: Asked,
): Omit<Standing, 'asOf'> {
  const field = fields.find(({ ends }) => ends)
  const ends = (field && values[field.id]) ?? null
  const more = { ends, erased, lost }
  if (state === null) return { kind: waits ? 'proposed' : 'lapsed', title: null, tone: null, since: null, ...more }
  const known = states.find(({ id }) => id === state)
  const title = known?.title ?? { en: state, 'zh-Hant': state }
  // Of one that is lost nobody knows until when it counts.
  const tone = lost && known?.tone === 'good' ? 'warn' : (known?.tone ?? null)
  if (ends !== null && ends < today && tone !== 'bad')
    return { kind: 'expired', title, tone: 'bad', since: ends, ...more }
  return { kind: 'state', title, tone, since, ...more }
}

/** Since when an item is in its state: the first of the newest steps that all led there. Newest first. */
export function sinceOf(
  effects: readonly { at: string; to: string | undefined }[],
  state: string | null,
): string | null {
  let since: string | null = null
  for (const { at, to } of effects) {
    if (to !== state) break
    since = at
  }
  return since
}
