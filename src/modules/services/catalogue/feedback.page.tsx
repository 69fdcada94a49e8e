import {
  Button,
  Checkboxes,
  ErrorSummary,
  Moment,
  Page,
  Phrase,
  Radios,
  Table,
  TextArea,
  usePage,
  writeMoment,
} from '#platform'
import { feedbackWords as words } from './feedback-words.ts'
import { commentMax, type FeedbackData, type FeedbackOfficeData, type MissesData } from './types.ts'

/** Whether it was useful and why, or thanks for having said so. */
export function FeedbackPage({ service, token, place, useful, comment, wrong, done }: FeedbackData) {
  const { say, href } = usePage()
  const path = `/services/${service.id}`
  const texts = { useful: say(words.choose), comment: say(words.long, { max: commentMax }) }
  return (
    <Page
      title={`${say(words.title)} – ${say(service.title)}`}
      breadcrumbs={[{ text: say(service.title), path }]}
      error={wrong.length > 0}
    >
      <ErrorSummary errors={wrong.map((field) => ({ field, text: texts[field] }))} />
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {done ? (
        <>
          <p role="status">{say(words.thanks)}</p>
          <p>
            <a href={href(`${path}/comment`)}>{say(words.toComment)}</a>
          </p>
          <p>
            <a href={href(path)}>{say(words.back)}</a>
          </p>
        </>
      ) : (
        <form method="post" action={href(`${path}/feedback`)} novalidate>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="place" value={place} />
          <Radios
            name="useful"
            label={say(words.title)}
            options={(['yes', 'no'] as const).map((value) => ({ value, label: say(words[value]) }))}
            {...(useful && { value: useful })}
            {...(wrong.includes('useful') && { error: texts.useful })}
          />
          <TextArea
            name="comment"
            label={say(words.comment)}
            hint={say(words.commentHint)}
            value={comment}
            count={commentMax}
            {...(wrong.includes('comment') && { error: texts.comment })}
          />
          <Checkboxes
            name="reply"
            label={say(words.answer)}
            options={[{ value: 'yes', label: say(words.wantAnswer) }]}
          />
          <Button>{say(words.send)}</Button>
        </form>
      )}
    </Page>
  )
}

/** What people say of the services of an officer’s organisation. */
export function FeedbackOfficePage({ since, services, comments, more }: FeedbackOfficeData) {
  const page = usePage()
  const { say, href } = page
  return (
    <Page title={say(words.office)}>
      <h1>
        <Phrase text={say(words.office)} />
      </h1>
      <p>{say(words.counted, { since: writeMoment(since, page) })}</p>
      <p>
        <a href={href('/office/services/searches')}>{say(words.searches)}</a>
      </p>
      {services.length === 0 && <p class="empty">{say(words.none)}</p>}
      {services.length > 0 && (
        <Table
          caption={say(words.office)}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(words.service) },
            { label: say(words.useful), numeric: true },
            { label: say(words.given), numeric: true },
          ]}
          rows={services.map(({ id, title, useful, given }) => ({
            cells: [
              <a key={id} href={href(`/services/${id}`)}>
                {say(title)}
              </a>,
              `${Math.round((100 * useful) / given)} %`,
              given,
            ],
          }))}
        />
      )}
      {comments.length > 0 && (
        <Table
          caption={say(words.comments)}
          narrow="stack"
          columns={[words.day, words.service, words.useful, words.comments].map((text) => ({ label: say(text) }))}
          rows={comments.map(({ service, place, useful, comment, givenOn }) => ({
            cells: [
              <Moment key="day" at={givenOn} />,
              <span key="service">
                {say(service.title)} <span class="muted">{say(words[place])}</span>
              </span>,
              say(useful ? words.yes : words.no),
              comment,
            ],
          }))}
        />
      )}
      {more && <p class="muted">{say(words.more)}</p>}
    </Page>
  )
}

/** What was looked for in vain. */
export function MissesPage({ since, timesMin, misses }: MissesData) {
  const page = usePage()
  const { say, href, government } = page
  return (
    <Page title={say(words.searches)}>
      <h1>
        <Phrase text={say(words.searches)} />
      </h1>
      <p>{say(words.searchesLead, { since: writeMoment(since, page), times: timesMin })}</p>
      <p>
        <a href={href('/office/services/feedback')}>{say(words.office)}</a>
      </p>
      {misses.length === 0 ? (
        <p class="empty">{say(words.searchesNone)}</p>
      ) : (
        <Table
          caption={say(words.searches)}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(words.asked) },
            { label: say(words.language) },
            { label: say(words.times), numeric: true },
            { label: say(words.last) },
          ]}
          rows={misses.map(({ asked, language, times, lastOn }) => ({
            cells: [
              asked,
              government.languages.find((each) => each.language === language)?.name ?? language,
              times,
              <Moment key="last" at={lastOn} />,
            ],
          }))}
        />
      )}
    </Page>
  )
}
