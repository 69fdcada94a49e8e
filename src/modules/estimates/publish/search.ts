import {
  foldItem,
  type Installation,
  type Language,
  type Searchable,
  type SearchResult,
  say,
  searchIn,
  type Text,
} from '#platform'
import { type Names, namesOf } from '../documents/names.ts'
import { searchInitiatives } from '../initiatives/initiatives.search.ts'
import { anchorOf, asPrinted, cellPath, cellText, nameOf, phrase, placeText, subjectText } from './labels.rules.ts'
import { listContents, listLinesOfYear, listNewest, listPrinted, type SearchedDocument } from './lines.sql.ts'
import { countingOf } from './list.ts'
import { words } from './words.ts'

const kinds = {
  head: { en: 'Head of the Estimates', 'zh-Hant': '預算總目' },
  programme: { en: 'Programme of the Estimates', 'zh-Hant': '預算綱領' },
  subhead: { en: 'Subhead of the Estimates', 'zh-Hant': '預算分目' },
  commitment: { en: 'Commitment of the Estimates', 'zh-Hant': '預算承擔額項目' },
  indicator: { en: 'Indicator of the Estimates', 'zh-Hant': '預算指標' },
  number: { en: 'Number of the Estimates', 'zh-Hant': '預算數字' },
  line: { en: 'Item of expenditure', 'zh-Hant': '開支項目' },
} as const

/** Numbers as printed; else systems and initiatives, then Heads, programmes, subheads, items and indicators, by name. */
export async function search(
  installation: Installation,
  query: { text: string; language: Language; limit: number },
): Promise<SearchResult[]> {
  const { text, language, limit } = query
  const { sql } = installation
  const counting = await countingOf(installation, language)
  // Of each Head the year that is named, else the newest: its programmes and lines are found once.
  const year = /(?<!\d)\d{4}-\d{2}(?!\d)/.exec(text)?.[0]
  const ofYear = year ? (await listLinesOfYear(sql, counting, year)).map(({ id }) => id) : []
  const ids = ofYear.length > 0 ? ofYear : await listNewest(sql, counting)
  const number = /^[-+−$]?(\d[\d,]*([.]\d+)?)%?$/.exec(text.normalize('NFKC').trim())?.[1]?.replaceAll(',', '')
  const printed = number === undefined ? [] : await searchNumbers(installation, { ids, number, limit }, language)
  const own = searchInitiatives(installation, query)
  const entries = await prepared(installation, ids)
  const found: Entry[] = []
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const these = ids.slice(from, from + readAtOnce).flatMap((id) => entries.get(id) ?? [])
    found.push(
      ...searchIn(
        these.map((entry) => ({ ...entry, item: entry })),
        text,
        limit,
      ),
    )
    // Others have their turn between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const named = searchIn(found, text, limit).map(({ name, where, ...item }) => ({
    ...item,
    title: say(name, language),
    excerpt: say(where, language),
  }))
  // A year is first of all the Heads of that year.
  const all = ofYear.length > 0 ? [...named, ...own] : [...own, ...named]
  return [...printed, ...all].slice(0, limit)
}

const readAtOnce = 50
/** Heads in each language, and some that counted before. */
const preparedMax = 3000

type Entry = Searchable<{ name: Text; path: string; kind: Text; where: Text }>

/** What a document offers never changes, so it is read and folded once, as long as the pack is the same. */
const known = new WeakMap<object, Map<number, readonly Entry[]>>()

async function prepared({ sql, pack }: Installation, ids: readonly number[]): Promise<Map<number, readonly Entry[]>> {
  const entries = known.get(pack) ?? new Map<number, readonly Entry[]>()
  known.set(pack, entries)
  if (entries.size > preparedMax) for (const id of entries.keys()) if (!ids.includes(id)) entries.delete(id)
  const missing = ids.filter((id) => !entries.has(id))
  for (let from = 0; from < missing.length; from += readAtOnce)
    for (const each of await listContents(sql, missing.slice(from, from + readAtOnce)))
      entries.set(
        each.id,
        [...entriesOf(each, namesOf(pack, each))].map((entry) => ({ ...entry, folded: foldItem(entry) })),
      )
  return entries
}

/** Where a number is printed, each place with what it measures. */
async function searchNumbers(
  { sql, pack }: Installation,
  wanted: { ids: readonly number[]; number: string; limit: number },
  language: Language,
): Promise<SearchResult[]> {
  const numbers = await listPrinted(sql, wanted)
  const documents = await listContents(sql, [...new Set(numbers.map(({ documentId }) => documentId))])
  const byId = new Map(documents.map((each) => [each.id, each]))
  return numbers.flatMap(({ documentId, id, printed, ...cell }) => {
    const found = byId.get(documentId)
    if (!found) return []
    const { year, head, content: document } = found
    const what = say(cellText({ names: namesOf(pack, found), document }, cell), language)
    const where = [phrase(words.yearTitle, { year }), phrase(words.head, { head }), placeText(cell)]
      .map((each) => say(each, language))
      .join(' · ')
    const title = say({ en: '{printed}: {what}', 'zh-Hant': '{printed}：{what}' }, language, {
      printed: printed!,
      what,
    })
    return [{ title, path: cellPath(found, id), kind: kinds.number, excerpt: where }]
  })
}

function* entriesOf(
  { year, head, title: printed, content: document }: SearchedDocument,
  names: Names,
): Generator<Entry> {
  const at = `/estimates/${year}/${head}`
  const data = { names, document }
  const title = names.head ?? asPrinted(printed)
  const where = phrase(words.yearTitle, { year })
  const headName = phrase(words.head, { head })
  const entry = (name: Text, path: string, kind: Text, also: (string | Text | undefined)[] = []): Entry => ({
    title: name,
    also: [year, ...also],
    item: { name, path, kind, where },
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
