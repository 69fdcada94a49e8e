import { Mark, Page, Pagination, Phrase, Search, Table, texts, usePage } from '#platform'
import { formatDollars, toDollars } from '../check/amounts.ts'
import type { EstimatesData, HeadLine, YearData } from './shapes.ts'
import { words } from './words.ts'

const own = texts({
  lead: {
    en: 'What each Head of the Estimates asks for, whether its numbers agree with each other, and the systems that its lines pay for.',
    'zh-Hant': '每個總目申請多少撥款、數字之間是否相符，以及各項開支所支付的系統。',
  },
  none: {
    en: 'No Head is loaded. One appears here when a budget officer imports it, or when the pack of this government brings it.',
    'zh-Hant': '未有載入任何總目。預算人員匯入總目，或本政府的資料包載有總目時，會在此列出。',
  },
  heads: { en: 'Heads', 'zh-Hant': '總目' },
  estimate: { en: 'Estimate', 'zh-Hant': '預算' },
  checks: { en: 'Checks', 'zh-Hant': '核對' },
  headTitle: { en: 'Head {head}', 'zh-Hant': '總目 {head}' },
  fails: { en: '{n} fail', 'zh-Hant': '{n} 條不符' },
  holds: { en: '{n} hold', 'zh-Hant': '{n} 條相符' },
  explained: { en: '{n} explained', 'zh-Hant': '{n} 條有差異，已解釋' },
  across: { en: 'From year to year', 'zh-Hant': '年度之間' },
  acrossLead: {
    en: 'The estimate of one year must come back as the original estimate of the next, line by line.',
    'zh-Hant': '一個年度的預算，須逐項等於下一年度文件所載的原來預算。',
  },
  acrossNone: {
    en: 'When two years in a row are loaded for a Head, this page says whether they agree.',
    'zh-Hant': '同一總目載入相連兩個年度後，本頁會顯示兩者是否一致。',
  },
  acrossLine: { en: 'Head {head}, {earlier} and {later}', 'zh-Hant': '總目 {head}，{earlier} 與 {later} 年度' },
  agree: {
    en: '{holds} lines agree, {fails} do not, {unknown} stand in one year only',
    'zh-Hant': '{holds} 項一致，{fails} 項不一致，{unknown} 項只見於一個年度',
  },
  rest: { en: 'All {count} Heads of the year', 'zh-Hant': '該年度全部 {count} 個總目' },
  filter: { en: 'Find a Head by number or name', 'zh-Hant': '按編號或名稱尋找總目' },
  count: { en: 'Heads in this year: {count}', 'zh-Hant': '本年度共有 {count} 個總目' },
  found: { en: 'Heads found: {found} of {count}', 'zh-Hant': '{count} 個總目中，找到 {found} 個' },
  import: { en: 'Import a Head', 'zh-Hant': '匯入總目' },
  systems: { en: 'Systems that the Estimates pay for', 'zh-Hant': '預算所支付的系統' },
  initiatives: { en: 'What the money is for', 'zh-Hant': '撥款的用途' },
})

export function EstimatesPage({ years, across, page, pages }: EstimatesData) {
  const { say, href, person } = usePage()
  return (
    <Page title={say(words.estimates)}>
      <h1>
        <Phrase text={say(words.estimates)} />
      </h1>
      <p class="lead">{say(years.length > 0 ? own.lead : own.none)}</p>
      {years.map((each) => (
        <section key={each.year}>
          <h2>
            <a href={href(`/estimates/${each.year}`)}>{say(words.yearTitle, { year: each.year })}</a>
          </h2>
          <Heads year={each.year} heads={each.heads} />
          {each.count > each.heads.length && <RestOfYear {...each} />}
        </section>
      ))}
      {pages > 1 && <Pagination page={page} last={pages} address={(to) => `/estimates?page=${to}`} />}
      <ul class="plain">
        <li>
          <a href={href('/systems')}>{say(own.systems)}</a>
        </li>
        <li>
          <a href={href('/initiatives')}>{say(own.initiatives)}</a>
        </li>
        {person?.permissions.includes('estimates:import-document') && (
          <li>
            <a href={href('/estimates/import')}>{say(own.import)}</a>
          </li>
        )}
      </ul>
      <h2>{say(own.across)}</h2>
      <p>{say(across.length > 0 ? own.acrossLead : own.acrossNone)}</p>
      <Across across={across} />
    </Page>
  )
}

