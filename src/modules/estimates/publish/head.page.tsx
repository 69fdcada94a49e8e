import { Fragment } from 'preact'
import { Chart, type Download, Downloads, Mark, NotificationBanner, Page, Phrase, texts, usePage } from '#platform'
import { chartKinds, chartOf } from './charts.rules.ts'
import { Annotated, Line } from './components/document.tsx'
import type { HeadData } from './head-data.ts'
import { nameOf, phrase, tableTitle } from './labels.rules.ts'
import { CommitmentsSection, CoverSection, NotesSection, ProgrammeSection, SubheadsSection } from './sections.tsx'
import { DocumentTable } from './tables.tsx'
import { words } from './words.ts'

const own = texts({
  chineseOnly: {
    en: 'Only the Chinese text of this Head was imported. Names are in English, sentences in Chinese, as printed.',
    'zh-Hant': '這個總目只匯入了中文文本。',
  },
  englishOnly: {
    en: 'Only the English text of this Head was imported.',
    'zh-Hant': '這個總目只匯入了英文文本；名稱以中文顯示，句子按刊印的英文顯示。',
  },
  englishNames: {
    en: 'Only the English text of this Head was imported.',
    'zh-Hant': '這個總目只匯入了英文文本，名稱和句子均按刊印的英文顯示。',
  },
  chineseNames: {
    en: 'Only the Chinese text of this Head was imported; names and sentences stand in Chinese, as printed.',
    'zh-Hant': '這個總目只匯入了中文文本。',
  },
  figuresOnly: {
    en: 'Figures and names are here; the sentences of the printed text are not. When the text is imported, aims, descriptions and matters stand in their places.',
    'zh-Hant': '本頁載列數字和名稱，未有載入印刷本的文字。匯入文字後，宗旨、簡介及各事項會在原位顯示。',
  },
  staffLost: {
    en: 'The source keeps only the caption of this chart. The number of staff of each programme is not in it, so it cannot be drawn.',
    'zh-Hant': '來源文件只保留此圖的標題，沒有載列各綱領的員工人數，因此無法繪製。',
  },
  staff: { en: 'Staff by programme', 'zh-Hant': '各綱領的員工人數' },
  holds: { en: '{n} identities hold', 'zh-Hant': '{n} 條等式相符' },
  holdsOne: { en: '1 identity holds', 'zh-Hant': '1 條等式相符' },
  fails: { en: '{n} fail', 'zh-Hant': '{n} 條不符' },
  failsOne: { en: '1 identity fails', 'zh-Hant': '1 條等式不符' },
  explained: { en: '{n} differ and are explained', 'zh-Hant': '{n} 條有差異，已解釋' },
  apart: { en: '{n} lines do not agree with {year}', 'zh-Hant': '{n} 項與 {year} 年度不一致' },
  apartOne: { en: '1 line does not agree with {year}', 'zh-Hant': '1 項與 {year} 年度不一致' },
  explainedOne: { en: '1 differs and is explained', 'zh-Hant': '1 條有差異，已解釋' },
  derived: { en: '{n} lost numbers derived or inferred', 'zh-Hant': '{n} 個缺失數字已推算或推斷' },
  open: { en: '{n} lost numbers stay open', 'zh-Hant': '{n} 個缺失數字未能確定' },
  openOne: { en: '1 lost number stays open', 'zh-Hant': '1 個缺失數字未能確定' },
  unknown: { en: '{n} cannot be checked', 'zh-Hant': '{n} 條無法核對' },
  status: { en: 'What checking found', 'zh-Hant': '核對結果' },
  source: { en: 'Source: {name}, {lines} lines, SHA-256 {sha}', 'zh-Hant': '來源：{name}，{lines} 行，SHA-256 {sha}' },
  select: {
    en: 'Select any number to see where it was printed, how it checks and what it is made of. Identities are equations between these numbers.',
    'zh-Hant': '選取任何數字，可查看其刊印位置、核對結果和組成。等式是這些數字之間應有的關係。',
  },
  pdf: { en: 'The whole Head as PDF, to print', 'zh-Hant': '整個總目的 PDF（供列印）' },
  workbook: { en: 'Every table, XLSX', 'zh-Hant': '全部表格（XLSX）' },
  fiscal: { en: 'Fiscal data package', 'zh-Hant': '財政數據套件' },
  csv: { en: '{name}, CSV', 'zh-Hant': '{name}（CSV）' },
  data: { en: 'JSON', 'zh-Hant': 'JSON' },
  chart: { en: 'Chart, {kind}', 'zh-Hant': '圖表（{kind}）' },
})

export const headPath = ({ year, head }: Pick<HeadData, 'year' | 'head'>) => `/estimates/${year}/${head}`

