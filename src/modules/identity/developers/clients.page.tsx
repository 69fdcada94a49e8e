import { type Static, Type } from 'typebox'
import {
  Button,
  Details,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  Table,
  Tag,
  Text,
  TextArea,
  TextField,
  texts,
  usePage,
  type Values,
} from '#platform'
import { Done } from '../done.tsx'
import { kindNames, shared, stateNames, stateTones } from './client-words.ts'
import { CodeBlock } from './code-block.tsx'
import { keysLengthMax } from './keys.rules.ts'
import { clientsMax, clientsPerDayMax } from './registered.sql.ts'
import { ClientState, type Field, type Filled, Kind, kinds, nameMax } from './registration.ts'
import { makeKey } from './snippets.ts'

const words = texts({
  lead: {
    en: 'A client is a service of yours that people sign in to here. Register one for trials, and it works at once.',
    'zh-Hant': '客戶端是你的服務，讓使用者以本網站登入。登記後可即時試用。',
  },
  none: { en: 'You have no client yet.', 'zh-Hant': '你還未有客戶端。' },
  noneMore: {
    en: 'Register one: a name and the address to which people come back are enough. You get its identifier, its secret, and a program to paste.',
    'zh-Hant': '請登記一個：只需名稱和返回網址。登記後會得到客戶端代號、密碼和可直接使用的程式碼。',
  },
  register: { en: 'Register a client', 'zh-Hant': '登記客戶端' },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  id: { en: 'Identifier', 'zh-Hant': '客戶端代號' },
  kind: { en: 'Kind', 'zh-Hant': '種類' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  registered: { en: 'Registered', 'zh-Hant': '登記時間' },
  full: {
    en: 'You have as many clients as one person may register ({max}, and {perDay} a day). Delete one that you do not use.',
    'zh-Hant': '你登記的客戶端已達上限（共 {max} 個，每天 {perDay} 個）。請刪除不再使用的。',
  },

  newLead: {
    en: 'It works in a minute, for trials: people who sign in read that your service is in trial use.',
    'zh-Hant': '一分鐘即可試用。使用者登入時會看到服務仍在試用。',
  },
  nameEn: { en: 'Name in English', 'zh-Hant': '英文名稱' },
  nameHant: { en: 'Name in Chinese', 'zh-Hant': '中文名稱' },
  nameHint: {
    en: 'People read it when they sign in. One language is enough.',
    'zh-Hant': '使用者登入時會看到。填一種語文即可。',
  },
  what: { en: 'Kind', 'zh-Hant': '服務種類' },
  secretHint: {
    en: 'It keeps a secret that we give it. The quickest way for a server.',
    'zh-Hant': '伺服器保管由我們發出的密碼，最快捷。',
  },
  keyHint: {
    en: 'It signs with a private key that never leaves it (private_key_jwt). Needed for everything of high risk.',
    'zh-Hant': '以不離開伺服器的私人密鑰簽署（private_key_jwt）。高風險用途必須採用。',
  },
  publicHint: {
    en: 'It can keep neither: a page with JavaScript, a phone app, a command line. PKCE protects it.',
    'zh-Hant': '不能保管密碼或密鑰，例如 JavaScript 網頁、手機應用程式、命令列。以 PKCE 保護。',
  },
  keys: { en: 'Public key', 'zh-Hant': '公開密鑰' },
  keysHint: {
    en: 'JSON: a JWK or a set of them. We fetch no keys from addresses, so that nobody can make us call inner machines.',
    'zh-Hant': 'JSON 格式：一個或一組 JWK。系統不會從網址讀取密鑰，以免被利用來連接內部機器。',
  },
  makeKey: { en: 'How to make a key', 'zh-Hant': '如何建立密鑰' },
  makeKeyMore: {
    en: 'In a terminal with Node 20 or later. The private part stays in private-key.json; paste what is printed.',
    'zh-Hant': '在裝有 Node 20 或以上版本的終端機執行。私人部分存於 private-key.json，請貼上印出的內容。',
  },
  addresses: { en: 'Where people come back', 'zh-Hant': '返回網址' },
  addressesHint: {
    en: 'One redirect URI a line, letter by letter as your service sends it: https://service.example/callback, or http://localhost:3000/callback to try.',
    'zh-Hant':
      '每行一個重新導向網址，須與服務送出的完全相同：https://service.example/callback；測試可用 http://localhost:3000/callback。',
  },
  signOutAddresses: { en: 'Where people go after signing out', 'zh-Hant': '登出後返回的網址' },
  optional: { en: 'Optional. One a line.', 'zh-Hant': '可不填。每行一個。' },
})

export const ClientLine = Type.Object({
  id: Type.String(),
  name: Text,
  kind: Kind,
  state: ClientState,
  createdAt: Type.String(),
})
type ClientLine = Static<typeof ClientLine>

export function ClientsPage({ clients, full }: { clients: ClientLine[]; full: boolean }) {
  const { say, href } = usePage()
  const register = !full && <Button href={href('/developers/clients/new')}>{say(words.register)}</Button>
  return (
    <Page title={say(shared.clients)} breadcrumbs={[{ text: say(shared.developers), path: '/developers' }]} wide>
      <Done of={['client-deleted']} />
      <h1>
        <Phrase text={say(shared.clients)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {full && <p>{say(words.full, { max: clientsMax, perDay: clientsPerDayMax })}</p>}
      {clients.length === 0 ? (
        <section class="empty">
          <p>
            <strong>{say(words.none)}</strong> {say(words.noneMore)}
          </p>
          {register}
        </section>
      ) : (
        <>
          <p>{register}</p>
          <Table
            caption={say(shared.clients)}
            captionHidden
            narrow="stack"
            columns={[words.name, words.id, words.kind, words.state, words.registered].map((text) => ({
              label: say(text),
            }))}
            rows={clients.map(({ id, name, kind, state, createdAt }) => ({
              cells: [
                <a key="name" href={href(`/developers/clients/${id}`)}>
                  {say(name)}
                </a>,
                <code key="id">{id}</code>,
                say(kindNames[kind]),
                <Tag key="state" tone={stateTones[state]}>
                  {say(stateNames[state])}
                </Tag>,
                <Moment key="at" at={createdAt} />,
              ],
            }))}
          />
        </>
      )}
    </Page>
  )
}

export function NewClientPage({ values, mistakes }: Filled) {
  const { say, href } = usePage()
  const crumbs = [
    { text: say(shared.developers), path: '/developers' },
    { text: say(shared.clients), path: '/developers/clients' },
  ]
  const error = errorIn(mistakes, say)
  return (
    <Page title={say(words.register)} breadcrumbs={crumbs} error={mistakes.length > 0} scripts={['clients']}>
      <Mistakes mistakes={mistakes} />
      <h1>
        <Phrase text={say(words.register)} />
      </h1>
      <p class="lead">{say(words.newLead)}</p>
      <form method="post" action={href('/developers/clients')}>
        <NameFields values={values} mistakes={mistakes} />
        <AddressField name="addresses" values={values} mistakes={mistakes} />
        <Radios
          name="kind"
          label={say(words.what)}
          value={values.kind}
          {...error('kind')}
          options={kinds.map((kind) => ({
            value: kind,
            label: say(kindNames[kind]),
            hint: say(words[`${kind}Hint`]),
            ...(kind === 'key' && { more: <KeyField values={values} mistakes={mistakes} /> }),
          }))}
        />
        <AddressField name="signOutAddresses" values={values} mistakes={mistakes} />
        <Button>{say(words.register)}</Button>
      </form>
    </Page>
  )
}

type Say = ReturnType<typeof usePage>['say']

const errorIn = (mistakes: Filled['mistakes'], say: Say) => (field: Field) => {
  const found = mistakes.find((each) => each.field === field)
  return found ? { error: say(found.text, found.values as Values) } : {}
}

export function Mistakes({ mistakes }: Pick<Filled, 'mistakes'>) {
  const { say } = usePage()
  return (
    <ErrorSummary errors={mistakes.map(({ field, text, values }) => ({ field, text: say(text, values as Values) }))} />
  )
}

export function NameFields({ values, mistakes }: Filled) {
  const { say, language } = usePage()
  const error = errorIn(mistakes, say)
  const field = (name: 'nameEn' | 'nameHant', first: boolean) => (
    <TextField
      name={name}
      label={say(words[name])}
      value={values[name]}
      maxLength={nameMax}
      lang={name === 'nameEn' ? 'en' : 'zh-Hant'}
      autocomplete="off"
      {...(first && { hint: say(words.nameHint) })}
      {...error(name)}
    />
  )
  const own = language === 'en' ? (['nameEn', 'nameHant'] as const) : (['nameHant', 'nameEn'] as const)
  return (
    <>
      {field(own[0], true)}
      {field(own[1], false)}
    </>
  )
}

/** Addresses, one a line: where people come back, or where they go after signing out. */
export function AddressField({ name, values, mistakes }: Filled & { name: 'addresses' | 'signOutAddresses' }) {
  const { say } = usePage()
  return (
    <TextArea
      name={name}
      label={say(words[name])}
      hint={say(name === 'addresses' ? words.addressesHint : words.optional)}
      value={values[name]}
      rows={name === 'addresses' ? 3 : 2}
      maxLength={10_000}
      autocomplete="off"
      {...errorIn(mistakes, say)(name)}
    />
  )
}

function KeyField({ values, mistakes }: Filled) {
  const { say } = usePage()
  return (
    <>
      <TextArea
        name="keys"
        label={say(words.keys)}
        hint={say(words.keysHint)}
        value={values.keys}
        rows={5}
        maxLength={keysLengthMax}
        autocomplete="off"
        {...errorIn(mistakes, say)('keys')}
      />
      <Details summary={say(words.makeKey)}>
        <p>{say(words.makeKeyMore)}</p>
        <CodeBlock id="make-key" label={say(words.makeKey)} code={makeKey} />
      </Details>
    </>
  )
}
