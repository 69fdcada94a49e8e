import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Phrase, Radios, Text, TextField, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { CodeField, codeMistake, codeWords, DayField, ServicesField } from '../acting/limit-fields.tsx'
import { Offered } from '../acting/types.ts'
import { Done, onTheWay } from '../done.tsx'
import { mandateNames, mandateUses } from './kinds.ts'

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
    en: 'For parents, and for carers of people who cannot grant a mandate themselves. Both are here, and you have seen the papers that show it. You are shown their names; then it counts at once.',
    'zh-Hant': '適用於父母，以及照顧未能自行授權人士的照顧者。雙方須在場，並已查驗證明文件。核對姓名後即時生效。',
  },
  kind: { en: 'As what they act', 'zh-Hant': '代表身份' },
  principal: { en: 'Code of the person in whose name they act', 'zh-Hant': '被代表者的代碼' },
  principalHint: { en: 'If that person has an account.', 'zh-Hant': '如被代表者有帳戶，請填寫。' },
  name: { en: 'Or the name of who has no account', 'zh-Hant': '或沒有帳戶者的姓名' },
  nameHint: { en: 'As a child. As it stands in the papers.', 'zh-Hant': '例如兒童，按證明文件填寫。' },
  begins: { en: 'First day', 'zh-Hant': '首日' },
  beginsHint: { en: 'Empty: today.', 'zh-Hant': '留空即由今天起。' },
  ends: { en: 'Last day', 'zh-Hant': '最後一日' },
  give: { en: 'Go on, and see whose code it is', 'zh-Hant': '繼續並核對代碼持有人' },
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
    en: 'Choose a last day: at most one year for a helper, two for a carer.',
    'zh-Hant': '請選擇最後一日：代辦人最長一年，照顧者兩年。',
  },
})
const officeEnds = texts({
  ends: {
    en: 'Choose a last day: at most two years for a carer, eighteen for a parent or guardian.',
    'zh-Hant': '請選擇最後一日：照顧者最長兩年，父母或監護人十八年。',
  },
}).ends

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
  /** Why whoever shows the code, though it is good, is not the one. */
  refusal: Type.Union([Text, Type.Null()]),
})

const sentenceOf = (field: Static<typeof Field>, { by, values }: MandateData) => {
  if (field === 'code') return codeMistake(values.code)
  return field === 'ends' && by === 'officer' ? officeEnds : mistakes[field]
}

export function MandatePage(data: MandateData) {
  const { say, href } = usePage()
  const { by, values } = data
  const errors = [
    ...(data.refusal ? [{ field: 'code', text: say(data.refusal) }] : []),
    ...data.mistakes.map((field) => ({ field, text: say(sentenceOf(field, data)) })),
  ]
  const errorOf = (field: Static<typeof Field>) => errors.find((each) => each.field === field)?.text
  const officer = by === 'officer'
  const title = say(officer ? words.officeTitle : words.title)
  return (
    <Page
      title={title}
      error={errors.length > 0}
      breadcrumbs={officer ? accountCrumbs(say) : accountCrumbs(say, '/account/acting')}
    >
      <Done of={[...onTheWay, 'mandate-confirmed']} />
      <ErrorSummary errors={errors} />
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
          options={data.kinds.map((kind) => ({
            value: kind,
            label: say(mandateNames[kind]!),
            hint: say(mandateUses[kind]!),
          }))}
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
        <Button>{say(words.give)}</Button>
      </form>
    </Page>
  )
}
