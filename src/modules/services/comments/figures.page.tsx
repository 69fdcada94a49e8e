import { Page, Phrase, Table, usePage, writeMoment } from '#platform'
import { type Answering, answerDays, type FiguresData } from './types.ts'
import { words } from './words.ts'

/** A percentage without a fraction, rounded down, so that 100 % is all of them. */
const percentOf = ({ inTime, wanted }: Answering): number => Math.floor((100 * inTime) / wanted)

/** How fast departments answer, for everybody. */
export function FiguresPage({ days, since, all, services }: FiguresData) {
  const page = usePage()
  const { say, href } = page
  const cells = (each: Answering) => [
    each.wanted === 0
      ? '–'
      : `${percentOf(each)} % (${say(words.ofCount, { inTime: each.inTime, wanted: each.wanted })})`,
    each.answered,
    each.closed,
    each.waiting,
  ]
  return (
    <Page title={say(words.figures)} wide>
      <h1>
        <Phrase text={say(words.figures)} />
      </h1>
      <p class="lead">{say(words.figuresLead, { since: writeMoment(since, page), days })}</p>
      {services.length === 0 ? (
        <p class="empty">{say(words.noFigures)}</p>
      ) : (
        <Table
          caption={say(words.figures)}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(words.service) },
            { label: say(words.inTime, { days }), numeric: true },
            { label: say(words.answered), numeric: true },
            { label: say(words.closed), numeric: true },
            { label: say(words.waiting), numeric: true },
          ]}
          rows={[
            { cells: [say(words.all), ...cells(all)] },
            ...services.map((each) => ({
              cells: [
                <a key={each.id} href={href(`/services/${each.id}`)}>
                  {say(each.title)}
                </a>,
                ...cells(each),
              ],
            })),
          ]}
        />
      )}
    </Page>
  )
}

/** One line on the page of a service; nothing where no answer was due yet. */
export function AnsweredInTime({ answering }: { answering: Answering }) {
  const { say, href } = usePage()
  if (answering.wanted === 0) return null
  const { inTime, wanted } = answering
  return (
    <p>
      <a href={href('/services/figures')}>
        {say(words.onService, { days: answerDays, percent: percentOf(answering), inTime, wanted })}
      </a>
    </p>
  )
}
