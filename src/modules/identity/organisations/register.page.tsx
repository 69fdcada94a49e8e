import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  NotificationBanner,
  Page,
  Phrase,
  Radios,
  Text,
  TextField,
  texts,
  usePage,
} from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done, onTheWay } from '../done.tsx'
import { reasonOf } from './declared.page.tsx'

const words = texts({
  title: { en: 'Register a company or association', 'zh-Hant': '登記公司或社團' },
  lead: {
    en: 'You become its owner, and let others act for it. Services deal with it once an officer has compared it with the register.',
    'zh-Hant': '登記後你成為東主，可讓他人代其行事。人員與登記冊核對後，方可以其名義使用服務。',
  },
  kind: { en: 'What it is', 'zh-Hant': '類別' },
  company: { en: 'A company', 'zh-Hant': '公司' },
  association: { en: 'An association', 'zh-Hant': '社團' },
  number: { en: 'Its number in the register', 'zh-Hant': '登記號碼' },
  numberHint: { en: '{name}, as {example}', 'zh-Hant': '{name}，例如 {example}' },
  english: { en: 'Name in English', 'zh-Hant': '英文名稱' },
  chinese: { en: 'Name in Chinese', 'zh-Hant': '中文名稱' },
  nameHint: { en: 'As registered; one of the two is enough.', 'zh-Hant': '按登記填寫，中英文填其一即可。' },
  send: { en: 'Register', 'zh-Hant': '登記' },
  closed: {
    en: 'No register is known here, so nothing can be registered yet.',
    'zh-Hant': '本系統未設登記冊，暫時未能登記。',
  },
  correctTitle: { en: 'Correct or withdraw a registration', 'zh-Hant': '更正或撤回登記' },
  correctLead: {
    en: 'No officer has verified it yet. What you correct waits for an officer anew.',
    'zh-Hant': '此項登記尚未核實。更正後會重新輪候核實。',
  },
  refused: { en: 'It does not agree with the register', 'zh-Hant': '與登記冊不符' },
  correct: { en: 'Send the correction', 'zh-Hant': '送出更正' },
  withdrawTitle: { en: 'Withdraw it', 'zh-Hant': '撤回登記' },
  withdrawLead: {
    en: 'It is taken back, with every role in it. You can register it again later.',
    'zh-Hant': '登記及其所有職務會一併撤回；日後可再次登記。',
  },
  withdraw: { en: 'Withdraw this registration', 'zh-Hant': '撤回這項登記' },
})

const mistakes = texts({
  kind: { en: 'Choose what it is.', 'zh-Hant': '請選擇類別。' },
  number: {
    en: 'Write the number as the register does, as in the example.',
    'zh-Hant': '請按登記冊的格式填寫號碼，見例子。',
  },
  english: { en: 'Write its name in English or in Chinese.', 'zh-Hant': '請填寫英文或中文名稱。' },
})

const Field = Type.Enum(['kind', 'number', 'english'])

export type RegisterData = Static<typeof RegisterData>
export const RegisterData = Type.Object({
  registers: Type.Array(Type.Object({ id: Type.Enum(['company', 'association']), name: Text, example: Type.String() })),
  values: Type.Object({ kind: Type.String(), number: Type.String(), english: Type.String(), chinese: Type.String() }),
  mistakes: Type.Array(Field),
  /** One that was registered before, and why an officer refused it; null for a new one. */
  declared: Type.Union([
    Type.Object({ id: Type.String(), refused: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
})

export function RegisterPage({ registers, values, mistakes: wrong, declared }: RegisterData) {
  const { say, href } = usePage()
  const errorOf = (field: Static<typeof Field>) => (wrong.includes(field) ? say(mistakes[field]) : undefined)
  const hints = registers.map(({ name, example }) => say(words.numberHint, { name, example }))
  const title = say(declared ? words.correctTitle : words.title)
  const path = declared ? `/account/organisations/${declared.id}` : '/account/organisations'
  const lead = registers.length === 0 ? words.closed : declared ? words.correctLead : words.lead
  return (
    <Page title={title} error={wrong.length > 0} breadcrumbs={accountCrumbs(say, '/account/acting')}>
      <Done of={onTheWay} />
      <ErrorSummary errors={wrong.map((field) => ({ field, text: say(mistakes[field]) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      {declared?.refused && (
        <NotificationBanner title={say(words.refused)} tone="warn" id="refused">
          <p>{say(reasonOf(declared.refused))}</p>
        </NotificationBanner>
      )}
      <p class="lead">{say(lead)}</p>
      {registers.length > 0 && (
        <form method="post" action={href(path)}>
          {registers.length === 1 ? (
            <input type="hidden" name="kind" value={registers[0]!.id} />
          ) : (
            <Radios
              name="kind"
              label={say(words.kind)}
              options={registers.map(({ id }) => ({ value: id, label: say(words[id]) }))}
              value={values.kind}
              error={errorOf('kind')}
            />
          )}
          <TextField
            name="number"
            label={say(words.number)}
            hint={hints.join(' · ')}
            value={values.number}
            width={20}
            maxLength={40}
            autocomplete="off"
            error={errorOf('number')}
          />
          <TextField
            name="english"
            label={say(words.english)}
            hint={say(words.nameHint)}
            value={values.english}
            maxLength={160}
            autocomplete="organization"
            error={errorOf('english')}
          />
          <TextField
            name="chinese"
            label={say(words.chinese)}
            value={values.chinese}
            maxLength={160}
            autocomplete="off"
          />
          <Button>{say(declared ? words.correct : words.send)}</Button>
        </form>
      )}
      {declared && (
        <>
          <h2>{say(words.withdrawTitle)}</h2>
          <p>{say(words.withdrawLead)}</p>
          <form method="post" action={href(`${path}/withdraw`)}>
            <Button kind="harm">{say(words.withdraw)}</Button>
          </form>
        </>
      )}
    </Page>
  )
}
