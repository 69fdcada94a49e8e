import type { Topic } from '#pack'
import { FigureBoard, Page, type Reading, Search, usePage } from '#platform'
import { Doors, Opening } from './parts.tsx'
import { TopicIndex } from './topic-index.tsx'

type Home = { figures: Reading[]; audiences: readonly Topic[]; lifeEvents: readonly Topic[] }

/** One sentence, one search, three doors, the departure board, and the quiet index. */
export function HomePage({ figures, audiences, lifeEvents }: Home) {
  const { say, government } = usePage()
  // What cannot be told yet waits at the end of the board.
  const told = ({ value, failed }: Reading) => value !== null && !failed
  const board = [...figures.filter(told), ...figures.filter((each) => !told(each))]
  return (
    <Page title={say(government.site)} description={say(government.summary)}>
      <Opening sentence={say(government.tagline)}>
        <p class="lead">{say(government.summary)}</p>
        <Search large />
      </Opening>
      <Doors />
      <FigureBoard figures={board} />
      <TopicIndex audiences={audiences} lifeEvents={lifeEvents} />
    </Page>
  )
}
