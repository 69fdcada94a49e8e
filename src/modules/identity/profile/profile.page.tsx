import { type Static, Type } from 'typebox'
import {
  Button,
  DateField,
  ErrorSummary,
  Page,
  Phrase,
  pageNames,
  Select,
  SummaryList,
  Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { Done } from '../done.tsx'
import { FieldValue, writeSource } from './field-value.tsx'
import { type FieldMistake, fieldKinds, fieldMistakes, lengthMax } from './fields.rules.ts'

const words = texts({
  title: { en: 'Your profile', 'zh-Hant': '個人資料' },
  lead: {
    en: 'What services may ask for. None of it is sent before you have seen it and agreed, field by field.',
    'zh-Hant': '服務可能索取的資料。每項資料都必須由你看過並逐項同意，才會送出。',
  },
  verified: { en: 'Verified', 'zh-Hant': '已核實' },
  noneVerified: {
    en: 'Nothing is verified yet. Prove an identity document, and its name, date of birth and number stand here.',
    'zh-Hant': '暫時沒有已核實的資料。核實身份證明文件後，證件上的姓名、出生日期和號碼會在這裏列出。',
  },
  prove: { en: 'Prove an identity document', 'zh-Hant': '核實身份證明文件' },
  level: { en: 'See how they were verified', 'zh-Hant': '查看核實紀錄' },
  declared: { en: 'What you say yourself', 'zh-Hant': '由你填寫' },
  declaredLead: {
    en: 'Services are told that nobody verified these. They are kept sealed, and you can take each of them away.',
    'zh-Hant': '服務會獲告知這些資料未經核實。資料以加密方式保存，你可隨時移除任何一項。',
  },
  change: { en: 'Change', 'zh-Hant': '更改' },
  fill: { en: 'Fill in', 'zh-Hant': '填寫' },
  save: { en: 'Save', 'zh-Hant': '儲存' },
  remove: { en: 'Take it away', 'zh-Hant': '移除此項' },
  consents: { en: 'What services are told', 'zh-Hant': '你同意提供的資料' },
  back: { en: 'Go back without a change', 'zh-Hant': '不作更改並返回' },
  choose: { en: 'Choose', 'zh-Hant': '請選擇' },
})

export const profileTitle = words.title

const hints: Partial<Record<string, Text>> = texts({
  date: { en: 'For example 12 3 1992', 'zh-Hant': '例如 1992 3 12' },
  email: { en: 'For example ada@example.org', 'zh-Hant': '例如 ada@example.org' },
  phone: { en: 'With the code of its country, as +852 2345 6789', 'zh-Hant': '連國際區號，例如 +852 2345 6789' },
  address: { en: 'As you would write it on a letter, up to eight lines', 'zh-Hant': '按寄信格式填寫，最多八行' },
})

const mistakes: Readonly<Record<FieldMistake, Text>> = texts({
  missing: { en: 'Write something here.', 'zh-Hant': '請填寫此項。' },
  long: {
    en: 'This is longer than {max} characters. Shorten it.',
    'zh-Hant': '內容超過 {max} 個字元，請縮短。',
  },
  birth: {
    en: 'Write the date of birth as day, month and year, as 12 3 1992.',
    'zh-Hant': '請按年、月、日填寫出生日期，例如 1992 3 12。',
  },
  date: {
    en: 'This is no day of the calendar. Write day, month and year, as 12 3 2027.',
    'zh-Hant': '日曆上沒有這個日期。請按年、月、日填寫，例如 2027 3 12。',
  },
  email: {
    en: 'This is no email address. Write one as ada@example.org.',
    'zh-Hant': '這不是電郵地址。寫法如 ada@example.org。',
  },
  phone: {
    en: 'This is no telephone number. Write it with the code of its country, as +852 2345 6789.',
    'zh-Hant': '這不是電話號碼。請連同國際區號填寫，例如 +852 2345 6789。',
  },
  lines: { en: 'An address has eight lines at most. Shorten it.', 'zh-Hant': '地址最多八行，請縮短。' },
  choice: { en: 'Choose one of the list.', 'zh-Hant': '請從清單中選擇一項。' },
})

const Kind = Type.Enum([...fieldKinds])
const Nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const VerificationData = Nullable(
  Type.Object({ organisation: Type.String(), by: Text, at: Type.String(), method: Type.String() }),
)

export type FieldLine = Static<typeof FieldLine>
export const FieldLine = Type.Object({
  name: Type.String(),
  label: Text,
  kind: Kind,
  value: Nullable(Type.String()),
  shown: Nullable(Text),
  verification: VerificationData,
})

export type ProfileData = Static<typeof ProfileData>
export const ProfileData = Type.Object({
  fields: Type.Array(Type.Object({ ...FieldLine.properties, editable: Type.Boolean() })),
})

const path = '/account/profile'
/** How one is addressed has a page of its own: it is no field that may be left empty. */
export const namePath = '/account/name'

export function ProfilePage({ fields }: ProfileData) {
  const page = usePage()
  const { say, href } = page
  const verified = fields.filter(({ verification }) => verification)
  const own = fields.filter(({ editable, value, verification }) => editable || (value !== null && !verification))
  return (
    <Page title={say(words.title)} breadcrumbs={[{ path: '/account', text: say(pageNames.account) }]}>
      <Done of={['field-changed', 'name-changed']} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <h2>{say(words.verified)}</h2>
      {verified.length === 0 ? (
        <p>{say(words.noneVerified)}</p>
      ) : (
        <SummaryList
          rows={verified.map((line) => ({
            key: say(line.label),
            value: (
              <>
                <FieldValue {...line} />
                <p class="field__hint">{writeSource(line.verification, page)}</p>
              </>
            ),
          }))}
        />
      )}
      <p>
        <a href={href(verified.length === 0 ? '/account/level/document' : '/account/level')}>
          {say(verified.length === 0 ? words.prove : words.level)}
        </a>
      </p>
      <h2>{say(words.declared)}</h2>
      <p>{say(words.declaredLead)}</p>
      <SummaryList
        rows={own.map((line) => ({
          key: say(line.label),
          value:
            line.value === null ? (
              <span class="muted">
                <FieldValue {...line} />
              </span>
            ) : (
              <FieldValue {...line} />
            ),
          ...((line.editable || line.name === 'name') && {
            action: {
              path: line.editable ? `${path}/${line.name}` : namePath,
              text: say(line.value === null ? words.fill : words.change),
            },
          }),
        }))}
      />
      <p>
        <a href={href('/account/consents')}>{say(words.consents)}</a>
      </p>
    </Page>
  )
}

export type FieldData = Static<typeof FieldData>
export const FieldData = Type.Object({
  name: Type.String(),
  label: Text,
  kind: Kind,
  options: Type.Array(Type.Object({ value: Type.String(), name: Text })),
  autocomplete: Type.String(),
  text: Type.String(),
  date: Type.Object({ year: Type.String(), month: Type.String(), day: Type.String() }),
  filled: Type.Boolean(),
  /** Where the person came from, and goes back to. */
  next: Nullable(Type.String()),
  mistake: Nullable(Type.Enum([...fieldMistakes])),
})

export function FieldPage(data: FieldData) {
  const { say, href, language } = usePage()
  const { name, label, kind, filled, next, mistake } = data
  const error = mistake ? say(mistakes[mistake], { max: lengthMax[kind] }) : undefined
  const first = kind !== 'date' ? 'value' : language === 'en' ? 'value-day' : 'value-year'
  return (
    <Page
      title={say(label)}
      error={mistake !== null}
      breadcrumbs={[
        { path: '/account', text: say(pageNames.account) },
        { path, text: say(words.title) },
      ]}
    >
      <ErrorSummary errors={error ? [{ field: first, text: error }] : []} />
      <form method="post" action={href(`${path}/${name}`)}>
        {next !== null && <input type="hidden" name="next" value={next} />}
        <Control data={data} error={error} />
        <Button>{say(words.save)}</Button>
      </form>
      {filled && (
        <form method="post" action={href(`${path}/${name}/remove`)}>
          {next !== null && <input type="hidden" name="next" value={next} />}
          <Button kind="second">{say(words.remove)}</Button>
        </form>
      )}
      <p class="after-form">
        <a href={href(next ?? path)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}

function Control({ data, error }: { data: FieldData; error: string | undefined }) {
  const { say } = usePage()
  const { name, label, kind, options, autocomplete, text, date } = data
  const hint = hints[kind]
  const field = { name: 'value', label: say(label), page: true, error, ...(hint && { hint: say(hint) }) }
  if (kind === 'date') return <DateField {...field} value={date} born={name === 'birthdate'} />
  if (kind === 'address')
    return <TextArea {...field} value={text} rows={5} maxLength={lengthMax.address} autocomplete={autocomplete} />
  if (kind === 'choice') {
    const none = { value: '', label: say(words.choose) }
    return (
      <Select
        {...field}
        value={text}
        options={[none, ...options.map((each) => ({ value: each.value, label: say(each.name) }))]}
      />
    )
  }
  const type = kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text'
  const length = kind === 'phone' ? 40 : lengthMax[kind]
  return <TextField {...field} type={type} value={text} maxLength={length} autocomplete={autocomplete} />
}
