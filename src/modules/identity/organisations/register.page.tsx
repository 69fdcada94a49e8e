import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Moment, Page, Phrase, Radios, Table, Text, TextField, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { Done, onTheWay } from '../done.tsx'

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
  declaredTitle: { en: 'Companies to verify', 'zh-Hant': '待核實的公司' },
  declaredLead: {
    en: 'Compare the number and the name with the register before you verify. Of several with one number, one can be verified.',
    'zh-Hant': '請先與登記冊核對號碼和名稱，再確認核實。同一號碼只可核實一間。',
  },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  since: { en: 'Declared', 'zh-Hant': '申報時間' },
  act: { en: 'What you can do', 'zh-Hant': '可進行的操作' },
  verify: { en: 'It agrees with the register', 'zh-Hant': '與登記冊相符' },
  none: {
    en: 'Nothing waits. What people register will be listed here.',
    'zh-Hant': '暫時沒有。新登記的公司會列於此處。',
  },
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
})

export const DeclaredData = Type.Object({
  organisations: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['company', 'association']),
      name: Text,
      number: Type.String(),
      declaredAt: Type.String(),
    }),
  ),
})

export function RegisterPage({ registers, values, mistakes: wrong }: RegisterData) {
  const { say, href } = usePage()
  const errorOf = (field: Static<typeof Field>) => (wrong.includes(field) ? say(mistakes[field]) : undefined)
  const hints = registers.map(({ name, example }) => say(words.numberHint, { name, example }))
  return (
    <Page title={say(words.title)} error={wrong.length > 0} breadcrumbs={accountCrumbs(say, '/account/acting')}>
      <Done of={onTheWay} />
      <ErrorSummary errors={wrong.map((field) => ({ field, text: say(mistakes[field]) }))} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(registers.length > 0 ? words.lead : words.closed)}</p>
      {registers.length > 0 && (
        <form method="post" action={href('/account/organisations')}>
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
          <Button>{say(words.send)}</Button>
        </form>
      )}
    </Page>
  )
}

export function DeclaredPage({ organisations }: Static<typeof DeclaredData>) {
  const { say, href } = usePage()
  const columns = [words.name, words.number, words.since, words.act]
  return (
    <Page title={say(words.declaredTitle)} breadcrumbs={accountCrumbs(say)} wide>
      <Done of={['organisation-verified']} />
      <h1>
        <Phrase text={say(words.declaredTitle)} />
      </h1>
      <p class="lead">{say(organisations.length > 0 ? words.declaredLead : words.none)}</p>
      {organisations.length > 0 && (
        <Table
          caption={say(words.declaredTitle)}
          captionHidden
          sticky
          narrow="stack"
          columns={columns.map((label) => ({ label: say(label) }))}
          rows={organisations.map(({ id, name, number, declaredAt }) => ({
            cells: [
              say(name),
              number,
              <Moment key="since" at={declaredAt} />,
              <form key="act" method="post" action={href(`/office/organisations/${id}/verify`)}>
                <Button kind="second">
                  {say(words.verify)}
                  <span class="visually-hidden"> {say(name)}</span>
                </Button>
              </form>,
            ],
          }))}
        />
      )}
    </Page>
  )
}
