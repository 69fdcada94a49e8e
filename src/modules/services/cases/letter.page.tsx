import { Moment, Page, type Text, texts, usePage } from '#platform'
import { Paragraphs } from './parts.tsx'

const words = texts({
  number: { en: 'Our reference: {reference}', 'zh-Hant': '本處檔號：{reference}' },
})

/** Of the day on which it was made, in the time zone of the government. */
export type LetterData = { reference: string; on: string; organisation: Text; title: Text; text: Text }

/** One sheet of paper: from whom, when, about what, and what it says. */
export function LetterPage({ reference, on, organisation, title, text }: LetterData) {
  const { say } = usePage()
  return (
    <Page title={say(title)}>
      <div class="letter">
        <p class="caption">{say(organisation)}</p>
        <h1>{say(title)}</h1>
        <p>
          {say(words.number, { reference })}
          <br />
          <Moment at={on} />
        </p>
        <Paragraphs text={say(text)} />
        <p>{say(organisation)}</p>
      </div>
    </Page>
  )
}
