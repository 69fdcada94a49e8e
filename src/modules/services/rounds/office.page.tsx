import type { ComponentChildren } from 'preact'
import {
  Button,
  Chart,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  Select,
  Table,
  Tag,
  type Text,
  texts,
  usePage,
} from '#platform'
import { words as office } from '../cases/parts.tsx'
import { Control } from '../cases/step.page.tsx'
import { Assigned, Ranking } from './parts.tsx'
import type { InvitedData, RoundsData, RoundsOfData } from './types.ts'
import { shared } from './words.ts'

const words = texts({
  lead: {
    en: 'Competitions of your department, and how far their rounds are.',
    'zh-Hant': '部門的比賽，以及各輪評審的進度。',
  },
  none: { en: 'Your department has no competition that is judged in rounds.', 'zh-Hant': '部門沒有分輪評審的比賽。' },
  edition: { en: 'Edition', 'zh-Hant': '屆次' },
  results: { en: 'Results are public from', 'zh-Hant': '結果公布時間：' },
  panel: { en: 'Judges', 'zh-Hant': '評審' },
  noPanel: { en: 'Nobody is invited yet.', 'zh-Hant': '暫未邀請評審。' },
  name: { en: 'Name', 'zh-Hant': '姓名' },
  role: { en: 'Role', 'zh-Hant': '角色' },
  assessor: { en: 'Assessor', 'zh-Hant': '評審員' },
  chair: { en: 'Chair', 'zh-Hant': '主席' },
  invited: { en: 'Invited', 'zh-Hant': '已邀請' },
  missing: { en: 'Not locked', 'zh-Hant': '未鎖定' },
  conflicts: { en: 'Conflicts', 'zh-Hant': '利益衝突' },
  mean: { en: 'Mean mark, in percent', 'zh-Hant': '平均分（百分率）' },
  harshness: { en: 'How each judge marks', 'zh-Hant': '各評審的給分' },
  invite: { en: 'Invite a judge', 'zh-Hant': '邀請評審' },
  open: { en: 'Open this round', 'zh-Hant': '開始這一輪' },
  needs: { en: 'Each entry is read by {count} judges.', 'zh-Hant': '每個項目由 {count} 名評審審閱。' },
  needsOne: { en: 'Each entry is read by one judge.', 'zh-Hant': '每個項目由一名評審審閱。' },
  confirm: { en: 'Confirm the result', 'zh-Hant': '確認結果' },
  asked: {
    en: 'What you answer here is written into each of these cases.',
    'zh-Hant': '在此填寫的內容會記入以下每宗個案。',
  },
  askedApart: {
    en: 'What you answer here is written into each of these cases; what you answer for a stream, into those of the stream alone. A stream without such an entry is not asked.',
    'zh-Hant': '在此填寫的內容會記入以下每宗個案；按組別填寫的，只記入該組別的個案。沒有這類項目的組別無須填寫。',
  },
  stream: { en: '{stream} ({count})', 'zh-Hant': '{stream}（{count} 個）' },
  promotes: { en: 'For all that go on ({count}): {step}', 'zh-Hant': '所有晉級項目（{count} 個）：{step}' },
  promotesLeft: {
    en: 'All that go on ({count}): officers take the next step, case by case',
    'zh-Hant': '所有晉級項目（{count} 個）：由人員逐宗辦理下一步',
  },
  endsLeft: {
    en: 'All others ({count}): officers go on with them, case by case',
    'zh-Hant': '其他所有項目（{count} 個）：由人員逐宗跟進',
  },
  consequences: {
    en: 'When you confirm, these steps are taken at once, with their messages to applicants:',
    'zh-Hant': '確認後會即時辦理以下步驟，並向參賽者發出有關訊息：',
  },
  ends: { en: 'For all others ({count}): {step}', 'zh-Hant': '其他所有項目（{count} 個）：{step}' },
  other: {
    en: 'You closed this round as its chair. Somebody else confirms it.',
    'zh-Hant': '你以主席身份結束了這一輪，須由他人確認。',
  },
  settled: {
    en: 'By the result {done} of {count} cases took a step.',
    'zh-Hant': '{count} 宗個案中，{done} 宗已按結果辦理步驟。',
  },
  left: {
    en: 'Officers go on with {count} others case by case, as the round takes no step there.',
    'zh-Hant': '另有 {count} 宗不由評審輪次辦理步驟，須由人員逐宗跟進。',
  },
  toCases: { en: 'See the cases of this competition', 'zh-Hant': '查看這項比賽的個案' },
  noChair: {
    en: 'Nobody has accepted to chair this round. Without a chair it cannot be closed: invite one.',
    'zh-Hant': '這一輪未有主席接受邀請。沒有主席便不能結束，請邀請主席。',
  },
  codeTitle: { en: 'The invitation', 'zh-Hant': '邀請代碼' },
  codeText: {
    en: 'Give this code to the judge. They sign in, open “What I judge” in their account, and type it. It is shown only now and works once.',
    'zh-Hant': '請把代碼交給評審。評審登入後，在帳戶內開啟「我的評審」輸入。代碼只顯示一次，亦只可使用一次。',
  },
  back: { en: 'Back to the rounds', 'zh-Hant': '返回評審輪次' },
})

