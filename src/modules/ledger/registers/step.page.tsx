import {
  Button,
  DateField,
  ErrorSummary,
  Page,
  Phrase,
  type Text,
  TextArea,
  TextField,
  texts,
  usePage,
  Warning,
} from '#platform'
import { writeApprovals } from './approvals.tsx'
import { capital, words as ofItem } from './item.page.tsx'
import { words as ofList } from './registers.page.tsx'
import type { StepData } from './types.ts'
import { reasonMax } from './values.rules.ts'

const words = texts({
  new: { en: 'A new {item}', 'zh-Hant': '新{item}' },
  as: { en: 'You act as: {party}.', 'zh-Hant': '你以「{party}」身份行事。' },
  alone: {
    en: 'It takes effect at once: nobody else must approve it.',
    'zh-Hant': '無須他人批准，即時生效。',
  },
  needs: {
    en: 'It takes effect when these have approved it: {who}. By sending it you approve it. It waits {days} days at most.',
    'zh-Hant': '須獲以下各方批准才生效：{who}。送出即代表你批准。最多等候 {days} 天。',
  },
  passes: {
    en: 'You then get a code, in a letter to print. Whoever is to hold it takes it over by that code; hand it to nobody else.',
    'zh-Hant': '送出後會有一個代碼及可列印的信件。承讓的一方憑代碼承讓；切勿交予他人。',
  },
  to: { en: 'It then is: {state}.', 'zh-Hant': '生效後的狀況：{state}。' },
  harm: {
    en: 'This step is to the disadvantage of whoever holds the item, and stands in the log for ever. Look once more before you send it.',
    'zh-Hant': '這個步驟不利於持有人，並會永久載於日誌。送出前請再核對一次。',
  },
  public: { en: 'Everybody can read it.', 'zh-Hant': '公開可閱。' },
  private: { en: 'Only the parties can read it.', 'zh-Hant': '只供登記各方閱覽。' },
  optional: { en: '{title} (if there is one)', 'zh-Hant': '{title}（如有）' },
  reason: { en: 'Reason', 'zh-Hant': '原因' },
  reasonHint: {
    en: 'The parties read it, and not the public.',
    'zh-Hant': '登記各方可閱，不公開。',
  },
  date: { en: 'As 28 2 2031.', 'zh-Hant': '例如 2031 年 2 月 28 日。' },
  back: { en: 'Do not do it', 'zh-Hant': '不辦理' },
})

/** The form of a step: what it asks for, and what then happens. */
export function StepPage(data: StepData) {
  const page = usePage()
  const { say, href, language } = page
  const { register, number, step, party, openDays, token, mistakes } = data
  const title = say(step.title)
  const item = number
    ? say(ofItem.title, { item: capital(say(register.item)), number })
    : say(words.new, { item: register.item })
  const back = number ? `${register.path}/items/${number}/steps` : `/office/ledger/registers/${register.id}`
  const isAlone = step.approvals.some(
    (needs) => needs.length === 1 && isOne(needs[0]!) && say(needs[0]!.party) === say(party.title),
  )
  const control = (field: string) =>
    data.fields.some(({ id, kind }) => kind === 'date' && field === `field.${id}`)
      ? `${field}-${language === 'en' ? 'day' : 'year'}`
      : field
  return (
    <Page
      title={title}
      error={mistakes.length > 0}
      breadcrumbs={[
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(register.title), path: number ? register.path : back },
        ...(number ? [{ text: number, path: back }] : []),
      ]}
    >
      <ErrorSummary errors={mistakes.map(({ field, text }) => ({ field: control(field), text: say(text) }))} />
      <p class="caption">{item}</p>
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.as, { party: party.title })}</p>
      <p>
        {isAlone ? say(words.alone) : say(words.needs, { who: writeApprovals(page, step.approvals), days: openDays })}{' '}
        {say(words.to, { state: step.to })}
      </p>
      {step.passes && <p>{say(words.passes)}</p>}
      {step.harm && <Warning>{say(words.harm)}</Warning>}
      <form method="post" action={href(number ? `${register.path}/items/${number}/steps` : `${register.path}/items`)}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="step" value={step.id} />
        <input type="hidden" name="party" value={party.id} />
        {data.fields.map((field) => (
          <Control key={field.id} field={field} error={errorOf(`field.${field.id}`)} />
        ))}
        {step.reason && (
          <TextArea
            name="reason"
            label={say(words.reason)}
            hint={say(words.reasonHint)}
            value={data.reason}
            maxLength={reasonMax}
            autocomplete="off"
            error={errorOf('reason')}
          />
        )}
        <Button id="send" {...(step.harm && { kind: 'harm' as const })}>
          {title}
        </Button>
      </form>
      <p class="after-form">
        <a href={href(back)}>{say(words.back)}</a>
      </p>
    </Page>
  )

  function errorOf(control: string): string | undefined {
    const mistake = mistakes.find(({ field }) => field === control)
    return mistake && say(mistake.text)
  }
}

const isOne = ({ persons, ofOrganisation }: StepData['step']['approvals'][number][number]) =>
  persons === 1 && ofOrganisation === 1

function Control({ field, error }: { field: StepData['fields'][number]; error: string | undefined }) {
  const { say, language } = usePage()
  const { id, title, hint, kind, max, required, value } = field
  const hints: Text[] = [
    ...(hint ? [hint] : kind === 'date' ? [words.date] : []),
    field.public ? words.public : words.private,
  ]
  const shared = {
    name: `field.${id}`,
    label: required ? say(title) : say(words.optional, { title }),
    hint: hints.map((text) => say(text)).join(language === 'en' ? ' ' : ''),
    error,
  }
  if (kind === 'date') {
    const [year = '', month = '', day = ''] = value.split('-')
    return <DateField {...shared} value={{ year, month, day }} />
  }
  if (kind === 'text' && max > 200)
    return <TextArea {...shared} value={value} maxLength={max} rows={max > 600 ? 8 : 4} autocomplete="off" />
  return (
    <TextField
      {...shared}
      value={value}
      autocomplete="off"
      maxLength={kind === 'number' ? 30 : max}
      {...(kind === 'number' && { inputMode: 'decimal' as const, width: 10 as const })}
      {...(kind === 'text' && max <= 30 && { width: 20 as const })}
    />
  )
}