/** The whole Head, to be read like the printed one, with its margin. */
export function HeadPage(data: HeadData) {
  const { say } = usePage()
  const title = say(data.title)
  return (
    <Page title={`${say(words.head, { head: data.head })} ${title}`} breadcrumbs={crumbs(data, say)} wide>
      <h1>
        <span class="caption">
          {say(words.head, { head: data.head })} · {say(words.yearTitle, { year: data.year })}
          {bookmarkSpace}
        </span>
        {data.onPaper ? <Bookmark text={title} /> : <Phrase text={title} />}
      </h1>
      <CheckLine data={data} />
      <LanguageLine data={data} />
      <Contents data={data} />
      <p class="muted on-screen">{say(own.select)}</p>
      <Annotated>
        <CoverSection data={data} />
        <ReportSection data={data} />
        <AnalysisSection data={data} />
        <h2 id="subheads">{say(words.subheads)}</h2>
        <SubheadsSection data={data} />
        <h2 id="details">{say(words.details)}</h2>
        <NotesSection data={data} />
        {data.document.tables.some(({ place }) => place === 'commitments') && (
          <h2 id="commitments">{say(words.commitments)}</h2>
        )}
        <CommitmentsSection data={data} />
      </Annotated>
      <TakeAway data={data} />
    </Page>
  )
}

/** Bookmarks of a PDF join the lines of a heading, and lose a space at the end of one unless it is of this kind. */
const bookmarkSpace = '\u00a0'

function Bookmark({ text }: { text: string }) {
  return (
    <>
      {text.split(' ').map((word, at) => (
        <Fragment key={at}>
          {at > 0 && (
            <>
              {bookmarkSpace}
              <wbr />
            </>
          )}
          <Phrase text={word} />
        </Fragment>
      ))}
    </>
  )
}

type Say = ReturnType<typeof usePage>['say']

export const crumbs = ({ year, head }: Pick<HeadData, 'year' | 'head'>, say: Say, within = false) => [
  { text: say(words.estimates), path: '/estimates' },
  { text: year, path: `/estimates/${year}` },
  ...(within ? [{ text: say(words.head, { head }), path: headPath({ year, head }) }] : []),
]

/** In one line: what checking found, each part a link to the ledger. */
export function CheckLine({ data }: { data: HeadData }) {
  const { say, href } = usePage()
  const { counts, across } = data
  const recovered = counts.derived + counts.inferred
  const open = counts.ambiguous + counts.missing
  const held = counts.holds + counts.rounding
  const link = (outcome: string) => href(`${headPath(data)}/checks${outcome ? `?outcome=${outcome}` : ''}`)
  return (
    <ul class="plain marks" aria-label={say(own.status)}>
      {counts.fails > 0 && (
        <li>
          <Mark kind="fails">
            <a href={link('fails')}>{say(counts.fails === 1 ? own.failsOne : own.fails, { n: counts.fails })}</a>
          </Mark>
        </li>
      )}
      {across && across.fails > 0 && (
        <li>
          <Mark kind="fails">
            <a href={href(`${headPath(data)}/compare?with=${across.earlier}`)}>
              {say(across.fails === 1 ? own.apartOne : own.apart, { n: across.fails, year: across.earlier })}
            </a>
          </Mark>
        </li>
      )}
      <li>
        <Mark kind="holds">
          <a href={link('holds')}>{say(held === 1 ? own.holdsOne : own.holds, { n: held })}</a>
        </Mark>
      </li>
      {counts.explained > 0 && (
        <li>
          <Mark kind="explained">
            <a href={link('explained')}>
              {say(counts.explained === 1 ? own.explainedOne : own.explained, { n: counts.explained })}
            </a>
          </Mark>
        </li>
      )}
      {recovered > 0 && (
        <li>
          <Mark kind="derived">
            <a href={`${link('')}#recovered`}>{say(own.derived, { n: recovered })}</a>
          </Mark>
        </li>
      )}
      {open > 0 && (
        <li>
          <Mark kind="ambiguous">
            <a href={`${link('')}#recovered`}>{say(open === 1 ? own.openOne : own.open, { n: open })}</a>
          </Mark>
        </li>
      )}
      {counts.unknown > 0 && (
        <li>
          <Mark kind="unchecked">
            <a href={link('unknown')}>{say(own.unknown, { n: counts.unknown })}</a>
          </Mark>
        </li>
      )}
    </ul>
  )
}

/** One line where the sentences are not in the page's language. */
export function LanguageLine({ data: { document, source, names } }: { data: HeadData }) {
  const { say, language } = usePage()
  if (source.kind === 'pack') return <p class="muted">{say(own.figuresOnly)}</p>
  const foreign = language === 'en' ? document.language === 'zh-Hant' : document.language === 'en'
  if (!foreign) return null
  // A Head that the pack does not know has no names in another language.
  const named = Object.keys(names).length > 0
  const [english, chinese] = named ? [own.englishOnly, own.chineseOnly] : [own.englishNames, own.chineseNames]
  return <p class="muted">{say(document.language === 'en' ? english : chinese)}</p>
}

