import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  Select,
  Table,
  Tag,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { CodeField, codeMistake, codeWords, DayField, ServicesField } from '../acting/limit-fields.tsx'
import { lastDayOf } from '../acting/limits.rules.ts'
import { Offered } from '../acting/types.ts'
import { joined } from '../consents/asked.rules.ts'
import { Done } from '../done.tsx'
import { findRole, nameOfRole } from '../roles.ts'

const words = texts({
  title: { en: 'People of {organisation}', 'zh-Hant': '{organisation}人員' },
  lead: {
    en: 'Who has which role here, granted by whom and until when. What is withdrawn ends at once.',
    'zh-Hant': '本機構人員的職務、委派人和期限。職務一經撤回即時失效。',
  },
  aloneTitle: { en: 'This organisation has one administrator', 'zh-Hant': '這個機構只有一名管理員' },
  alone: {
    en: 'Nobody else can approve what you grant, and you cannot give up your own role. Whoever runs this installation appoints a second administrator with the command below, by a code that this person makes under “In whose name you act”.',
    'zh-Hant':
      '沒有其他人可批准你委派的職務，你亦不能放棄自己的職務。系統營運者可用以下指令委任另一名管理員；代碼由該人員在「以誰的名義行事」取得。',
  },
  aloneCode: { en: 'CODE', 'zh-Hant': '代碼' },
  matrix: { en: 'What each role may do', 'zh-Hant': '各職務的權限' },
  declared: {
    en: 'This company is declared and not verified yet. Until an officer verifies it, nobody can do anything in its name at a service.',
    'zh-Hant': '這間公司已申報，尚待核實。人員核實前，任何人都不能以公司名義使用服務。',
  },
  person: { en: 'Person', 'zh-Hant': '人員' },
  role: { en: 'Role', 'zh-Hant': '職務' },
  granted: { en: 'Granted', 'zh-Hant': '委派' },
  until: { en: 'Until', 'zh-Hant': '期限' },
  state: { en: 'State', 'zh-Hant': '狀態' },
  act: { en: 'What you can do', 'zh-Hant': '可進行的操作' },
  noEnd: { en: 'no end', 'zh-Hant': '無期限' },
  by: { en: 'by {name}', 'zh-Hant': '由{name}委派' },
  approvedBy: { en: 'approved by {name}', 'zh-Hant': '由{name}批准' },
  pack: { en: 'the demonstration', 'zh-Hant': '示範系統' },
  operator: { en: 'the operator', 'zh-Hant': '系統營運者' },
  pending: { en: 'waits for another administrator', 'zh-Hant': '待另一管理員批准' },
  offered: { en: 'waits for them to accept', 'zh-Hant': '待對方接受' },
  counts: { en: 'counts', 'zh-Hant': '有效' },
  ended: { en: 'ended', 'zh-Hant': '已失效' },
  services: { en: 'only {services}', 'zh-Hant': '只限{services}' },
  money: { en: 'up to {amount}', 'zh-Hant': '上限 {amount}' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  withdraw: { en: 'Withdraw', 'zh-Hant': '撤回' },
  forPerson: { en: '{role}, {name}', 'zh-Hant': '{name}，{role}' },
  you: { en: '{name} (you)', 'zh-Hant': '{name}（你）' },
  grant: { en: 'Grant a role', 'zh-Hant': '委派職務' },
  grantLead: {
    en: 'Nobody is looked up by name here. The person tells you a code from their own account.',
    'zh-Hant': '這裏不會按姓名搜尋任何人。對方須從自己的帳戶取得代碼告知你。',
  },
  choose: { en: 'Choose a role', 'zh-Hant': '請選擇職務' },
  powerful: { en: '{role} (another administrator approves)', 'zh-Hant': '{role}（須另一管理員批准）' },
  accepted: { en: '{role} (they accept it)', 'zh-Hant': '{role}（須對方接受）' },
  ends: { en: 'Last day', 'zh-Hant': '最後一日' },
  endsHint: { en: 'Leave this empty for no end.', 'zh-Hant': '留空即無期限。' },
  moneyMax: { en: 'Most money in one act', 'zh-Hant': '每次操作的金額上限' },
  moneyHint: { en: 'In dollars and cents. Empty: no limit.', 'zh-Hant': '以元和分計，留空即無上限。' },
  send: { en: 'Go on, and see whose code it is', 'zh-Hant': '繼續並核對代碼持有人' },
})

const mistakes = texts({
  role: { en: 'Choose a role that people can have here.', 'zh-Hant': '請選擇本機構可用的職務。' },
  ends: {
    en: 'Choose a last day that is today or later, or leave it empty.',
    'zh-Hant': '最後一日須為今天或以後，或留空。',
  },
  services: codeWords.servicesWrong,
  owner: {
    en: 'An owner acts for the whole company, without limits. Choose no service and no amount, or choose the role of member.',
    'zh-Hant': '東主代表整間公司行事，不設限制。請勿選擇服務或填寫金額，或改選成員職務。',
  },
  money: {
    en: 'Write an amount as 5000 or 5000.50, or leave this empty.',
    'zh-Hant': '金額請寫成 5000 或 5000.50，或留空。',
  },
})

const Nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Somebody = Type.Object({ id: Type.String(), name: Nullable(Text) })

export type PeopleData = Static<typeof PeopleData>
export const PeopleData = Type.Object({
  organisation: Type.Object({
    id: Type.String(),
    name: Text,
    place: Type.Enum(['government', 'company']),
    verified: Type.Boolean(),
  }),
  me: Type.String(),
  /** Whether there is no second administrator to approve what the first grants. */
  alone: Type.Boolean(),
  grants: Type.Array(
    Type.Object({
      id: Type.Integer(),
      person: Type.Object({ id: Type.String(), name: Text }),
      role: Type.String(),
      grantedBy: Somebody,
      grantedAt: Type.String(),
      approvedBy: Nullable(Somebody),
      expiresAt: Nullable(Type.String()),
      services: Nullable(Type.Array(Type.String())),
      serviceNames: Nullable(Type.Array(Text)),
      centsMax: Nullable(Type.Number()),
      state: Type.Enum(['pending', 'counts', 'ended']),
    }),
  ),
  roles: Type.Array(Type.String()),
  /** To which a member can be limited. */
  offered: Type.Array(Offered),
  values: Type.Object({
    code: Type.String(),
    role: Type.String(),
    ends: Type.String(),
    services: Type.Array(Type.String()),
    money: Type.String(),
  }),
  mistakes: Type.Array(Type.Enum(['code', 'role', 'ends', 'services', 'money'])),
  /** Why whoever shows the code, though it is good, is not given the role. */
  refusal: Nullable(Text),
})

type Grant = PeopleData['grants'][number]

/** Who granted it: a person by name, or what is none. */
const nameOf = ({ id, name }: Static<typeof Somebody>): Text =>
  name ?? (id === 'pack' || id === 'demonstration' ? words.pack : words.operator)

type Mistake = PeopleData['mistakes'][number]
function sentenceOf(field: Mistake, { code, role }: PeopleData['values']) {
  if (field === 'code') return codeMistake(code)
  return role === 'owner' && (field === 'services' || field === 'money') ? mistakes.owner : mistakes[field]
}

const errorsOf = ({ mistakes, refusal, values }: PeopleData, say: (text: Text) => string) => [
  ...(refusal ? [{ field: 'code', text: say(refusal) }] : []),
  ...mistakes.map((field) => ({ field, text: say(sentenceOf(field, values)) })),
]

export function PeoplePage(data: PeopleData) {
  const { say, href, government } = usePage()
  const { organisation, grants } = data
  const title = say(words.title, { organisation: organisation.name })
  const errors = errorsOf(data, say)
  const columns = [words.person, words.role, words.granted, words.until, words.state, words.act]
  return (
    <Page title={title} wide error={errors.length > 0} breadcrumbs={accountCrumbs(say, '/account/acting')}>
      <Done of={['role-granted', 'role-approved', 'role-withdrawn']} />
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {!organisation.verified && <p>{say(words.declared)}</p>}
      {data.alone && (
        <NotificationBanner title={say(words.aloneTitle)} tone="warn" id="alone">
          <p>{say(words.alone)}</p>
          <p>
            <code>{`./praya identity grant ${organisation.id} ${say(words.aloneCode)} identity-administrator`}</code>
          </p>
        </NotificationBanner>
      )}
      <p>
        <a href={href('/office/roles')}>{say(words.matrix)}</a>
      </p>
      <Table
        caption={title}
        captionHidden
        sticky
        narrow="stack"
        columns={columns.map((label) => ({ label: say(label) }))}
        rows={grants.map((grant) => ({
          cells: [
            grant.person.id === data.me ? say(words.you, { name: grant.person.name }) : say(grant.person.name),
            <RoleCell key="role" grant={grant} />,
            <GrantedCell key="granted" grant={grant} />,
            grant.expiresAt ? (
              <Moment key="until" at={lastDayOf(grant.expiresAt, government.timeZone)} />
            ) : (
              say(words.noEnd)
            ),
            <StateCell key="state" grant={grant} />,
            <Acts key="acts" data={data} grant={grant} />,
          ],
        }))}
      />
      <GrantForm data={data} />
    </Page>
  )
}

function RoleCell({ grant: { role, serviceNames, centsMax } }: { grant: Grant }) {
  const { say } = usePage()
  return (
    <>
      {say(nameOfRole(role))}
      {serviceNames && <div>{say(words.services, { services: joined(serviceNames) })}</div>}
      {centsMax !== null && <div>{say(words.money, { amount: (centsMax / 100).toFixed(2) })}</div>}
    </>
  )
}

function GrantedCell({ grant: { grantedAt, grantedBy, approvedBy } }: { grant: Grant }) {
  const { say } = usePage()
  return (
    <>
      <Moment at={grantedAt} /> {say(words.by, { name: nameOf(grantedBy) })}
      {approvedBy?.name && <div>{say(words.approvedBy, { name: approvedBy.name })}</div>}
    </>
  )
}

function StateCell({ grant: { state, role } }: { grant: Grant }) {
  const { say } = usePage()
  if (state !== 'pending') return <Tag>{say(words[state])}</Tag>
  return <Tag>{say(findRole(role)?.approval === 'grantee' ? words.offered : words.pending)}</Tag>
}

function Acts({ data: { organisation, me }, grant }: { data: PeopleData; grant: Grant }) {
  const { say, href } = usePage()
  const path = href(`/office/organisations/${organisation.id}/people/${grant.id}`)
  const whose = say(words.forPerson, { role: nameOfRole(grant.role), name: grant.person.name })
  const mayApprove =
    grant.state === 'pending' &&
    findRole(grant.role)?.approval === 'administrator' &&
    grant.grantedBy.id !== me &&
    grant.person.id !== me
  return (
    <div class="acts">
      {mayApprove && (
        <form method="post" action={`${path}/approve`}>
          <Button kind="second">
            {say(words.approve)}
            <span class="visually-hidden"> {whose}</span>
          </Button>
        </form>
      )}
      <a href={`${path}/withdraw`}>
        {say(words.withdraw)}
        <span class="visually-hidden"> {whose}</span>
      </a>
    </div>
  )
}

function GrantForm({ data }: { data: PeopleData }) {
  const { say, href } = usePage()
  const { organisation, values } = data
  const errors = errorsOf(data, say)
  const errorOf = (field: Mistake) => errors.find((each) => each.field === field)?.text
  const labels = { none: undefined, administrator: words.powerful, grantee: words.accepted }
  const options = data.roles.map((role) => {
    const label = labels[findRole(role)!.approval]
    return { value: role, label: label ? say(label, { role: nameOfRole(role) }) : say(nameOfRole(role)) }
  })
  return (
    <form method="post" action={href(`/office/organisations/${organisation.id}/people`)}>
      <h2>{say(words.grant)}</h2>
      <p>{say(words.grantLead)}</p>
      <CodeField value={values.code} error={errorOf('code')} />
      <Select
        name="role"
        label={say(words.role)}
        options={[{ value: '', label: say(words.choose) }, ...options]}
        value={values.role}
        error={errorOf('role')}
      />
      <DayField
        name="ends"
        label={say(words.ends)}
        hint={say(words.endsHint)}
        value={values.ends}
        error={errorOf('ends')}
      />
      {organisation.place === 'company' && (
        <>
          <ServicesField offered={data.offered} values={values.services} error={errorOf('services')} />
          <TextField
            name="money"
            label={say(words.moneyMax)}
            hint={say(words.moneyHint)}
            value={values.money}
            width={10}
            inputMode="decimal"
            maxLength={20}
            autocomplete="off"
            error={errorOf('money')}
          />
        </>
      )}
      <Button>{say(words.send)}</Button>
    </form>
  )
}
