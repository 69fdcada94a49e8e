import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Phrase, Radios, TextField, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { CodeField, codeMistake, codeWords, DayField, ServicesField } from '../acting/limit-fields.tsx'
import { Offered } from '../acting/types.ts'
import { Done, onTheWay } from '../done.tsx'
import { mandateNames } from './kinds.ts'

const words = texts({
  title: { en: 'Let somebody act for you', 'zh-Hant': '授權他人代你行事' },
  lead: {
    en: 'They accept it before it counts, and you can end it at any time. They can never sign, change your keys or pass it on.',
    'zh-Hant': '對方接受後方才生效，你可隨時終止。對方不能代你簽署、更改密鑰或轉授他人。',
  },
  where: {
    en: 'It counts for services of this site. A service elsewhere that people sign in to with their account here knows the one who signs in alone.',
    'zh-Hant': '授權適用於本網站的服務。以本帳戶登入的其他網站服務，只會得知登入者本人的身份。',
  },
  officeTitle: { en: 'Confirm that one person acts for another', 'zh-Hant': '核實代他人行事的授權' },
  officeLead: {
    en: 'For parents, and for carers of people who cannot grant a mandate themselves. Both are here, and you have seen the papers that show it. It counts at once.',
    'zh-Hant': '適用於父母，以及照顧未能自行授權人士的照顧者。雙方須在場，並已查驗證明文件。核實後即時生效。',
  },
  kind: { en: 'As what they act', 'zh-Hant': '代表身份' },
  principal: { en: 'Code of the person in whose name they act', 'zh-Hant': '被代表者的代碼' },
  principalHint: { en: 'If that person has an account.', 'zh-Hant': '如被代表者有帳戶，請填寫。' },
  name: { en: 'Or the name of who has no account', 'zh-Hant': '或沒有帳戶者的姓名' },
  nameHint: { en: 'As a child. As it stands in the papers.', 'zh-Hant': '例如兒童，按證明文件填寫。' },
  begins: { en: 'First day', 'zh-Hant': '首日' },
  beginsHint: { en: 'Empty: today.', 'zh-Hant': '留空即由今天起。' },
  ends: { en: 'Last day', 'zh-Hant': '最後一日' },
  give: { en: 'Give this mandate', 'zh-Hant': '確定授權' },
  confirm: { en: 'Confirm this mandate', 'zh-Hant': '確認授權' },
})

const mistakes = texts({
  principal: {
    en: 'Write either the code that this person made just now, or the name of who has no account.',
    'zh-Hant': '請填寫對方剛取得的代碼，或沒有帳戶者的姓名，只填其一。',
  },
  kind: { en: 'Choose as what they act.', 'zh-Hant': '請選擇代表身份。' },
  services: codeWords.servicesWrong,
  begins: {
    en: 'Choose a first day that is today or later, or leave it empty.',
    'zh-Hant': '首日須為今天或以後，或留空。',
  },
  ends: {
    en: 'Choose a last day: at most one year for a helper, two for a carer, eighteen for a parent.',
    'zh-Hant': '請選擇最後一日：代辦人最長一年，照顧者兩年，父母或監護人十八年。',
  },
})

const Field = Type.Enum(['code', 'principal', 'kind', 'services', 'begins', 'ends'])

export type MandateData = Static<typeof MandateData>
export const MandateData = Type.Object({
  by: Type.Enum(['principal', 'officer']),
  kinds: Type.Array(Type.String()),
  offered: Type.Array(Offered),
  values: Type.Object({
    code: Type.String(),
    principal: Type.String(),
    name: Type.String(),
    kind: Type.String(),
    services: Type.Array(Type.String()),
    begins: Type.String(),
    ends: Type.String(),
  }),
  mistakes: Type.Array(Field),
})

const sentenceOf = (field: Static<typeof Field>, { code }: MandateData['values']) =>
  field === 'code' ? codeMistake(code) : mistakes[field]

export function MandatePage(data: MandateData) {
  const { say, href } = usePage()
  const { by, values } = data
  const errorOf = (field: Static<typeof Field>) =>
    data.mistakes.includes(field) ? say(sentenceOf(field, data.values)) : undefined
  const officer = by === 'officer'
  const title = say(officer ? words.officeTitle : words.title)
  return (
    <Page
      title={title}
      error={data.mistakes.length > 0}
      breadcrumbs={officer ? accountCrumbs(say) : accountCrumbs(say, '/account/acting')}
    >
      <Done of={[...onTheWay, 'mandate-confirmed']} />
      <ErrorSummary errors={data.mistakes.map((field) => ({ field, text: say(sentenceOf(field, data.values)) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(officer ? words.officeLead : words.lead)}</p>
      <p>{say(words.where)}</p>
      <form method="post" action={href(officer ? '/office/mandates' : '/account/mandates')}>
        <CodeField value={values.code} error={errorOf('code')} />
        {officer && (
          <>
            <TextField
              name="principal"
              label={say(words.principal)}
              hint={say(words.principalHint)}
              value={values.principal}
              width={10}
              maxLength={20}
              autocomplete="off"
              error={errorOf('principal')}
            />
            <TextField
              name="name"
              label={say(words.name)}
              hint={say(words.nameHint)}
              value={values.name}
              maxLength={80}
              autocomplete="off"
            />
          </>
        )}
        <Radios
          name="kind"
          label={say(words.kind)}
          options={data.kinds.map((kind) => ({ value: kind, label: say(mandateNames[kind]!) }))}
          value={values.kind}
          error={errorOf('kind')}
        />
        <ServicesField offered={data.offered} values={values.services} error={errorOf('services')} />
        <DayField
          name="begins"
          label={say(words.begins)}
          hint={say(words.beginsHint)}
          value={values.begins}
          error={errorOf('begins')}
        />
        <DayField name="ends" label={say(words.ends)} value={values.ends} error={errorOf('ends')} />
        <Button>{say(officer ? words.confirm : words.give)}</Button>
      </form>
    </Page>
  )
}
