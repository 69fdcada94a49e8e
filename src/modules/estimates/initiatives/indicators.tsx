import { Table, texts, usePage } from '#platform'
import { phases } from '../check/sentences.ts'
import { capital } from '../publish/tables.tsx'
import { words as shared } from '../publish/words.ts'
import type { InitiativeAnswer } from './answers.ts'

const own = texts({
  target: { en: 'Target', 'zh-Hant': '目標' },
  indicator: { en: 'Indicator', 'zh-Hant': '指標' },
  notLoaded: {
    en: 'What is missing here appears when a document that prints it is imported.',
    'zh-Hant': '未有顯示的項目，會在匯入載有該項的文件後顯示。',
  },
})

type Indicators = InitiativeAnswer['indicators']
type Period = Indicators[number]['printed'][number]['period']

/** Targets apart from indicators, and a table for each set of headings, as in print. */
export function PrintedIndicators({ indicators }: { indicators: Indicators }) {
  const { say } = usePage()
  const known = indicators.filter(({ printed }) => printed.length > 0)
  const headings = ({ subject, printed }: Indicators[number]) =>
    JSON.stringify([isTarget(subject), printed.map(({ period }) => period)])
  return (
    <>
      {known.length < indicators.length && <p class="muted">{say(own.notLoaded)}</p>}
      {[...Map.groupBy(known, headings).entries()].map(([key, rows]) => (
        <HeadedTable key={key} rows={rows} />
      ))}
    </>
  )
}

const isTarget = (subject: string): boolean => subject.startsWith('target:')

function HeadedTable({ rows }: { rows: Indicators }) {
  const { say, href } = usePage()
  const [{ subject, printed }] = rows as [Indicators[number]]
  const target = isTarget(subject)
  return (
    <Table
      caption={say(target ? shared.targets : shared.indicators)}
      narrow="fold"
      columns={[
        { label: say(target ? own.target : own.indicator) },
        ...printed.map(({ period }) => ({ label: <Heading period={period} />, numeric: true })),
      ]}
      rows={rows.map((row) => ({
        cells: [
          row.name ? say(row.name) : row.subject,
          ...row.printed.map(({ path, printed }) => (
            <a key={path} href={href(path)}>
              {printed ?? '?'}
            </a>
          )),
        ],
      }))}
    />
  )
}

/** `2022 Actual`; the standing target, of which `Period` tells, is of no year. */
function Heading({ period: { when, phase } }: { period: Period }) {
  const { say } = usePage()
  if (phase === 'plan' && when.includes('-')) return <>{say(own.target)}</>
  return (
    <>
      {when} <small>{capital(say(phases[phase]))}</small>
    </>
  )
}