function Contents({ data }: { data: HeadData }) {
  const { say, href } = usePage()
  const { programmes, tables } = data.document
  const has = (place: string) => tables.some((table) => table.place === place)
  const items = [
    ...programmes.map(({ number }) => ({
      path: `#programme-${number}`,
      text: `${say(words.programme, { number })} ${say(nameOf(data, `programme:${number}`))}`,
    })),
    ...(has('analysis') ? [{ path: '#analysis', text: say(words.analysis) }] : []),
    ...(has('subheads') ? [{ path: '#subheads', text: say(words.subheads) }] : []),
    ...(has('breakdown') || data.document.notes.length > 0 ? [{ path: '#details', text: say(words.details) }] : []),
    ...(has('commitments') ? [{ path: '#commitments', text: say(words.commitments) }] : []),
    { path: href(`${headPath(data)}/establishment`), text: say(words.establishment) },
    { path: href(`${headPath(data)}/checks`), text: say(words.checks) },
    { path: href(`${headPath(data)}/findings`), text: say(words.findings) },
    ...(data.years.length > 1 ? [{ path: href(`${headPath(data)}/compare`), text: say(words.compare) }] : []),
    { path: '#take-away', text: say(words.takeAway) },
  ]
  return (
    <nav class="sections" aria-label={say(words.contents)}>
      <ol>
        {items.map(({ path, text }) => (
          <li key={path}>
            <a href={path}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function ReportSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  return (
    <>
      <h2 id="report">{say(words.report)}</h2>
      {data.document.policyAreas.map(({ number, name, secretary }) => (
        <p key={number}>
          {say(words.policyArea, {
            number,
            name: say(data.names[`policy-area:${number}`] ?? phrase({ en: name, 'zh-Hant': name })),
            secretary: say(data.names[`secretary:${number}`] ?? phrase({ en: secretary, 'zh-Hant': secretary })),
          })}
        </p>
      ))}
      {data.document.programmes.map((programme) => (
        <ProgrammeSection key={programme.number} data={data} programme={programme} />
      ))}
    </>
  )
}

function AnalysisSection({ data }: { data: HeadData }) {
  const { say } = usePage()
  const tables = data.document.tables.filter(({ place }) => place === 'analysis' || place === 'table')
  if (tables.length === 0) return null
  return (
    <>
      <h2 id="analysis">{say(words.analysis)}</h2>
      {tables.map((table) => (
        <DocumentTable
          key={table.id}
          data={data}
          table={table}
          caption={say(words.analysis)}
          captionHidden
          corner={say(words.programmes)}
        />
      ))}
      <Charts data={data} />
    </>
  )
}

export function Charts({
  data,
  kinds = chartKinds,
}: {
  data: HeadData
  kinds?: readonly (typeof chartKinds)[number][]
}) {
  const { say, language } = usePage()
  const staff = data.document.charts.find(({ kind }) => kind === 'staff')
  return (
    <>
      {kinds.map((kind) => {
        const found = chartOf(data, kind, language)
        if (!found) return null
        const files: Download[] = ['svg', 'csv'].map((form) => ({
          label: say(own.chart, { kind: form.toUpperCase() }),
          path: `${headPath(data)}/charts/${kind}.${form}`,
        }))
        return (
          <Chart
            key={kind}
            chart={found.chart}
            title={found.title}
            subtitle={found.subtitle}
            corner={found.corner}
            files={files}
          />
        )
      })}
      {staff && (
        <NotificationBanner title={say(data.names['chart:staff'] ?? own.staff)} id="chart-staff">
          <p>{say(own.staffLost)}</p>
        </NotificationBanner>
      )}
    </>
  )
}

/** Everything that can be carried away, at addresses that stay. */
function TakeAway({ data }: { data: HeadData }) {
  const { say, href } = usePage()
  const at = headPath(data)
  const files: Download[] = [
    { label: say(own.workbook), path: `${at}/head.xlsx` },
    { label: say(own.fiscal), path: `${at}/datapackage.json` },
    { label: say(own.data), path: `${at}.json` },
    ...data.document.tables.map(({ id }) => ({
      label: say(own.csv, { name: say(tableTitle(id)) }),
      path: `${at}/tables/${id}.csv`,
    })),
  ]
  const { name, lines, sha256 } = data.source
  return (
    <Line>
      <h2 id="take-away" class="on-screen">
        {say(words.takeAway)}
      </h2>
      <p class="on-screen">
        <a href={href(`${at}/print`)}>{say(own.pdf)}</a>
      </p>
      <Downloads files={files} print />
      <p class="muted">
        {say(own.source, { name, lines, sha: '' })}
        <code>{sha256.slice(0, 16)}…</code>
      </p>
    </Line>
  )
}
