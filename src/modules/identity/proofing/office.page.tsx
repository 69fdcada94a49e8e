import { type Static, Type } from 'typebox'
import {
  Button,
  Checkboxes,
  DateField,
  ErrorSummary,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  Radios,
  SummaryList,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'
import { fieldMistakes, numberMistakes } from './document.page.tsx'
import { levelNames, methodNames, refusalNames, withdrawalNames } from './level.page.tsx'

const words = texts({
  counter: { en: 'Prove a person at the counter', 'zh-Hant': '櫃位核實身份' },
  code: { en: 'The code that the person brings', 'zh-Hant': '對方出示的代碼' },
  codeHint: { en: 'Eight letters and digits, as K7MQ-2W9D', 'zh-Hant': '八個字母和數字，例如 K7MQ-2W9D' },
  codeMissing: { en: 'Write the code that the person brings.', 'zh-Hant': '請填寫對方出示的代碼。' },
  codeWrong: {
    en: 'No code like this is good now. Compare it again; the person can get another on their level page.',
    'zh-Hant': '沒有這個有效的代碼。請再核對；對方可在身份核實級別一頁另取代碼。',
  },
  find: { en: 'Find the account', 'zh-Hant': '尋找帳戶' },
  account: {
    en: 'Account of (by a name that they chose)',
    'zh-Hant': '帳戶持有人（自選的稱呼）',
  },
  look: { en: 'Look at the document itself', 'zh-Hant': '查看證件正本' },
  looked: { en: 'What you have seen', 'zh-Hant': '已查看的項目' },
  genuine: { en: 'The document is genuine and has not expired', 'zh-Hant': '證件屬真確，並未過期' },
  face: { en: 'The photograph shows the person before you', 'zh-Hant': '相片與面前的人相符' },
  present: { en: 'The person is here of their own will', 'zh-Hant': '對方出於自願親身到場' },
  type: { en: 'Type what the document says', 'zh-Hant': '按證件輸入資料' },
  typeLead: {
    en: 'You are not shown what we know. The register, and what this account proved before, are compared with what you type.',
    'zh-Hant': '系統不會顯示已知資料，只會把你所輸入的與登記冊及帳戶先前已核實的資料比對。',
  },
  kind: { en: 'Document', 'zh-Hant': '證件' },
  number: { en: 'Number', 'zh-Hant': '號碼' },
  family: { en: 'Family name', 'zh-Hant': '姓' },
  given: { en: 'Given names', 'zh-Hant': '名' },
  born: { en: 'Date of birth', 'zh-Hant': '出生日期' },
  prove: { en: 'Record level 3', 'zh-Hant': '記錄第 3 級核實' },
  refuse: { en: 'Or refuse', 'zh-Hant': '或不予核實' },
  why: { en: 'Why', 'zh-Hant': '原因' },
  refuseAct: { en: 'Refuse and tell the person why', 'zh-Hant': '不予核實並告知對方原因' },
  proof: { en: 'Withdraw a proof', 'zh-Hant': '撤銷核實紀錄' },
  reference: { en: 'Its reference', 'zh-Hant': '核實紀錄編號' },
  referenceHint: {
    en: 'As it stands on the person’s level page: P-000012',
    'zh-Hant': '見對方的身份核實級別一頁，例如 P-000012',
  },
  open: { en: 'Open it', 'zh-Hant': '開啟' },
  level: { en: 'Level', 'zh-Hant': '級別' },
  how: { en: 'How', 'zh-Hant': '方式' },
  when: { en: 'Since', 'zh-Hant': '核實日期' },
  ends: { en: 'Counts until', 'zh-Hant': '有效期至' },
  withdraw: { en: 'Withdraw it', 'zh-Hant': '撤銷' },
  withdrawLead: {
    en: 'It stops counting at the person’s next request. Their document is released when nothing else rests on it.',
    'zh-Hant': '對方下一次操作時即告失效；證件如無其他核實紀錄所用，亦會解除。',
  },
  holding: { en: 'What holds this document', 'zh-Hant': '佔用這張證件的核實紀錄' },
  holdingLead: {
    en: 'If the person before you never opened the other account, withdraw each of these; its holder is told why. Then send the form below again.',
    'zh-Hant': '如面前的人從未開立另一帳戶，請撤銷以下各項，該帳戶持有人會獲告知原因；然後再次送出下方表格。',
  },
  holdingAsk: {
    en: 'You may not withdraw a proof. Tell these references to a proof supervisor, who can; an administrator of your organisation knows who that is. Then send the form below again.',
    'zh-Hant':
      '你無權撤銷核實紀錄。請把以下編號告知核實督導人員處理；所屬機構的管理員知道由誰負責。撤銷後再次送出下方表格。',
  },
  endedHolds: {
    en: 'It does not count any more, but its document still belongs to this account. Withdrawing it releases the document.',
    'zh-Hant': '這項核實紀錄已到期，但證件仍屬此帳戶所用。撤銷後即可解除。',
  },
  gone: { en: 'This proof does not count any more', 'zh-Hant': '這項核實紀錄已經失效' },
})

export const officeMistakes: Readonly<Record<string, Text>> = texts({
  looked: {
    en: 'Tick all three. If one is not so, refuse below and say why.',
    'zh-Hant': '三項均須剔選。如有任何一項不符，請在下方選擇不予核實並註明原因。',
  },
  'no-match': {
    en: 'The register does not find these together, and does not say which part differs. Compare each with the document. If all are right, whoever issued the document must correct the register first: refuse below.',
    'zh-Hant':
      '登記冊沒有相符的資料，亦不會指出哪一項不符。請逐項對照證件。如全部正確，須先由簽發證件的部門更正登記冊，請在下方選擇不予核實。',
  },
  'not-current': {
    en: 'The register says that this document was cancelled or that its holder has died. Refuse below.',
    'zh-Hant': '登記冊顯示這張證件已註銷，或持有人已去世。請在下方選擇不予核實。',
  },
  unavailable: {
    en: 'The register did not answer, so nothing was recorded. Send it again in a minute.',
    'zh-Hant': '登記冊沒有回應，未有作出任何記錄。請在一分鐘後再送出。',
  },
  taken: {
    en: 'Another account holds this document. If it is theirs too, the person closes one of the two. If they never opened it, its proof is withdrawn: this page says by whom.',
    'zh-Hant':
      '這張證件已用於另一帳戶。如另一帳戶亦屬對方，須關閉其中一個；如對方從未開立，須撤銷該帳戶的核實紀錄，辦法見本頁。',
  },
  'other-person': {
    en: 'This account was proven by a document of somebody born on another day. Refuse below.',
    'zh-Hant': '這個帳戶先前由另一出生日期的人的證件核實。請在下方選擇不予核實。',
  },
  reason: { en: 'Choose why.', 'zh-Hant': '請選擇原因。' },
  ...fieldMistakes,
})

export type FindData = Static<typeof FindData>
export const FindData = Type.Object({
  code: Type.String(),
  wrong: Type.Boolean(),
})

export function FindPage({ code, wrong }: FindData) {
  const { say, href } = usePage()
  const text = say(code.trim() ? words.codeWrong : words.codeMissing)
  return (
    <Page title={say(words.counter)} error={wrong} breadcrumbs={accountCrumbs(say)}>
      <ErrorSummary errors={wrong ? [{ field: 'code', text }] : []} />
      <Done of={['proven-at-counter', 'refused-at-counter']} />
      <h1>
        <Phrase text={say(words.counter)} />
      </h1>
      <form method="post" action={href('/office/identity/counter')}>
        <TextField
          name="code"
          label={say(words.code)}
          hint={say(words.codeHint)}
          value={code}
          maxLength={20}
          width={10}
          autocomplete="off"
          autocapitalize="characters"
          error={wrong ? text : undefined}
        />
        <Button>{say(words.find)}</Button>
      </form>
    </Page>
  )
}

const Mistake = Type.Object({ field: Type.String(), code: Type.String() })

export type VisitData = Static<typeof VisitData>
export const VisitData = Type.Object({
  id: Type.String(),
  name: Text,
  kinds: Type.Array(Type.Object({ kind: Type.String(), name: Text })),
  values: Type.Object({
    kind: Type.String(),
    number: Type.String(),
    family: Type.String(),
    given: Type.String(),
    year: Type.String(),
    month: Type.String(),
    day: Type.String(),
    looked: Type.Array(Type.String()),
  }),
  mistakes: Type.Array(Mistake),
  /** The proofs by which another account holds the document, where one does. */
  held: Type.Array(Type.String()),
})

const sentenceOf = (code: string): Text => officeMistakes[code] ?? numberMistakes[code as 'pattern'] ?? words.gone

/** What an officer looks at and types, without being shown what is known. */
export function VisitPage(data: VisitData) {
  const { say, href } = usePage()
  const path = `/office/identity/counter/${data.id}`
  const errors = data.mistakes.map(({ field, code }) => ({ field, text: say(sentenceOf(code)) }))
  const reason = errors.find(({ field }) => field === 'reason')?.text
  const reasons = Object.entries(refusalNames).map(([value, label]) => ({ value, label: say(label) }))
  return (
    <Page title={say(words.counter)} error={errors.length > 0} breadcrumbs={accountCrumbs(say)}>
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={say(words.counter)} />
      </h1>
      <SummaryList rows={[{ key: say(words.account), value: say(data.name) }]} />
      {data.held.length > 0 && <Holding references={data.held} />}
      <VisitForm data={data} errors={errors} />
      <h2>{say(words.refuse)}</h2>
      <form method="post" action={href(`${path}/refuse`)}>
        <Radios name="reason" label={say(words.why)} options={reasons} error={reason} />
        <Button kind="harm">{say(words.refuseAct)}</Button>
      </form>
    </Page>
  )
}

/** The way to the proof by which another account holds the document; never whose account that is. */
function Holding({ references }: { references: readonly string[] }) {
  const { say, href, person } = usePage()
  const may = person?.permissions.includes('identity:withdraw-proof')
  return (
    <NotificationBanner title={say(words.holding)} tone="warn" id="holding">
      <p>{say(may ? words.holdingLead : words.holdingAsk)}</p>
      <ul>
        {references.map((each) => (
          <li key={each}>{may ? <a href={href(`/office/identity/proofs/${each}`)}>{each}</a> : each}</li>
        ))}
      </ul>
    </NotificationBanner>
  )
}

function VisitForm({ data, errors }: { data: VisitData; errors: readonly { field: string; text: string }[] }) {
  const { say, href } = usePage()
  const { kinds, values } = data
  const errorOf = (field: string) => errors.find((each) => each.field === field)?.text
  const looks = (['genuine', 'face', 'present'] as const).map((value) => ({ value, label: say(words[value]) }))
  const one = kinds.length === 1 ? kinds[0] : undefined
  return (
    <form method="post" action={href(`/office/identity/counter/${data.id}`)}>
      <h2>{say(words.look)}</h2>
      <Checkboxes
        name="looked"
        label={say(words.looked)}
        options={looks}
        values={values.looked}
        error={errorOf('looked')}
      />
      <h2>{say(words.type)}</h2>
      <p>{say(words.typeLead)}</p>
      {one ? (
        <input type="hidden" name="kind" value={one.kind} />
      ) : (
        <Radios
          name="kind"
          label={say(words.kind)}
          value={values.kind}
          options={kinds.map(({ kind, name }) => ({ value: kind, label: say(name) }))}
          error={errorOf('kind')}
        />
      )}
      {(['number', 'family', 'given'] as const).map((field) => (
        <TextField
          key={field}
          name={field}
          label={say(words[field])}
          value={values[field]}
          maxLength={field === 'number' ? 40 : 80}
          autocomplete="off"
          error={errorOf(field)}
        />
      ))}
      <DateField
        name="born"
        label={say(words.born)}
        value={{ year: values.year, month: values.month, day: values.day }}
        error={errorOf('born-day')}
      />
      <Button>{say(words.prove)}</Button>
    </form>
  )
}

export type FindProofData = Static<typeof FindProofData>
export const FindProofData = Type.Object({})

export function FindProofPage(_: FindProofData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.proof)} breadcrumbs={accountCrumbs(say)}>
      <h1>
        <Phrase text={say(words.proof)} />
      </h1>
      <form method="post" action={href('/office/identity/proofs')}>
        <TextField
          name="reference"
          label={say(words.reference)}
          hint={say(words.referenceHint)}
          width={10}
          maxLength={20}
          autocomplete="off"
        />
        <Button>{say(words.open)}</Button>
      </form>
    </Page>
  )
}

