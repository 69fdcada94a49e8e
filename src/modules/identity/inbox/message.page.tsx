import { Button, Moment, Page, Phrase, pageNames, SummaryList, texts, usePage } from '#platform'
import { Done } from '../done.tsx'
import type { Shown } from './shown.ts'

const words = texts({
  inbox: { en: 'Inbox', 'zh-Hant': '收件匣' },
  from: { en: 'From', 'zh-Hant': '寄件者' },
  sent: { en: 'Sent', 'zh-Hant': '發送時間' },
  read: { en: 'Read', 'zh-Hant': '閱讀時間' },
  readTold: { en: 'Read; the sender is told', 'zh-Hant': '閱讀時間（寄件者會得知）' },
  acknowledged: { en: 'Acknowledged', 'zh-Hant': '確認時間' },
  reference: { en: 'Their reference', 'zh-Hant': '檔號' },
  goOn: { en: 'Go on', 'zh-Hant': '前往處理' },
  ask: {
    en: 'The sender asks you to say that you have read this.',
    'zh-Hant': '寄件者希望你確認已閱讀這則訊息。',
  },
  acknowledge: { en: 'I have read this', 'zh-Hant': '確認已閱讀' },
  archive: { en: 'Archive', 'zh-Hant': '封存' },
  restore: { en: 'Move back to the inbox', 'zh-Hant': '移回收件匣' },
})

export function MessagePage(message: Shown) {
  const { say, href } = usePage()
  const { readAt, acknowledgedAt, reference, link } = message
  const crumbs = [
    { path: '/account', text: say(pageNames.account) },
    { path: '/account/inbox', text: say(words.inbox) },
  ]
  const rows = [
    { key: say(words.from), value: say(message.sender) },
    { key: say(words.sent), value: <Moment at={message.sentAt} /> },
    ...(reference ? [{ key: say(words.reference), value: reference }] : []),
    ...(readAt
      ? [{ key: say(message.receiptWanted ? words.readTold : words.read), value: <Moment at={readAt} /> }]
      : []),
    ...(acknowledgedAt ? [{ key: say(words.acknowledged), value: <Moment at={acknowledgedAt} /> }] : []),
  ]
  return (
    <Page title={say(message.title)} breadcrumbs={crumbs}>
      <Done of={['message-acknowledged']} />
      <h1>
        <Phrase text={say(message.title)} />
      </h1>
      <SummaryList rows={rows} />
      <div class="inbox__body">
        {say(message.body)
          .split(/\n\s*\n/)
          .map((paragraph, at) => (
            <p key={at}>{paragraph}</p>
          ))}
      </div>
      {link && (
        <p>
          <Button href={href(link.path)}>{say(link.text ?? words.goOn)}</Button>
        </p>
      )}
      {message.acknowledgementWanted && !acknowledgedAt && (
        <form method="post" action={href(`/account/inbox/${message.id}/acknowledgement`)}>
          <p>{say(words.ask)}</p>
          <Button>{say(words.acknowledge)}</Button>
        </form>
      )}
      <form method="post" action={href(`/account/inbox/${message.id}/place`)}>
        <Button kind="second" name="to" value={message.archivedAt ? 'inbox' : 'archive'}>
          {say(message.archivedAt ? words.restore : words.archive)}
        </Button>
      </form>
    </Page>
  )
}
