import { type Static, Type } from 'typebox'
import {
  Button,
  Downloads,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  SummaryList,
  type Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'
import { Grouped } from './authority.page.tsx'
import { documentRows, HashWords } from './sign.page.tsx'
import { SigningView, signingMax } from './types.ts'

const words = texts({
  title: { en: 'Ask for signatures', 'zh-Hant': '要求簽署' },
  lead: {
    en: 'The document stays with you: send its SHA-256 hash and what it says in short. The person compares, signs with a passkey, and you fetch the signature here.',
    'zh-Hant': '文件由你保存，只須送出其 SHA-256 雜湊值和內容摘要。對方核對後以通行密鑰簽署，你可在此取回簽署檔。',
  },
  documentName: { en: 'Name of the document', 'zh-Hant': '文件名稱' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  hash: { en: 'SHA-256 hash', 'zh-Hant': 'SHA-256 雜湊值' },
  hashHint: {
    en: '64 digits and letters, as sha256sum prints them.',
    'zh-Hant': '64 個數字和字母，即 sha256sum 的輸出。',
  },
  summary: { en: 'What it says', 'zh-Hant': '內容摘要' },
  summaryHint: {
    en: 'A line for each thing, with a colon: “Amount: $500”. At most 20 lines.',
    'zh-Hant': '每行一項，以冒號分隔，例如「金額：500 元」。最多 20 行。',
  },
  person: { en: 'Inbox code of the person', 'zh-Hant': '簽署人的收件編號' },
  personHint: {
    en: 'Leave it empty where you give the address to the person yourself: whoever opens it may sign.',
    'zh-Hant': '如由你直接把網址交給對方，可留空；開啟網址的人即可簽署。',
  },
  days: { en: 'Days until it ends', 'zh-Hant': '有效日數' },
  ask: { en: 'Ask for the signature', 'zh-Hant': '要求簽署' },
  before: { en: 'Asked before', 'zh-Hant': '過往的要求' },
  none: {
    en: 'Nothing yet. Each request will be listed here, newest first.',
    'zh-Hant': '暫時沒有。每項要求會在此列出，新的在前。',
  },
  address: { en: 'Address for the person', 'zh-Hant': '交給簽署人的網址' },
  compare: { en: 'Show the person these words, or these numbers', 'zh-Hant': '向簽署人展示以下字詞或數字' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  whole: { en: 'SHA-256', 'zh-Hant': 'SHA-256' },
  signedAt: { en: 'Signed on', 'zh-Hant': '簽署時間' },
  p7s: { en: 'Signature (.p7s)', 'zh-Hant': '簽署檔（.p7s）' },
  both: { en: 'Both signatures (.json)', 'zh-Hant': '兩項簽署（.json）' },
})

const states: Readonly<Record<SigningView['state'], Text>> = texts({
  waiting: { en: 'Waits for the person', 'zh-Hant': '等待簽署' },
  signed: { en: 'Signed', 'zh-Hant': '已簽署' },
  ended: { en: 'Ended without a signature', 'zh-Hant': '已結束，未有簽署' },
})

const mistakeWords: Readonly<Record<AskMistake, Text>> = texts({
  documentName: { en: 'Write the name of the document.', 'zh-Hant': '請填寫文件名稱。' },
  hash: {
    en: 'Write the SHA-256 hash of the document: 64 digits and letters from a to f.',
    'zh-Hant': '請填寫文件的 SHA-256 雜湊值：64 個數字或 a 至 f 的字母。',
  },
  summary: {
    en: 'Write each line as a name, a colon and what it is; at most 20 lines, names of 80 characters and values of 300.',
    'zh-Hant': '請按「項目：內容」逐行填寫，最多 20 行；項目不多於 80 字，內容不多於 300 字。',
  },
  person: {
    en: 'Nobody here has this inbox code. Ask the person for it, or leave it empty.',
    'zh-Hant': '沒有人使用這個收件編號。請向對方查詢，或留空。',
  },
  days: { en: 'Write a number of days from 1 to 30.', 'zh-Hant': '請填寫 1 至 30 的日數。' },
})

export type AskMistake = Static<typeof AskMistake>
const AskMistake = Type.Enum(['documentName', 'hash', 'summary', 'person', 'days'])

export type AskData = Static<typeof AskData>
export const AskData = Type.Object({
  requests: Type.Array(SigningView),
  values: Type.Object({
    documentName: Type.String(),
    service: Type.String(),
    hash: Type.String(),
    summary: Type.String(),
    person: Type.String(),
    days: Type.String(),
  }),
  mistakes: Type.Array(AskMistake),
})

export function AskPage({ requests, values, mistakes }: AskData) {
  const { say, href } = usePage()
  const error = (field: AskMistake) => (mistakes.includes(field) ? { error: say(mistakeWords[field]) } : {})
  const field = (name: keyof typeof values & AskMistake) => ({
    name,
    value: values[name],
    autocomplete: 'off',
    ...error(name),
  })
  return (
    <Page title={say(words.title)} error={mistakes.length > 0} breadcrumbs={accountCrumbs(say)}>
      <ErrorSummary errors={mistakes.map((each) => ({ field: each, text: say(mistakeWords[each]) }))} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <form method="post" action={href('/sign/requests')}>
        <TextField {...field('documentName')} label={say(words.documentName)} maxLength={signingMax.documentName} />
        <TextField
          name="service"
          value={values.service}
          label={say(words.service)}
          maxLength={signingMax.service}
          autocomplete="off"
        />
        <TextField {...field('hash')} label={say(words.hash)} hint={say(words.hashHint)} maxLength={200} />
        <TextArea {...field('summary')} label={say(words.summary)} hint={say(words.summaryHint)} maxLength={8000} />
        <TextField
          {...field('person')}
          label={say(words.person)}
          hint={say(words.personHint)}
          maxLength={60}
          width={20}
        />
        <TextField {...field('days')} label={say(words.days)} inputMode="numeric" maxLength={2} width={2} />
        <Button>{say(words.ask)}</Button>
      </form>
      <h2>{say(words.before)}</h2>
      {requests.length === 0 ? (
        <p>{say(words.none)}</p>
      ) : (
        <ul class="ledger">
          {requests.map(({ id, documentName, state, signedAt, expiresAt }) => (
            <li key={id}>
              <Moment at={signedAt ?? expiresAt} />{' '}
              <div>
                {say(states[state])} <a href={href(`/sign/requests/${id}`)}>{documentName}</a>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

export type AskedData = Static<typeof AskedData>
export const AskedData = Type.Object({ ...SigningView.properties, address: Type.String() })

export function AskedPage(data: AskedData) {
  const { say } = usePage()
  return (
    <Page title={data.documentName}>
      <Done of={['signing-requested']} />
      <h1>
        <Phrase text={data.documentName} />
      </h1>
      <SummaryList
        rows={[
          { key: say(words.state), value: say(states[data.state]) },
          ...(data.signedAt ? [{ key: say(words.signedAt), value: <Moment at={data.signedAt} /> }] : []),
          { key: say(words.address), value: <a href={data.address}>{data.address}</a> },
          ...documentRows(data, { say }),
          { key: say(words.whole), value: <Grouped hex={data.hash} /> },
        ]}
      />
      <h2>{say(words.compare)}</h2>
      <HashWords words={data.words} digits={data.digits} />
      {data.state === 'signed' && (
        <Downloads
          files={[
            { label: say(words.p7s), path: `/sign/${data.id}/signature.p7s` },
            ...(data.dual ? [{ label: say(words.both), path: `/sign/${data.id}/dual.json` }] : []),
          ]}
        />
      )}
    </Page>
  )
}
