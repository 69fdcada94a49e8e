import type { Topic } from '#pack'
import { usePage } from '#platform'
import { QuietIndex } from './parts.tsx'
import { words } from './words.ts'

type Topics = { audiences: readonly Topic[]; lifeEvents: readonly Topic[] }

/** Moments of life and audiences that lead somewhere already, and what lies behind the counter: quietly. */
export function TopicIndex({ audiences, lifeEvents }: Topics) {
  const { say } = usePage()
  const links = (topics: readonly Topic[]) =>
    topics.flatMap(({ name, address }) => (address ? [{ text: say(name), path: address }] : []))
  const behind = (['systems', 'initiatives', 'figures', 'developers', 'style'] as const).map((key) => ({
    text: say(words[key]),
    path: `/${key}`,
  }))
  const groups = [
    { title: say(words.lifeEvents), links: links(lifeEvents) },
    { title: say(words.audiences), links: links(audiences) },
    { title: say(words.platform), links: behind },
  ]
  return <QuietIndex groups={groups.filter(({ links }) => links.length > 0)} />
}
