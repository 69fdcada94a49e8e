import { Mark, Page, Pagination, SummaryList, Table, texts, usePage } from '#platform'
import { unitNames } from '../check/sentences.ts'
import type { Cell, Identity } from '../types.ts'
import { IdentityEntry, RecoveredHow } from './checks.page.tsx'
import { termsMax } from './equation.tsx'
import { bare, markOf } from './figure.tsx'
import { crumbs, headPath } from './head.page.tsx'
import { type HeadData, indexOf } from './head-data.ts'
import { cellPath, cellText, placeText, subjectText, writeAmount } from './labels.rules.ts'
import { DocumentTable } from './tables.tsx'
import { words } from './words.ts'

const own = texts({
  printed: { en: 'Printed as', 'zh-Hant': '刊印為' },
  notPrinted: { en: 'Not in the source: it was lost', 'zh-Hant': '來源文件沒有此數：已缺失' },
  where: { en: 'Where', 'zh-Hant': '位置' },
  at: { en: '{file}, {place}', 'zh-Hant': '{file}，{place}' },
  unit: { en: 'Unit', 'zh-Hant': '單位' },
  found: { en: 'What checking found', 'zh-Hant': '核對結果' },
  id: { en: 'Identifier', 'zh-Hant': '識別碼' },
  identities: { en: 'The identities in which it takes part', 'zh-Hant': '涉及此數的等式' },
  none: {
    en: 'No identity of the document speaks of this number, so that nothing in it can confirm or contradict it.',
    'zh-Hant': '文件沒有等式涉及此數，因此無從印證或否定。',
  },
  how: { en: 'How it was recovered', 'zh-Hant': '如何找回' },
  terms: { en: 'The {n} terms of: {what}', 'zh-Hant': '{what}：全部 {n} 項' },
  number: { en: 'Number', 'zh-Hant': '數字' },
  row: { en: 'Its table', 'zh-Hant': '所在表格' },
})

/** Where a number was printed, how it checks, what it is made of. */
export function CellPage(data: HeadData & { cell: Cell; beside: readonly Identity[]; page: number; pages: number }) {
  const { say, language } = usePage()
  const { cell } = data
  const title = say(cellText(data, cell))
  const spot = indexOf(data).spot.get(cell.id)
  const row: HeadData = { ...data, identities: [...data.identities, ...data.beside] }
  const value = cell.steps === null ? say(words.lost) : writeAmount(cell, language)
  return (
    <Page title={`${value} – ${title}`} breadcrumbs={crumbs(data, say, true)}>
      <h1>
        <span class="caption">{title}</span>
        <span class="number">{value}</span>
      </h1>
      <SummaryList
        rows={[
          {
            key: say(own.printed),
            value: cell.printed === null ? say(own.notPrinted) : <span class="number">{cell.printed}</span>,
          },
          {
            key: say(own.where),
            value: say(own.at, { file: data.source.name, place: say(placeText(cell)) }),
            action: { path: `${headPath(data)}`, text: say(words.wholeHead) },
          },
          { key: say(own.unit), value: say(unitNames[cell.unit]) },
          { key: say(own.found), value: <Mark kind={markOf(data, cell)} /> },
          { key: say(own.id), value: <code>{`${data.year}/${data.head}/${cell.id}`}</code> },
        ]}
      />
      {cell.status !== 'printed' && (
        <>
          <h2>{say(own.how)}</h2>
          <RecoveredHow data={data} cell={cell} />
        </>
      )}
      <h2>{say(own.identities)}</h2>
      {data.identities.length === 0 && <p>{say(own.none)}</p>}
      <div class="identities">
        {data.identities.map((identity) => (
          <IdentityEntry key={identity.id} data={data} identity={identity} mayExplain={false} focus={cell} />
        ))}
      </div>
      <LongSums {...data} />
      {spot && (
        <DocumentTable
          data={row}
          table={{ ...spot.table, rows: [spot.row] }}
          caption={say(own.row)}
          corner={say(words.name)}
        />
      )}
    </Page>
  )
}

/** Terms of one page. */
export const termsShown = 100
const sumsShown = 5

/** Sums with more terms than an equation shows, whole: a term in each row. */
function LongSums(data: Parameters<typeof CellPage>[0]) {
  const { say, href } = usePage()
  const { cell, page, pages } = data
  const index = indexOf(data)
  const long = data.identities.filter(({ operands }) => operands.length > termsMax + 1).slice(0, sumsShown)
  const rowsOf = ({ operands }: Identity) =>
    operands.slice((page - 1) * termsShown, page * termsShown).flatMap(({ cell: id, sign }) => {
      const term = index.cell.get(id)
      if (!term) return []
      const name = <a href={href(cellPath(data, id))}>{say(subjectText(data, term.subject))}</a>
      return [{ cells: [name, say(placeText(term)), `${sign === -1 ? '− ' : ''}${bare(term)}`] }]
    })
  return (
    <>
      {long.map((identity) => {
        const claimed = index.cell.get(identity.claimed)
        const caption = say(own.terms, {
          n: identity.operands.length,
          what: claimed ? say(cellText(data, claimed)) : '',
        })
        const columns = [
          { label: say(words.name) },
          { label: say(own.where) },
          { label: say(own.number), numeric: true },
        ]
        return <Table key={identity.id} caption={caption} columns={columns} rows={rowsOf(identity)} narrow="fold" />
      })}
      {long.length > 0 && pages > 1 && (
        <Pagination page={page} last={pages} address={(to) => `${cellPath(data, cell.id)}?page=${to}`} />
      )}
    </>
  )
}
