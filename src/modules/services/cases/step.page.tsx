import {
  Button,
  Checkboxes,
  DateField,
  ErrorSummary,
  type Language,
  Page,
  Phrase,
  Radios,
  Select,
  TextArea,
  TextField,
  texts,
  usePage,
  Warning,
} from '#platform'
import { Rules } from './case.page.tsx'
import { officePath } from './history.ts'
import { Paragraphs, words as shared } from './parts.tsx'
import type { AskedField, StepData } from './types.ts'

const words = texts({
  moves: { en: 'The case then is: {state}. {next}', 'zh-Hant': '個案狀況將為：{state}。{next}' },
  fourEyes: {
    en: 'You propose it. It counts when another officer has approved it.',
    'zh-Hant': '這是建議，須由另一名人員批准才生效。',
  },
  reasons: { en: 'Reasons', 'zh-Hant': '原因' },
  reasonsHint: { en: 'The person reads them as they stand here.', 'zh-Hant': '當事人會看到以下文字。' },
  suggested: { en: 'The rules say so.', 'zh-Hant': '規則所示。' },
  told: { en: 'What the person is told', 'zh-Hant': '當事人收到的訊息' },
  optional: { en: '{title} (if there is one)', 'zh-Hant': '{title}（如有）' },
  back: { en: 'Back to the case', 'zh-Hant': '返回個案' },
  propose: { en: 'Propose: {step}', 'zh-Hant': '提交建議：{step}' },
  yes: { en: 'Yes', 'zh-Hant': '是' },
  no: { en: 'No', 'zh-Hant': '否' },
  choose: { en: 'Choose', 'zh-Hant': '請選擇' },
  confirm: { en: 'I confirm it', 'zh-Hant': '我確認' },
})

/** The form of a step: what it asks, the reasons of a decision, what the person is told, and what then happens. */
export function StepPage(data: StepData) {
  const { say, href, language } = usePage()
  const { line, step, wrong, told } = data
  const path = officePath(line.reference)
  const errorOf = (field: string) => {
    const found = wrong.find((each) => each.field === field)
    return found ? { error: say(found.text) } : {}
  }
  const control = (field: string) => controlIn(data.fields, field, language)
  return (
    <Page
      title={`${say(step.title)} · ${line.reference}`}
      error={wrong.length > 0}
      breadcrumbs={[
        { text: say(shared.desk), path: '/office/services' },
        { text: line.reference, path },
      ]}
    >
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field: control(field), text: say(text) }))} />
      <p class="caption">
        {line.reference} · {say(line.title)}
        {line.listed.length > 0 && ` · ${line.listed.join(' · ')}`}
      </p>
      <h1>
        <Phrase text={say(step.title)} />
      </h1>
      <p>{say(words.moves, { state: data.to, next: data.next })}</p>
      {step.fourEyes && <Warning>{say(words.fourEyes)}</Warning>}
      {step.decides && <Rules tables={data.tables} />}
      <form method="post" action={href(`${path}/steps/${step.id}`)}>
        <input type="hidden" name="token" value={data.token} />
        <input type="hidden" name="seen" value={data.number} />
        {data.fields.map((field) => (
          <Control key={field.name} field={field} {...errorOf(field.name)} />
        ))}
        {data.reasons.length > 0 && (
          <Checkboxes
            name="reasons"
            label={say(words.reasons)}
            hint={say(words.reasonsHint)}
            values={data.chosen}
            options={data.reasons.map(({ id, text, suggested }) => ({
              value: id,
              label: say(text),
              ...(suggested && { hint: say(words.suggested) }),
            }))}
            {...errorOf('reasons')}
          />
        )}
        {told && (
          <details class="details">
            <summary>
              <span>{say(words.told)}</span>
            </summary>
            <div>
              <p>
                <b>{say(told.subject)}</b>
              </p>
              <Paragraphs text={say(told.text)} />
            </div>
          </details>
        )}
        <Button id="send" {...(step.decides === 'refused' && { kind: 'harm' as const })}>
          {step.fourEyes ? say(words.propose, { step: step.title }) : say(step.title)}
        </Button>
      </form>
      <p class="after-form">
        <a href={href(path)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}

/** The control to which a mistake leads: of a day its first part, which depends on the language. */
export const controlIn = (fields: readonly AskedField[], field: string, language: Language): string =>
  fields.some(({ name, kind }) => kind === 'date' && name === field)
    ? `${field}-${language === 'en' ? 'day' : 'year'}`
    : field

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''))

export function Control({ field, error }: { field: AskedField; error?: string }) {
  const { say } = usePage()
  const { name, title, hint, kind, optional, max, unit, options, typed } = field
  const label = optional ? say(words.optional, { title }) : say(title)
  const hints = [hint && say(hint), unit && say(unit)].filter(Boolean).join(' · ')
  const shape = { name, label, ...(hints && { hint: hints }), ...(error && { error }) }
  const value = one(typed[name])
  const choices = options.map(({ id, title, hint }) => ({
    value: id,
    label: say(title),
    ...(hint && { hint: say(hint) }),
  }))
  switch (kind) {
    case 'long-text':
      return <TextArea {...shape} value={value} rows={6} maxLength={max ?? 4000} autocomplete="off" />
    case 'date': {
      const part = (of: string) => one(typed[`${name}-${of}`])
      return <DateField {...shape} value={{ year: part('year'), month: part('month'), day: part('day') }} />
    }
    case 'yes-no':
      return (
        <Radios
          {...shape}
          value={value}
          options={[
            { value: 'yes', label: say(words.yes) },
            { value: 'no', label: say(words.no) },
          ]}
        />
      )
    case 'declaration':
      return (
        <Checkboxes
          {...shape}
          values={value === 'yes' ? ['yes'] : []}
          options={[{ value: 'yes', label: say(words.confirm) }]}
        />
      )
    case 'choice':
      return choices.length > 8 ? (
        <Select {...shape} value={value} options={[{ value: '', label: say(words.choose) }, ...choices]} />
      ) : (
        <Radios {...shape} value={value} options={choices} />
      )
    case 'choices':
      return <Checkboxes {...shape} values={[typed[name] ?? []].flat()} options={choices} />
    default:
      return (
        <TextField
          {...shape}
          value={value}
          autocomplete="off"
          maxLength={kind === 'number' || kind === 'money' ? 30 : (max ?? 200)}
          {...((kind === 'number' || kind === 'money') && { inputMode: 'decimal' as const, width: 10 as const })}
        />
      )
  }
}
