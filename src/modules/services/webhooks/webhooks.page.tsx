import { Button, Moment, Page, Phrase, SummaryList, Table, Tag, type Text, texts, usePage } from '#platform'
import { officePath } from '../cases/history.ts'
import { same } from '../texts.rules.ts'
import { Alarm } from './alarm.tsx'
import { webhookPath, webhooksPath } from './ours.ts'
import {
  type Delivery,
  type Kind,
  keptDays,
  testKind,
  type Webhook,
  type WebhookData,
  type WebhooksData,
} from './types.ts'
import { deliveryStates, kindNames, shared, testName } from './words.ts'

const words = texts({
  lead: {
    en: 'Systems of your department that are told what happens to cases of its services.',
    'zh-Hant': '部門內獲通知服務個案進展的系統。',
  },
  none: {
    en: 'No system is told anything. Add a webhook, and it hears of every case from then on.',
    'zh-Hant': '暫未有系統接收通知。新增 Webhook 後，即會收到其後每宗個案的通知。',
  },
  full: { en: 'Your department has as many webhooks as it can have.', 'zh-Hant': '部門的 Webhook 已達上限。' },
  active: { en: 'Active', 'zh-Hant': '使用中' },
  paused: { en: 'Paused', 'zh-Hant': '已暫停' },
  gone: { en: 'Paused: the address said that it is gone', 'zh-Hant': '已暫停：網址回覆已停用' },
  waiting: { en: '{count} wait', 'zh-Hant': '{count} 則等候' },
  since: { en: 'Since', 'zh-Hant': '新增時間' },
  secret: { en: 'Secret', 'zh-Hant': '密鑰' },
  secretHidden: { en: 'Kept by your system; not shown again', 'zh-Hant': '由你的系統保管，不再顯示' },
  both: { en: 'The secret before signs as well until:', 'zh-Hant': '舊密鑰同時有效至：' },
  rotate: { en: 'Make a new secret', 'zh-Hant': '更換密鑰' },
  pause: { en: 'Pause', 'zh-Hant': '暫停' },
  resume: { en: 'Go on', 'zh-Hant': '恢復' },
  test: { en: 'Send a test message', 'zh-Hant': '送出測試通知' },
  remove: { en: 'Remove', 'zh-Hant': '刪除' },
  removeMore: {
    en: 'What waits for it is removed as well. This cannot be undone.',
    'zh-Hant': '等候送出的通知會一併刪除，而且不能找回。',
  },
  sendAll: { en: 'Send all again', 'zh-Hant': '全部重新送出' },
  again: { en: 'Send again', 'zh-Hant': '重新送出' },
  deliveries: { en: 'Messages', 'zh-Hant': '通知' },
  noDeliveries: {
    en: 'Nothing was sent yet. Send a test message to see whether the address takes it.',
    'zh-Hant': '暫未送出通知。可送出測試通知，看網址能否接收。',
  },
  more: {
    en: 'There are older ones. They are kept for {days} days.',
    'zh-Hant': '還有較早的通知。通知保留 {days} 天。',
  },
  at: { en: 'When', 'zh-Hant': '時間' },
  about: { en: 'Event and case', 'zh-Hant': '事件及個案' },
  last: { en: 'Last answer', 'zh-Hant': '上次回應' },
  act: { en: 'Act', 'zh-Hant': '操作' },
  tried: { en: '{tries} tries', 'zh-Hant': '已嘗試 {tries} 次' },
  next: { en: 'Next try:', 'zh-Hant': '下次嘗試：' },
})

const tones = { waiting: 'act', delivered: 'good', 'given-up': 'bad' } as const
const nameOf = (kind: string): Text => (kind === testKind ? testName : (kindNames[kind as Kind] ?? same(kind)))

export function WebhooksPage({ webhooks, services, full }: WebhooksData) {
  const { say, href } = usePage()
  const titles = new Map(services.map(({ id, title }) => [id, say(title)]))
  const givenUp = webhooks.reduce((sum, each) => sum + each.givenUp, 0)
  return (
    <Page title={say(shared.webhooks)} wide>
      <h1>
        <Phrase text={say(shared.webhooks)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {givenUp > 0 && <Alarm count={givenUp} />}
      {full ? <p>{say(words.full)}</p> : <Button href={href(`${webhooksPath}/new`)}>{say(shared.add)}</Button>}
      {webhooks.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.webhooks)}
          captionHidden
          narrow="stack"
          columns={[shared.address, shared.services, shared.events, shared.state].map((text) => ({ label: say(text) }))}
          rows={webhooks.map((webhook) => ({
            cells: [
              <a key="address" href={href(webhookPath(webhook.id))}>
                {webhook.address}
              </a>,
              webhook.services.map((id) => titles.get(id)).join(' · '),
              webhook.kinds.map((kind) => say(kindNames[kind])).join(' · '),
              <State key="state" {...webhook} />,
            ],
          }))}
        />
      )}
    </Page>
  )
}

