import { Doors, FigureBoard, Opening, Page, type Reading, Search, type Topic, usePage } from '#platform'
import { TopicIndex } from './topic-index.tsx'
import { words } from './words.ts'

type Home = { figures: Reading[]; audiences: readonly Topic[]; lifeEvents: readonly Topic[] }

const boardMax = 10

/** One sentence, one search, three doors, the departure board, and the quiet index. */
export function HomePage({ figures, audiences, lifeEvents }: Home) {
  const { say, government } = usePage()
  const doors = [
    { title: say(words.services), line: say(words.servicesLine), path: '/services' },
    { title: say(words.account), line: say(words.accountLine), path: '/account' },
    { title: say(words.money), line: say(words.moneyLine), path: '/estimates' },
  ]
  // What cannot be told yet waits at the end of the board.
  const told = ({ value, failed }: Reading) => value !== null && !failed
  const board = [...figures.filter(told), ...figures.filter((each) => !told(each))]
  return (
    <Page title={say(government.site)} description={say(government.summary)}>
      <Opening sentence={say(government.tagline)}>
        <p class="lead">{say(government.summary)}</p>
        <Search large />
      </Opening>
      <Doors doors={doors} />
      <FigureBoard figures={board.slice(0, boardMax)} />
      <TopicIndex audiences={audiences} lifeEvents={lifeEvents} />
    </Page>
  )
}