const path = '/office/services/rounds'
const above = (say: (text: Text) => string) => [
  { text: say(office.desk), path: '/office/services' },
  { text: say(shared.rounds), path },
]
const tones = { before: 'warn', open: 'act', proposed: 'warn', closed: 'good' } as const

export function RoundsPage({ services }: RoundsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(shared.rounds)} breadcrumbs={[{ text: say(office.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={say(shared.rounds)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.rounds)}
          captionHidden
          narrow="stack"
          columns={[shared.service, words.edition, shared.rounds].map((text) => ({ label: say(text) }))}
          rows={services.map(({ id, title, edition, rounds }) => ({
            cells: [
              <a key="title" href={href(`${path}/${id}`)}>
                {say(title)}
              </a>,
              edition,
              rounds.map((each) => say(each)).join(' · '),
            ],
          }))}
        />
      )}
    </Page>
  )
}

export function RoundsOfPage(data: RoundsOfData) {
  const { say, language } = usePage()
  const { service, edition, resultsAt, rounds, wrong } = data
  const days = rounds.flatMap(({ asked }) =>
    asked.flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'date').map(({ name }) => name)),
  )
  const control = (field: string) => (days.includes(field) ? `${field}-${language === 'en' ? 'day' : 'year'}` : field)
  const title = `${say(service.title)} ${edition}`
  return (
    <Page title={title} wide error={wrong.length > 0} breadcrumbs={above(say)}>
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field: control(field), text: say(text) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p>
        {say(words.results)} <Moment at={resultsAt} />
      </p>
      {rounds.map((round) => (
        <RoundSection key={round.id} round={round} service={service.id} wrong={wrong} />
      ))}
      <Invite {...data} />
    </Page>
  )
}

type OfRound = { round: RoundsOfData['rounds'][number]; service: string }

function RoundSection({ round, service, wrong }: OfRound & Pick<RoundsOfData, 'wrong'>) {
  const { say, href } = usePage()
  const { id, title, state, judges, entries, settled, left, missing, ranked } = round
  const form = (name: string, text: string, more?: ComponentChildren) => (
    <form method="post" action={href(`${path}/${service}/${name}`)}>
      <input type="hidden" name="round" value={id} />
      {more}
      <Button {...(name === 'open' && { kind: 'second' as const })}>{text}</Button>
    </form>
  )
  return (
    <section id={`round-${id}`}>
      <h2>{say(title)}</h2>
      <p>
        <Tag tone={tones[state]}>{say(shared[state])}</Tag>{' '}
        {judges === 1 ? say(words.needsOne) : say(words.needs, { count: judges })}
      </p>
      <Panel round={round} service={service} />
      {!round.hasChair && round.panel.length > 0 && (state === 'before' || state === 'open') && (
        <p class="warning">{say(words.noChair)}</p>
      )}
      {state === 'before' && form('open', say(words.open))}
      {missing > 0 && <p>{say(shared.missing, { count: missing })}</p>}
      {ranked.length > 0 && (
        <Ranking
          {...{ ranked, isNormalised: round.isNormalised }}
          title={say(state === 'open' ? shared.entries : shared.ranking)}
        />
      )}
      <Assigned assigned={round.assigned} />
      {state === 'proposed' &&
        (round.mayConfirm ? (
          form(
            'confirm',
            say(words.confirm),
            <>
              <Consequences takes={round.takes} />
              <Questions asked={round.asked} wrong={wrong} />
            </>,
          )
        ) : (
          <p>{say(words.other)}</p>
        ))}
      {state === 'closed' && (
        <p>
          {say(words.settled, { done: settled - left, count: entries })} {left > 0 && say(words.left, { count: left })}
        </p>
      )}
      {left > 0 && (
        <p>
          <a href={href(`/office/services/cases?service=${service}`)}>{say(words.toCases)}</a>
        </p>
      )}
    </section>
  )
}

