import { Chart, Moment, Page, Phrase, say as sayIn, Table, Tag, texts, usePage } from '#platform'
import { moneyText } from '../applying/answers.rules.ts'
import { words as shared } from '../cases/parts.tsx'
import { officeGrantPath } from './read.ts'
import type { GrantsData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  none: {
    en: 'Your department has granted nothing yet. A programme stands here as soon as one of its services grants money.',
    'zh-Hant': '部門未曾批出資助。服務一旦批出資助，計劃便會列在此處。',
  },
  chart: { en: 'What is committed, claimed and to be returned', 'zh-Hant': '已承擔、已申領及須退還的款額' },
  agreements: { en: 'Agreements', 'zh-Hant': '資助協議' },
  made: { en: 'Made', 'zh-Hant': '訂立時間' },
  left: { en: 'Left', 'zh-Hant': '餘額' },
  waiting: { en: 'To be looked at', 'zh-Hant': '待處理' },
  more: { en: 'More agreements than are shown here.', 'zh-Hant': '尚有其他協議未有列出。' },
})

/** Programmes of a department against what was approved for them, and the agreements, those first that wait for an officer. */
export function GrantsPage({ programmes, agreements, currency, more }: GrantsData) {
  const { say, href, language } = usePage()
  const money = (cents: number) => sayIn(moneyText(cents, currency), language)
  const title = say(words.grants)
  const series = [
    { name: say(words.reserved), values: programmes.map(({ reservedCents }) => reservedCents / 100) },
    { name: say(words.claimed), values: programmes.map(({ claimedCents }) => claimedCents / 100) },
    { name: say(words.returned), values: programmes.map(({ returnCents }) => returnCents / 100) },
  ]
  const total = (at: number) => series[at]!.values.reduce((all, each) => all + each, 0)
  return (
    <Page title={title} wide breadcrumbs={[{ text: say(shared.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.notPaid)}</p>
      {programmes.length === 0 ? (
        <p class="empty">{say(own.none)}</p>
      ) : (
        <>
          <Chart
            chart={{
              kind: 'bars',
              labels: series.map(({ name }) => name),
              series: [{ name: say(words.amount), values: series.map((_, at) => total(at)) }],
              write: (value) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
            }}
            title={say(own.chart)}
            subtitle={currency}
            corner={say(words.state)}
          />
          <Table
            caption={say(words.programme)}
            captionHidden
            narrow="stack"
            columns={[
              { label: say(words.programme) },
              { label: say(words.paidFrom) },
              ...[words.sum, words.reserved, own.left, words.payable, words.claimed, words.returned].map((text) => ({
                label: say(text),
                numeric: true,
              })),
            ]}
            rows={programmes.map((each) => ({
              cells: [
                say(each.title),
                each.initiative ? (
                  <a href={href(`/initiatives/${each.initiative}`)}>
                    {each.item ? say(words.item, { item: each.item }) : say(words.initiative)}
                  </a>
                ) : (
                  '–'
                ),
                each.sumCents === null ? '–' : money(each.sumCents),
                money(each.reservedCents),
                each.sumCents === null ? '–' : money(each.sumCents - each.reservedCents),
                money(each.payableCents),
                money(each.claimedCents),
                money(each.returnCents),
              ],
            }))}
          />
        </>
      )}
      {agreements.length > 0 && (
        <section>
          <h2>{say(own.agreements)}</h2>
          <Table
            caption={say(own.agreements)}
            captionHidden
            narrow="stack"
            columns={[
              { label: say(words.reference) },
              { label: say(words.programme) },
              { label: say(words.recipient) },
              { label: say(words.granted), numeric: true },
              { label: say(own.made) },
              { label: say(words.state) },
              { label: say(own.waiting), numeric: true },
            ]}
            rows={agreements.map(({ reference, title, recipient, grantedCents, madeAt, state, waiting }) => ({
              cells: [
                <a key="reference" class="number" href={href(officeGrantPath(reference))}>
                  {reference}
                </a>,
                say(title),
                recipient,
                money(grantedCents),
                <Moment key="made" at={madeAt} />,
                <Tag key="state">{say(words[state])}</Tag>,
                waiting,
              ],
            }))}
          />
          {more && <p class="muted">{say(own.more)}</p>}
        </section>
      )}
    </Page>
  )
}
