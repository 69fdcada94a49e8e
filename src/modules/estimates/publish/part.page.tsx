import { Annotated, Downloads, Line, Page, texts, usePage } from '#platform'
import { formatAmount } from '../check/amounts.ts'
import { Figure } from './figure.tsx'
import { CheckNote } from './margin.tsx'
import { Charts, CheckLine, crumbs, headPath, LanguageLine } from './head.page.tsx'
import { type HeadData, looseCells } from './head-data.ts'
import { nameOf, periodText } from './labels.rules.ts'
import { CommitmentsSection, NotesSection, ProgrammeSection, SubheadsSection } from './sections.tsx'
import { measures } from '../check/sentences.ts'
import { words } from './words.ts'

const own = texts({
  csv: { en: 'CSV', 'zh-Hant': 'CSV' },
  staff: {
    en: 'The number of staff of each programme stands only in a chart that the source lost; the net changes are what is left.',
    'zh-Hant': '各綱領的員工人數只見於來源文件已缺失的圖表；現時只餘職位的淨增減。',
  },
})

/** The files of the tables on a page. */
function TableFiles({ data }: { data: HeadData }) {
  const files = data.document.tables.flatMap(({ id }) =>
    (['csv', 'xlsx'] as const).map((form) => ({ label: `${id}.${form}`, path: `${headPath(data)}/tables/${id}.${form}` })),
  )
  return <Downloads files={files} print />
}

export function PartPage(data: HeadData & { part: 'subheads' | 'commitments' }) {
  const { say } = usePage()
  const title = say(words[data.part])
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)} wide>
      <PartTitle data={data} title={title} />
      <Annotated>
        {data.part === 'subheads' ? (
          <>
            <SubheadsSection data={data} />
            <NotesSection data={data} />
          </>
        ) : (
          <CommitmentsSection data={data} />
        )}
      </Annotated>
      <TableFiles data={data} />
    </Page>
  )
}

export function ProgrammePage(data: HeadData & { number: number }) {
  const { say } = usePage()
  const programme = data.document.programmes.find(({ number }) => number === data.number)!
  const title = `${say(words.programme, { number: data.number })} ${say(nameOf(data, `programme:${data.number}`))}`
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)} wide>
      <PartTitle data={data} title={title} />
      <Annotated>
        <ProgrammeSection data={data} programme={programme} level={2} />
      </Annotated>
      <TableFiles data={data} />
    </Page>
  )
}

function PartTitle({ data, title }: { data: HeadData; title: string }) {
  const { say } = usePage()
  return (
    <>
      <h1>
        <span class="caption">{`${say(words.head, { head: data.head })} ${say(data.title)} · ${say(words.yearTitle, { year: data.year })}`}</span>
        {title}
      </h1>
      <CheckLine data={data} />
      <LanguageLine data={data} />
    </>
  )
}

/** Posts: the cover's counts, the net change of each programme, and what the source does not say. */
export function EstablishmentPage(data: HeadData) {
  const { say, language } = usePage()
  const cells = looseCells(data, ({ measure }) => measure.includes('posts') || measure === 'salary-ceiling')
  const title = say(words.establishment)
  const groups = [...Map.groupBy(cells, ({ subject, measure, place }) => `${subject} ${measure} ${place}`).values()]
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)} wide>
      <PartTitle data={data} title={title} />
      <Annotated>
        {groups.map((group) => (
          <Line key={group[0]!.id} note={<CheckNote data={data} cells={group} />}>
            <p>
              {group[0]!.subject === 'head' ? '' : `${say(nameOf(data, group[0]!.subject))}: `}
              {say(measures[group[0]!.measure])}:{' '}
              {group.map((cell, at) => (
                <span key={cell.id}>
                  {at > 0 && ' → '}
                  <Figure data={data} cell={cell} unit /> <small class="muted">{say(periodText(cell.period))}</small>
                </span>
              ))}
            </p>
          </Line>
        ))}
      </Annotated>
      <Charts data={data} kinds={['establishment']} />
      {groups.length === 0 && formatAmount({ unit: 'post', decimals: 0, steps: 0, nil: true }, language)}
      <p class="muted">{say(own.staff)}</p>
    </Page>
  )
}