/** What becomes of all entries once the result is confirmed, said before anybody does so. */
function Consequences({ takes }: Pick<OfRound['round'], 'takes'>) {
  const { say } = usePage()
  return (
    <>
      <p>{say(words.consequences)}</p>
      <ul>
        {takes.map(({ way, entries, step }) => (
          <li key={way}>
            {step ? say(words[way], { step, count: entries }) : say(words[`${way}Left`], { count: entries })}
          </li>
        ))}
      </ul>
    </>
  )
}

type Asking = Pick<OfRound['round'], 'asked'> & Pick<RoundsOfData, 'wrong'>

/** What the steps ask that the result leads to, with the controls of a step of a case: first for all, then stream by stream. */
function Questions({ asked, wrong }: Asking) {
  const { say } = usePage()
  if (asked.length === 0) return null
  const controls = (fields: Asking['asked'][number]['fields']) =>
    fields.map((field) => {
      const found = wrong.find((each) => each.field === field.name)
      return <Control key={field.name} field={field} {...(found && { error: say(found.text) })} />
    })
  return (
    <>
      <p>{say(asked.some(({ stream }) => stream) ? words.askedApart : words.asked)}</p>
      {[...Map.groupBy(asked, ({ way }) => way)].map(([way, parts]) => (
        <section key={way}>
          <h3>{say(words[way], { step: parts[0]!.step, count: countAll(parts) })}</h3>
          {parts.map(({ stream, entries, fields }, at) =>
            stream ? (
              <fieldset key={at} class="field">
                <legend>
                  <h4>{say(words.stream, { stream, count: entries })}</h4>
                </legend>
                {controls(fields)}
              </fieldset>
            ) : (
              controls(fields)
            ),
          )}
        </section>
      ))}
    </>
  )
}

/** Entries that take a step: those of the part for all, or of all streams where each answers apart. */
const countAll = (parts: Asking['asked']) =>
  parts.find(({ stream }) => !stream)?.entries ?? parts.reduce((sum, { entries }) => sum + entries, 0)

function Panel({ round: { panel } }: OfRound) {
  const { say } = usePage()
  if (panel.length === 0) return <p class="empty">{say(words.noPanel)}</p>
  const marked = panel.filter(({ meanPercent }) => meanPercent !== null)
  const nameOf = ({ name }: (typeof panel)[number]) => (name ? say(name) : say(words.invited))
  return (
    <>
      <Table
        caption={say(words.panel)}
        narrow="stack"
        columns={[
          ...[words.name, words.role, shared.stream].map((text) => ({ label: say(text) })),
          ...[shared.sheets, words.missing, words.conflicts].map((text) => ({ label: say(text), numeric: true })),
        ]}
        rows={panel.map((each) => ({
          cells: [
            nameOf(each),
            say(words[each.role]),
            say(each.stream ?? shared.allStreams),
            ...[each.sheets, each.missing, each.conflicts],
          ],
        }))}
      />
      {marked.length > 0 && (
        <Chart
          title={say(words.harshness)}
          subtitle={say(words.mean)}
          corner={say(words.name)}
          chart={{
            kind: 'bars',
            labels: marked.map(nameOf),
            series: [{ name: say(words.mean), values: marked.map(({ meanPercent }) => meanPercent) }],
            write: (value) => value.toFixed(1),
          }}
        />
      )}
    </>
  )
}

function Invite({ service, rounds, streams, token }: RoundsOfData) {
  const { say, href } = usePage()
  // Nobody judges in a round that is closed.
  const going = rounds.filter(({ state }) => state === 'before' || state === 'open')
  if (going.length === 0) return null
  return (
    <section>
      <h2>{say(words.invite)}</h2>
      <form method="post" action={href(`${path}/${service.id}/invite`)}>
        <input type="hidden" name="token" value={token} />
        <Select
          name="round"
          label={say(shared.round)}
          options={going.map(({ id, title }) => ({ value: id, label: say(title) }))}
        />
        <Radios
          name="role"
          label={say(words.role)}
          value="assessor"
          options={(['assessor', 'chair'] as const).map((value) => ({ value, label: say(words[value]) }))}
        />
        {streams.length > 0 && (
          <Select
            name="stream"
            label={say(shared.stream)}
            options={[
              { value: '', label: say(shared.allStreams) },
              ...streams.map(({ id, title }) => ({ value: id, label: say(title) })),
            ]}
          />
        )}
        <Button>{say(words.invite)}</Button>
      </form>
    </section>
  )
}

export function InvitedPage({ service, round, code }: InvitedData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.codeTitle)} breadcrumbs={above(say)}>
      <h1>
        <Phrase text={say(words.codeTitle)} />
      </h1>
      <p>{say(round)}</p>
      <p class="number">
        <strong>{code}</strong>
      </p>
      <p>{say(words.codeText)}</p>
      <p>
        <a href={href(`${path}/${service}`)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
