import {
  Button,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  SummaryList,
  Table,
  Tag,
  TextArea,
  usePage,
} from '#platform'
import { words as shared } from '../cases/parts.tsx'
import { Written } from './comment.page.tsx'
import { type OfficeListData, type OfficeOneData, replyMax, shows } from './types.ts'
import { reasonNames, stateNames, theirWayNames, words } from './words.ts'

const path = '/office/services/comments'
const tones = { waiting: 'act', answered: 'good', closed: 'warn' } as const

/** Comments of a department, by the day on which they are due. */
export function CommentListPage({ show, today, comments, more }: OfficeListData) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.office)} wide breadcrumbs={[{ text: say(shared.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={say(words.office)} />
      </h1>
      <nav class="filter" aria-label={say(words.state)}>
        <ul>
          {shows.map((each) => (
            <li key={each}>
              <a href={href(`${path}?show=${each}`)} aria-current={each === show ? 'true' : undefined}>
                {say(words[each])}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {comments.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(words.office)}
          captionHidden
          narrow="stack"
          columns={[words.number, words.service, words.wrote, words.due, words.state].map((text) => ({
            label: say(text),
          }))}
          rows={comments.map(({ number, service, text, state, dueOn }) => ({
            cells: [
              <a key="number" class="number" href={href(`${path}/${number}`)}>
                {number}
              </a>,
              say(service.title),
              text,
              <span key="due">
                <Moment at={dueOn} />
                {state === 'waiting' && dueOn < today && (
                  <>
                    {' '}
                    <Tag tone="bad">{say(words.late)}</Tag>
                  </>
                )}
              </span>,
              <Tag key="state" tone={tones[state]}>
                {say(stateNames[state])}
              </Tag>,
            ],
          }))}
        />
      )}
      {more && <p class="muted">{say(words.more)}</p>}
    </Page>
  )
}

/** A comment, and what an officer does with it. */
export function OfficeCommentPage(comment: OfficeOneData) {
  const { say, href } = usePage()
  const { number, service, text, answer, state, sentOn, dueOn, settledOn, reply, reason, wrong } = comment
  return (
    <Page
      title={`${number} – ${say(service.title)}`}
      breadcrumbs={[
        { text: say(shared.desk), path: '/office/services' },
        { text: say(words.office), path },
      ]}
      error={wrong.length > 0}
    >
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field, text: say(text, { max: replyMax }) }))} />
      <p class="caption">{number}</p>
      <h1>
        <Phrase text={say(service.title)} />
      </h1>
      <Written text={text} />
      <SummaryList
        rows={[
          {
            key: say(words.state),
            value: <Tag tone={tones[state]}>{say(stateNames[state])}</Tag>,
          },
          { key: say(words.sentOn), value: <Moment at={sentOn} /> },
          { key: say(words.due), value: <Moment at={dueOn} /> },
          { key: say(words.answerTo), value: say(theirWayNames[answer]) },
          ...(settledOn ? [{ key: say(words.settledOn), value: <Moment at={settledOn} /> }] : []),
        ]}
      />
      <p>
        <a href={href(`/services/${service.id}`)}>{say(words.servicePage)}</a>
      </p>
      {reply !== null && (
        <>
          <h2>{say(words.reply)}</h2>
          <Written text={reply} />
        </>
      )}
      {reason && <p>{say(words.closedBecause, { reason: say(reasonNames[reason]) })}</p>}
      {state === 'waiting' && <Acts {...comment} />}
    </Page>
  )
}

function Acts({ number, answer, taken, reasons, typed, wrong }: OfficeOneData) {
  const { say, href } = usePage()
  const own = `${path}/${number}`
  const of = (field: string) => {
    const found = wrong.find((each) => each.field === field)
    return found && { error: say(found.text, { max: replyMax }) }
  }
  if (taken !== 'me')
    return (
      <form method="post" action={href(`${own}/take`)}>
        {taken === 'other' && <p>{say(words.byOther)}</p>}
        <Button>{say(taken === 'other' ? words.takeOver : words.take)}</Button>
      </form>
    )
  return (
    <>
      {answer === 'none' ? (
        <p>{say(words.noAnswerWanted)}</p>
      ) : (
        <form method="post" action={href(`${own}/answer`)} novalidate>
          <TextArea
            name="text"
            label={say(words.answer)}
            hint={say(words.answerHint)}
            value={typed}
            count={replyMax}
            {...of('text')}
          />
          <Button>{say(words.sendAnswer)}</Button>
        </form>
      )}
      <section class="after-form">
        <h2>{say(words.close)}</h2>
        <form method="post" action={href(`${own}/close`)} novalidate>
          <Radios
            name="reason"
            label={say(words.closeWhy)}
            options={reasons.map((value) => ({ value, label: say(reasonNames[value]) }))}
            {...of('reason')}
          />
          <Button kind="second">{say(words.closeAct)}</Button>
        </form>
      </section>
    </>
  )
}
