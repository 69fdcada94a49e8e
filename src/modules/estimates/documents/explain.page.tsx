import { type Static, Type } from 'typebox'
import {
  Button,
  ErrorSummary,
  languages,
  Page,
  Phrase,
  Select,
  Text,
  TextArea,
  TextField,
  texts,
  usePage,
} from '#platform'
import { IdentityEquation } from '../publish/equation.tsx'
import { crumbs, headPath } from '../publish/head.page.tsx'
import { indexOf } from '../publish/head-data.ts'
import { amountText, cellText } from '../publish/labels.rules.ts'
import { HeadData } from '../publish/shapes.ts'
import { type Cell, explanationMax, Identity, Reason } from '../types.ts'

const words = texts({
  title: { en: 'Explain a difference', 'zh-Hant': '解釋差異' },
  lead: {
    en: 'This identity, an equation between numbers of the document, fails. A difference that has a reason may be explained and signed; it then shows as explained, with your name, for as long as it is exactly this difference.',
    'zh-Hant':
      '這條等式不符。差異如有原因，可加以解釋並簽署；只要差額維持不變，便會連同你的姓名顯示為「有差異，已解釋」。',
  },
  difference: { en: 'Difference: {difference}', 'zh-Hant': '相差 {difference}' },
  amount: { en: 'The difference that you explain', 'zh-Hant': '所解釋的差額' },
  amountHint: { en: 'Only exactly this difference is explained.', 'zh-Hant': '只解釋這個差額。' },
  reason: { en: 'Reason', 'zh-Hant': '原因' },
  choose: { en: 'Choose a reason', 'zh-Hant': '請選擇原因' },
  explanation: { en: 'Explanation', 'zh-Hant': '解釋' },
  explanationHint: {
    en: 'One or two sentences that a reader without background understands.',
    'zh-Hant': '用一兩句寫明，令不熟悉預算的讀者也能明白。',
  },
  source: { en: 'Source', 'zh-Hant': '來源' },
  sourceHint: {
    en: 'The paper, reply or page where a reader can see it: FCR(2023-24)1, page 4.',
    'zh-Hant': '讀者可查閱的文件、答覆或頁數，例如 FCR(2023-24)1，第 4 頁。',
  },
  signer: { en: 'You sign as {name}.', 'zh-Hant': '你將以{name}的名義簽署。' },
  sign: { en: 'Sign this explanation', 'zh-Hant': '簽署解釋' },
})

const reasons: Readonly<Record<Reason, Text>> = texts({
  transfer: { en: 'A transfer between Heads or subheads', 'zh-Hant': '總目或分目之間的轉撥' },
  restatement: { en: 'An earlier figure was restated', 'zh-Hant': '較早的數字經重新列報' },
  rounding: { en: 'Rounding', 'zh-Hant': '四捨五入' },
  other: { en: 'Another reason', 'zh-Hant': '其他原因' },
})

const mistakes = texts({
  difference: { en: 'Write the difference exactly as it stands above.', 'zh-Hant': '請按上面所示填寫差額。' },
  reason: { en: 'Choose the reason of the difference.', 'zh-Hant': '請選擇差異的原因。' },
  explanation: { en: 'Write the explanation.', 'zh-Hant': '請填寫解釋。' },
  source: { en: 'Name the source where a reader can see it.', 'zh-Hant': '請註明讀者可查閱的來源。' },
})

/** An empty choice is a mistake in the form and not a wrong request. */
export const ChosenReason = Type.Union([Type.Literal(''), Reason])
const Field = Type.Enum(['difference', 'reason', 'explanation', 'source'])
/** What was typed; an empty reason is none. */
const Values = Type.Object({
  difference: Type.String(),
  reason: ChosenReason,
  explanation: Type.String(),
  source: Type.String(),
})

export type ExplainValues = Static<typeof Values>
export type ExplainError = Static<typeof Field>

export type ExplainData = Static<typeof ExplainData>
export const ExplainData = Type.Object({
  ...HeadData.properties,
  identity: Identity,
  /** What is stated less what was computed. */
  difference: Type.String(),
  values: Values,
  mistakes: Type.Array(Field),
  signer: Text,
})

/** Without what people write or leave out as they like: spaces, separators, and which sign stands for minus. */
const plain = (amount: string) => amount.replace(/[\s,]/g, '').replace(/[−–]/g, '-')

/**
 * Fields that say nothing, as spaces and signs that nobody sees do, and a difference that is another one than the
 * checker's, as a number in the unit of the figure or as the page writes it: `100`, `$1.0 million`, `100 萬元`.
 */
export const mistakesOf = (values: ExplainValues, difference: string, like: Pick<Cell, 'unit'>): ExplainError[] => [
  ...([difference, ...languages.map((language) => amountText(difference, like, language))].some(
    (form) => plain(form) === plain(values.difference),
  )
    ? []
    : (['difference'] as const)),
  ...(['reason', 'explanation', 'source'] as const).filter((field) => !/[\p{L}\p{N}]/u.test(values[field])),
]

export function ExplainPage(data: ExplainData) {
  const { say, href, language } = usePage()
  const { identity, difference, values } = data
  const claimed = indexOf(data).cell.get(identity.claimed)!
  const errorOf = (field: ExplainError) => (data.mistakes.includes(field) ? { error: say(mistakes[field]) } : {})
  const options = [
    { value: '', label: say(words.choose) },
    ...Object.entries(reasons).map(([value, label]) => ({ value, label: say(label) })),
  ]
  return (
    <Page title={say(words.title)} error={data.mistakes.length > 0} breadcrumbs={crumbs(data, say, true)}>
      <ErrorSummary errors={data.mistakes.map((field) => ({ field, text: say(mistakes[field]) }))} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <IdentityEquation data={data} identity={identity} title={say(cellText(data, claimed))} marked />
      <p>{say(words.difference, { difference: amountText(difference, claimed, language) })}</p>
      <form method="post" action={href(`${headPath(data)}/explain`)}>
        <input type="hidden" name="identity" value={identity.id} />
        <TextField
          name="difference"
          label={say(words.amount)}
          hint={say(words.amountHint)}
          value={values.difference}
          maxLength={explanationMax.difference}
          width={10}
          autocomplete="off"
          {...errorOf('difference')}
        />
        <Select
          name="reason"
          label={say(words.reason)}
          options={options}
          value={values.reason}
          {...errorOf('reason')}
        />
        <TextArea
          name="explanation"
          label={say(words.explanation)}
          hint={say(words.explanationHint)}
          value={values.explanation}
          maxLength={explanationMax.explanation}
          {...errorOf('explanation')}
        />
        <TextField
          name="source"
          label={say(words.source)}
          hint={say(words.sourceHint)}
          value={values.source}
          maxLength={explanationMax.source}
          autocomplete="off"
          {...errorOf('source')}
        />
        <p>{say(words.signer, { name: say(data.signer) })}</p>
        <Button>{say(words.sign)}</Button>
      </form>
    </Page>
  )
}
