import { type Static, Type } from 'typebox'
import {
  Button,
  Checkboxes,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Table,
  Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done } from '../done.tsx'
import { bodyMax, referenceMax, titleMax } from './batches.ts'

const words = texts({
  title: { en: 'Messages of {organisation}', 'zh-Hant': '{organisation}的訊息' },
  waits: {
    en: 'This installation sends no mail yet. Messages reach the inbox; mails that tell of them wait.',
    'zh-Hant': '本系統尚未設定電郵伺服器。訊息會送達收件匣，通知電郵則會保留待發。',
  },
  write: { en: 'Write to one person', 'zh-Hant': '向一人發送訊息' },
  inbox: { en: 'Inbox code', 'zh-Hant': '收件編號' },
  inboxHint: {
    en: 'Ten letters and digits that the person finds in their inbox.',
    'zh-Hant': '共十個字母和數字，收件人可在收件匣找到。',
  },
  titleEn: { en: 'Title in English', 'zh-Hant': '英文標題' },
  titleHant: { en: 'Title in Chinese', 'zh-Hant': '中文標題' },
  bodyEn: { en: 'Message in English', 'zh-Hant': '英文內容' },
  bodyHant: { en: 'Message in Chinese', 'zh-Hant': '中文內容' },
  bodyHint: { en: 'An empty line begins a new paragraph.', 'zh-Hant': '空一行即為新段落。' },
  reference: { en: 'Your reference (if there is one)', 'zh-Hant': '貴部門檔號（如有）' },
  ask: { en: 'Ask the person', 'zh-Hant': '向收件人要求' },
  receipt: { en: 'A receipt: you see when it was opened', 'zh-Hant': '回條：你可看到訊息何時開啟' },
  acknowledgement: { en: 'To say that they have read it', 'zh-Hant': '確認已閱讀' },
  send: { en: 'Send', 'zh-Hant': '發送' },
  sent: { en: 'Sent', 'zh-Hant': '已發送' },
  empty: {
    en: 'Nothing was sent yet. What you send will be listed, newest first.',
    'zh-Hant': '暫時沒有發送紀錄。已發送的訊息會列在這裏，新的在前。',
  },
  message: { en: 'Message', 'zh-Hant': '訊息' },
  at: { en: 'Sent at', 'zh-Hant': '發送時間' },
  recipients: { en: 'Recipients', 'zh-Hant': '收件人數' },
  read: { en: 'Read', 'zh-Hant': '已閱讀' },
  acknowledged: { en: 'Acknowledged', 'zh-Hant': '已確認' },
  notAsked: { en: 'not asked', 'zh-Hant': '沒有要求' },
})

const mistakes = texts({
  inbox: {
    en: 'No open inbox has this code. Ask the person for the code that their inbox shows now.',
    'zh-Hant': '沒有這個收件編號。請向收件人索取收件匣現時顯示的編號。',
  },
  noInbox: { en: 'Write the inbox code of the person.', 'zh-Hant': '請填寫收件人的收件編號。' },
  titleEn: { en: 'Write the title in English.', 'zh-Hant': '請填寫英文標題。' },
  titleHant: { en: 'Write the title in Chinese.', 'zh-Hant': '請填寫中文標題。' },
  bodyEn: { en: 'Write the message in English.', 'zh-Hant': '請填寫英文內容。' },
  bodyHant: { en: 'Write the message in Chinese.', 'zh-Hant': '請填寫中文內容。' },
})

export type OfficeField = Exclude<keyof typeof mistakes, 'noInbox'>
const Values = Type.Object({
  key: Type.String(),
  inbox: Type.String(),
  titleEn: Type.String(),
  titleHant: Type.String(),
  bodyEn: Type.String(),
  bodyHant: Type.String(),
  reference: Type.String(),
  ask: Type.Array(Type.String()),
})
const Count = Type.Union([Type.Integer(), Type.Null()])

