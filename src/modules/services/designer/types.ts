import { type Static, Type } from 'typebox'
import { Text } from '#platform'

const Word = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 })
const Place = Type.String({ maxLength: 200, pattern: '^(/[A-Za-z0-9_-]+)*$' })
const instant = Type.String({ format: 'date-time' })
const maybe = <Shape extends Parameters<typeof Type.Array>[0]>(shape: Shape) => Type.Union([shape, Type.Null()])
/** Drawn by the shape of what is edited: `controls.rules.ts` says what there is. */
const Controls = Type.Array(Type.Unknown())

export const AtDesign = Type.Object({ service: Word })
export const AtPlace = Type.Object({ at: Type.Optional(Place), saved: Type.Optional(Type.Literal('yes')) })
export const show = ['all', 'missing', 'changed', 'same'] as const
export const AtTexts = Type.Object({
  show: Type.Optional(Type.Enum([...show])),
  from: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  saved: Type.Optional(Type.Literal('yes')),
})

/** What a page of the designer sends: its controls by the pointers of what they hold, the place, what was seen there, and what to do. */
export const DesignBody = Type.Record(
  Type.String({ maxLength: 200 }),
  Type.Union([Type.String({ maxLength: 20_000 }), Type.Array(Type.String({ maxLength: 200 }), { maxItems: 300 })]),
  { maxProperties: 3000 },
)

export const NewService = Type.Object({
  id: Type.String({ maxLength: 60 }),
  en: Type.String({ maxLength: 100 }),
  'zh-Hant': Type.String({ maxLength: 100 }),
})

export const Fault = Type.Object({
  pointer: Type.String(),
  page: Type.String(),
  text: Text,
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Text]))),
})

export type DesignsData = Static<typeof DesignsData>
export const DesignsData = Type.Object({
  organisation: maybe(Text),
  services: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Text,
      /** The version that counts now; none for what was never published. */
      number: maybe(Type.Integer()),
      publishedAt: maybe(instant),
      draft: maybe(Type.Object({ changedAt: instant, changedBy: Text, asked: Type.Boolean() })),
      /** Whether the pack changed it and nobody has taken, merged or put that aside. */
      packChanged: Type.Boolean(),
    }),
  ),
  wrong: Type.Array(Type.Object({ field: Type.String(), text: Text })),
  typed: NewService,
})

/** A line of the overview: what stands where, and how many faults it and what it holds have. */
export const Part = Type.Object({
  pointer: Type.String(),
  name: Text,
  when: maybe(Type.String()),
  faults: Type.Integer(),
})
export type Part = Static<typeof Part>

export type DesignData = Static<typeof DesignData>
export const DesignData = Type.Object({
  service: Type.String(),
  title: Text,
  current: maybe(Type.Object({ number: Type.Integer(), hash: Type.String(), publishedAt: instant })),
  /** None where nobody writes a next version. */
  draft: maybe(
    Type.Object({
      changedAt: instant,
      changedBy: Text,
      askedBy: maybe(Text),
      askedAt: maybe(instant),
      mine: Type.Boolean(),
      /** Whether a newer version was published since it was begun. */
      outdated: Type.Boolean(),
      /** Of all that is written, so that what is published is what was seen. */
      seen: Type.String(),
    }),
  ),
  /** What the pack changed and officers have not dealt with: since when, and whether it is in the draft. */
  packChange: maybe(Type.Object({ at: instant, merged: Type.Boolean(), asked: Type.Boolean() })),
  /** Lists of what the draft, or else the current version, holds: pages, exits, values, states, steps, tables, messages, outputs. */
  lists: Type.Array(Type.Object({ key: Type.String(), pointer: Type.String(), parts: Type.Array(Part) })),
  faults: Type.Array(Fault),
  /** The states and steps of its case, as far as they are written. */
  picture: maybe(Type.Unknown()),
  versions: Type.Array(
    Type.Object({ number: Type.Integer(), hash: Type.String(), publishedAt: instant, publishedBy: maybe(Text) }),
  ),
})

