import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  pageNames,
  Table,
  Tag,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { WaitNotice, Waits } from '../account/protection.page.tsx'
import { Done } from '../done.tsx'

const words = texts({
  title: { en: 'How you are told of messages', 'zh-Hant': '通知設定' },
  lead: {
    en: 'Every message lies in your inbox. Mail and this browser can tell you that one is there; they never say what it says.',
    'zh-Hant': '所有訊息都會放在收件匣。你可選擇以電郵或瀏覽器接收通知；通知不會載有訊息內容。',
  },
  mail: { en: 'Mail', 'zh-Hant': '電郵' },
  noServer: {
    en: 'This installation sends no mail yet. What is due waits until it does.',
    'zh-Hant': '本系統尚未設定電郵伺服器，待發的電郵會保留至設定後發出。',
  },
  outbox: { en: 'Read the mails to you that wait', 'zh-Hant': '閱讀待發給你的電郵' },
  address: { en: 'Email address', 'zh-Hant': '電郵地址' },
  addressHint: {
    en: 'We send a code there. Nothing else goes to it until you type the code.',
    'zh-Hant': '驗證碼會發送到這個地址；輸入驗證碼前，不會向它發送其他電郵。',
  },
  send: { en: 'Send a code', 'zh-Hant': '發送驗證碼' },
  goesTo: { en: 'Mail goes to {address}.', 'zh-Hant': '電郵會發送到 {address}。' },
  waits: { en: 'A code is on its way to {address}.', 'zh-Hant': '驗證碼已發送到 {address}。' },
  held: {
    en: 'A code for {address} was written, and waits with the other mail.',
    'zh-Hant': '給 {address} 的驗證碼已擬備，與其他待發電郵一併保留。',
  },
  over: {
    en: '{address} is not confirmed, and its code is no longer good.',
    'zh-Hant': '{address} 尚未確認，驗證碼已失效。',
  },
  code: { en: 'Code from the mail', 'zh-Hant': '電郵內的驗證碼' },
  codeHint: {
    en: 'Six digits, good for 30 minutes and five tries.',
    'zh-Hant': '六位數字，30 分鐘內有效，最多可輸入五次。',
  },
  confirm: { en: 'Confirm this address', 'zh-Hant': '確認這個地址' },
  remove: { en: 'Take this address away', 'zh-Hant': '移除這個地址' },
  another: { en: 'Use another address, or send another code', 'zh-Hant': '改用其他地址或重新發送驗證碼' },
  browsers: { en: 'Browsers', 'zh-Hant': '瀏覽器' },
  browserLine: {
    en: 'A browser that you allow shows “You have a new message”, even when this site is closed.',
    'zh-Hant': '獲你允許的瀏覽器會顯示「你有新訊息」，即使沒有開啟本網站。',
  },
  needsScript: { en: 'Turning this on needs JavaScript.', 'zh-Hant': '開啟這項功能須使用 JavaScript。' },
  turnOn: { en: 'Tell me on this browser', 'zh-Hant': '在這個瀏覽器接收通知' },
  on: { en: 'This browser tells you of new messages.', 'zh-Hant': '這個瀏覽器會通知你有新訊息。' },
  denied: {
    en: 'This browser does not allow it. Allow notifications for this site in the settings of the browser, then try again.',
    'zh-Hant': '瀏覽器不允許接收通知。請在瀏覽器設定允許本網站的通知，然後再試。',
  },
  failed: { en: 'It could not be turned on. Try again later.', 'zh-Hant': '未能開啟，請稍後再試。' },
  unable: { en: 'This browser cannot show such notices.', 'zh-Hant': '這個瀏覽器不支援這項功能。' },
  stop: { en: 'Stop', 'zh-Hant': '停止' },
  unknown: { en: 'A browser', 'zh-Hant': '瀏覽器' },
  since: { en: 'Since', 'zh-Hant': '開始時間' },
  choices: { en: 'For each sender', 'zh-Hant': '按寄件者設定' },
  sender: { en: 'Sender', 'zh-Hant': '寄件者' },
  all: { en: 'All other departments', 'zh-Hant': '其他所有部門' },
  tells: { en: '{channel}: {sender}', 'zh-Hant': '{channel}：{sender}' },
  save: { en: 'Save these choices', 'zh-Hant': '儲存設定' },
  confirmed: { en: 'Confirmed', 'zh-Hant': '已確認' },
  quiet: { en: 'Quiet hours', 'zh-Hant': '靜音時段' },
  quietLead: {
    en: 'Nothing is mailed or shown by your browsers in these hours; it goes when they end, and your inbox has it at once. Codes that you ask for, and alarms about your account, go at any hour.',
    'zh-Hant':
      '在你選定的時段內，系統不會發送電郵或瀏覽器通知，待時段結束後才發出；收件匣則即時收到。你要求的驗證碼及帳戶警示不受限制，隨時發出。',
  },
  quietGovernment: {
    en: 'From {from} to {until} browsers stay silent for everybody. Mail still goes then, unless your own hours say otherwise.',
    'zh-Hant': '由 {from} 至 {until}，所有人的瀏覽器都不會收到訊息通知；除非你另設時段，電郵照常發送。',
  },
  quietOwn: { en: 'Yours: from {from} to {until}.', 'zh-Hant': '你的時段：{from} 至 {until}。' },
  quietOwnOver: {
    en: 'Yours: from {from} to {until} on the next day.',
    'zh-Hant': '你的時段：{from} 至翌日 {until}。',
  },
  quietNone: { en: 'You have chosen none of your own.', 'zh-Hant': '你沒有自訂時段。' },
  quietFrom: { en: 'From', 'zh-Hant': '開始' },
  quietUntil: { en: 'Until', 'zh-Hant': '結束' },
  quietHint: {
    en: 'Hours and minutes, as 22:00. Leave both fields empty for none.',
    'zh-Hant': '時與分，例如 22:00。兩欄留空即不設時段。',
  },
  quietUntilHint: {
    en: 'A time before the first is that of the next day.',
    'zh-Hant': '如早於開始時間，即指翌日。',
  },
  quietSave: { en: 'Save these hours', 'zh-Hant': '儲存時段' },
})

