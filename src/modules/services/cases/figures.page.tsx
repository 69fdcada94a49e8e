import { Chart, Page, Phrase, Table, texts, usePage } from '#platform'
import { words as shared } from './parts.tsx'
import type { FiguresData } from './types.ts'

const words = texts({
  title: { en: 'How services do', 'zh-Hant': '服務表現' },
  lead: {
    en: 'The last {days} days; open and overdue as of now.',
    'zh-Hant': '最近 {days} 天；未結束和逾期為現時數字。',
  },
  service: { en: 'Service', 'zh-Hant': '服務' },
  received: { en: 'Received', 'zh-Hant': '收到' },
  decided: { en: 'Decided', 'zh-Hant': '已決定' },
  median: { en: 'Median working days', 'zh-Hant': '工作天中位數' },
  open: { en: 'Open', 'zh-Hant': '未結束' },
  chart: {
    en: 'Open: {open}. Overdue: {overdue}',
    'zh-Hant': '未結束 {open} 宗，逾期 {overdue} 宗',
  },
  chartUnit: { en: 'Open cases of each service', 'zh-Hant': '各項服務的未結束個案' },
  none: {
    en: 'No case has come yet. Figures stand here from the first one.',
    'zh-Hant': '尚未收到個案。由第一宗起即有數字。',
  },
})

const write = (count: number) => count.toLocaleString('en')

export function FiguresPage({ days, services }: FiguresData) {
  const { say } = usePage()
  const title = say(words.title)
  const busy = services.filter(({ open }) => open > 0).sort((one, other) => other.open - one.open)
  const sum = (what: 'open' | 'overdue') => write(services.reduce((all, each) => all + each[what], 0))
  const columns = [words.received, words.decided, words.median, words.open, shared.overdue]
  return (
    <Page title={title} breadcrumbs={[{ text: say(shared.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.lead, { days })}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <>
          {busy.length > 0 && (
            <Chart
              chart={{
                kind: 'bars',
                labels: busy.map((each) => say(each.title)),
                series: [{ name: say(words.open), values: busy.map(({ open }) => open) }],
                write,
              }}
              title={say(words.chart, { open: sum('open'), overdue: sum('overdue') })}
              subtitle={say(words.chartUnit)}
              corner={say(words.service)}
            />
          )}
          <Table
            caption={title}
            captionHidden
            narrow="stack"
            columns={[{ label: say(words.service) }, ...columns.map((text) => ({ label: say(text), numeric: true }))]}
            rows={services.map(({ title, received, decided, medianDays, open, overdue }) => ({
              cells: [say(title), write(received), write(decided), medianDays ?? '–', write(open), write(overdue)],
            }))}
          />
        </>
      )}
    </Page>
  )
}
