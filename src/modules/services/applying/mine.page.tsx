import { Moment, Page, Phrase, pageNames, Table, Tag, type Text, texts, usePage } from '#platform'
import { Clock, Stages } from '../cases/stages.tsx'
import type { MineData } from './types.ts'

const own = texts({
  title: { en: 'Your applications', 'zh-Hant': '你的申請' },
  drafts: { en: 'Not sent yet', 'zh-Hant': '未提交' },
  open: { en: 'Sent, and under way', 'zh-Hant': '已提交，處理中' },
  ended: { en: 'Ended', 'zh-Hant': '已完結' },
  empty: {
    en: 'There is nothing here yet. Applications that you begin while you are signed in appear here.',
    'zh-Hant': '暫時沒有申請。登入後開始的申請會在此列出。',
  },
  find: { en: 'Find a service', 'zh-Hant': '尋找服務' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  changed: { en: 'Last changed', 'zh-Hant': '最後更改' },
  until: { en: 'Kept until', 'zh-Hant': '保留至' },
  reference: { en: 'Reference', 'zh-Hant': '編號' },
  state: { en: 'Where it stands', 'zh-Hant': '進度' },
  next: { en: 'What happens next', 'zh-Hant': '下一步' },
  line: { en: 'Progress of {title}, {reference}', 'zh-Hant': '{title}（{reference}）的進度' },
  review: { en: 'Review of {of}', 'zh-Hant': '覆核 {of}' },
  asks: { en: 'A question waits for you', 'zh-Hant': '有提問待你答覆' },
  sentAt: { en: 'Sent', 'zh-Hant': '提交時間' },
})
export const applicationsTitle = own.title

/** What somebody began and sent: drafts first, as something is left to do with them. */
export function MinePage({ applications }: MineData) {
  const { say, href } = usePage()
  const drafts = applications.filter(({ state }) => state === 'draft')
  const sent = applications.flatMap(({ title, cases }) => cases.map((each) => ({ ...each, title })))
  const [open, ended] = [sent.filter(({ hasEnded }) => !hasEnded), sent.filter(({ hasEnded }) => hasEnded)]
  return (
    <Page title={say(own.title)} breadcrumbs={[{ text: say(pageNames.account), path: '/account' }]}>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      {applications.length === 0 && (
        <p>
          {say(own.empty)} <a href={href('/services')}>{say(own.find)}</a>
        </p>
      )}
      {drafts.length > 0 && (
        <Table
          caption={say(own.drafts)}
          narrow="stack"
          columns={[{ label: say(own.service) }, { label: say(own.changed) }, { label: say(own.until) }]}
          rows={drafts.map(({ title, path, changedAt, expiresAt }) => ({
            cells: [
              <a href={href(path)}>{say(title)}</a>,
              <Moment at={changedAt} />,
              expiresAt && <Moment at={expiresAt.slice(0, 10)} />,
            ],
          }))}
        />
      )}
      {open.length > 0 && (
        <section>
          <h2>{say(own.open)}</h2>
          <ul class="applications">
            {open.map((each) => (
              <li key={each.reference}>
                <Open {...each} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {ended.length > 0 && (
        <Table
          caption={say(own.ended)}
          narrow="stack"
          columns={[own.service, own.reference, own.sentAt, own.state, own.next].map((label) => ({
            label: say(label),
          }))}
          rows={ended.map((each) => ({
            cells: [
              <Name {...each} />,
              <span class="number">{each.reference}</span>,
              <Moment at={each.openedAt} />,
              <Tag>{say(each.state)}</Tag>,
              say(each.next),
            ],
          }))}
        />
      )}
    </Page>
  )
}

type Sent = MineData['applications'][number]['cases'][number] & { title: Text }

/** What it is, with the way to its page. */
function Name({ title, path, reviewOf }: Sent) {
  const { say, href } = usePage()
  return (
    <>
      <a href={href(path)}>{say(title)}</a>
      {reviewOf && (
        <>
          {' '}
          <span class="muted number">{say(own.review, { of: reviewOf })}</span>
        </>
      )}
    </>
  )
}

/** One that is under way: its line, and what happens next until when. */
function Open(sent: Sent) {
  const { say } = usePage()
  return (
    <>
      <h3>
        <Name {...sent} />
      </h3>
      <p class="muted">
        <span class="number">{sent.reference}</span>
        {sent.wait === 'reply' && (
          <>
            {' '}
            <Tag tone="act">{say(own.asks)}</Tag>
          </>
        )}
      </p>
      <Stages
        stages={sent.stages}
        wait={sent.wait}
        label={say(own.line, { title: sent.title, reference: sent.reference })}
      />
      <p>
        <b class="block">{say(own.next)}</b>
        {say(sent.next)}
      </p>
      <Clock {...sent} />
    </>
  )
}