const mistakes = texts({
  address: {
    en: 'Write one email address, as name@example.com.',
    'zh-Hant': '請輸入一個電郵地址，例如 name@example.com。',
  },
  tooMany: {
    en: 'Many codes were sent already. Wait an hour, or a day for the same address, and try again.',
    'zh-Hant': '已發送多個驗證碼。請一小時後再試；同一地址請於一天後再試。',
  },
  code: {
    en: 'That is not the code in the mail. Look again and type its six digits.',
    'zh-Hant': '驗證碼不符。請核對電郵，再輸入六位數字。',
  },
  codeOver: { en: 'That code is no longer good. Send another one.', 'zh-Hant': '驗證碼已失效，請重新發送。' },
  quietFrom: {
    en: 'Write when your quiet hours begin, as 22:00.',
    'zh-Hant': '請輸入靜音時段的開始時間，例如 22:00。',
  },
  quietUntil: { en: 'Write when your quiet hours end, as 08:00.', 'zh-Hant': '請輸入靜音時段的結束時間，例如 08:00。' },
  quietSame: {
    en: 'Quiet hours end at another time than they begin. Write another one.',
    'zh-Hant': '開始與結束時間不可相同，請輸入另一個時間。',
  },
})

export type NotificationsMistake = keyof typeof mistakes
const Hours = Type.Object({ from: Type.String(), until: Type.String() })

