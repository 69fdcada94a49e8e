import { type Static, Type } from 'typebox'
import {
  Button,
  Details,
  Moment,
  Page,
  Pagination,
  Phrase,
  pageNames,
  Select,
  Tag,
  Text,
  texts,
  usePage,
} from '#platform'
import { Done } from '../done.tsx'
import { writeInboxCode } from './code.rules.ts'
import { Line } from './shown.ts'

const words = texts({
  title: { en: 'Inbox', 'zh-Hant': '收件匣' },
  archive: { en: 'Archived messages', 'zh-Hant': '已封存的訊息' },
  none: { en: 'No unread messages', 'zh-Hant': '沒有未讀訊息' },
  one: { en: '1 unread message', 'zh-Hant': '1 則未讀訊息' },
  many: { en: '{n} unread messages', 'zh-Hant': '{n} 則未讀訊息' },
  empty: {
    en: 'Nothing here. What departments write to you will be listed, unread first.',
    'zh-Hant': '暫時沒有訊息。部門發給你的訊息會列在這裏，未讀的在前。',
  },
  emptyArchive: { en: 'Nothing is archived.', 'zh-Hant': '沒有已封存的訊息。' },
  sender: { en: 'From', 'zh-Hant': '寄件者' },
  everybody: { en: 'Everybody', 'zh-Hant': '全部寄件者' },
  show: { en: 'Show', 'zh-Hant': '顯示' },
  unread: { en: 'Unread', 'zh-Hant': '未讀' },
  receipt: { en: 'Opening it tells the sender when you read it.', 'zh-Hant': '開啟後，寄件者會得知你閱讀的時間。' },
  waits: { en: 'To be acknowledged', 'zh-Hant': '有待確認' },
  toArchive: { en: 'Archived messages', 'zh-Hant': '查看已封存的訊息' },
  toInbox: { en: 'Back to the inbox', 'zh-Hant': '返回收件匣' },
  toChoices: { en: 'How you are told of messages', 'zh-Hant': '通知設定' },
  code: { en: 'Your inbox code', 'zh-Hant': '你的收件編號' },
  codeLine: {
    en: 'Give this code to a department that wants to write to you here. It tells nothing about you.',
    'zh-Hant': '部門如要在此向你發送訊息，可向其提供這個編號。編號不會透露你的任何資料。',
  },
  another: { en: 'Take another code', 'zh-Hant': '更換編號' },
  anotherLine: {
    en: 'Whoever has the old one can no longer write to you with it.',
    'zh-Hant': '更換後，持有舊編號的部門不能再用它向你發送訊息。',
  },
})

export type InboxData = Static<typeof InboxData>
export const InboxData = Type.Object({
  /** What a department needs to write to me. */
  code: Type.Union([Type.String(), Type.Null()]),
  place: Type.Enum(['inbox', 'archive']),
  sender: Type.String(),
  senders: Type.Array(Type.Object({ id: Type.String(), name: Text })),
  messages: Type.Array(Line),
  unread: Type.Integer(),
  page: Type.Integer(),
  last: Type.Integer(),
})

/** How many messages wait, as a link to them. */
export function InboxLine({ unread }: { unread: number }) {
  const { say, href } = usePage()
  return <a href={href('/account/inbox')}>{countWords(say, unread)}</a>
}

const countWords = (say: ReturnType<typeof usePage>['say'], n: number) =>
  n === 0 ? say(words.none) : n === 1 ? say(words.one) : say(words.many, { n })

export function InboxPage(data: InboxData) {
  const { say, href } = usePage()
  const archived = data.place === 'archive'
  const title = say(archived ? words.archive : words.title)
  const query = (page: number) =>
    `/account/inbox?${new URLSearchParams({ ...(archived && { place: 'archive' }), ...(data.sender && { sender: data.sender }), page: String(page) })}`
  return (
    <Page title={title} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <Done of={['inbox-code-changed', 'message-archived', 'message-restored']} />
      <h1>
        <Phrase text={title} />
      </h1>
      {!archived && <p class="lead">{countWords(say, data.unread)}</p>}
      {data.senders.length > 1 && (
        <form method="get" action={href('/account/inbox')}>
          {archived && <input type="hidden" name="place" value="archive" />}
          <Select
            name="sender"
            label={say(words.sender)}
            value={data.sender}
            options={[
              { value: '', label: say(words.everybody) },
              ...data.senders.map(({ id, name }) => ({ value: id, label: say(name) })),
            ]}
          />
          <Button kind="second">{say(words.show)}</Button>
        </form>
      )}
      {data.messages.length === 0 ? (
        <p>{say(archived ? words.emptyArchive : words.empty)}</p>
      ) : (
        <ul class="results inbox">
          {data.messages.map((line) => (
            <InboxEntry key={line.id} line={line} />
          ))}
        </ul>
      )}
      {data.last > 1 && <Pagination page={data.page} last={data.last} address={query} />}
      <ul class="inbox__ways">
        <li>
          <a href={href(archived ? '/account/inbox' : '/account/inbox?place=archive')}>
            {say(archived ? words.toInbox : words.toArchive)}
          </a>
        </li>
        <li>
          <a href={href('/account/notifications')}>{say(words.toChoices)}</a>
        </li>
      </ul>
      {!archived && data.code && (
        <section aria-labelledby="code">
          <h2 id="code">{say(words.code)}</h2>
          <p class="inbox__code">{writeInboxCode(data.code)}</p>
          <p>{say(words.codeLine)}</p>
          <Details summary={say(words.another)}>
            <p>{say(words.anotherLine)}</p>
            <form method="post" action={href('/account/inbox/code')}>
              <Button kind="second">{say(words.another)}</Button>
            </form>
          </Details>
        </section>
      )}
    </Page>
  )
}

function InboxEntry({ line }: { line: InboxData['messages'][number] }) {
  const { say, href } = usePage()
  const unread = line.readAt === null
  return (
    <li>
      <span class="inbox__from">
        {unread && (
          <>
            <Tag tone="act">{say(words.unread)}</Tag> ·{' '}
          </>
        )}
        {line.acknowledgementWanted && !line.acknowledgedAt && (
          <>
            <Tag tone="warn">{say(words.waits)}</Tag> ·{' '}
          </>
        )}
        {say(line.sender)} · <Moment at={line.sentAt} />
      </span>
      <a class="inbox__title" href={href(`/account/inbox/${line.id}`)}>
        {say(line.title)}
      </a>
      {unread && line.receiptWanted && <span class="inbox__from">{say(words.receipt)}</span>}
    </li>
  )
}