export type ProofData = Static<typeof ProofData>
export const ProofData = Type.Object({
  reference: Type.String(),
  name: Text,
  level: Type.Integer(),
  method: Type.String(),
  provenAt: Type.String(),
  expiresAt: Type.String(),
  state: Type.Enum(['counts', 'ended', 'withdrawn']),
  withdrawable: Type.Boolean(),
  wrong: Type.Boolean(),
})

export function ProofPage(data: ProofData) {
  const { say, href } = usePage()
  const reasons = Object.entries(withdrawalNames).map(([value, label]) => ({ value, label: say(label) }))
  const text = say(officeMistakes.reason!)
  return (
    <Page title={`${say(words.proof)} ${data.reference}`} error={data.wrong} breadcrumbs={accountCrumbs(say)}>
      <Done of={['proof-withdrawn']} />
      <ErrorSummary errors={data.wrong ? [{ field: 'reason', text }] : []} />
      <h1>
        <Phrase text={`${say(words.proof)} ${data.reference}`} />
      </h1>
      <SummaryList
        rows={[
          { key: say(words.account), value: say(data.name) },
          { key: say(words.level), value: say(levelNames[data.level as 2]) },
          { key: say(words.how), value: say(methodNames[data.method] ?? methodNames.demonstration!) },
          { key: say(words.when), value: <Moment at={data.provenAt} /> },
          { key: say(words.ends), value: <Moment at={data.expiresAt} /> },
        ]}
      />
      {data.withdrawable ? (
        <form method="post" action={href(`/office/identity/proofs/${data.reference}/withdraw`)}>
          <p>{say(data.state === 'counts' ? words.withdrawLead : words.endedHolds)}</p>
          <Radios name="reason" label={say(words.why)} options={reasons} error={data.wrong ? text : undefined} />
          <Button kind="harm">{say(words.withdraw)}</Button>
        </form>
      ) : (
        <NotificationBanner title={say(words.gone)} />
      )}
    </Page>
  )
}
