type KeptLimits = { keptMs: number; keptMax?: number }

/**
 * What was read, kept for so long from when its reading began, and read once however many ask meanwhile. What is forgotten while it is being read is read
 * again: what began before that answers only those who had asked before. What could not be read is not kept.
 */
export function keepReads<Value>(read: (key: string) => Promise<Value>, { keptMs, keptMax = 1 }: KeptLimits) {
  const kept = new Map<string, { until: number; value: Promise<Value> }>()

  function begin(key: string): Promise<Value> {
    const entry = { until: Number.POSITIVE_INFINITY, value: read(key) }
    kept.delete(key)
    kept.set(key, entry)
    if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
    const until = performance.now() + keptMs
    entry.value.then(
      () => {
        entry.until = until
      },
      () => kept.get(key) === entry && kept.delete(key),
    )
    return entry.value
  }

  return {
    get(key: string): Promise<Value> {
      const known = kept.get(key)
      return known && known.until >= performance.now() ? known.value : begin(key)
    },
    /** For whoever has just changed it. */
    forget: (key: string): void => void kept.delete(key),
  }
}
