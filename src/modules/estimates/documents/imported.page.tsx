import { type Static, Type } from 'typebox'
import {
  Moment,
  NotificationBanner,
  Page,
  Pagination,
  Phrase,
  SummaryList,
  Table,
  Text,
  texts,
  usePage,
} from '#platform'
import { Report } from '../check/check.ts'
import { FindingsTables } from '../publish/findings.page.tsx'
import { linesText } from '../publish/labels.rules.ts'
import { words as shared } from '../publish/words.ts'
import { EstimatesDocument, type Lines } from '../types.ts'
import { Import } from './imports.sql.ts'

const words = texts({
  title: { en: 'Import of {name}', 'zh-Hant': '匯入 {name}' },
  done: { en: 'Imported', 'zh-Hant': '已匯入' },
  doneAbout: { en: '{count} Heads count from now on.', 'zh-Hant': '{count} 個總目由現在起生效。' },
  doneOne: { en: 'The Head counts from now on.', 'zh-Hant': '這個總目由現在起生效。' },
  again: { en: 'Imported before', 'zh-Hant': '已在較早前匯入' },
  againAbout: {
    en: 'This file was imported before and counts already, so nothing was changed.',
    'zh-Hant': '這個檔案早前已匯入並已生效，因此沒有作出任何改動。',
  },
  by: { en: 'Imported by', 'zh-Hant': '匯入者' },
  command: { en: 'Whoever runs this installation, by a command', 'zh-Hant': '系統管理員（以指令匯入）' },
  when: { en: 'When', 'zh-Hant': '時間' },
  counting: { en: 'Heads that count', 'zh-Hant': '生效的總目' },
  all: { en: 'All {heads}', 'zh-Hant': '全部 {heads} 個' },
  some: {
    en: '{current} of {heads}; newer imports replaced the others',
    'zh-Hant': '{heads} 個中的 {current} 個，其餘已由較新的匯入取代',
  },
  replaced: {
    en: 'A newer import replaced this Head. Its pages show the newer one.',
    'zh-Hant': '這個總目已由較新的匯入取代，其網頁顯示較新的版本。',
  },
  failing: {
    en: 'Of the identities {fails} fail and {holds} hold. What fails comes first.',
    'zh-Hant': '{fails} 條等式不符，{holds} 條相符。先列不符之處。',
  },
  nothingFails: {
    en: 'Nothing fails. Identities that hold: {holds}.',
    'zh-Hant': '沒有不符之處：{holds} 條等式相符。',
  },
  head: { en: 'Head {head}, {year}: {title}', 'zh-Hant': '總目 {head}，{year}：{title}' },
  file: { en: 'Found in the file, outside its Heads', 'zh-Hant': '檔案內不屬任何總目的發現' },
  fails: { en: 'Fails', 'zh-Hant': '不符' },
  derived: { en: 'Lost in the source, and recovered', 'zh-Hant': '來源缺失，已找回' },
  cannotBeChecked: { en: 'Cannot be checked', 'zh-Hant': '無法核對' },
  suspect: { en: 'Likely at fault: {sentence}', 'zh-Hant': '最可能有誤：{sentence}' },
  where: { en: 'Where', 'zh-Hant': '位置' },
  what: { en: 'What was found', 'zh-Hant': '發現' },
  holds: { en: 'Identities that hold: {count}', 'zh-Hant': '{count} 條等式相符' },
  quiet: { en: 'Heads in which nothing was found', 'zh-Hant': '沒有任何發現的總目' },
  name: { en: 'Head', 'zh-Hant': '總目' },
  check: { en: 'How it checks', 'zh-Hant': '核對結果' },
  more: { en: 'Everything that was found in this Head', 'zh-Hant': '這個總目的所有發現' },
  sha: { en: 'SHA-256 of the file', 'zh-Hant': '檔案的 SHA-256' },
})

const { year, head, language, findings } = EstimatesDocument.properties
const { holds, fails, derived, cannotBeChecked } = Report.properties
const Count = Type.Integer({ minimum: 0 })

/** A Head of the file: what checking says of it now, and what the import found in it. */
type ImportedHead = Static<typeof ImportedHead>
const ImportedHead = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  year,
  head,
  language,
  title: Text,
  /** Whether it still counts, or a newer import replaced it. */
  isCurrent: Type.Boolean(),
  sourceKind: Type.Enum(['text', 'table', 'pack']),
  holds,
  fails,
  derived,
  cannotBeChecked,
  findings,
})

export type ImportedData = Static<typeof ImportedData>
export const ImportedData = Type.Object({
  ...Import.properties,
  /** Its name, where the pack knows who imported the file. */
  importer: Type.Union([Text, Type.Null()]),
  /** What has just happened, for whoever has just sent the file. */
  outcome: Type.Union([Type.Enum(['new', 'again']), Type.Null()]),
  /** How many Heads the file brought, and what all of them together say. */
  heads: Count,
  /** How many of them still count. */
  current: Count,
  counts: Type.Object({ fails: Count, holds: Count }),
  page: Type.Integer({ minimum: 1 }),
  pages: Type.Integer({ minimum: 1 }),
  /** The Heads of this page; those that fail come first. */
  documents: Type.Array(ImportedHead),
})

/** Of each Head among several; a Head by itself is told in full. */
const rowsShown = 20

