import {
  Button,
  Checkboxes,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  SummaryList,
  Table,
  Tag,
  type Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'

export const officeWords = texts({
  title: { en: 'Channels to other platforms', 'zh-Hant': '與其他平台的渠道' },
  lead: {
    en: 'Platforms of other governments whose people may sign in here. The pack of this installation lists them and what their levels count for; how to reach each one is set here.',
    'zh-Hant': '其他政府的平台，其使用者可登入本網站。平台名單及級別對照由本系統的設定檔列明；連接方法在此設定。',
  },
  name: { en: 'Platform', 'zh-Hant': '平台' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  open: { en: 'open', 'zh-Hant': '開放' },
  closed: { en: 'closed', 'zh-Hant': '關閉' },
  absent: { en: 'not set up', 'zh-Hant': '未設定' },
  none: {
    en: 'The pack of this installation lists none (channels.yaml).',
    'zh-Hant': '設定檔 channels.yaml 尚未列出任何平台。',
  },
  protocol: { en: 'How it answers', 'zh-Hant': '回覆方式' },
  openid: { en: 'As an OpenID Provider', 'zh-Hant': 'OpenID 提供者' },
  openidHint: { en: 'Authorisation code with PKCE', 'zh-Hant': '授權碼方式，附 PKCE' },
  envelope: { en: 'With a signed envelope', 'zh-Hant': '簽署信封' },
  envelopeHint: { en: 'SM2 with SM3, by redirect', 'zh-Hant': 'SM2 及 SM3，經轉址送回' },
  address: { en: 'Address', 'zh-Hant': '網址' },
  addressHint: {
    en: 'The issuer of an OpenID Provider, or the page at which people sign in',
    'zh-Hant': 'OpenID 提供者的簽發者網址，或登入網頁',
  },
  clientId: { en: 'Our client identifier there', 'zh-Hant': '本網站在該平台的客戶端代號' },
  secret: { en: 'Client secret', 'zh-Hant': '客戶端密碼' },
  secretKept: { en: 'One is kept. Leave this empty to keep it.', 'zh-Hant': '現已儲存密碼。留空即沿用。' },
  peerKey: { en: 'Their SM2 public key', 'zh-Hant': '對方的 SM2 公開密鑰' },
  peerKeyHint: { en: 'PEM, for envelopes only', 'zh-Hant': 'PEM 格式，只用於信封' },
  isOpen: { en: 'People may sign in through it', 'zh-Hant': '開放經此渠道登入' },
  save: { en: 'Save', 'zh-Hant': '儲存' },
  four: {
    en: 'Opening and closing counts at once. Everything else waits until another officer has approved it, as whoever holds the key of a channel signs in as everybody who is linked by it. Neither of the two is proven by this channel from then on.',
    'zh-Hant':
      '開放或關閉即時生效。其他更改須由另一名人員批准，因為持有渠道密鑰者可代所有連結者登入。其後該兩名人員不能經此渠道核實身份。',
  },
  waits: { en: 'waits for approval', 'zh-Hant': '等候批准' },
  waitsTitle: { en: 'A change waits for approval', 'zh-Hant': '有更改等候批准' },
  askedBy: { en: 'Asked for by', 'zh-Hant': '提出者' },
  askedAt: { en: 'Asked for', 'zh-Hant': '提出時間' },
  newSecret: { en: 'a new one', 'zh-Hant': '新密碼' },
  kept: { en: 'as it is', 'zh-Hant': '維持不變' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  refuse: { en: 'Refuse', 'zh-Hant': '不批准' },
  takeBack: { en: 'Take it back', 'zh-Hant': '撤回' },
  another: {
    en: 'You asked for it, so another officer must approve it.',
    'zh-Hant': '此項由你提出，須由另一名人員批准。',
  },
  forThem: { en: 'What the other side needs', 'zh-Hant': '對方所需資料' },
  callback: { en: 'Where people come back', 'zh-Hant': '返回網址' },
  ourKey: { en: 'Our SM2 public key', 'zh-Hant': '本網站的 SM2 公開密鑰' },
  ourKeyLater: { en: 'Made when an envelope channel is approved', 'zh-Hant': '信封渠道獲批准時產生' },
  levels: { en: 'Levels', 'zh-Hant': '級別對照' },
  theirs: { en: 'Theirs', 'zh-Hant': '對方級別' },
  ours: { en: 'Ours', 'zh-Hant': '本網站級別' },
  reached: { en: 'How it is reached', 'zh-Hant': '核實方法' },
  wrongAddress: {
    en: 'Write a full address that begins with https://, without a user name or #.',
    'zh-Hant': '請輸入以 https:// 開頭的完整網址，不含使用者名稱或 #。',
  },
  noClientId: {
    en: 'Write the client identifier that the other platform gave us.',
    'zh-Hant': '請輸入對方平台所發的客戶端代號。',
  },
  wrongKey: {
    en: 'Paste an SM2 public key in PEM: it begins with -----BEGIN PUBLIC KEY-----',
    'zh-Hant': '請貼上 PEM 格式的 SM2 公開密鑰，以 -----BEGIN PUBLIC KEY----- 開頭。',
  },
})
const words = officeWords

type State = 'open' | 'closed' | 'absent'

type Listed = { id: string; name: Text; state: string; waiting: boolean }

export function OfficeChannelsPage({ channels }: { channels: Listed[] }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {channels.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.title)}
          captionHidden
          columns={[{ label: say(words.name) }, { label: say(words.state) }]}
          rows={channels.map(({ id, name, state, waiting }) => ({
            cells: [
              <a key={id} href={href(`/office/channels/${id}`)}>
                {say(name)}
              </a>,
              <>
                <Tag>{say(words[state as State])}</Tag> {waiting && <Tag tone="warn">{say(words.waits)}</Tag>}
              </>,
            ],
          }))}
        />
      )}
    </Page>
  )
}