export type NotificationsData = Static<typeof NotificationsData>
export const NotificationsData = Type.Object({
  address: Type.Union([
    Type.Object({ text: Type.String(), confirmed: Type.Boolean(), waits: Type.Boolean() }),
    Type.Null(),
  ]),
  waits: Waits,
  /** Whether this installation sends mail at all. */
  mailGoes: Type.Boolean(),
  preferences: Type.Array(
    Type.Object({
      sender: Type.String(),
      name: Type.Union([Text, Type.Null()]),
      mail: Type.Boolean(),
      push: Type.Boolean(),
    }),
  ),
  push: Type.Object({
    key: Type.String(),
    subscriptions: Type.Array(
      Type.Object({ id: Type.String(), device: Type.Union([Type.String(), Type.Null()]), createdAt: Type.String() }),
    ),
  }),
  /** Hours in which nothing goes that can wait, by the clock of the government. */
  quiet: Type.Object({
    own: Type.Union([Hours, Type.Null()]),
    /** When browsers stay silent for everybody. */
    government: Type.Union([Hours, Type.Null()]),
    typed: Hours,
  }),
  typed: Type.String(),
  mistakes: Type.Array(Type.Enum(['address', 'tooMany', 'code', 'codeOver', 'quietFrom', 'quietUntil', 'quietSame'])),
})

// biome-ignore format: matrix
const fieldOf = {
  address: 'address', tooMany: 'address', code: 'code', codeOver: 'address',
  quietFrom: 'quiet-from', quietUntil: 'quiet-until', quietSame: 'quiet-until',
} as const

export function NotificationsPage(data: NotificationsData) {
  const { say } = usePage()
  const errors = data.mistakes.map((each) => ({ field: fieldOf[each], text: say(mistakes[each]) }))
  return (
    <Page
      title={say(words.title)}
      error={errors.length > 0}
      breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}
      scripts={['notifications']}
    >
      <Done of={['notifications-changed']} />
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {data.waits && <WaitNotice waits={data.waits} />}
      <MailPart data={data} errors={errors} />
      <PushPart data={data} />
      {!data.waits && <ChoicesPart data={data} />}
      {!data.waits && <QuietPart data={data} errors={errors} />}
    </Page>
  )
}

type Errors = readonly { field: string; text: string }[]

function MailPart({ data: { address, mailGoes, typed, waits }, errors }: { data: NotificationsData; errors: Errors }) {
  const { say, href, demonstration } = usePage()
  const errorOf = (field: string) => errors.find((each) => each.field === field)?.text
  // The one that was there before stays.
  const kept = waits !== null && address?.confirmed === true
  const state =
    address && (address.confirmed ? words.goesTo : address.waits ? (mailGoes ? words.waits : words.held) : words.over)
  return (
    <section aria-labelledby="mail">
      <h2 id="mail">{say(words.mail)}</h2>
      {!mailGoes && <p>{say(words.noServer)}</p>}
      {demonstration && (
        <p>
          <a href={href('/account/outbox')}>{say(words.outbox)}</a>
        </p>
      )}
      {address && state && (
        <p>
          {say(state, { address: address.text })} {address.confirmed && <Tag tone="good">{say(words.confirmed)}</Tag>}
        </p>
      )}
      {address && !address.confirmed && address.waits && (
        <form method="post" action={href('/account/notifications/code')}>
          <TextField
            name="code"
            label={say(words.code)}
            hint={say(words.codeHint)}
            inputMode="numeric"
            autocomplete="one-time-code"
            width={10}
            maxLength={40}
            error={errorOf('code')}
          />
          <Button>{say(words.confirm)}</Button>
        </form>
      )}
      {address && !kept && (
        <form method="post" action={href('/account/notifications/address/removal')}>
          <Button kind="second">{say(words.remove)}</Button>
        </form>
      )}
      {address && !kept && <h3>{say(words.another)}</h3>}
      {!kept && (
        <form method="post" action={href('/account/notifications/address')}>
          <TextField
            name="address"
            label={say(words.address)}
            hint={say(words.addressHint)}
            type="email"
            autocomplete="email"
            value={typed}
            maxLength={254}
            error={errorOf('address')}
          />
          <Button {...(address && { kind: 'second' })}>{say(words.send)}</Button>
        </form>
      )}
    </section>
  )
}

