import { Type } from 'typebox'
import type { Source } from '../definitions/sources.ts'

/** What a register holds under a key, and when that was so. Fields that the source does not declare are left out. */
export type Found = {
  readonly entry: Readonly<Record<string, string>>
  readonly source: Source
  readonly asOf: string
}

/** Where registers answer: each under its own name behind `url`. */
export type Sources = {
  url: string
  token?: string | undefined
  /** For one try. */
  timeoutMs?: number | undefined
  /** Whether a register that says it is made up may be believed. */
  madeUp: boolean
}

export const Reply = Type.Object({
  /** Null where the register holds nothing under this key. */
  entry: Type.Union([Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 300 })), Type.Null()]),
  asOf: Type.String({ format: 'date-time' }),
  /** A register of made-up entries says so, and counts in a demonstration alone. */
  madeUp: Type.Optional(Type.Boolean()),
})