export type OfficeValues = Static<typeof Values>
export type OfficeData = Static<typeof OfficeData>
export const OfficeData = Type.Object({
  organisation: Text,
  /** Whether this installation sends mail at all. */
  mailGoes: Type.Boolean(),
  sent: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Text,
      sentAt: Type.String(),
      recipients: Type.Integer(),
      read: Count,
      readAt: Type.Union([Type.String(), Type.Null()]),
      acknowledged: Count,
    }),
  ),
  values: Values,
  mistakes: Type.Array(Type.Enum(['inbox', 'titleEn', 'titleHant', 'bodyEn', 'bodyHant'])),
})

/** A code that is wrong and one that is missing are put right in different ways. */
const sentenceOf = (field: OfficeField, { inbox }: OfficeValues) =>
  mistakes[field === 'inbox' && !inbox.trim() ? 'noInbox' : field]

export function OfficePage(data: OfficeData) {
  const { say } = usePage()
  const title = say(words.title, { organisation: data.organisation })
  return (
    <Page title={title} error={data.mistakes.length > 0} breadcrumbs={accountCrumbs(say)} wide>
      <Done of={['messages-sent']} />
      <ErrorSummary errors={data.mistakes.map((field) => ({ field, text: say(sentenceOf(field, data.values)) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      {!data.mailGoes && <p>{say(words.waits)}</p>}
      <h2>{say(words.sent)}</h2>
      <SentTable sent={data.sent} />
      <h2>{say(words.write)}</h2>
      <WriteForm data={data} />
    </Page>
  )
}

function SentTable({ sent }: Pick<OfficeData, 'sent'>) {
  const { say } = usePage()
  if (sent.length === 0) return <p>{say(words.empty)}</p>
  const count = (n: number | null) => n ?? say(words.notAsked)
  const columns = [
    { label: say(words.message) },
    { label: say(words.at) },
    { label: say(words.recipients), numeric: true },
    { label: say(words.read), numeric: true },
    { label: say(words.acknowledged), numeric: true },
  ]
  const rows = sent.map((each) => ({
    cells: [
      say(each.title),
      <Moment key="sent" at={each.sentAt} />,
      each.recipients,
      each.readAt ? <Moment key="read" at={each.readAt} /> : count(each.read),
      count(each.acknowledged),
    ],
  }))
  return <Table caption={say(words.sent)} captionHidden columns={columns} rows={rows} narrow="stack" />
}

function WriteForm({ data: { values, mistakes: wrong } }: { data: OfficeData }) {
  const { say, href } = usePage()
  const field = (name: OfficeField) => ({
    name,
    label: say(words[name]),
    value: values[name],
    autocomplete: 'off',
    ...(wrong.includes(name) && { error: say(sentenceOf(name, values)) }),
  })
  return (
    <form method="post" action={href('/office/messages')}>
      <input type="hidden" name="key" value={values.key} />
      <TextField {...field('inbox')} hint={say(words.inboxHint)} maxLength={40} width={20} />
      <TextField {...field('titleEn')} maxLength={titleMax} lang="en" />
      <TextField {...field('titleHant')} maxLength={titleMax} lang="zh-Hant" />
      <TextArea {...field('bodyEn')} hint={say(words.bodyHint)} maxLength={bodyMax} rows={8} />
      <TextArea {...field('bodyHant')} maxLength={bodyMax} rows={8} />
      <TextField
        name="reference"
        label={say(words.reference)}
        value={values.reference}
        maxLength={referenceMax}
        width={20}
        autocomplete="off"
      />
      <Checkboxes
        name="ask"
        label={say(words.ask)}
        values={values.ask}
        options={[
          { value: 'receipt', label: say(words.receipt) },
          { value: 'acknowledgement', label: say(words.acknowledgement) },
        ]}
      />
      <Button>{say(words.send)}</Button>
    </form>
  )
}
