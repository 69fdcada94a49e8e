import { isDate } from './dates.rules.ts'
import { limits, RulesExceeded, type Type, type Value } from './types.rules.ts'

/** Reads what was kept as a value of a type: whatever is none is null, so that no evaluation meets a value that nobody checked. */
export type Reader = (kept: unknown) => Value

export function readerOf(type: Type): Reader {
  switch (type.kind) {
    case 'text':
      return (kept) => (typeof kept === 'string' ? within(kept) : null)
    case 'choice': {
      const values = new Set<unknown>(type.values)
      return (kept) => (values.has(kept) ? (kept as string) : null)
    }
    case 'number': {
      const { whole = false, min = -Infinity, max = Infinity } = type
      const isAny = !whole && min === -Infinity && max === Infinity
      if (isAny) return (kept) => (typeof kept === 'number' && Number.isFinite(kept) ? kept : null)
      return (kept) =>
        typeof kept === 'number' &&
        kept >= min &&
        kept <= max &&
        (whole ? Number.isInteger(kept) : Number.isFinite(kept))
          ? kept
          : null
    }
    case 'boolean':
      return (kept) => (typeof kept === 'boolean' ? kept : null)
    case 'date':
      return (kept) => (isDate(kept) ? kept : null)
    case 'months':
    case 'days':
      return (kept) => (Number.isSafeInteger(kept) ? (kept as number) : null)
    case 'list':
      return readerOfList(readerOf(type.of))
    case 'group':
      // Its fields are read one by one, each as its own type.
      return (kept) => (typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Value) : null)
    case 'null':
      return () => null
  }
}

function within(text: string): string {
  if (text.length > limits.text) throw new RulesExceeded('text')
  return text
}

const readerOfList =
  (read: Reader): Reader =>
  (kept) => {
    if (!Array.isArray(kept)) return null
    if (kept.length > limits.list) throw new RulesExceeded('list')
    // Not `map`, which leaves out what was never set.
    return Array.from(kept, read)
  }
