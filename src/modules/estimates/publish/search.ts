import {
  type Installation,
  type Language,
  type Searchable,
  type SearchResult,
  say,
  searchIn,
  type Text,
} from '#platform'
import { type Head, listSources, readHead } from '../documents/head.ts'
import { searchInitiatives } from '../initiatives/initiatives.search.ts'
import { anchorOf, nameOf, phrase, subjectText } from './labels.rules.ts'
import { words } from './words.ts'

const kinds = {
  head: { en: 'Head of the Estimates', 'zh-Hant': '預算總目' },
  programme: { en: 'Programme of the Estimates', 'zh-Hant': '預算綱領' },
  subhead: { en: 'Subhead of the Estimates', 'zh-Hant': '預算分目' },
  commitment: { en: 'Commitment of the Estimates', 'zh-Hant': '預算承擔額項目' },
  indicator: { en: 'Indicator of the Estimates', 'zh-Hant': '預算指標' },
  line: { en: 'Item of expenditure', 'zh-Hant': '開支項目' },
} as const

/** Systems and initiatives first, then Heads, programmes, subheads, items and indicators, by name in any language. */
export async function search(
  installation: Installation,
  query: { text: string; language: Language; limit: number },
): Promise<SearchResult[]> {
  const { text, language, limit } = query
  const own = searchInitiatives(installation, query)
  // Of each Head the newest year: its programmes and lines are found once, and earlier years stand beside it.
  const sources = (await listSources(installation, language)).filter(({ summary, years }) => summary.year === years[0])
  const heads = await Promise.all(sources.map((source) => readHead(installation, source)))
  return [
    ...own,
    ...searchIn(
      heads.flatMap((head) => [...entriesOf(head, language)]),
      text,
      limit,
    ),
  ].slice(0, limit)
}

function* entriesOf({ document, names }: Head, language: Language): Generator<Searchable<SearchResult>> {
  const { year, head } = document
  const at = `/estimates/${year}/${head}`
  const data = { names, document }
  const title = names.head ?? { en: document.title, 'zh-Hant': document.title }
  const where = say(words.yearTitle, language, { year })
  const headName = phrase(words.head, { head })
  const entry = (
    name: Text,
    path: string,
    kind: Text,
    also: (string | Text | undefined)[] = [],
  ): Searchable<SearchResult> => ({
    title: name,
    also: [year, ...also],
    item: { title: say(name, language), path, kind, excerpt: where },
  })
  yield entry(
    phrase({ en: '{head} {title}', 'zh-Hant': '{head} {title}' }, { head: headName, title }),
    at,
    kinds.head,
    [head],
  )
  for (const { number, aim } of document.programmes)
    yield entry(subjectText(data, `programme:${number}`), `${at}/programmes/${number}`, kinds.programme, [aim?.text])
  const seen = new Set<string>()
  for (const { place, rows } of document.tables)
    for (const { subject, role } of rows) {
      const [kind] = subject.split(':') as [keyof typeof kinds | 'target']
      if (role === 'group' || seen.has(subject) || kind === 'head' || kind === 'programme') continue
      seen.add(subject)
      if (kind === 'subhead' || kind === 'line')
        yield entry(subjectText(data, subject), `${at}/subheads#${anchorOf(subject)}`, kinds[kind])
      else if (kind === 'commitment')
        yield entry(subjectText(data, subject), `${at}/commitments#${anchorOf(subject)}`, kinds.commitment)
      else if (place === 'targets' || place === 'indicators') {
        const programme = subject.split(':')[1]?.split('.')[0]
        yield entry(nameOf(data, subject), `${at}/programmes/${programme}#${anchorOf(subject)}`, kinds.indicator)
      }
    }
}
