import { Downloads, Page, Pagination, Phrase, Table, texts, usePage } from '#platform'
import { measures } from '../check/sentences.ts'
import { establishmentId, postsOf } from '../downloads/establishment.ts'
import { Annotated } from './components/document.tsx'
import { Figure } from './figure.tsx'
import { Charts, CheckLine, crumbs, headPath, LanguageLine } from './head.page.tsx'
import type { HeadData } from './head-data.ts'
import { nameOf, periodText, subjectText, tableTitle, whenText } from './labels.rules.ts'
import { CheckNote } from './margin.tsx'
import { CommitmentsSection, NotesSection, ProgrammeSection, SubheadsSection } from './sections.tsx'
import { capital, DocumentTable } from './tables.tsx'
import { words } from './words.ts'

const own = texts({
  what: { en: 'What is counted', 'zh-Hant': '項目' },
  when: { en: 'When', 'zh-Hant': '時間' },
  number: { en: 'Number', 'zh-Hant': '數目' },
  none: { en: 'The source says nothing about posts.', 'zh-Hant': '來源文件沒有載列職位。' },
})

const files = { en: '{name}, {form}', 'zh-Hant': '{name}（{form}）' }

/** The files of the tables on a page. */
function TableFiles({ data, ids = data.document.tables.map(({ id }) => id) }: { data: HeadData; ids?: string[] }) {
  const { say } = usePage()
  const list = ids.flatMap((id) =>
    (['csv', 'xlsx'] as const).map((form) => ({
      label: say(files, { name: say(tableTitle(id)), form: form.toUpperCase() }),
      path: `${headPath(data)}/tables/${id}.${form}`,
    })),
  )
  return <Downloads files={list} print />
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

/** One table of the document, some of its rows. */
export function RowsPage(data: HeadData & { table: string; page: number; pages: number }) {
  const { say } = usePage()
  const { table, page, pages } = data
  const title = say(tableTitle(table))
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)} wide>
      <PartTitle data={data} title={title} />
      <Annotated>
        {data.document.tables.map((each) => (
          <DocumentTable
            key={each.id}
            data={data}
            table={each}
            caption={title}
            captionHidden
            corner={say(words.name)}
            whole
          />
        ))}
      </Annotated>
      {pages > 1 && (
        <Pagination page={page} last={pages} address={(to) => `${headPath(data)}/rows/${table}?page=${to}`} />
      )}
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
        <Phrase text={title} />
      </h1>
      <CheckLine data={data} />
      <LanguageLine data={data} />
    </>
  )
}

/** Posts: every count and change that the document prints, checked, and what the source does not say. */
export function EstablishmentPage(data: HeadData) {
  const { say } = usePage()
  const title = say(words.establishment)
  const rows = postsOf(data.document).map(([cell, ...others]) => ({
    cells: [
      <>
        {capital(say(measures[cell.measure]))}
        {cell.subject !== 'head' && <small class="muted"> {say(subjectText(data, cell.subject))}</small>}
      </>,
      say(cell.base ? whenText(cell.period.when) : periodText(cell.period)),
      <Figure key="figure" data={data} cell={cell} unit />,
    ],
    note: <CheckNote data={data} cells={[cell, ...others]} />,
  }))
  const columns = [{ label: say(own.what) }, { label: say(own.when) }, { label: say(own.number), numeric: true }]
  return (
    <Page title={`${title} – ${say(words.head, { head: data.head })}`} breadcrumbs={crumbs(data, say, true)} wide>
      <PartTitle data={data} title={title} />
      <Annotated>
        {rows.length > 0 && <Table caption={title} captionHidden columns={columns} rows={rows} narrow="fold" />}
        <Charts data={data} kinds={['establishment']} />
      </Annotated>
      {rows.length === 0 ? <p>{say(own.none)}</p> : <TableFiles data={data} ids={[establishmentId]} />}
    </Page>
  )
}
