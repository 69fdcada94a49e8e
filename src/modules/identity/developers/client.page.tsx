import { type Static, Type } from 'typebox'
import {
  Button,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  Tabs,
  Tag,
  Text,
  texts,
  usePage,
} from '#platform'
import { Done } from '../done.tsx'
import { kindNames, shared, stateNames, stateTones } from './client-words.ts'
import { CodeBlock, CodeValue } from './code-block.tsx'
import { ErrorTables, ShownError } from './errors.page.tsx'
import { nameOfPower } from './powers.ts'
import { ClientState, Kind } from './registration.ts'
import { privateKeyFile } from './snippets.ts'

const words = texts({
  secretTitle: { en: 'Keep this secret now', 'zh-Hant': '請即保存密碼' },
  secretMore: {
    en: 'It is shown on this page alone, for ten minutes, and stands in the programs below so long. Keep it where your service keeps its secrets, never in its source.',
    'zh-Hant':
      '密碼只在本頁顯示十分鐘，下面的程式碼在這段時間亦會包含密碼。請存放於服務保管機密的地方，不要寫入原始碼。',
  },
  secret: { en: 'Secret', 'zh-Hant': '密碼' },
  kept: { en: 'I have kept it', 'zh-Hant': '我已保存' },
  formerTitle: { en: 'The former secret still works', 'zh-Hant': '舊密碼仍然有效' },
  formerUntil: { en: 'It ends:', 'zh-Hant': '失效時間：' },
  formerMore: {
    en: 'Bring the new one into every place where the service runs. If somebody else may know the old one, end it now.',
    'zh-Hant': '請在服務運行的每一處換上新密碼。如舊密碼可能外洩，請立即終止。',
  },
  endFormer: { en: 'End the former secret now', 'zh-Hant': '立即終止舊密碼' },
  suspendedSelf: {
    en: 'This client is suspended by you: nobody can sign in to it. It goes on as it was when you resume it.',
    'zh-Hant': '你已暫停這個客戶端，無人可經它登入。恢復後即如之前一樣。',
  },
  suspendedOfficer: {
    en: 'An officer suspended this client. Your inbox says why; only an officer can let it go on.',
    'zh-Hant': '審批人員已暫停這個客戶端，原因見收件匣；只有審批人員可恢復。',
  },
  waits: {
    en: 'An officer looks at what you asked for. You read the answer in your inbox.',
    'zh-Hant': '審批人員正審批你的申請，結果會送到你的收件匣。',
  },
  refused: { en: 'The last request was refused: {reason}', 'zh-Hant': '上次申請不獲批准：{reason}' },
  sandbox: {
    en: 'Anybody with an account can sign in to it. Each of them reads first that it is in trial use.',
    'zh-Hant': '任何有帳戶的人均可登入，登入前會看到服務仍在試用。',
  },
  live: { en: 'An officer approved it.', 'zh-Hant': '已獲審批人員批准。' },
  connect: { en: 'Connect it', 'zh-Hant': '接入' },
  id: { en: 'Client identifier', 'zh-Hant': '客戶端代號' },
  issuer: { en: 'Issuer', 'zh-Hant': '簽發者' },
  discovery: { en: 'Discovery', 'zh-Hant': '探索文件' },
  kind: { en: 'Kind', 'zh-Hant': '種類' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  addresses: { en: 'Where people come back', 'zh-Hant': '返回網址' },
  signOut: { en: 'After signing out', 'zh-Hant': '登出後返回' },
  keys: { en: 'Public keys', 'zh-Hant': '公開密鑰' },
  powers: { en: 'Approved', 'zh-Hant': '已獲批准' },
  change: { en: 'Change', 'zh-Hant': '更改' },
  rotate: { en: 'Change', 'zh-Hant': '更換' },
  secretShown: { en: 'Shown above for a few minutes', 'zh-Hant': '暫時顯示於上方' },
  secretHidden: { en: 'Kept by your service; not shown again', 'zh-Hant': '由服務保管，不再顯示' },
  programs: { en: 'Programs to paste', 'zh-Hant': '可直接使用的程式碼' },
  typescript: {
    en: 'Install openid-client 6, keep this as sign-in.mts, run it with Node 24, and open its address.',
    'zh-Hant': '安裝 openid-client 6，存為 sign-in.mts，以 Node 24 執行，然後開啟其網址。',
  },
  keyFile: {
    en: 'It reads the private key from {file}, in the folder where it runs.',
    'zh-Hant': '程式會從執行資料夾的 {file} 讀取私人密鑰。',
  },
  apache: {
    en: 'For Apache with mod_auth_openidc: every page of the site asks for sign-in, and the program behind finds who it is in REMOTE_USER.',
    'zh-Hant': '適用於 Apache 及 mod_auth_openidc：網站每頁均要求登入，後方程式可從 REMOTE_USER 得知使用者。',
  },
  curl: { en: 'In a terminal, to see each answer by hand.', 'zh-Hant': '在終端機逐步查看各項回應。' },
  placed: {
    en: 'Put the secret in the place of “the-secret-of-this-client”.',
    'zh-Hant': '請把「the-secret-of-this-client」換成密碼。',
  },
  errors: { en: 'Refusals', 'zh-Hant': '被拒的要求' },
  allErrors: { en: 'See all {count}', 'zh-Hant': '查看全部 {count} 項' },
  manage: { en: 'What you can do', 'zh-Hant': '可進行的操作' },
  approval: { en: 'Ask for approval', 'zh-Hant': '申請批准' },
  approvalMore: {
    en: 'An officer lets it leave the sandbox, or do what is of high risk.',
    'zh-Hant': '由審批人員批准正式使用，或用於高風險用途。',
  },
  approvalLive: {
    en: 'An officer lets it do what is of high risk, or more of it.',
    'zh-Hant': '由審批人員批准用於高風險用途。',
  },
  suspend: { en: 'Suspend', 'zh-Hant': '暫停' },
  suspendMore: {
    en: 'Nobody can sign in to it until you resume it.',
    'zh-Hant': '暫停後無人可經它登入，直至你恢復為止。',
  },
  resume: { en: 'Resume', 'zh-Hant': '恢復' },
  removeMore: { en: 'For ever; you are asked first.', 'zh-Hant': '永久刪除；會先請你確認。' },
  remove: { en: 'Delete this client', 'zh-Hant': '刪除客戶端' },
})

export type ClientView = Static<typeof ClientView>
export const ClientView = Type.Object({
  client: Type.Object({
    id: Type.String(),
    name: Text,
    kind: Kind,
    state: ClientState,
    suspendedBy: Type.Union([Type.Enum(['developer', 'officer', 'pack']), Type.Null()]),
    powers: Type.Array(Type.String()),
    liveAt: Type.Union([Type.String(), Type.Null()]),
    createdAt: Type.String(),
    highRisk: Type.Boolean(),
  }),
  addresses: Type.Array(Type.String()),
  signOutAddresses: Type.Array(Type.String()),
  issuer: Type.String(),
  keys: Type.Array(Type.Object({ kid: Type.String(), kind: Type.String() })),
  secret: Type.Union([Type.String(), Type.Null()]),
  formerEndsAt: Type.Union([Type.String(), Type.Null()]),
  snippets: Type.Object({ typescript: Type.String(), apache: Type.String(), curl: Type.String() }),
  errors: Type.Array(ShownError),
  errorCount: Type.Integer(),
  request: Type.Union([
    Type.Object({
      askedAt: Type.String(),
      approved: Type.Union([Type.Boolean(), Type.Null()]),
      reason: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
})

/** One client, as its developer sees it: what it needs to work first, then what it did, then what can be done with it. */
export function ClientPage(view: ClientView) {
  const { say, href } = usePage()
  const { client, errors, errorCount } = view
  const path = `/developers/clients/${client.id}`
  return (
    <Page
      title={say(client.name)}
      breadcrumbs={[
        { text: say(shared.developers), path: '/developers' },
        { text: say(shared.clients), path: '/developers/clients' },
      ]}
      scripts={['clients']}
      wide
    >
      <Done
        of={[
          'client-registered',
          'client-changed',
          'client-secret-made',
          'client-former-secret-ended',
          'client-keys-changed',
          'client-approval-asked',
          'client-suspended',
          'client-resumed',
        ]}
      />
      <h1>
        <Phrase text={say(client.name)} />
      </h1>
      <Notices view={view} path={path} />
      <h2 class="visually-hidden">{say(words.connect)}</h2>
      <Facts view={view} path={path} />
      <Programs view={view} />
      <h2 id="errors">{say(words.errors)}</h2>
      <ErrorTables id={client.id} errors={errors} />
      {errorCount > errors.length && (
        <p>
          <a href={href(`${path}/errors`)}>{say(words.allErrors, { count: errorCount })}</a>
        </p>
      )}
      <Manage view={view} path={path} />
    </Page>
  )
}

type Part = { view: ClientView; path: string }

function Notices({ view: { client, secret, formerEndsAt, request }, path }: Part) {
  const { say, href } = usePage()
  const form = (action: string, text: Text, kind?: 'second') => (
    <form method="post" action={href(`${path}/${action}`)}>
      <Button {...(kind && { kind })}>{say(text)}</Button>
    </form>
  )
  return (
    <>
      {client.state === 'suspended' && (
        <NotificationBanner title={say(stateNames.suspended)} tone="warn" id="suspended">
          <p>{say(client.suspendedBy === 'developer' ? words.suspendedSelf : words.suspendedOfficer)}</p>
          {client.suspendedBy === 'developer' && form('resume', words.resume)}
        </NotificationBanner>
      )}
      {secret && (
        <NotificationBanner title={say(words.secretTitle)} tone="warn" id="secret-banner">
          <p>
            <CodeValue id="client-secret" label={say(words.secret)} value={secret} />
          </p>
          <p>{say(words.secretMore)}</p>
          {form('secret/kept', words.kept)}
        </NotificationBanner>
      )}
      {formerEndsAt && (
        <NotificationBanner title={say(words.formerTitle)} id="former-banner">
          <p>
            {say(words.formerUntil)} <Moment at={formerEndsAt} />
          </p>
          <p>{say(words.formerMore)}</p>
          {form('secret/end-former', words.endFormer, 'second')}
        </NotificationBanner>
      )}
      {request && request.approved === null && <p class="lead">{say(words.waits)}</p>}
      {request?.approved === false && <p>{say(words.refused, { reason: request.reason ?? '' })}</p>}
    </>
  )
}

function Facts({ view: { client, secret, addresses, signOutAddresses, issuer, keys }, path }: Part) {
  const { say } = usePage()
  const discovery = `${issuer}/.well-known/openid-configuration`
  const change = { path: `${path}/change`, text: say(words.change) }
  const lines = (all: readonly string[]) => (
    <ul class="plain-list">
      {all.map((each) => (
        <li key={each}>
          <code>{each}</code>
        </li>
      ))}
    </ul>
  )
  return (
    <SummaryList
      rows={[
        { key: say(words.id), value: <CodeValue id="client-id" label={say(words.id)} value={client.id} /> },
        ...(client.kind === 'secret'
          ? [
              {
                key: say(words.secret),
                value: say(secret ? words.secretShown : words.secretHidden),
                action: { path: `${path}/secret`, text: say(words.rotate) },
              },
            ]
          : []),
        ...(client.kind === 'key'
          ? [
              {
                key: say(words.keys),
                value: lines(keys.map(({ kid, kind }) => `${kid} (${kind})`)),
                action: { path: `${path}/keys`, text: say(words.rotate) },
              },
            ]
          : []),
        { key: say(words.addresses), value: lines(addresses), action: change },
        ...(signOutAddresses.length > 0
          ? [{ key: say(words.signOut), value: lines(signOutAddresses), action: change }]
          : []),
        { key: say(words.issuer), value: <CodeValue id="issuer" label={say(words.issuer)} value={issuer} /> },
        {
          key: say(words.discovery),
          value: <CodeValue id="discovery" label={say(words.discovery)} value={discovery} />,
        },
        { key: say(words.kind), value: say(kindNames[client.kind]) },
        {
          key: say(words.state),
          value: (
            <>
              <Tag tone={stateTones[client.state]}>{say(stateNames[client.state])}</Tag>
              {client.state !== 'suspended' && <p class="muted">{say(words[client.state])}</p>}
            </>
          ),
        },
        ...(client.powers.length > 0
          ? [{ key: say(words.powers), value: lines(client.powers.map((each) => say(nameOfPower(each)))) }]
          : []),
      ]}
    />
  )
}

function Programs({ view: { client, secret, snippets } }: { view: ClientView }) {
  const { say } = usePage()
  const names = { typescript: 'TypeScript', apache: 'Apache', curl: 'curl' }
  const ids = Object.keys(names) as (keyof typeof names)[]
  return (
    <Tabs
      title={say(words.programs)}
      tabs={ids.map((id) => ({
        id,
        label: names[id],
        content: (
          <>
            <h3>{names[id]}</h3>
            <p>
              {say(words[id])}{' '}
              {client.kind === 'key' && id === 'typescript' && say(words.keyFile, { file: privateKeyFile })}
              {client.kind === 'secret' && !secret && say(words.placed)}
            </p>
            <CodeBlock id={`${id}-program`} label={names[id]} code={snippets[id]} />
          </>
        ),
      }))}
    />
  )
}

function Manage({ view: { client, request }, path }: Part) {
  const { say, href } = usePage()
  const waits = request !== null && request.approved === null
  return (
    <section aria-labelledby="manage">
      <h2 id="manage">{say(words.manage)}</h2>
      <ul class="sections">
        {!waits && client.state !== 'suspended' && (
          <li>
            <a href={href(`${path}/approval`)}>{say(words.approval)}</a>
            <span>{say(client.liveAt ? words.approvalLive : words.approvalMore)}</span>
          </li>
        )}
        {client.state !== 'suspended' && (
          <li>
            <form method="post" action={href(`${path}/suspend`)}>
              <Button kind="link">{say(words.suspend)}</Button>
            </form>
            <span>{say(words.suspendMore)}</span>
          </li>
        )}
        <li>
          <a href={href(`${path}/delete`)}>{say(words.remove)}</a>
          <span>{say(words.removeMore)}</span>
        </li>
      </ul>
    </section>
  )
}
