import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({ title: { en: 'There is something to put right', 'zh-Hant': '有些地方需要更正' } })

/** `field` is the id of the control to go to. */
export type FormError = { field: string; text: string }

/** First thing in `main` when a form comes back; takes the focus, unless it is `calm`. Shows nothing when nothing is wrong. */
export function ErrorSummary({ errors, calm }: { errors: readonly FormError[]; calm?: boolean }) {
  const { say } = usePage()
  if (errors.length === 0) return null
  return (
    <div class="error-summary" data-module="govuk-error-summary" data-disable-auto-focus={calm}>
      <div role="alert">
        <h2>{say(words.title)}</h2>
        <ul>
          {errors.map(({ field, text }) => (
            <li key={field}>
              <a href={`#${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
