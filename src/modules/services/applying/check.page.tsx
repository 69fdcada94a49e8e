import { Button, Checkboxes, FieldError, SummaryList, type Text, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Paragraphs } from './frame.tsx'
import type { CheckData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'Check your answers before you send them', 'zh-Hant': '提交前請核對答案' },
  declaration: { en: 'Before you send it', 'zh-Hant': '提交之前' },
  confirm: { en: 'Your word', 'zh-Hant': '聲明' },
  agree: { en: 'I say so', 'zh-Hant': '本人作此聲明' },
  send: { en: 'Send the application', 'zh-Hant': '提交申請' },
})

/** All answers, each with the way to change it, and the button that sends them. */
export function CheckPage({ application, sections, declaration, digest, back, mistakes }: CheckData) {
  const { say } = usePage()
  const errors = mistakes.map(({ control, text }) => ({ field: control, text: say(text) }))
  return (
    <ApplicationFrame application={application} title={say(own.title)} back={back} errors={errors}>
      <Caption application={application} caption={null} />
      <Heading text={say(own.title)} />
      <AnswerSections sections={sections} />
      <Declaration
        action={`${application.path}/send`}
        text={say(declaration)}
        digest={digest}
        errors={errors}
        button={say(own.send)}
      />
    </ApplicationFrame>
  )
}

type DeclarationProps = {
  action: string
  text: string
  digest: string
  errors: readonly { field: string; text: string }[]
  button: string
}

/** What somebody says by sending or signing, and the button by which they do. */
export function Declaration({ action, text, digest, errors, button }: DeclarationProps) {
  const { say, href } = usePage()
  const agree = errors.find(({ field }) => field === 'agree')
  const send = errors.find(({ field }) => field === 'send')
  return (
    <form method="post" action={href(action)} noValidate>
      <input type="hidden" name="digest" value={digest} />
      <h2>{say(own.declaration)}</h2>
      <Paragraphs text={text} />
      <Checkboxes
        name="agree"
        label={say(own.confirm)}
        options={[{ value: 'yes', label: say(own.agree) }]}
        error={agree?.text}
      />
      {send && <FieldError id="send">{send.text}</FieldError>}
      <Button id="send">{button}</Button>
    </form>
  )
}

/** Answers section by section; without a way to change them where they were sent. */
export function AnswerSections({
  sections,
  level = 2,
  change = words.change,
}: Pick<CheckData, 'sections'> & { level?: 2 | 3; change?: Text }) {
  const { say } = usePage()
  const SectionHeading = level === 2 ? 'h2' : 'h3'
  return (
    <>
      {sections.map(({ title, rows }, at) => (
        <section key={at}>
          {title && <SectionHeading>{say(title)}</SectionHeading>}
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
              ...(row.change && { action: { path: row.change, text: say(change) } }),
            }))}
          />
        </section>
      ))}
    </>
  )
}
