import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  SummaryList,
  Table,
  Tag,
  Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'
import { kindNames, stateNames, stateTones } from './client-words.ts'
import { ErrorTables, ShownError } from './errors.page.tsx'
import { nameOfPower } from './powers.ts'
import { ClientState, Kind } from './registration.ts'

export const reasonMax = 1000

const words = texts({
  title: { en: 'Clients', 'zh-Hant': '客戶端' },
  lead: {
    en: 'Services that people sign in to. A developer registers one for trials alone; to leave the sandbox, or for what is of high risk, you look at it first.',
    'zh-Hant': '使用者可登入的服務。開發者可自行登記試用；正式使用或高風險用途，須先由你審核。',
  },
  waiting: { en: 'Waiting for approval', 'zh-Hant': '等待批准' },
  nobody: {
    en: 'Nothing waits. What developers ask for stands here, the longest first.',
    'zh-Hant': '沒有待批申請。開發者的申請會在此列出，等候最久的在前。',
  },
  all: { en: 'All clients', 'zh-Hant': '所有客戶端' },
  search: { en: 'Begins with', 'zh-Hant': '開頭字元' },
  searchHint: { en: 'An identifier or a name.', 'zh-Hant': '代號或名稱。' },
  find: { en: 'Find', 'zh-Hant': '查找' },
  none: { en: 'No client begins with this.', 'zh-Hant': '沒有以此開頭的客戶端。' },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  id: { en: 'Identifier', 'zh-Hant': '客戶端代號' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  organisation: { en: 'Who runs it', 'zh-Hant': '營辦機構' },
  powers: { en: 'High risk', 'zh-Hant': '高風險用途' },
  asked: { en: 'Asked', 'zh-Hant': '申請時間' },
  purpose: { en: 'What it is for', 'zh-Hant': '用途' },
  signInAlone: { en: 'none: it signs people in', 'zh-Hant': '無，只供登入' },
  notApproved: { en: 'not yet: it is for trials alone', 'zh-Hant': '未獲批准，只供試用' },
  developer: { en: 'Developer', 'zh-Hant': '開發者' },
  byPack: { en: 'the government itself (clients.yaml)', 'zh-Hant': '政府本身（clients.yaml）' },
  gone: { en: 'nobody any more', 'zh-Hant': '已沒有開發者' },
  kind: { en: 'Kind', 'zh-Hant': '種類' },
  addresses: { en: 'Where people come back', 'zh-Hant': '返回網址' },
  approved: { en: 'Approved', 'zh-Hant': '已獲批准' },
  refused: { en: 'Refused', 'zh-Hant': '不獲批准' },
  request: { en: 'What is asked', 'zh-Hant': '申請內容' },
  own: {
    en: 'This client is yours. Another officer decides.',
    'zh-Hant': '這是你自己的客戶端，須由另一審批人員決定。',
  },
  reason: { en: 'What the developer reads', 'zh-Hant': '給開發者的意見' },
  reasonHint: {
    en: 'Needed when you refuse: what to put right. It goes to their inbox.',
    'zh-Hant': '不批准時必須填寫應更正的地方。意見會送到其收件匣。',
  },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  refuse: { en: 'Refuse', 'zh-Hant': '不批准' },
  before: { en: 'Decided before', 'zh-Hant': '過往決定' },
  errors: { en: 'Refusals', 'zh-Hant': '被拒的要求' },
  stop: { en: 'Stop this client', 'zh-Hant': '暫停這個客戶端' },
  stopMore: {
    en: 'At once nobody can sign in to it, and its tokens count no more. Its developer reads why.',
    'zh-Hant': '即時起無人可經它登入，其權杖亦告失效。開發者會收到原因。',
  },
  stopReason: { en: 'Why', 'zh-Hant': '原因' },
  resume: { en: 'Let it go on', 'zh-Hant': '恢復' },
})

const mistakeWords = texts({
  reason: {
    en: 'Write what is to be put right, so that the developer can.',
    'zh-Hant': '請寫出須更正的地方，讓開發者可以跟進。',
  },
  suspendReason: { en: 'Write why, for the developer to read.', 'zh-Hant': '請寫出原因，開發者會看到。' },
})

export type OfficeClients = Static<typeof OfficeClients>
export const OfficeClients = Type.Object({
  q: Type.String(),
  waiting: Type.Array(
    Type.Object({
      clientId: Type.String(),
      name: Text,
      organisation: Type.String(),
      powers: Type.Array(Type.String()),
      askedAt: Type.String(),
    }),
  ),
  clients: Type.Array(Type.Object({ id: Type.String(), name: Text, state: ClientState })),
})

export function OfficeClientsPage({ q, waiting, clients }: OfficeClients) {
  const { say, href } = usePage()
  const link = (id: string, name: Text) => (
    <a key="name" href={href(`/office/clients/${id}`)}>
      {say(name)}
    </a>
  )
  const columns = (all: readonly Text[]) => all.map((text) => ({ label: say(text) }))
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say)} wide>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <h2>{say(words.waiting)}</h2>
      {waiting.length === 0 ? (
        <p>{say(words.nobody)}</p>
      ) : (
        <Table
          caption={say(words.waiting)}
          captionHidden
          narrow="stack"
          columns={columns([words.name, words.organisation, words.powers, words.asked])}
          rows={waiting.map((each) => ({
            cells: [
              link(each.clientId, each.name),
              each.organisation,
              <PowerNames key="powers" powers={each.powers} />,
              <Moment key="at" at={each.askedAt} />,
            ],
          }))}
        />
      )}
      <h2>{say(words.all)}</h2>
      <form method="get" action={href('/office/clients')} class="before-list">
        <TextField
          name="q"
          label={say(words.search)}
          hint={say(words.searchHint)}
          value={q}
          maxLength={100}
          width={20}
          autocomplete="off"
        />
        <Button kind="second">{say(words.find)}</Button>
      </form>
      {clients.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.all)}
          captionHidden
          narrow="stack"
          columns={columns([words.name, words.id, words.state])}
          rows={clients.map(({ id, name, state }) => ({
            cells: [
              link(id, name),
              <code key="id">{id}</code>,
              <Tag key="state" tone={stateTones[state]}>
                {say(stateNames[state])}
              </Tag>,
            ],
          }))}
        />
      )}
    </Page>
  )
}

