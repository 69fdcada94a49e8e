import { Fragment } from 'preact'
import { Page, Phrase, Table, texts, usePage } from '#platform'
import { words as shared } from '../publish/words.ts'
import type { InitiativesAnswer } from './answers.ts'
import type { InitiativeNote } from './describe.ts'
import { Amounts, OwnMoney, StatusTag } from './parts.tsx'
import { words } from './words.ts'

const own = texts({
  title: { en: 'What the money is for', 'zh-Hant': '撥款的用途' },
  lead: {
    en: 'Every matter that the Head names, as an initiative with its status, its money and the systems that do it.',
    'zh-Hant': '逐一列明總目所載各計劃項目的狀況、撥款和負責的系統。',
  },
  all: { en: 'All', 'zh-Hant': '全部' },
  filter: { en: 'Show by status', 'zh-Hant': '按狀況顯示' },
  count: { en: '{count} initiatives', 'zh-Hant': '共 {count} 項' },
  inferred: {
    en: 'Inferred: the document does not say which subhead pays; it follows from where the initiative stands.',
    'zh-Hant': '推斷：文件沒有註明由哪個分目支付，按計劃項目所在之處推斷。',
  },
  noAmount: {
    en: 'Where no amount stands, the document does not say how much of the programme’s or the commitment’s money is for the initiative.',
    'zh-Hant': '沒有列出款額的計劃項目，文件沒有註明綱領撥款或承擔額中多少用於該項。',
  },
  none: {
    en: 'No initiative has this status. Choose another, or all.',
    'zh-Hant': '沒有這種狀況的計劃項目，請選擇其他狀況或全部。',
  },
})

export function InitiativesPage({ initiatives, status, programme }: InitiativesAnswer) {
  const { say, href } = usePage()
  const address = (wanted: InitiativeNote['status'] | null) => {
    const query = [wanted && `status=${wanted}`, programme && `programme=${programme}`].filter(Boolean).join('&')
    return href(query ? `/initiatives?${query}` : '/initiatives')
  }
  const groups = Map.groupBy(initiatives, ({ document, line }) => `${document.year}/${document.head} ${line.programme}`)
  return (
    <Page title={say(own.title)} wide breadcrumbs={[{ text: say(shared.estimates), path: '/estimates' }]}>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <p class="lead">{say(own.lead)}</p>
      <nav class="filter" aria-label={say(own.filter)}>
        <ul>
          {([null, 'planned', 'running', 'ended'] as const).map((each) => (
            <li key={each}>
              <a href={address(each)} aria-current={each === status ? 'true' : undefined}>
                {say(each ? words[each] : own.all)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p role="status">{initiatives.length ? say(own.count, { count: initiatives.length }) : say(own.none)}</p>
      {initiatives.length > 0 && (
        <>
          <Table
            caption={say(words.initiatives)}
            captionHidden
            narrow="stack"
            columns={[words.initiatives, words.money, words.systems, words.status].map((label) => ({
              label: say(label),
            }))}
            rows={[...groups.values()].flatMap((group) => [
              { kind: 'group' as const, cells: [<ProgrammeLink key="programme" line={group[0]!.line} />] },
              ...group.map((initiative) => ({
                cells: [
                  <a key="name" href={href(initiative.path)}>
                    {say(initiative.name)}
                  </a>,
                  <OwnMoney key="money" line={initiative.line} />,
                  <Systems key="systems" systems={initiative.systems} />,
                  <StatusTag key="status" status={initiative.status} />,
                ],
              })),
            ])}
          />
          <p class="muted">{say(own.inferred)}</p>
          <p class="muted">{say(own.noAmount)}</p>
        </>
      )}
    </Page>
  )
}

/** The programme and what the year provides for all of it. */
function ProgrammeLink({ line: { programme, programmeName, programmePath, provision } }: Pick<InitiativeNote, 'line'>) {
  const { say, href } = usePage()
  return (
    <>
      <a href={href(programmePath)}>{say(words.programme, { number: programme, name: say(programmeName) })}</a>
      {provision && (
        <small class="below">
          <Amounts amounts={[provision]} />
        </small>
      )}
    </>
  )
}

/** Side by side in a sentence: under each other, a finger would meet the wrong one. */
function Systems({ systems }: Pick<InitiativesAnswer['initiatives'][number], 'systems'>) {
  const { say, href } = usePage()
  return (
    <>
      {systems.map(({ id, name }, at) => (
        <Fragment key={id}>
          {at > 0 && say(words.comma)}
          <a href={href(`/systems/${id}`)}>{say(name)}</a>
        </Fragment>
      ))}
    </>
  )
}
