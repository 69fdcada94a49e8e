import type { Logger } from 'pino'
import { type Static, Type } from 'typebox'
import { Text } from './languages.ts'
import type { Installation } from './module.ts'

/** What a figure counts; decides how it is written. `ratio` is 0 to 1, `text` says itself. */
export type FigureUnit = Static<typeof FigureUnit>
const FigureUnit = Type.Enum(['number', 'ratio', 'seconds', 'milliseconds', 'dollars', 'instant', 'text'])

/** A named, dated, evidenced number that a module can compute. */
export type Figure = {
  /** `<module>.<noun>`; indicators of the Estimates name it. Never reused for something else. */
  id: string
  title: Text
  unit: FigureUnit
  /** The time that the number speaks of: now, today, this month, this year. */
  period: Text
  /** The page where a person sees what the number is made of. */
  evidence: string
  /** Null when there is nothing to count yet. */
  compute: (installation: Installation) => Promise<number | string | null>
}

/** A figure with its value; `value` is null when there is none or it could not be computed (`failed`). */
export type Reading = Omit<Figure, 'compute'> & { value: number | string | null; at: string; failed: boolean }
export const Reading = Type.Object({
  id: Type.String(),
  title: Text,
  unit: FigureUnit,
  period: Text,
  evidence: Type.String(),
  value: Type.Union([Type.Number(), Type.String(), Type.Null()]),
  at: Type.String(),
  failed: Type.Boolean(),
})

export type Figures = {
  /** Every figure of every module, in their order. */
  readAll(): Promise<Reading[]>
  /** One figure, or undefined if no running module computes it. */
  find(id: string): Promise<Reading | undefined>
}

const keptMs = 5000

/** Computes figures on demand; a value is kept for five seconds, and computed once however many ask. */
export function openFigures(installation: Installation, figures: readonly Figure[], log: Logger): Figures {
  const byId = new Map(figures.map((figure) => [figure.id, figure]))
  const kept = new Map<string, { reading: Promise<Reading>; until: number }>()

  const read = (figure: Figure): Promise<Reading> => {
    const before = kept.get(figure.id)
    if (before && before.until > performance.now()) return before.reading
    const reading = compute(figure)
    const entry = { reading, until: Number.POSITIVE_INFINITY }
    kept.set(figure.id, entry)
    void reading.then(() => {
      entry.until = performance.now() + keptMs
    })
    return reading
  }

  const compute = async ({ compute, ...figure }: Figure): Promise<Reading> => {
    const at = installation.now().toISOString()
    try {
      return { ...figure, value: await compute(installation), at, failed: false }
    } catch (error) {
      // One figure that cannot be computed must not take down the page that shows ten; it shows as such.
      log.error({ err: error, figure: figure.id }, 'A figure could not be computed')
      return { ...figure, value: null, at, failed: true }
    }
  }

  return {
    readAll: () => Promise.all(figures.map(read)),
    find: async (id) => (byId.has(id) ? read(byId.get(id)!) : undefined),
  }
}
