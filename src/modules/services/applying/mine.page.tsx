import { Moment, Page, Phrase, pageNames, Table, Tag, texts, usePage } from '#platform'
import type { MineData } from './types.ts'

const own = texts({
  title: { en: 'Your applications', 'zh-Hant': '你的申請' },
  drafts: { en: 'Not sent yet', 'zh-Hant': '未提交' },
  sent: { en: 'Sent', 'zh-Hant': '已提交' },
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
  due: { en: 'Expected by', 'zh-Hant': '預計不遲於' },
  review: { en: 'Review of {of}', 'zh-Hant': '覆核 {of}' },
  asks: { en: 'A question waits for you', 'zh-Hant': '有提問待你答覆' },
  sentAt: { en: 'Sent', 'zh-Hant': '提交時間' },
})
export const applicationsTitle = own.title

/** What somebody began and sent: drafts first, as something is left to do with them. */
export function MinePage({ applications }: MineData) {
  const { say, href } = usePage()
  const drafts = applications.filter(({ state }) => state === 'draft')
  const sent = applications.filter(({ state }) => state === 'sent')
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
      {sent.length > 0 && (
        <Table
          caption={say(own.sent)}
          narrow="stack"
          columns={[own.service, own.reference, own.sentAt, own.state, own.next, own.due].map((label) => ({
            label: say(label),
          }))}
          rows={sent.flatMap(({ title, cases }) =>
            cases.map((each) => ({
              cells: [
                <>
                  <a href={href(each.path)}>{say(title)}</a>
                  {each.reviewOf && (
                    <>
                      {' '}
                      <span class="muted number">{say(own.review, { of: each.reviewOf })}</span>
                    </>
                  )}
                </>,
                <span class="number">{each.reference}</span>,
                <Moment at={each.openedAt} />,
                <>
                  <Tag {...(each.hasEnded ? {} : { tone: 'good' as const })}>{say(each.state)}</Tag>{' '}
                  {each.asks && <Tag tone="act">{say(own.asks)}</Tag>}
                </>,
                say(each.next),
                each.dueOn ? <Moment at={each.dueOn} /> : '–',
              ],
            })),
          )}
        />
      )}
    </Page>
  )
}
