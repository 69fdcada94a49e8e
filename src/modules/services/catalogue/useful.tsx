import { usePage } from '#platform'
import { feedbackWords as words } from './feedback-words.ts'
import type { NewFeedback } from './types.ts'

/**
 * Asks whether a service was useful, at the end of a page. Its answers are links to a small form, as pages that are kept for many
 * people cannot hold what counts once.
 */
export function Useful({ service, place }: Pick<NewFeedback, 'service' | 'place'>) {
  const { say, href } = usePage()
  const to = (useful: 'yes' | 'no') => href(`/services/${service}/feedback?place=${place}&useful=${useful}`)
  return (
    <aside class="useful" aria-labelledby="useful">
      <h2 id="useful">{say(words.title)}</h2>
      <p class="buttons">
        <a class="button button--second" rel="nofollow" href={to('yes')}>
          {say(words.yes)}
        </a>
        <a class="button button--second" rel="nofollow" href={to('no')}>
          {say(words.no)}
        </a>
      </p>
    </aside>
  )
}