export const EditData = Type.Object({
  service: Type.String(),
  title: Text,
  at: Type.String(),
  /** The way from the definition to this place. */
  trail: Type.Array(Type.Object({ pointer: Type.String(), name: Text })),
  controls: Controls,
  grid: maybe(Type.Unknown()),
  faults: Type.Array(Fault),
  /** Of what stands here: it goes with the form, and tells whether somebody changed it meanwhile. */
  seen: Type.String(),
  names: Type.Array(Type.Object({ name: Type.String(), title: Text })),
  state: Type.Enum(['open', 'saved', 'changed']),
})

export type TextsData = Static<typeof TextsData>
export const TextsData = Type.Object({
  service: Type.String(),
  title: Text,
  show: Type.Enum([...show]),
  from: Type.Integer(),
  count: Type.Integer(),
  texts: Type.Array(
    Type.Object({
      pointer: Type.String(),
      page: Type.String(),
      where: Text,
      text: Type.Partial(Text),
      /** What Simplified Chinese says where nobody writes it. */
      drafted: Type.String(),
      long: Type.Boolean(),
      seen: Type.String(),
    }),
  ),
  lost: Type.Integer(),
  state: Type.Enum(['open', 'saved', 'changed']),
})

const version = Type.String({ pattern: '^(draft|pack|[0-9a-f]{64})$', maxLength: 64 })
export const AtVersions = Type.Object({ from: Type.Optional(version), to: Type.Optional(version) })
export const AtWalk = Type.Object({ seed: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) })

export type CompareData = Static<typeof CompareData>
export const CompareData = Type.Object({
  service: Type.String(),
  title: Text,
  from: Type.String(),
  to: Type.String(),
  choices: Type.Array(Type.Object({ version: Type.String(), number: maybe(Type.Integer()), publishedAt: instant })),
  differences: Type.Array(
    Type.Object({
      path: Type.String(),
      kind: Type.Enum(['added', 'removed', 'changed', 'moved']),
      what: Text,
      before: maybe(Type.String()),
      after: maybe(Type.String()),
    }),
  ),
  patch: Type.Array(Type.Unknown()),
})

/** What the form of a merge sends: for each conflict by its pointer whose it is to be. */
export const MergeBody = Type.Record(Type.String({ maxLength: 300 }), Type.String({ maxLength: 64 }), {
  maxProperties: 1000,
})
export type MergeData = Static<typeof MergeData>
export const MergeData = Type.Object({
  /** With what is joined: a version that was published meanwhile, or what the pack changed. */
  of: Type.Enum(['published', 'pack']),
  service: Type.String(),
  title: Text,
  seen: Type.String(),
  /** What both changed; `mine` and `newer` are null where a side took it away. */
  conflicts: Type.Array(
    Type.Object({
      path: Type.String(),
      what: Text,
      mine: maybe(Type.String()),
      newer: maybe(Type.String()),
      chosen: maybe(Type.Enum(['mine', 'newer'])),
    }),
  ),
  /** What was published meanwhile, or what the pack changed, in words. */
  published: Type.Array(Type.Object({ path: Type.String(), what: Text })),
  /** What was changed here since the pack was dealt with last; nothing where it is another version that is merged. */
  ours: Type.Array(Type.Object({ path: Type.String(), what: Text })),
  /** Of a change of the pack: its hash, whether a next version is being written, and who asks for it to be put aside. */
  pack: maybe(
    Type.Object({ hash: Type.String(), isWritten: Type.Boolean(), askedBy: maybe(Text), mine: Type.Boolean() }),
  ),
  state: Type.Enum(['open', 'incomplete', 'changed']),
})

export type WalkData = Static<typeof WalkData>
export const WalkData = Type.Object({
  service: Type.String(),
  title: Text,
  seed: Type.Integer(),
  /** What `walkMany` found; none where the form cannot be walked. */
  walks: maybe(Type.Unknown()),
  faults: Type.Integer(),
})

export type ImportData = Static<typeof ImportData>
export const ImportData = Type.Object({
  service: Type.String(),
  title: Text,
  /** What could not be taken over as it was; none before a form was sent. */
  notes: maybe(Type.Array(Type.Object({ sheet: Type.Optional(Type.String()), line: Type.Integer(), text: Text }))),
  wrong: maybe(Text),
})
