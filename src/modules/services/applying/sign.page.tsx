import { texts, usePage } from '#platform'
import { AnswerSections, Declaration } from './check.page.tsx'
import { ApplicationFrame, Caption, Heading } from './frame.tsx'
import type { SignData } from './types.ts'

const own = texts({
  title: { en: 'Check your answers before you sign', 'zh-Hant': '簽署前請核對答案' },
  sign: { en: 'Sign', 'zh-Hant': '簽署' },
})

/** The answers of a party, and the button by which they stand for them. */
export function SignPage({ application, title, sections, declaration, digest, back, mistakes }: SignData) {
  const { say } = usePage()
  const errors = mistakes.map(({ control, text }) => ({ field: control, text: say(text) }))
  return (
    <ApplicationFrame application={application} title={say(own.title)} back={back} errors={errors}>
      <Caption application={application} caption={say(title)} />
      <Heading text={say(own.title)} />
      <AnswerSections sections={sections} />
      <Declaration
        action={`${application.path}/sign`}
        text={say(declaration)}
        digest={digest}
        errors={errors}
        button={say(own.sign)}
      />
    </ApplicationFrame>
  )
}
