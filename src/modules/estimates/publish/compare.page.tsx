import { Mark, Page, Phrase, Table, texts, Unbroken, usePage } from '#platform'
import { changeSentence } from '../check/amounts.ts'
import { places, unitNames } from '../check/sentences.ts'
import type { Cell } from '../types.ts'
import { Signed } from './checks.page.tsx'
import { bare } from './figure.tsx'
import { crumbs, headPath } from './head.page.tsx'
import type { ComparedLine, Comparison } from './shapes.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: '{earlier} beside {later}', 'zh-Hant': '{earlier} 與 {later} 年度並列' },
  one: {
    en: 'Only {year} is loaded for this Head. When another year is imported, both stand here side by side, line by line.',
    'zh-Hant': '這個總目只載入了 {year} 年度。匯入另一年度後，兩個年度會在此逐項並列。',
  },
  rule: {
    en: 'The estimate of one year is the original estimate of the next. Each line says whether both documents agree.',
    'zh-Hant': '一個年度的預算，就是下一年度文件所載的原來預算。每項都註明兩份文件是否一致。',
  },
  apart: {
    en: 'These years do not follow each other, so that neither document restates the other.',
    'zh-Hant': '這兩個年度並不相連，文件之間沒有重述的數字。',
  },
  estimateOf: { en: 'Estimate in {year}', 'zh-Hant': '{year} 年度文件的預算' },
  originalOf: { en: 'Original in {year}', 'zh-Hant': '{year} 年度文件的原來預算' },
  other: { en: 'Beside {year}', 'zh-Hant': '與 {year} 並列' },
  explain: { en: 'Explain', 'zh-Hant': '解釋差異' },
  restated: { en: '{original}: {change}; {estimate}:', 'zh-Hant': '{original}：{change}；{estimate}：' },
  choose: { en: 'Years', 'zh-Hant': '年度' },
})

/** Two years of a Head, side by side. */
export function ComparePage(data: Comparison & { mayExplain: boolean }) {
  const { say, href } = usePage()
  const { earlier, later } = data
  const title = earlier && later ? say(own.title, { earlier, later }) : say(words.compare)
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)}>
      <h1>
        <span class="caption">{`${say(words.head, { head: data.head })} ${say(data.title)}`}</span>
        <Phrase text={title} />
      </h1>
      {data.years.length > 2 && (
        <nav class="sections" aria-label={say(own.choose)}>
          <ol>
            {data.years
              .filter((year) => year !== data.year)
              .map((year) => (
                <li key={year}>
                  <a href={href(`${headPath(data)}/compare?with=${year}`)}>{say(own.other, { year })}</a>
                </li>
              ))}
          </ol>
        </nav>
      )}
      {earlier && later ? (
        <>
          <p class="lead">{say(data.consecutive ? own.rule : own.apart)}</p>
          {data.tables.map((table) => (
            <ComparedTable key={table.place} data={data} table={table} />
          ))}
        </>
      ) : (
        <p class="lead">{say(own.one, { year: data.year })}</p>
      )}
    </Page>
  )
}

function ComparedTable({
  data,
  table,
}: {
  data: Comparison & { mayExplain: boolean }
  table: Comparison['tables'][number]
}) {
  const { say } = usePage()
  const [earlier, later] = [data.earlier ?? '', data.later ?? '']
  const captions = { analysis: words.analysis, subheads: words.subheads, breakdown: words.details } as Record<
    string,
    (typeof words)['analysis']
  >
  const columns = [
    { label: say(words.name) },
    { label: <Unbroken text={say(own.estimateOf, { year: earlier })} />, numeric: true },
    ...(data.consecutive ? [{ label: <Unbroken text={say(own.originalOf, { year: later })} />, numeric: true }] : []),
    { label: <Unbroken text={say(own.estimateOf, { year: later })} />, numeric: true },
  ]
  const rows = table.lines.map((line) => ({
    kind: line.role === 'line' ? undefined : (line.role as 'subtotal' | 'total'),
    cells: [
      say(line.name),
      <Value key="earlier" cell={line.earlier} />,
      ...(data.consecutive ? [<Value key="original" cell={line.original} />] : []),
      <Value key="later" cell={line.later} />,
    ],
    note: (
      <div class="note">
        {data.consecutive && <Agree data={data} identity={line.identity} />}{' '}
        {data.consecutive && <Apart {...line} year={later} />}
        <Change from={line.earlier} to={line.later} />
        <Explanation data={data} identity={line.identity} />
      </div>
    ),
  }))
  return (
    <Table
      caption={
        <>
          {say(captions[table.place] ?? places[table.place])} <small>({say(unitNames[table.unit])})</small>
        </>
      }
      columns={columns}
      rows={rows}
      narrow="fold"
    />
  )
}

const Value = ({ cell }: { cell: Cell | null }) => <>{cell ? bare(cell) : ''}</>

/** What the check says, and for an officer the way to explain what fails. */
function Agree({ data, identity }: { data: Comparison & { mayExplain: boolean }; identity: ComparedLine['identity'] }) {
  const { say, href } = usePage()
  if (!identity) return null
  const { id, outcome } = identity
  return (
    <>
      <Mark kind={outcome === 'unknown' ? 'unchecked' : outcome} />
      {data.mayExplain && outcome === 'fails' && (
        <>
          {' '}
          <a href={href(`/estimates/${data.later}/${data.head}/explain?identity=${encodeURIComponent(id)}`)}>
            {say(own.explain)}
          </a>
        </>
      )}
    </>
  )
}

/** Who signed that a difference is none to mend, and where a reader can see why. */
function Explanation({ data, identity }: { data: Comparison; identity: ComparedLine['identity'] }) {
  const exception = data.exceptions.find((each) => each.identity === identity?.id)
  return exception ? (
    <span class="note__text">
      <Signed exception={exception} />
    </span>
  ) : null
}

/** By how much the two prints of one number differ. */
function Apart({ identity, earlier, original, year }: ComparedLine & { year: string }) {
  const { say, language } = usePage()
  if (identity?.outcome !== 'fails' && identity?.outcome !== 'explained') return null
  if (earlier?.steps == null || original?.steps == null) return null
  const change = changeSentence({ from: earlier, to: original }, language)
  return (
    <>
      {say(own.restated, {
        original: say(own.originalOf, { year }),
        change,
        estimate: say(own.estimateOf, { year }),
      })}{' '}
    </>
  )
}

function Change({ from, to }: { from: Cell | null; to: Cell | null }) {
  const { language } = usePage()
  return from?.steps == null || to?.steps == null ? null : changeSentence({ from, to }, language)
}
