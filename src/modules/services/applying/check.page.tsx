import { Button, Checkboxes, FieldError, SummaryList, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Paragraphs } from './frame.tsx'
import type { CheckData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'Check your answers before you send them', 'zh-Hant': '提交前請核對答案' },
  declaration: { en: 'Before you send it', 'zh-Hant': '提交之前' },
  agree: { en: 'This is true of me and of what I have written', 'zh-Hant': '以上聲明屬實' },
  send: { en: 'Send the application', 'zh-Hant': '提交申請' },
})

/** All answers, each with the way to change it, and the button that sends them. */
export function CheckPage({ application, sections, declaration, digest, back, mistakes }: CheckData) {
  const { say, href } = usePage()
  const errors = mistakes.map(({ control, text }) => ({ field: control, text: say(text) }))
  const agree = errors.find(({ field }) => field === 'agree')
  const send = errors.find(({ field }) => field === 'send')
  return (
    <ApplicationFrame application={application} title={say(own.title)} back={back} errors={errors}>
      <Caption application={application} caption={null} />
      <Heading text={say(own.title)} />
      <AnswerSections sections={sections} />
      <h2>{say(own.declaration)}</h2>
      <Paragraphs text={say(declaration)} />
      <form method="post" action={href(`${application.path}/send`)} noValidate>
        <input type="hidden" name="digest" value={digest} />
        <Checkboxes
          name="agree"
          label={say(own.declaration)}
          options={[{ value: 'yes', label: say(own.agree) }]}
          error={agree?.text}
        />
        {send && <FieldError id="send">{send.text}</FieldError>}
        <Button id="send">{say(own.send)}</Button>
      </form>
    </ApplicationFrame>
  )
}

/** Answers section by section; without a way to change them where they were sent. */
export function AnswerSections({ sections }: Pick<CheckData, 'sections'>) {
  const { say } = usePage()
  return (
    <>
      {sections.map(({ title, rows }, at) => (
        <section key={at}>
          {title && <h2>{say(title)}</h2>}
          <SummaryList
            rows={rows.map((row) => ({
              key: say(row.title),
              value: (
                <>
                  {row.text ? (
                    <span class="answer">{say(row.text)}</span>
                  ) : (
                    <span class="muted">{say(words.notAnswered)}</span>
                  )}
                  {row.source && <p class="muted">{say(words.source, { source: row.source })}</p>}
                </>
              ),
              ...(row.change && { action: { path: row.change, text: say(words.change) } }),
            }))}
          />
        </section>
      ))}
    </>
  )
}
