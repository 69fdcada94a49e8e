import { Details, Mark, Page, Pagination, say as sayText, type Text, texts, usePage, writeMoment } from '#platform'
import { assumptionsOf, listOf } from '../check/lost-numbers.ts'
import { type Reason, reasons } from '../check/reasons.ts'
import type { Cell, Identity } from '../types.ts'
import { DerivationEquation, IdentityEquation } from './equation.tsx'
import { bare } from './figure.tsx'
import { CheckLine, crumbs, headPath } from './head.page.tsx'
import { type HeadData, indexOf } from './head-data.ts'
import { amountText, cellPath, cellText, placeText, subjectText } from './labels.rules.ts'
import { identityAnchor, ledgerOf, ofPage, outcomeOrder, recoveredOf } from './ledger.rules.ts'
import type { SignedException } from './shapes.ts'
import { capital } from './tables.tsx'
import { words } from './words.ts'

const own = texts({
  lead: {
    en: 'An identity is an equation between numbers of this document: a sum, a percentage, or the same amount in two places. None was listed by hand; each follows from the tables and sentences themselves.',
    'zh-Hant':
      '等式就是這份文件的數字之間應有的關係：總和、百分率，以及同一數額在兩處出現。全部由表格和句子本身得出，並非人手列出。',
  },
  all: { en: 'All ({n})', 'zh-Hant': '全部（{n}）' },
  held: { en: '{n} hold', 'zh-Hant': '{n} 條相符' },
  heldOne: { en: '1 holds', 'zh-Hant': '1 條相符' },
  filter: { en: 'Show', 'zh-Hant': '顯示' },
  none: { en: 'No identity of this Head came out so.', 'zh-Hant': '這個總目沒有這類等式。' },
  recovered: { en: 'Numbers that the source lost', 'zh-Hant': '來源文件缺失的數字' },
  recoveredLead: {
    en: 'A lost number is derived where the identities leave one possible value, inferred where a nil is likely but not proved, and ambiguous where several values are possible. None is guessed.',
    'zh-Hant':
      '等式只容許一個數值的，屬推算；很可能為零但未能證明的，屬推斷；有多個可能的，屬未能確定。沒有任何數字是猜測得來的。',
  },
  because: { en: 'Because of {n} identities', 'zh-Hant': '依據 {n} 條等式' },
  becauseOne: { en: 'Because of 1 identity', 'zh-Hant': '依據 1 條等式' },
  nil: {
    en: 'The two numbers before it in its row are nil, so it is taken to be nil. This is not proved.',
    'zh-Hant': '同一行之前兩個數字均為零，因此推斷此數亦為零；未經證實。',
  },
  assumed: {
    en: 'It rests on what is likely but not proved: that {assumed}.',
    'zh-Hant': '此數建基於可能性高但未能證明的假設：{assumed}。',
  },
  range: { en: 'Anything from {from} to {to} would fit.', 'zh-Hant': '{from} 至 {to} 之間的任何數值均相符。' },
  difference: { en: 'Difference: {difference}', 'zh-Hant': '相差 {difference}' },
  suspects: { en: 'Likely at fault: {cell}', 'zh-Hant': '最可能有誤：{cell}' },
  orSuspect: { en: 'Or: {cell}', 'zh-Hant': '或者：{cell}' },
  would: { en: '; with {value} all of these would hold', 'zh-Hant': '；如為 {value}，所有等式均會相符' },
  explain: { en: 'Explain this difference', 'zh-Hant': '解釋這項差異' },
  signed: {
    en: 'Explained by {who} on {when}: {explanation} ({source})',
    'zh-Hant': '由 {who} 於 {when} 解釋：{explanation}（{source}）',
  },
})

const kinds = texts({
  sum: { en: 'Sums', 'zh-Hant': '總和' },
  same: { en: 'The same amount in two places', 'zh-Hant': '同一數額見於兩處' },
  change: { en: 'Changes', 'zh-Hant': '增減' },
  rate: { en: 'Percentages', 'zh-Hant': '百分率' },
  commitment: {
    en: 'Commitments: approved = spent + revised + balance',
    'zh-Hant': '承擔額：核准額等於累積開支、修訂預算開支與結餘之和',
  },
  supplement: { en: 'Commitments increased', 'zh-Hant': '增加的承擔額' },
  posts: { en: 'Posts', 'zh-Hant': '職位' },
  spending: { en: 'Spending on commitments and its subhead', 'zh-Hant': '承擔額項目的開支與分目' },
  bound: { en: 'Amounts with an upper limit', 'zh-Hant': '設有上限的數額' },
  'across-years': { en: 'From year to year', 'zh-Hant': '年度之間' },
} satisfies Record<Identity['kind'], Text>)