/** What an import brought: what fails, then what was recovered, doubted, lost and repaired, then what holds. */
export function ImportedPage(data: ImportedData) {
  const { say } = usePage()
  const { documents, outcome, heads, current, counts, page, pages } = data
  const title = say(words.title, { name: data.sourceName })
  const { telling = [], quiet = [] } = Object.groupBy(documents, (each) => (isQuiet(each) ? 'quiet' : 'telling'))
  const crumbs = [
    { text: say(shared.estimates), path: '/estimates' },
    { text: say(importTitle), path: '/estimates/import' },
  ]
  return (
    <Page title={title} breadcrumbs={crumbs}>
      {outcome === 'again' && (
        <NotificationBanner title={say(words.again)} tone="warn">
          <p>{say(words.againAbout)}</p>
        </NotificationBanner>
      )}
      {outcome === 'new' && current === heads && (
        <NotificationBanner title={say(words.done)} tone="good">
          <p>{say(heads === 1 ? words.doneOne : words.doneAbout, { count: heads })}</p>
        </NotificationBanner>
      )}
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(counts.fails > 0 ? words.failing : words.nothingFails, counts)}</p>
      <SummaryList
        rows={[
          { key: say(words.by), value: importerOf(data, say) },
          { key: say(words.when), value: <Moment at={data.importedAt} /> },
          { key: say(words.counting), value: say(current === heads ? words.all : words.some, { current, heads }) },
        ]}
      />
      {telling.map((document) => (
        <Head key={document.id} document={document} rowsMax={heads === 1 ? Number.POSITIVE_INFINITY : rowsShown} />
      ))}
      {quiet.length > 0 && <QuietHeads documents={quiet} />}
      {pages > 1 && (
        <Pagination page={page} last={pages} address={(to) => `/estimates/imports/${data.id}?page=${to}`} />
      )}
      {data.findings.length > 0 && (
        <>
          <h2>{say(words.file)}</h2>
          <FindingsTables findings={data.findings} kind={documents[0]?.sourceKind ?? 'table'} />
        </>
      )}
      <p class="muted">
        {say(words.sha)}: <code>{data.sourceSha256}</code>
      </p>
    </Page>
  )
}

const importerOf = ({ importer, importedBy }: ImportedData, say: ReturnType<typeof usePage>['say']) =>
  importer ? say(importer) : importedBy === 'system' ? say(words.command) : importedBy

const listsOf = ({ fails, derived, findings, cannotBeChecked }: ImportedHead) => [
  fails,
  derived,
  findings,
  cannotBeChecked,
]
const isQuiet = (document: ImportedHead) => listsOf(document).every(({ length }) => length === 0)

function HeadLink({ document: { year, head, title } }: { document: ImportedHead }) {
  const { say, href } = usePage()
  return <a href={href(`/estimates/${year}/${head}`)}>{say(words.head, { year, head, title: say(title) })}</a>
}

function HoldsLink({ document: { year, head, holds, isCurrent } }: { document: ImportedHead }) {
  const { say, href } = usePage()
  if (!isCurrent) return <span class="muted">{say(words.replaced)}</span>
  return <a href={href(`/estimates/${year}/${head}/checks`)}>{say(words.holds, { count: holds })}</a>
}

function QuietHeads({ documents }: { documents: readonly ImportedHead[] }) {
  const { say } = usePage()
  return (
    <Table
      caption={say(words.quiet)}
      columns={[{ label: say(words.name) }, { label: say(words.check) }]}
      narrow="stack"
      rows={documents.map((document) => ({
        cells: [<HeadLink key="head" document={document} />, <HoldsLink key="holds" document={document} />],
      }))}
    />
  )
}

function Head({ document, rowsMax }: { document: ImportedHead; rowsMax: number }) {
  const { say, href } = usePage()
  const isCut = listsOf(document).some(({ length }) => length > rowsMax)
  return (
    <section>
      <h2>
        <HeadLink document={document} />
      </h2>
      {!document.isCurrent && <p>{say(words.replaced)}</p>}
      <Entries of="fails" document={document} rowsMax={rowsMax} />
      <Entries of="derived" document={document} rowsMax={rowsMax} />
      <FindingsTables findings={document.findings} kind={document.sourceKind} rowsMax={rowsMax} />
      <Entries of="cannotBeChecked" document={document} rowsMax={rowsMax} />
      {document.isCurrent && (
        <p>
          <HoldsLink document={document} />
        </p>
      )}
      {isCut && document.isCurrent && (
        <p>
          <a href={href(`/estimates/${document.year}/${document.head}/findings`)}>{say(words.more)}</a>
        </p>
      )}
    </section>
  )
}

function Entries({
  of,
  document,
  rowsMax,
}: {
  of: 'fails' | 'derived' | 'cannotBeChecked'
  document: ImportedHead
  rowsMax: number
}) {
  const { say } = usePage()
  const entries = document[of]
  if (entries.length === 0) return null
  return (
    <Table
      caption={`${say(words[of])} (${entries.length})`}
      columns={[{ label: say(words.where) }, { label: say(words.what) }]}
      narrow="stack"
      rows={entries.slice(0, rowsMax).map(({ sentence, lines, suspects }) => ({
        cells: [
          say(placesText(lines)),
          <>
            {sentence}
            {suspects?.[0] && (
              <>
                <br />
                <span class="muted">{say(words.suspect, { sentence: suspects[0].sentence })}</span>
              </>
            )}
          </>,
        ],
      }))}
    />
  )
}

const placesShown = 6

/** `line 7`, `lines 7, 12–14, 30`: the number that is claimed first, then what it is made of. */
function placesText(lines: readonly Lines[]): Text {
  const [only] = lines
  if (only && lines.length === 1) return linesText(only)
  const written = lines.slice(0, placesShown).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
  const all = [...written, ...(lines.length > placesShown ? ['…'] : [])]
  return { en: `lines ${all.join(', ')}`, 'zh-Hant': `第 ${all.join('、')} 行` }
}

const importTitle = { en: 'Import a Head', 'zh-Hant': '匯入總目' }
