import {
  Button,
  Checkboxes,
  ErrorSummary,
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
  forThem: { en: 'What the other side needs', 'zh-Hant': '對方所需資料' },
  callback: { en: 'Where people come back', 'zh-Hant': '返回網址' },
  ourKey: { en: 'Our SM2 public key', 'zh-Hant': '本網站的 SM2 公開密鑰' },
  ourKeyLater: { en: 'Made when an envelope channel is saved', 'zh-Hant': '儲存信封渠道時產生' },
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

export function OfficeChannelsPage({ channels }: { channels: { id: string; name: Text; state: string }[] }) {
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
          rows={channels.map(({ id, name, state }) => ({
            cells: [
              <a key={id} href={href(`/office/channels/${id}`)}>
                {say(name)}
              </a>,
              <Tag key={state}>{say(words[state as State])}</Tag>,
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
  mistakes: { field: string; text: Text }[]
}

export function OfficeChannelPage({ channel, values, hasSecret, publicKey, callback, mistakes }: OneChannel) {
  const { say, href } = usePage()
  const error = (field: string) => {
    const found = mistakes.find((each) => each.field === field)
    return found && say(found.text)
  }
  const crumbs = [{ text: say(words.title), path: '/office/channels' }]
  return (
    <Page title={say(channel.name)} breadcrumbs={crumbs} error={mistakes.length > 0}>
      <Done of={['channel-changed']} />
      <ErrorSummary errors={mistakes.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={say(channel.name)} />
      </h1>
      <p class="lead">{say(channel.about)}</p>
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
