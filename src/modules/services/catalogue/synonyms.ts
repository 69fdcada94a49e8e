import { Type } from 'typebox'
import { type Definition, PackId } from '#pack'

/** Words that mean the same to whoever searches, in any language. */
const Synonym = Type.Object({
  id: PackId,
  words: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
    minItems: 2,
    maxItems: 20,
    uniqueItems: true,
    description: 'Each as people write it; width, case, and Traditional or Simplified make no difference',
  }),
})

export const synonyms: Definition<typeof Synonym> = {
  kind: 'synonym',
  file: 'synonyms.yaml',
  summary: 'Sets of words of which a search for one finds the others.',
  shape: Synonym,
  holds: 'list',
  identifier: 'id',
}
