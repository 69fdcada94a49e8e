import { type Installation, type Module, say, texts } from '#platform'
import { same } from '../texts.rules.ts'
import type { Current } from '../versions/versions.ts'
import { catalogueOf, nameOf } from './catalogue.ts'
import { type Findable, type Index, makeIndex } from './index.rules.ts'
import { synonyms } from './synonyms.ts'

const words = texts({ service: { en: 'Service', 'zh-Hant': '服務' } })

type Map = ReadonlyMap<string, Current>
type Kept = { of: Map; index: Promise<Index>; ready?: { of: Map; index: Index } }

const kept = new WeakMap<Installation['sql'], Kept>()

/**
 * The index of the catalogue, which is another map as soon as anything in it is. While a new one is made the old one answers;
 * only the first is waited for.
 */
async function indexOf(installation: Installation): Promise<Index> {
  const catalogue = await catalogueOf(installation).list()
  const known = kept.get(installation.sql)
  if (known?.of === catalogue) return known.ready?.index ?? known.index
  const making: Kept = {
    of: catalogue,
    index: make(installation, catalogue),
    ...(known?.ready && { ready: known.ready }),
  }
  kept.set(installation.sql, making)
  making.index.then(
    (index) => {
      making.ready = { of: catalogue, index }
    },
    // Whoever searches next tries again.
    () => kept.get(installation.sql) === making && kept.delete(installation.sql),
  )
  return making.ready?.index ?? making.index
}

function make({ pack }: Installation, catalogue: Map): Promise<Index> {
  const findable = function* (): Generator<Findable> {
    for (const { compiled } of catalogue.values()) {
      const {
        id,
        title,
        summary,
        about,
        who,
        evidence,
        keywords = [],
        audiences,
        lifeEvents,
        organisation,
      } = compiled.service
      yield {
        ...{ id, title, keywords },
        topics: [
          ...audiences.map((each) => nameOf(pack.audiences, each).name),
          ...lifeEvents.map((each) => nameOf(pack.lifeEvents, each).name),
          nameOf(pack.organisations, organisation).name,
        ],
        rest: [same(id), summary, ...who, about, ...evidence.map((each) => each.title)],
      }
    }
  }
  return makeIndex(
    findable(),
    pack.list(synonyms).map((set) => set.words),
  )
}

/** Services by their titles, their other words and what they say, in any language. */
export const searchServices: NonNullable<Module['search']> = async (installation, { text, language, limit }) => {
  const index = await indexOf(installation)
  const catalogue = await catalogueOf(installation).list()
  return index.find(text, limit).flatMap((id) => {
    // The index may be of a moment ago.
    const service = catalogue.get(id)?.compiled.service
    if (!service) return []
    const { title, summary } = service
    return {
      title: say(title, language),
      path: `/services/${id}`,
      kind: words.service,
      excerpt: say(summary, language),
    }
  })
}
