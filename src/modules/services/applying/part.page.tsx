import { Button, NotificationBanner, TaskList, texts, usePage } from '#platform'
import { AnswerSections } from './check.page.tsx'
import { ApplicationFrame, Caption, Heading, Paragraphs } from './frame.tsx'
import type { PartData } from './types.ts'

const own = texts({
  yours: { en: 'Your part', 'zh-Hant': '你的部分' },
  signed: { en: 'You have signed', 'zh-Hant': '你已簽署' },
  signedLine: {
    en: 'The applicant can now send the application. If they change an answer, you are needed again.',
    'zh-Hant': '申請人現可提交申請。如對方更改答案，須由你再簽署。',
  },
  changed: { en: 'An answer of the applicant has changed', 'zh-Hant': '申請人更改了答案' },
  changedLine: {
    en: 'Look at what they wrote, and sign again.',
    'zh-Hant': '請再看一次對方填寫的內容，然後重新簽署。',
  },
  sign: { en: 'Check your answers and sign', 'zh-Hant': '核對答案並簽署' },
  theirs: { en: 'What the applicant wrote', 'zh-Hant': '申請人填寫的內容' },
})

/** What somebody sees who was asked for a part of an application. */
export function PartPage({ application, title, text, state, pages, sign, sections }: PartData) {
  const { say, href } = usePage()
  const heading = say(title)
  return (
    <ApplicationFrame application={application} title={heading}>
      <Caption application={application} caption={null} />
      <Heading text={heading} />
      {state === 'signed' && (
        <NotificationBanner title={say(own.signed)} tone="good">
          <p>{say(own.signedLine)}</p>
        </NotificationBanner>
      )}
      {state === 'changed' && (
        <NotificationBanner title={say(own.changed)} tone="warn">
          <p>{say(own.changedLine)}</p>
        </NotificationBanner>
      )}
      {text && <Paragraphs text={say(text)} />}
      <h2>{say(own.yours)}</h2>
      <TaskList
        tasks={pages.map((page) => ({
          title: say(page.title),
          state: page.state,
          ...(page.path && { path: page.path }),
        }))}
      />
      {sign && (
        <p class="after-form">
          <Button href={href(sign)}>{say(own.sign)}</Button>
        </p>
      )}
      <h2>{say(own.theirs)}</h2>
      <AnswerSections sections={sections} level={3} />
    </ApplicationFrame>
  )
}
