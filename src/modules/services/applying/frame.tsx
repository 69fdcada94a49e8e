import type { ComponentChildren } from 'preact'
import { BackLink, Button, ErrorSummary, NotificationBanner, Page, Phrase, usePage } from '#platform'
import type { ApplicationNote } from './types.ts'
import { words } from './words.ts'

type FrameProps = {
  application: ApplicationNote
  title: string
  back?: string
  errors?: readonly { field: string; text: string }[]
  children: ComponentChildren
}

/** A page of an application: the way back, what is wrong, and then what is asked. */
export function ApplicationFrame({ application, title, back, errors = [], children }: FrameProps) {
  const { say } = usePage()
  const service = say(application.service.title)
  return (
    <Page title={title === service ? title : `${title} – ${service}`} error={errors.length > 0}>
      {application.preview && (
        <NotificationBanner title={say(words.preview)} tone="warn" id="preview">
          <p>{say(words.previewMore)}</p>
        </NotificationBanner>
      )}
      {back && <BackLink path={back} />}
      <ErrorSummary errors={errors} />
      {children}
    </Page>
  )
}

/** Where in the application one is, over the heading. */
export function Caption({ application, caption }: { application: ApplicationNote; caption: string | null }) {
  const { say } = usePage()
  const service = say(application.service.title)
  return <p class="caption">{caption === null ? service : `${service} · ${caption}`}</p>
}

export const Heading = ({ text }: { text: string }) => (
  <h1>
    <Phrase text={text} />
  </h1>
)

/** Text of a definition: an empty line divides paragraphs. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n\s*\n/).map((paragraph) => (
      <p key={paragraph}>{paragraph}</p>
    ))}
  </>
)

/** On from a page, or off with everything kept. */
export function Onward() {
  const { say } = usePage()
  return (
    <div class="buttons">
      <Button name="act" value="continue" id="continue">
        {say(words.continue)}
      </Button>
      <Button kind="link" name="act" value="later">
        {say(words.later)}
      </Button>
    </div>
  )
}

type ToKeepProps = { title: string; value: string; also?: { title: string; value: string }; line: string }

/** A number or code that somebody writes down, and why. */
export const ToKeep = ({ title, value, also, line }: ToKeepProps) => (
  <NotificationBanner title={title} tone="good">
    <p class="reference">
      <strong>{value}</strong>
    </p>
    {also && (
      <>
        <p>{also.title}</p>
        <p class="reference">
          <strong>{also.value}</strong>
        </p>
      </>
    )}
    <p>{line}</p>
  </NotificationBanner>
)