function PowerNames({ powers }: { powers: readonly string[] }) {
  const { say } = usePage()
  if (powers.length === 0) return <>{say(words.signInAlone)}</>
  return (
    <ul class="plain-list">
      {powers.map((each) => (
        <li key={each}>{say(nameOfPower(each))}</li>
      ))}
    </ul>
  )
}

export type OfficeMistake = 'reason' | 'suspendReason'

export type OfficeClient = Static<typeof OfficeClient>
export const OfficeClient = Type.Object({
  client: Type.Object({
    id: Type.String(),
    name: Text,
    kind: Kind,
    state: ClientState,
    suspendedBy: Type.Union([Type.Enum(['developer', 'officer', 'pack']), Type.Null()]),
    powers: Type.Array(Type.String()),
    /** When an officer approved it for use outside of trials. */
    liveAt: Type.Union([Type.String(), Type.Null()]),
    /** Goes back with the decision, so that what is approved is what was seen. */
    changedAt: Type.String(),
    fromPack: Type.Boolean(),
    highRisk: Type.Boolean(),
  }),
  addresses: Type.Array(Type.String()),
  developer: Type.Union([Text, Type.Null()]),
  own: Type.Boolean(),
  requests: Type.Array(
    Type.Object({
      id: Type.String(),
      organisation: Type.String(),
      purpose: Type.String(),
      powers: Type.Array(Type.String()),
      askedAt: Type.String(),
      decidedAt: Type.Union([Type.String(), Type.Null()]),
      approved: Type.Union([Type.Boolean(), Type.Null()]),
      reason: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  errors: Type.Array(ShownError),
  mistakes: Type.Array(Type.Enum(['reason', 'suspendReason'])),
})

export function OfficeClientPage(data: OfficeClient) {
  const { say } = usePage()
  const { client, addresses, developer, requests, errors, mistakes } = data
  const open = requests.find((each) => each.decidedAt === null)
  const decided = requests.filter((each) => each.decidedAt !== null)
  return (
    <Page
      title={say(client.name)}
      breadcrumbs={[{ text: say(words.title), path: '/office/clients' }]}
      error={mistakes.length > 0}
      wide
    >
      <Done of={['client-approved', 'client-refused', 'client-suspended', 'client-resumed']} />
      <ErrorSummary errors={mistakes.map((each) => ({ field: each, text: say(mistakeWords[each]) }))} />
      <h1>
        <Phrase text={say(client.name)} />
      </h1>
      <SummaryList
        rows={[
          { key: say(words.id), value: <code>{client.id}</code> },
          {
            key: say(words.state),
            value: <Tag tone={stateTones[client.state]}>{say(stateNames[client.state])}</Tag>,
          },
          {
            key: say(words.developer),
            value: developer ? say(developer) : say(client.fromPack ? words.byPack : words.gone),
          },
          { key: say(words.kind), value: say(kindNames[client.kind]) },
          {
            key: say(words.addresses),
            value: (
              <ul class="plain-list">
                {addresses.map((each) => (
                  <li key={each}>
                    <code>{each}</code>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            key: say(words.approved),
            value: client.liveAt ? (
              <>
                <Moment at={client.liveAt} />
                <PowerNames powers={client.powers} />
              </>
            ) : (
              say(client.fromPack && client.state !== 'sandbox' ? words.byPack : words.notApproved)
            ),
          },
        ]}
      />
      {open && <Decision data={data} open={open} />}
      {decided.length > 0 && (
        <>
          <h2>{say(words.before)}</h2>
          <ul class="ledger">
            {decided.map((each) => (
              <li key={each.id}>
                <Moment at={each.decidedAt!} />{' '}
                <div>
                  {say(each.approved ? words.approved : words.refused)} {each.reason}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{say(words.errors)}</h2>
      <ErrorTables id={client.id} errors={errors} officer />
      <Stop data={data} />
    </Page>
  )
}

function Decision({ data, open }: { data: OfficeClient; open: OfficeClient['requests'][number] }) {
  const { say, href } = usePage()
  const { client, own, mistakes } = data
  return (
    <section aria-labelledby="request">
      <h2 id="request">{say(words.request)}</h2>
      <SummaryList
        rows={[
          { key: say(words.asked), value: <Moment at={open.askedAt} /> },
          { key: say(words.organisation), value: open.organisation },
          { key: say(words.purpose), value: <span class="written">{open.purpose}</span> },
          { key: say(words.powers), value: <PowerNames powers={open.powers} /> },
        ]}
      />
      {own ? (
        <p>{say(words.own)}</p>
      ) : (
        <form method="post" action={href(`/office/clients/${client.id}/decision`)}>
          <input type="hidden" name="request" value={open.id} />
          <input type="hidden" name="seen" value={client.changedAt} />
          <TextArea
            name="reason"
            label={say(words.reason)}
            hint={say(words.reasonHint)}
            rows={3}
            maxLength={reasonMax}
            autocomplete="off"
            error={mistakes.includes('reason') ? say(mistakeWords.reason) : undefined}
          />
          <div class="buttons">
            <Button name="answer" value="approve">
              {say(words.approve)}
            </Button>
            <Button kind="second" name="answer" value="refuse">
              {say(words.refuse)}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

function Stop({ data: { client, own, mistakes } }: { data: OfficeClient }) {
  const { say, href } = usePage()
  if (client.state === 'suspended' && client.suspendedBy === 'officer')
    return own ? null : (
      <form method="post" action={href(`/office/clients/${client.id}/resume`)}>
        <Button kind="second">{say(words.resume)}</Button>
      </form>
    )
  return (
    <section aria-labelledby="stop">
      <h2 id="stop">{say(words.stop)}</h2>
      <p>{say(words.stopMore)}</p>
      <form method="post" action={href(`/office/clients/${client.id}/suspend`)}>
        <TextArea
          name="reason"
          id="suspendReason"
          label={say(words.stopReason)}
          rows={3}
          maxLength={reasonMax}
          autocomplete="off"
          error={mistakes.includes('suspendReason') ? say(mistakeWords.suspendReason) : undefined}
        />
        <Button kind="harm">{say(words.stop)}</Button>
      </form>
    </section>
  )
}
