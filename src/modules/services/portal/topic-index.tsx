import type { Topic } from '#pack'
import { usePage } from '#platform'
import { QuietIndex } from './parts.tsx'
import { topicPath, words } from './words.ts'

type Topics = { audiences: readonly Topic[]; lifeEvents: readonly Topic[] }

/** Moments of life and audiences, each to its services, and what lies behind the counter: quietly. */
export function TopicIndex({ audiences, lifeEvents }: Topics) {
  const { say } = usePage()
  const links = (kind: 'for' | 'when', topics: readonly Topic[]) =>
    topics.map((topic) => ({ text: say(topic.name), path: topicPath(kind, topic) }))
  const behind = (['systems', 'initiatives', 'figures', 'developers', 'style'] as const).map((key) => ({
    text: say(words[key]),
    path: `/${key}`,
  }))
  const groups = [
    { title: say(words.lifeEvents), links: links('when', lifeEvents) },
    { title: say(words.audiences), links: links('for', audiences) },
    { title: say(words.platform), links: behind },
  ]
  return <QuietIndex groups={groups.filter(({ links }) => links.length > 0)} />
}