const outcomes = texts({
  fails: { en: 'Fails ({n})', 'zh-Hant': '不符（{n}）' },
  explained: { en: 'Explained ({n})', 'zh-Hant': '已解釋（{n}）' },
  unknown: { en: 'Cannot be checked ({n})', 'zh-Hant': '無法核對（{n}）' },
  rounding: { en: 'Within rounding ({n})', 'zh-Hant': '四捨五入後相符（{n}）' },
  holds: { en: 'Holds ({n})', 'zh-Hant': '相符（{n}）' },
} satisfies Record<Identity['outcome'], Text>)

type Data = HeadData & { outcome: Identity['outcome'] | null; page: number; pages: number; mayExplain: boolean }

/** The identity ledger of a Head: each as a small sum with both values and both places. */
export function ChecksPage(data: Data) {
  const { say } = usePage()
  const all = ledgerOf(data.identities, data.outcome)
  const shown = ofPage(all, data.page)
  const counts = Map.groupBy(all, ({ kind }) => kind)
  const groups = [...Map.groupBy(shown, ({ kind }) => kind)]
  const address = (page: number) =>
    `${headPath(data)}/checks?${data.outcome ? `outcome=${data.outcome}&` : ''}page=${page}`
  return (
    <Page
      title={`${say(words.checks)} – ${say(words.head, { head: data.head })}`}
      breadcrumbs={crumbs(data, say, true)}
    >
      <h1>
        <span class="caption">{`${say(words.head, { head: data.head })} · ${say(words.yearTitle, { year: data.year })}`}</span>
        {say(words.checks)}
      </h1>
      <p class="lead">{say(own.lead)}</p>
      <CheckLine data={data} />
      <Filter data={data} />
      {all.length === 0 && <p>{say(own.none)}</p>}
      {groups.map(([kind, identities]) => (
        <section key={kind} aria-labelledby={`kind-${kind}`}>
          <h2 id={`kind-${kind}`}>
            {say(kinds[kind])} <small>({counts.get(kind)!.length})</small>
          </h2>
          <Entries data={data} identities={identities} />
        </section>
      ))}
      {data.outcome === null && <Recovered data={data} />}
      {data.pages > 1 && <Pagination page={data.page} last={data.pages} address={address} />}
    </Page>
  )
}

/** What holds is folded, unless it was asked for: a link to one of its identities opens it. */
function Entries({ data, identities }: { data: Data; identities: readonly Identity[] }) {
  const { say } = usePage()
  const folds = ({ outcome }: Identity) => data.outcome === null && (outcome === 'holds' || outcome === 'rounding')
  const list = (entries: readonly Identity[]) => (
    <div class="identities">
      {entries.map((identity) => (
        <IdentityEntry key={identity.id} data={data} identity={identity} mayExplain={data.mayExplain} />
      ))}
    </div>
  )
  const [shown, folded] = [identities.filter((each) => !folds(each)), identities.filter(folds)]
  return (
    <>
      {shown.length > 0 && list(shown)}
      {folded.length > 0 && (
        <Details summary={say(folded.length === 1 ? own.heldOne : own.held, { n: folded.length })}>
          {list(folded)}
        </Details>
      )}
    </>
  )
}