function State({ pausedAt, pauseReason, waiting }: Webhook) {
  const { say } = usePage()
  return (
    <>
      {pausedAt ? (
        <Tag tone="warn">{say(pauseReason === 'gone' ? words.gone : words.paused)}</Tag>
      ) : (
        <Tag tone="good">{say(words.active)}</Tag>
      )}
      {waiting > 0 && <span class="muted"> {say(words.waiting, { count: waiting })}</span>}
    </>
  )
}

export function WebhookPage({ webhook, services, deliveries, more }: WebhookData) {
  const { say, href } = usePage()
  const own = webhookPath(webhook.id)
  const form = (name: string, text: Text, kind: 'second' | 'link' = 'second') => (
    <form method="post" action={href(`${own}/${name}`)}>
      <Button kind={kind}>{say(text)}</Button>
    </form>
  )
  return (
    <Page title={webhook.address} wide breadcrumbs={[{ text: say(shared.webhooks), path: webhooksPath }]}>
      <h1>
        <Phrase text={webhook.address} />
      </h1>
      {webhook.givenUp > 0 && (
        <>
          <Alarm count={webhook.givenUp} />
          {form('send-again', words.sendAll)}
        </>
      )}
      <SummaryList
        rows={[
          { key: say(shared.state), value: <State {...webhook} /> },
          { key: say(shared.services), value: services.map(({ title }) => say(title)).join(' · ') },
          { key: say(shared.events), value: webhook.kinds.map((kind) => say(kindNames[kind])).join(' · ') },
          { key: say(words.secret), value: <Secret {...webhook} /> },
          { key: say(words.since), value: <Moment at={webhook.createdAt} /> },
        ]}
      />
      {form('test', words.test)}
      {webhook.pausedAt ? form('resume', words.resume) : form('pause', words.pause)}
      {form('rotate', words.rotate)}
      <section class="after-form">
        <h2>{say(words.deliveries)}</h2>
        {deliveries.length === 0 ? (
          <p class="empty">{say(words.noDeliveries)}</p>
        ) : (
          <Deliveries own={own} deliveries={deliveries} />
        )}
        {more && <p class="muted">{say(words.more, { days: keptDays })}</p>}
      </section>
      <section>
        <h2>{say(words.remove)}</h2>
        <p>{say(words.removeMore)}</p>
        {form('remove', words.remove)}
      </section>
    </Page>
  )
}

function Secret({ previousUntilAt }: Webhook) {
  const { say } = usePage()
  return (
    <>
      {say(words.secretHidden)}
      {previousUntilAt && (
        <>
          <br />
          {say(words.both)} <Moment at={previousUntilAt} />
        </>
      )}
    </>
  )
}

function Deliveries({ own, deliveries }: { own: string; deliveries: readonly Delivery[] }) {
  const { say, href } = usePage()
  return (
    <Table
      caption={say(words.deliveries)}
      captionHidden
      narrow="stack"
      columns={[words.at, words.about, shared.state, words.last, words.act].map((text) => ({ label: say(text) }))}
      rows={deliveries.map((each) => ({
        cells: [
          <Moment key="at" at={each.createdAt} />,
          <span key="about">
            {say(nameOf(each.kind))}
            {each.reference && (
              <>
                <br />
                <a class="number" href={href(officePath(each.reference))}>
                  {each.reference}
                </a>
              </>
            )}
          </span>,
          <Tag key="state" tone={tones[each.state]}>
            {say(deliveryStates[each.state])}
          </Tag>,
          <span key="last">
            {each.lastResult ?? '–'} <span class="muted">{say(words.tried, { tries: each.tries })}</span>
            {each.state === 'waiting' && each.tries > 0 && (
              <>
                <br />
                {say(words.next)} <Moment at={each.nextAt} />
              </>
            )}
          </span>,
          each.state === 'waiting' ? (
            '–'
          ) : (
            <form key="act" method="post" action={href(`${own}/deliveries/${each.id}/send-again`)}>
              <Button kind="link">
                {say(words.again)}
                <span class="visually-hidden"> {each.reference ?? say(testName)}</span>
              </Button>
            </form>
          ),
        ],
      }))}
    />
  )
}
