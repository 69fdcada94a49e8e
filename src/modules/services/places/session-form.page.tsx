import { Button, ErrorSummary, Page, Phrase, texts, usePage } from '#platform'
import { Control, controlOf } from '../applying/control.tsx'
import { sessionPath, sessionsPath } from './paths.ts'
import type { SessionFormData } from './types.ts'
import { shared } from './words.ts'

const words = texts({
  save: { en: 'Save', 'zh-Hant': '儲存' },
  tells: {
    en: 'If you change the day, the time or the place, everybody who has a place or waits for one is told.',
    'zh-Hant': '如更改日期、時間或地點，所有已有名額或輪候中的人都會收到通知。',
  },
})

/** The form of a session: a new one, or one that is there. */
export function SessionFormPage({ session, token, asked, mistakes, currency }: SessionFormData) {
  const { say, href, language } = usePage()
  const title = say(session === null ? shared.add : shared.edit)
  const errors = mistakes.map(({ control, text }) => ({ field: controlOf(control, asked, language), text: say(text) }))
  return (
    <Page title={title} error={errors.length > 0} breadcrumbs={[{ text: say(shared.sessions), path: sessionsPath }]}>
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={title} />
      </h1>
      {session !== null && <p>{say(words.tells)}</p>}
      <form method="post" action={href(session === null ? sessionsPath : sessionPath(session))} noValidate>
        <input type="hidden" name="token" value={token} />
        {asked.map((each) => (
          <Control key={each.question.id} asked={each} mistakes={mistakes} page={false} currency={currency} />
        ))}
        <Button>{say(words.save)}</Button>
      </form>
    </Page>
  )
}