function Filter({ data }: { data: Data }) {
  const { say, href } = usePage()
  const at = `${headPath(data)}/checks`
  const items = [
    { path: at, text: say(own.all, { n: data.identities.length }), current: data.outcome === null },
    ...outcomeOrder
      .filter((outcome) => data.counts[outcome] > 0)
      .map((outcome) => ({
        path: `${at}?outcome=${outcome}`,
        text: say(outcomes[outcome], { n: data.counts[outcome] }),
        current: data.outcome === outcome,
      })),
  ]
  return (
    <nav class="filter" aria-label={say(own.filter)}>
      <ul class="plain marks">
        {items.map(({ path, text, current }) => (
          <li key={path}>
            <a href={href(path)} {...(current && { 'aria-current': 'page' as const })}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** One identity, with the reason of its outcome and, where it fails, what to do about it. */
export function IdentityEntry({
  data,
  identity,
  mayExplain,
  focus,
}: {
  data: HeadData
  identity: Identity
  mayExplain: boolean
  focus?: Cell
}) {
  const { say, href, language } = usePage()
  const claimed = indexOf(data).cell.get(identity.claimed)
  if (!claimed) return null
  const { id, reason, outcome } = identity
  const difference = data.differences[id]
  const suspicion = outcome === 'fails' ? data.suspicions.find(({ identities }) => identities.includes(id)) : undefined
  const exception = outcome === 'explained' ? data.exceptions.find((each) => each.identity === id) : undefined
  return (
    <article class="identity" id={identityAnchor(id)} data-outcome={outcome}>
      <IdentityEquation
        data={data}
        identity={identity}
        title={say(cellText(data, claimed))}
        marked
        {...(focus && { focus })}
      />
      {reason && reason in reasons && <p class="muted">{capital(sayText(reasons[reason as Reason], language))}</p>}
      {difference !== undefined && outcome === 'fails' && (
        <p>{say(own.difference, { difference: amountText(difference.replace(/^[-−]/, ''), claimed, language) })}</p>
      )}
      {suspicion?.suspects.slice(0, 3).map(({ cell, value }, at) => (
        <Suspect key={cell} data={data} id={cell} value={value} first={at === 0} />
      ))}
      {exception && (
        <p>
          <Signed exception={exception} />
        </p>
      )}
      {mayExplain && outcome === 'fails' && difference !== undefined && (
        <p>
          <a href={href(`${headPath(data)}/explain?identity=${encodeURIComponent(id)}`)}>{say(own.explain)}</a>
        </p>
      )}
    </article>
  )
}

/** Who explained a difference, when, why, and where a reader can see it. */
export function Signed({ exception }: { exception: SignedException }) {
  const page = usePage()
  const { signer, signedAt, explanation, source } = exception
  const values = { who: page.say(signer), when: writeMoment(signedAt, page), explanation, source }
  return <>{page.say(own.signed, values)}</>
}

function Suspect({ data, id, value, first }: { data: HeadData; id: string; value: string | null; first: boolean }) {
  const { say, href } = usePage()
  const cell = indexOf(data).cell.get(id)
  if (!cell) return null
  return (
    <p class="muted">
      <a href={href(cellPath(data, id))}>
        {say(first ? own.suspects : own.orSuspect, {
          cell: say(words.and, { one: say(cellText(data, cell)), other: say(placeText(cell)) }),
        })}
      </a>
      {value !== null && say(own.would, { value })}
    </p>
  )
}

function Recovered({ data }: { data: Data }) {
  const { say } = usePage()
  const cells = ofPage(recoveredOf(data), data.page)
  if (cells.length === 0) return null
  return (
    <section aria-labelledby="recovered">
      <h2 id="recovered">{say(own.recovered)}</h2>
      <p>{say(own.recoveredLead)}</p>
      <dl class="summary-list">
        {cells.map((cell) => (
          <RecoveredCell key={cell.id} data={data} cell={cell} />
        ))}
      </dl>
    </section>
  )
}

function RecoveredCell({ data, cell }: { data: HeadData; cell: Cell }) {
  const { say, href } = usePage()
  return (
    <div>
      <dt>
        <a href={href(cellPath(data, cell.id))}>{say(cellText(data, cell))}</a>
      </dt>
      <dd>
        <RecoveredHow data={data} cell={cell} />
      </dd>
    </div>
  )
}

/** Further reasons stand in the ledger and in the data. */
const becauseMax = 12

/** What is known of a number that the source lost, and why. */
export function RecoveredHow({ data, cell }: { data: HeadData; cell: Cell }) {
  const { say, language } = usePage()
  const { identity, derivation, cell: cells } = indexOf(data)
  const because = cell.because.flatMap((id) => identity.get(id) ?? [])
  const range = data.ranges.find((each) => each.cell === cell.id)
  const derived = derivation.has(cell.id)
  const { status } = cell
  const assumed = listOf(
    assumptionsOf(cell).flatMap(({ says, cell: id }) => {
      const one = cells.get(id)
      return one ? [say(says, { name: say(subjectText(data, one.subject)) })] : []
    }),
    language,
  )
  return (
    <>
      {derived ? (
        <DerivationEquation data={data} cell={cell} />
      ) : (
        <p>
          {cell.steps !== null && <strong class="number">{bare(cell)} </strong>}
          {status !== 'printed' && <Mark kind={status} />}
        </p>
      )}
      {status === 'inferred' && <p class="muted">{say(cell.nil ? own.nil : own.assumed, { assumed })}</p>}
      {range && <p class="muted">{say(own.range, { from: range.from, to: range.to })}</p>}
      {because.length > 0 && (
        <Details summary={say(because.length === 1 ? own.becauseOne : own.because, { n: because.length })}>
          {because.slice(0, becauseMax).map((identity) => (
            <IdentityEquation key={identity.id} data={data} identity={identity} focus={cell} />
          ))}
        </Details>
      )}
    </>
  )
}
