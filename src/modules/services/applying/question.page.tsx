import { usePage } from '#platform'
import { Control, controlOf } from './control.tsx'
import { FileQuestion } from './files.tsx'
import { ApplicationFrame, Caption, Heading, Onward, Paragraphs } from './frame.tsx'
import type { QuestionData } from './types.ts'

/** One page of a form. Its one question is the heading, where the page has none of its own. */
export function QuestionPage({
  application,
  title,
  caption,
  text,
  asked,
  files,
  mistakes,
  action,
  back,
  currency,
}: QuestionData) {
  const { say, href, language } = usePage()
  const heading = say(title ?? asked[0]!.question.title)
  const errors = mistakes.map(({ control, text }) => ({ field: controlOf(control, asked, language), text: say(text) }))
  const file = asked.find(({ question }) => question.kind === 'file')
  return (
    <ApplicationFrame application={application} title={heading} back={back} errors={errors}>
      <Caption application={application} caption={caption && say(caption)} />
      {title && <Heading text={heading} />}
      {title && text && <Paragraphs text={say(text)} />}
      {file && <FileQuestion asked={file} mistakes={mistakes} action={action} page={!title} notes={files} />}
      <form method="post" action={href(action)} noValidate>
        {asked.map((each) =>
          each === file ? null : (
            <Control key={each.question.id} asked={each} mistakes={mistakes} page={!title} currency={currency} />
          ),
        )}
        {!title && text && <Paragraphs text={say(text)} />}
        <Onward />
      </form>
    </ApplicationFrame>
  )
}
