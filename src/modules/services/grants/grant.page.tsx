import { ErrorSummary, Page, Phrase, SummaryList, say as sayIn, Table, Tag, texts, usePage } from '#platform'
import { moneyText } from '../applying/answers.rules.ts'
import { applicationsTitle } from '../applying/mine.page.tsx'
import { officePath, ownPath } from '../cases/history.ts'
import { ActButton, ClaimForm, Claims, Instalments, MoveForm, Moves, Reports } from './grant-parts.tsx'
import { grantPath, officeGrantPath } from './read.ts'
import type { GrantData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  budget: { en: 'Budget', 'zh-Hant': '預算' },
  line: { en: 'Line', 'zh-Hant': '項目' },
  kind: { en: 'Kind', 'zh-Hant': '類別' },
  now: { en: 'With what was moved', 'zh-Hant': '調撥後' },
  waits: { en: 'Being checked', 'zh-Hant': '核對中' },
  left: { en: 'Left', 'zh-Hant': '餘額' },
  accept: { en: 'Accept the grant', 'zh-Hant': '接受資助' },
  acceptText: {
    en: 'By accepting you undertake to spend the money on the lines of this budget, to keep the receipts, to report in time, and to return what is not spent.',
    'zh-Hant': '接受資助即承諾按預算項目使用款項、保存單據、按時提交報告，並退還未用款項。',
  },
  amount: { en: 'Grant: {amount}', 'zh-Hant': '資助：{amount}' },
  close: { en: 'Close the grant', 'zh-Hant': '結束資助' },
  closeText: {
    en: 'What was not claimed goes back to the programme. This cannot be undone.',
    'zh-Hant': '未申領的款項撥回計劃。結束後不能還原。',
  },
  backTo: { en: 'The case', 'zh-Hant': '個案' },
})

/** A grant for whoever has it or for an officer: its budget, instalments, claims, moves and reports, with what can be done. */
export function GrantPage(data: GrantData) {
  const { say, href, language } = usePage()
  const { reference, as, can, wrong, currency } = data
  const money = (cents: number) => sayIn(moneyText(cents, currency), language)
  const path = (as === 'office' ? officeGrantPath : grantPath)(reference)
  const back = (as === 'office' ? officePath : ownPath)(reference)
  const isDay = (field: string) => field === 'answer.spent_on'
  const control = (field: string) => (isDay(field) ? `${field}-${language === 'en' ? 'day' : 'year'}` : field)
  const kinds = data.lines.some(({ category }) => category !== null)
  const title = `${say(words.grant)} · ${reference}`
  return (
    <Page
      title={title}
      error={wrong.length > 0}
      breadcrumbs={[
        as === 'office'
          ? { text: say(words.grants), path: '/office/services/grants' }
          : { text: say(applicationsTitle), path: '/account/applications' },
        { text: say(own.backTo), path: back },
      ]}
    >
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field: control(field), text: say(text) }))} />
      <p class="caption">{reference}</p>
      <h1>
        <Phrase text={say(data.title)} />
      </h1>
      <p class="lead">
        {say(own.amount, { amount: money(data.grantedCents) })} · <Tag>{say(words[data.state])}</Tag>
      </p>
      {can.accept && (
        <section class="apart">
          <p>{say(own.acceptText)}</p>
          <ActButton to={`${path}/acceptance`} text={say(own.accept)} />
        </section>
      )}
      <Facts {...data} />
      <section>
        <h2>{say(own.budget)}</h2>
        <Table
          caption={say(own.budget)}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(own.line) },
            ...(kinds ? [{ label: say(own.kind) }] : []),
            ...[words.granted, own.now, words.claimed, own.waits, own.left].map((text) => ({
              label: say(text),
              numeric: true,
            })),
          ]}
          rows={data.lines.map((each) => ({
            cells: [
              `${each.line}. ${each.title}`,
              ...(kinds ? [each.category ? say(each.category) : '–'] : []),
              money(each.grantedCents),
              money(each.budgetCents),
              money(each.acceptedCents),
              money(each.waitingCents),
              money(each.leftCents),
            ],
          }))}
        />
      </section>
      <Instalments {...data} />
      <Claims {...data} />
      {can.spend && <ClaimForm {...data} />}
      <Moves {...data} />
      {can.spend && <MoveForm {...data} />}
      <Reports {...data} />
      {can.close && (
        <section>
          <h2>{say(own.close)}</h2>
          <p>{say(own.closeText)}</p>
          <ActButton to={`${path}/closing`} text={say(own.close)} kind="harm" />
        </section>
      )}
      <p class="after-form">
        <a href={href(back)}>{say(own.backTo)}</a>
      </p>
    </Page>
  )
}

function Facts(data: GrantData) {
  const { say, href, language } = usePage()
  const money = (cents: number) => sayIn(moneyText(cents, data.currency), language)
  const { initiative, item, unspentCents, returnCents } = data
  const where = item ? say(words.item, { item }) : say(words.initiative)
  return (
    <SummaryList
      rows={[
        { key: say(words.recipient), value: data.recipient },
        ...(initiative
          ? [{ key: say(words.paidFrom), value: <a href={href(`/initiatives/${initiative}`)}>{where}</a> }]
          : []),
        { key: say(words.payable), value: money(data.payableCents) },
        { key: say(words.claimed), value: money(data.claimedCents) },
        ...(unspentCents === null ? [] : [{ key: say(words.unspent), value: money(unspentCents) }]),
        ...(returnCents === null ? [] : [{ key: say(words.returned), value: money(returnCents) }]),
      ]}
    />
  )
}