function PushPart({ data: { push, waits } }: { data: NotificationsData }) {
  const { say, href } = usePage()
  return (
    <section aria-labelledby="browsers">
      <h2 id="browsers">{say(words.browsers)}</h2>
      <p>{say(words.browserLine)}</p>
      <noscript>
        <p>{say(words.needsScript)}</p>
      </noscript>
      <div
        data-push-key={push.key}
        data-push-action={href('/account/notifications/push')}
        data-on={say(words.on)}
        data-denied={say(words.denied)}
        data-failed={say(words.failed)}
        data-unable={say(words.unable)}
        hidden
      >
        <button type="button" class="button button--second">
          {say(words.turnOn)}
        </button>
        <p role="status" />
      </div>
      {push.subscriptions.length > 0 && (
        <ul class="results">
          {push.subscriptions.map(({ id, device, createdAt }) => (
            <li key={id}>
              <p>
                {device ?? say(words.unknown)} · {say(words.since)} <Moment at={createdAt} />
              </p>
              {!waits && (
                <form method="post" action={href(`/account/notifications/push/${id}/removal`)}>
                  <Button kind="second">{say(words.stop)}</Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ChoicesPart({ data: { preferences } }: { data: NotificationsData }) {
  const { say, href } = usePage()
  const box = (channel: 'mail' | 'push', each: NotificationsData['preferences'][number], sender: string) => (
    <span class="choice choice--alone">
      <input
        type="checkbox"
        name={channel}
        value={each.sender}
        checked={each[channel]}
        aria-label={say(words.tells, { channel: say(channel === 'mail' ? words.mail : words.browsers), sender })}
      />
    </span>
  )
  // What holds for all others stands after those that are named.
  const ordered = [...preferences].sort((a, b) => Number(a.name === null) - Number(b.name === null))
  const rows = ordered.map((each) => {
    const name = say(each.name ?? words.all)
    return { cells: [name, box('mail', each, name), box('push', each, name)] }
  })
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">{say(words.choices)}</h2>
      <form method="post" action={href('/account/notifications/preferences')}>
        <Table
          caption={say(words.choices)}
          captionHidden
          columns={[{ label: say(words.sender) }, { label: say(words.mail) }, { label: say(words.browsers) }]}
          rows={rows}
        />
        <Button>{say(words.save)}</Button>
      </form>
    </section>
  )
}

/** When nothing is sent to this person, beside when browsers stay silent for everybody. */
function QuietPart({ data: { quiet }, errors }: { data: NotificationsData; errors: Errors }) {
  const { say, href } = usePage()
  const { own, government, typed } = quiet
  const error = (field: string) => errors.find((each) => each.field === field)?.text
  const ownLine = own && (own.from < own.until ? words.quietOwn : words.quietOwnOver)
  return (
    <section aria-labelledby="quiet">
      <h2 id="quiet">{say(words.quiet)}</h2>
      <p>{say(words.quietLead)}</p>
      {government && <p>{say(words.quietGovernment, government)}</p>}
      <p>{own && ownLine ? say(ownLine, own) : say(words.quietNone)}</p>
      <form method="post" action={href('/account/notifications/quiet-hours')} noValidate>
        <TextField
          name="from"
          id="quiet-from"
          label={say(words.quietFrom)}
          hint={say(words.quietHint)}
          value={typed.from}
          width={10}
          maxLength={20}
          autocomplete="off"
          error={error('quiet-from')}
        />
        <TextField
          name="until"
          id="quiet-until"
          label={say(words.quietUntil)}
          hint={say(words.quietUntilHint)}
          value={typed.until}
          width={10}
          maxLength={20}
          autocomplete="off"
          error={error('quiet-until')}
        />
        <Button>{say(words.quietSave)}</Button>
      </form>
    </section>
  )
}
