import {
  Button,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  TextArea,
  TextField,
  usePage,
  writeMoment,
} from '#platform'
import { ToKeep } from '../applying/frame.tsx'
import { type CommentData, type ReadData, type SentData, textMax } from './types.ts'
import { reasonNames, wayNames, words } from './words.ts'

/** What people write of a service. */
export function CommentPage({ service, token, text, answer, ways, days, wrong }: CommentData) {
  const { say, href } = usePage()
  const path = `/services/${service.id}`
  const texts = wrong.map(({ field, text }) => ({ field, text: say(text, { max: textMax }) }))
  const of = (field: string) => texts.find((each) => each.field === field)?.text
  return (
    <Page
      title={`${say(words.title)} – ${say(service.title)}`}
      breadcrumbs={[{ text: say(service.title), path }]}
      error={wrong.length > 0}
    >
      <ErrorSummary errors={texts} />
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead, { days })}</p>
      <p>{say(words.notCases)}</p>
      <form method="post" action={href(`${path}/comment`)} novalidate>
        <input type="hidden" name="token" value={token} />
        <TextArea
          name="text"
          label={say(words.text)}
          hint={say(words.textHint)}
          value={text}
          count={textMax}
          {...(of('text') && { error: of('text')! })}
        />
        <Radios
          name="answer"
          label={say(words.how)}
          options={ways.map((value) => ({ value, label: say(wayNames[value]) }))}
          {...(answer && { value: answer })}
          {...(of('answer') && { error: of('answer')! })}
        />
        <Button>{say(words.send)}</Button>
      </form>
      <p class="after-form">
        <a href={href('/services/comments')}>{say(words.read)}</a>
      </p>
    </Page>
  )
}

/** Thanks, and what opens the answer: the only page that shows a code. */
export function SentPage({ service, number, code, answer, dueOn, address }: SentData) {
  const page = usePage()
  const { say, href } = page
  const until = writeMoment(dueOn, page)
  return (
    <Page title={`${say(words.sent)} – ${say(service.title)}`}>
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(words.sent)} />
      </h1>
      {code && (
        <>
          <ToKeep
            title={say(words.number)}
            value={number}
            also={{ title: say(words.code), value: code }}
            line={say(words.keep)}
          />
          <p>
            {say(words.openAt, { until })}
            <br />
            <strong>{address}</strong>
          </p>
        </>
      )}
      {answer === 'inbox' && <p>{say(words.toInbox, { until })}</p>}
      {answer === 'none' && <p>{say(words.toNobody)}</p>}
      <p>
        <a href={href(`/services/${service.id}`)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}

/** Number and code, or what they open. */
export function ReadPage({ number, comment, wrong }: ReadData) {
  const { say, href } = usePage()
  if (comment) return <Opened number={number} comment={comment} />
  return (
    <Page title={say(words.read)} error={wrong.length > 0}>
      <ErrorSummary errors={wrong.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={say(words.read)} />
      </h1>
      <p>{say(words.readLead)}</p>
      <form method="post" action={href('/services/comments')} novalidate>
        <TextField
          name="number"
          label={say(words.number)}
          value={number}
          width={20}
          autocomplete="off"
          {...(wrong[0] && { error: say(wrong[0].text) })}
        />
        <TextField name="code" label={say(words.code)} width={20} autocomplete="off" />
        <Button>{say(words.open)}</Button>
      </form>
    </Page>
  )
}

function Opened({ number, comment }: { number: string; comment: NonNullable<ReadData['comment']> }) {
  const page = usePage()
  const { say, href } = page
  return (
    <Page title={`${say(words.read)} – ${say(comment.service.title)}`}>
      <p class="caption">
        {number} · <Moment at={comment.sentOn} />
      </p>
      <h1>
        <Phrase text={say(comment.service.title)} />
      </h1>
      <h2>{say(words.reply)}</h2>
      {comment.reply !== null && (
        <>
          <p class="muted">{say(comment.organisation)}</p>
          <Written text={comment.reply} />
        </>
      )}
      {comment.reason && <p>{say(words.closedBecause, { reason: say(reasonNames[comment.reason]) })}</p>}
      {comment.state === 'waiting' && <p>{say(words.notYet, { until: writeMoment(comment.dueOn, page) })}</p>}
      <h2>{say(words.wrote)}</h2>
      <Written text={comment.text} />
      <p>
        <a href={href(`/services/${comment.service.id}`)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}

/** What somebody wrote, in their own paragraphs. */
export const Written = ({ text }: { text: string }) => (
  <>
    {text.split(/\n\s*\n/).map((each, at) => (
      <p key={`${at}${each.slice(0, 20)}`} class="written">
        {each}
      </p>
    ))}
  </>
)
