import { type Static, Type } from 'typebox'
import { SentFile } from '../types.ts'

const Name = Type.String({ maxLength: 80 })
const Typed = Type.Record(
  Name,
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 60 }))]),
)
const Files = Type.Record(Name, Type.Array(SentFile))

/** What was typed for the questions of a form or of one of its things, by the names of controls. */
export type Filled = Static<typeof Filled>
export const Filled = Type.Object({ typed: Typed, files: Files })

/**
 * An application that was not sent yet, as it is kept: what was typed and not what it means, so that nothing is lost where it is no
 * answer. A day stands in three, as `founded_on-year`. `seen` are the pages on which Continue was pressed at least once, of a thing
 * as `<thing>/<page>`; `sources` says where an answer came from that nobody typed.
 */
export type Draft = Static<typeof Draft>
export const Draft = Type.Object({
  typed: Typed,
  files: Files,
  lists: Type.Record(Name, Type.Array(Type.Object({ id: Type.String({ maxLength: 40 }), typed: Typed, files: Files }))),
  seen: Type.Array(Type.String({ maxLength: 130 })),
  sources: Type.Record(Name, Type.String({ maxLength: 130 })),
})

export const emptyDraft = (): Draft => ({ typed: {}, files: {}, lists: {}, seen: [], sources: {} })