type OneChannel = {
  channel: { id: string; name: Text; about: Text; levels: { theirs: string; ours: number; about: Text }[] }
  values: { protocol: string; address: string; clientId: string; peerKey: string; open: boolean }
  hasSecret: boolean
  publicKey: string | null
  callback: string
  waiting: {
    id: string
    protocol: string
    address: string
    clientId: string
    hasSecret: boolean
    peerKey: string | null
    open: boolean
    askedBy: { name: Text }
    askedAt: string
    own: boolean
  } | null
  mistakes: { field: string; text: Text }[]
}

export function OfficeChannelPage(data: OneChannel) {
  const { channel, values, hasSecret, publicKey, callback, waiting, mistakes } = data
  const { say, href } = usePage()
  const error = (field: string) => {
    const found = mistakes.find((each) => each.field === field)
    return found && say(found.text)
  }
  const crumbs = [{ text: say(words.title), path: '/office/channels' }]
  return (
    <Page title={say(channel.name)} breadcrumbs={crumbs} error={mistakes.length > 0}>
      <Done of={['channel-changed', 'channel-change-asked', 'channel-change-approved', 'channel-change-refused']} />
      <ErrorSummary errors={mistakes.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={say(channel.name)} />
      </h1>
      <p class="lead">{say(channel.about)}</p>
      {waiting && <WaitingChange id={channel.id} waiting={waiting} />}
      <p>{say(words.four)}</p>
      <form method="post" action={href(`/office/channels/${channel.id}`)}>
        <Radios
          name="protocol"
          label={say(words.protocol)}
          value={values.protocol}
          options={[
            { value: 'openid', label: say(words.openid), hint: say(words.openidHint) },
            { value: 'envelope', label: say(words.envelope), hint: say(words.envelopeHint) },
          ]}
        />
        <TextField
          name="address"
          label={say(words.address)}
          hint={say(words.addressHint)}
          error={error('address')}
          value={values.address}
          maxLength={2000}
          inputMode="url"
        />
        <TextField
          name="clientId"
          label={say(words.clientId)}
          error={error('clientId')}
          value={values.clientId}
          maxLength={200}
        />
        <TextField
          name="secret"
          label={say(words.secret)}
          {...(hasSecret && { hint: say(words.secretKept) })}
          type="password"
          autocomplete="off"
          maxLength={500}
        />
        <TextArea
          name="peerKey"
          label={say(words.peerKey)}
          hint={say(words.peerKeyHint)}
          error={error('peerKey')}
          value={values.peerKey}
          maxLength={2000}
        />
        <Checkboxes
          name="open"
          label={say(words.state)}
          values={values.open ? ['1'] : []}
          options={[{ value: '1', label: say(words.isOpen) }]}
        />
        <Button>{say(words.save)}</Button>
      </form>
      <h2>{say(words.forThem)}</h2>
      <SummaryList
        rows={[
          { key: say(words.callback), value: <code>{callback}</code> },
          { key: say(words.ourKey), value: publicKey ? <pre>{publicKey}</pre> : say(words.ourKeyLater) },
        ]}
      />
      <Table
        caption={say(words.levels)}
        columns={[{ label: say(words.theirs) }, { label: say(words.ours) }, { label: say(words.reached) }]}
        rows={channel.levels.map(({ theirs, ours, about }) => ({ cells: [theirs, String(ours), say(about)] }))}
      />
    </Page>
  )
}

/** What another officer looks at before they approve it. */
function WaitingChange({ id, waiting }: { id: string; waiting: NonNullable<OneChannel['waiting']> }) {
  const { say, href } = usePage()
  const { protocol, address, clientId, hasSecret, peerKey, open, askedBy, askedAt, own } = waiting
  const answer = (value: string, word: Text) => (
    <form method="post" action={href(`/office/channels/${id}/changes/${waiting.id}`)}>
      <input type="hidden" name="answer" value={value} />
      <Button {...(value === 'refuse' && { kind: 'second' as const })}>{say(word)}</Button>
    </form>
  )
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{say(words.waitsTitle)}</h2>
      <SummaryList
        rows={[
          { key: say(words.askedBy), value: say(askedBy.name) },
          { key: say(words.askedAt), value: <Moment at={askedAt} /> },
          { key: say(words.protocol), value: say(protocol === 'openid' ? words.openid : words.envelope) },
          { key: say(words.address), value: <code>{address}</code> },
          { key: say(words.clientId), value: <code>{clientId}</code> },
          { key: say(words.secret), value: say(hasSecret ? words.newSecret : words.kept) },
          { key: say(words.peerKey), value: peerKey ? <pre>{peerKey}</pre> : say(words.kept) },
          { key: say(words.state), value: say(open ? words.open : words.closed) },
        ]}
      />
      {own && <p>{say(words.another)}</p>}
      {!own && answer('approve', words.approve)}
      {answer('refuse', own ? words.takeBack : words.refuse)}
    </section>
  )
}
