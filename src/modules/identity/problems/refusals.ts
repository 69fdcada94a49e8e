import type { Text } from '#platform'

/** A table of refusals: the status of each, and its sentence, which says what to do. */
export const refusals = <Code extends string>(table: Record<Code, [status: number, sentence: Text]>) => table
