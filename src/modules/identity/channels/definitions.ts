import { type Static, Type } from 'typebox'
import { type Complaint, type Definition, expects, PackId, packText, reference } from '#pack'
import { type Level, texts } from '#platform'

/** A foreign platform whose people sign in here, or at which ours sign in; how it is reached, its operator agrees. */
export type Channel = Static<typeof Channel>
const Channel = Type.Object({
  id: PackId,
  name: packText(80),
  about: packText(300, 'Whose platform it is and whom it knows, in a sentence'),
  organisation: reference('organisation'),
  levels: Type.Array(
    Type.Object({
      theirs: Type.String({
        minLength: 1,
        maxLength: 60,
        pattern: '^[!-~]+$',
        ...expects({ en: 'Their level as they write it, as 4', 'zh-Hant': '對方所用的級別寫法，例如 4' }),
      }),
      ours: Type.Integer({ minimum: 1, maximum: 3, description: 'What it counts for here' }),
      about: packText(200, 'How they reach it'),
    }),
    { minItems: 1, maxItems: 20, description: 'Their levels and ours, the weakest first' },
  ),
})

const sentences = texts({
  twice: {
    en: 'Their level {theirs} is in the table already. Keep one of the two.',
    'zh-Hant': '對方級別 {theirs} 已在表內，只保留其一。',
  },
  order: {
    en: 'A stronger level stands above this one. Write the weakest first.',
    'zh-Hant': '較高的級別排在此項之前。須由最低的級別寫起。',
  },
})

function* check(values: readonly Channel[]): Generator<Complaint> {
  for (const { levels } of values)
    for (const [index, each] of levels.entries()) {
      const before = levels.slice(0, index)
      if (before.some(({ theirs }) => theirs === each.theirs))
        yield { at: each, key: 'theirs', text: sentences.twice, values: { theirs: each.theirs } }
      if (before.some(({ ours }) => ours > each.ours)) yield { at: each, key: 'ours', text: sentences.order }
    }
}

export const channels: Definition<typeof Channel> = {
  kind: 'channel',
  file: 'channels.yaml',
  summary: 'Foreign platforms whose people sign in here and the other way round, with their levels and ours.',
  shape: Channel,
  holds: 'list',
  identifier: 'id',
  check,
}

/** What their level counts for here; undefined for one that the table does not have. */
export const oursOf = (channel: Channel, theirs: string): Level | undefined =>
  channel.levels.find((each) => each.theirs === theirs)?.ours as Level | undefined

/**
 * The weakest of their levels that ours stands for, so that nobody is told more than we know; undefined where ours stands
 * for none of them.
 */
export function theirsOf(channel: Channel, ours: Level): string | undefined {
  const reached = channel.levels.filter((each) => each.ours <= ours)
  const best = Math.max(...reached.map((each) => each.ours))
  return reached.find((each) => each.ours === best)?.theirs
}
