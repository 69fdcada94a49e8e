import { type Static, Type } from 'typebox'
import { Moment, Page, Phrase, pageNames, Table, Tag, type Text, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'

const words = texts({
  title: { en: 'Outbox', 'zh-Hant': '寄件匣' },
  lead: {
    en: 'What tells people of their messages, in this demonstration. No address and no text is shown here.',
    'zh-Hant': '示範系統向使用者發出的通知。這裏不會顯示地址和內容。',
  },
  waits: { en: 'No mail server is set, so mails wait.', 'zh-Hant': '尚未設定電郵伺服器，電郵會保留待發。' },
  empty: { en: 'Nothing waits, and nothing went.', 'zh-Hant': '沒有待發或已發的通知。' },
  what: { en: 'What', 'zh-Hant': '種類' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  tries: { en: 'Tries', 'zh-Hant': '嘗試次數' },
  failure: { en: 'Why the last try failed', 'zh-Hant': '上次失敗原因' },
  at: { en: 'Queued', 'zh-Hant': '加入時間' },
  own: { en: 'Mails to you', 'zh-Hant': '給你的電郵' },
  ownLead: {
    en: 'This is a demonstration: what would be mailed to you can be read here.',
    'zh-Hant': '這是示範系統：本應寄給你的電郵可在此閱讀。',
  },
  ownEmpty: { en: 'Nothing was mailed to you.', 'zh-Hant': '沒有給你的電郵。' },
  to: { en: 'To {address}', 'zh-Hant': '收件地址：{address}' },
})
const states = texts({
  queued: { en: 'Waits', 'zh-Hant': '待發' },
  sent: { en: 'Sent', 'zh-Hant': '已發' },
  'given-up': { en: 'Given up', 'zh-Hant': '已放棄' },
})
const kinds: Readonly<Record<string, Text>> = texts({
  'mail/message': { en: 'Mail about a message', 'zh-Hant': '訊息通知電郵' },
  'mail/alert': { en: 'Mail about an alert', 'zh-Hant': '提示電郵' },
  'mail/code': { en: 'Mail with a code', 'zh-Hant': '驗證碼電郵' },
  'push/message': { en: 'Push about a message', 'zh-Hant': '訊息推送通知' },
  'push/alert': { en: 'Push about an alert', 'zh-Hant': '提示推送通知' },
})

const State = Type.Enum(['queued', 'sent', 'given-up'])

export type OutboxData = Static<typeof OutboxData>
export const OutboxData = Type.Object({
  mailGoes: Type.Boolean(),
  lines: Type.Array(
    Type.Object({
      id: Type.String(),
      channel: Type.Enum(['mail', 'push']),
      template: Type.Enum(['message', 'alert', 'code']),
      state: State,
      tries: Type.Integer(),
      failure: Type.Union([Type.String(), Type.Null()]),
      createdAt: Type.String(),
    }),
  ),
})

export type OwnMails = Static<typeof OwnMails>
export const OwnMails = Type.Object({
  mails: Type.Array(
    Type.Object({
      id: Type.String(),
      to: Type.String(),
      subject: Type.String(),
      text: Type.String(),
      state: State,
      createdAt: Type.String(),
    }),
  ),
})

export function OutboxPage({ mailGoes, lines }: OutboxData) {
  const { say } = usePage()
  const columns = [words.what, words.at, words.state, words.tries, words.failure].map((label, at) => ({
    label: say(label),
    numeric: at === 3,
  }))
  const rows = lines.map((line) => ({
    cells: [
      say(kinds[`${line.channel}/${line.template}`]!),
      <Moment key="at" at={line.createdAt} />,
      say(states[line.state]),
      line.tries,
      line.failure ?? '–',
    ],
  }))
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say)} wide>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {!mailGoes && <p>{say(words.waits)}</p>}
      {lines.length === 0 ? (
        <p>{say(words.empty)}</p>
      ) : (
        <Table caption={say(words.title)} captionHidden columns={columns} rows={rows} narrow="stack" />
      )}
    </Page>
  )
}

export function OwnMailsPage({ mails }: OwnMails) {
  const { say } = usePage()
  return (
    <Page title={say(words.own)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <h1>
        <Phrase text={say(words.own)} />
      </h1>
      <p class="lead">{say(words.ownLead)}</p>
      {mails.length === 0 && <p>{say(words.ownEmpty)}</p>}
      {mails.map((mail) => (
        <article key={mail.id} aria-labelledby={`mail-${mail.id}`}>
          <h2 id={`mail-${mail.id}`}>{mail.subject}</h2>
          <p>
            {say(words.to, { address: mail.to })} · <Moment at={mail.createdAt} /> <Tag>{say(states[mail.state])}</Tag>
          </p>
          <div class="inbox__body">
            {mail.text
              .trim()
              .split('\n\n')
              .map((line, at) => (
                <p key={at}>{line}</p>
              ))}
          </div>
        </article>
      ))}
    </Page>
  )
}
