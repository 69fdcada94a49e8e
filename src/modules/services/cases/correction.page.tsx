import { Button, ErrorSummary, Page, Phrase, TextArea, texts, usePage } from '#platform'
import { correctionPath, officePath } from './history.ts'
import { words as shared } from './parts.tsx'
import { Control, controlIn } from './step.page.tsx'
import { type CorrectionData, textMax } from './types.ts'

const words = texts({
  title: { en: 'Correct an answer', 'zh-Hant': '更正答案' },
  now: { en: 'As it stands now: {value}', 'zh-Hant': '現時的答案：{value}' },
  kept: {
    en: 'What was sent is kept as well. The person is told what you corrected, and why.',
    'zh-Hant': '原先提交的內容仍會保留。當事人會獲告知更正的內容和原因。',
  },
  reason: { en: 'Why, and how you know', 'zh-Hant': '更正的原因和依據' },
  reasonHint: {
    en: 'The person reads it as it stands here. Like: You told us so by telephone on 3 May.',
    'zh-Hant': '當事人會看到以下文字。例如：你於 5 月 3 日來電告知。',
  },
  send: { en: 'Correct the answer', 'zh-Hant': '更正答案' },
  back: { en: 'Back to the case', 'zh-Hant': '返回個案' },
})

/** The form of a correction: the answer as it stands, as it should be, and why. */
export function CorrectionPage(data: CorrectionData) {
  const { say, href, language } = usePage()
  const { line, field, wrong, question } = data
  const path = officePath(line.reference)
  const errorOf = (name: string) => {
    const found = wrong.find((each) => each.field === name || each.field.startsWith(`${name}-`))
    return found ? { error: say(found.text) } : {}
  }
  const title = say(words.title)
  return (
    <Page
      title={`${title} · ${line.reference}`}
      error={wrong.length > 0}
      breadcrumbs={[
        { text: say(shared.desk), path: '/office/services' },
        { text: line.reference, path },
      ]}
    >
      <ErrorSummary
        errors={wrong.map(({ field: name, text }) => ({ field: controlIn([field], name, language), text: say(text) }))}
      />
      <p class="caption">
        {line.reference} · {say(line.title)}
      </p>
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.now, { value: data.now })}</p>
      <p>{say(words.kept)}</p>
      <form method="post" action={href(correctionPath(line.reference, question))} noValidate>
        <input type="hidden" name="token" value={data.token} />
        <input type="hidden" name="seen" value={data.number} />
        <Control field={field} {...errorOf(field.name)} />
        <TextArea
          name="reason"
          label={say(words.reason)}
          hint={say(words.reasonHint)}
          value={data.reason}
          rows={4}
          maxLength={textMax}
          autocomplete="off"
          {...errorOf('reason')}
        />
        <Button id="send">{say(words.send)}</Button>
      </form>
      <p class="after-form">
        <a href={href(path)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