/** The way to the Heads of a year that are not here, and what all of them say. */
function RestOfYear({ year, count, dollars, holds, fails }: EstimatesData['years'][number]) {
  const { say, href, language } = usePage()
  return (
    <p>
      <a href={href(`/estimates/${year}`)}>{say(own.rest, { count })}</a>{' '}
      {dollars !== null && `${formatDollars(BigInt(dollars), language)} `}
      {fails > 0 && <Mark kind="fails">{say(own.fails, { n: fails })}</Mark>}{' '}
      <Mark kind="holds">{say(own.holds, { n: holds })}</Mark>
    </p>
  )
}

function Across({ across }: Pick<EstimatesData, 'across'>) {
  const { say, href } = usePage()
  if (across.length === 0) return null
  return (
    <ul class="plain">
      {across.map(({ head, earlier, later, holds, fails, unknown }) => (
        <li key={`${head} ${later}`}>
          <a href={href(`/estimates/${later}/${head}/compare?with=${earlier}`)}>
            {say(own.acrossLine, { head, earlier, later })}
          </a>{' '}
          <Mark kind={fails > 0 ? 'fails' : 'holds'}>{say(own.agree, { holds, fails, unknown })}</Mark>
        </li>
      ))}
    </ul>
  )
}

export function YearPage({ year, query, count, found, heads, across, page, pages }: YearData) {
  const { say } = usePage()
  const address = (to: number) => {
    const parts = [...(query ? [`q=${encodeURIComponent(query)}`] : []), ...(to > 1 ? [`page=${to}`] : [])]
    return `/estimates/${year}${parts.length > 0 ? `?${parts.join('&')}` : ''}`
  }
  return (
    <Page title={say(words.yearTitle, { year })} breadcrumbs={[{ text: say(words.estimates), path: '/estimates' }]}>
      <h1>
        <Phrase text={say(words.yearTitle, { year })} />
      </h1>
      {(count > filterFrom || query) && (
        <>
          <Search action={`/estimates/${year}`} value={query} label={say(own.filter)} id="heads" />
          <p>{say(query ? own.found : own.count, { count, found })}</p>
        </>
      )}
      {heads.length > 0 && <Heads year={year} heads={heads} />}
      {pages > 1 && <Pagination page={page} last={pages} address={address} />}
      {across.length > 0 && (
        <>
          <h2>{say(own.across)}</h2>
          <p>{say(own.acrossLead)}</p>
          <Across across={across} />
        </>
      )}
    </Page>
  )
}

/** Fewer Heads are read sooner than a number is typed. */
const filterFrom = 10

function Heads({ year, heads }: { year: string; heads: readonly HeadLine[] }) {
  const { say, href, language } = usePage()
  const rows = heads.map(({ head, title, estimate, counts }) => ({
    cells: [
      <a href={href(`/estimates/${year}/${head}`)}>
        {say(own.headTitle, { head })} {say(title)}
      </a>,
      estimate ? formatDollars(toDollars(estimate), language) : '',
      <>
        {counts.fails > 0 && (
          <>
            <a href={href(`/estimates/${year}/${head}/checks?outcome=fails`)}>
              <Mark kind="fails">{say(own.fails, { n: counts.fails })}</Mark>
            </a>{' '}
          </>
        )}
        <a href={href(`/estimates/${year}/${head}/checks`)}>
          <Mark kind="holds">{say(own.holds, { n: counts.holds + counts.rounding })}</Mark>
        </a>
        {counts.explained > 0 && (
          <>
            {' '}
            <a href={href(`/estimates/${year}/${head}/checks?outcome=explained`)}>
              <Mark kind="explained">{say(own.explained, { n: counts.explained })}</Mark>
            </a>
          </>
        )}
      </>,
    ],
  }))
  return (
    <Table
      caption={say(words.yearTitle, { year })}
      captionHidden
      columns={[{ label: say(own.heads) }, { label: say(own.estimate), numeric: true }, { label: say(own.checks) }]}
      rows={rows}
      narrow="fold"
    />
  )
}
