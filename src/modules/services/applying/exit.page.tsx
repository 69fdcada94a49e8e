import { Button, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Paragraphs } from './frame.tsx'
import { DeleteDraft } from './later.page.tsx'
import type { ExitData } from './types.ts'

const own = texts({
  instead: { en: 'What may help you', 'zh-Hant': '可能適合你的服務' },
  change: { en: 'Change your last answer', 'zh-Hant': '更改上一個答案' },
  others: { en: 'All services', 'zh-Hant': '所有服務' },
})

/** Where answers lead out of a form: why, and what else there is. It is no mistake, and does not look like one. */
export function ExitPage({ application, title, text, back, instead }: ExitData) {
  const { say, href } = usePage()
  return (
    <ApplicationFrame application={application} title={say(title)} back={back}>
      <Caption application={application} caption={null} />
      <Heading text={say(title)} />
      <Paragraphs text={say(text)} />
      {instead.length > 0 && (
        <>
          <h2>{say(own.instead)}</h2>
          <ul>
            {instead.map((each) => (
              <li key={each.path}>
                <a href={href(each.path)}>{say(each.title)}</a>
                <p class="muted">{say(each.summary)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="buttons">
        <Button kind="second" href={href(back)}>
          {say(own.change)}
        </Button>
        <Button kind="link" href={href('/services')}>
          {say(own.others)}
        </Button>
      </div>
      <DeleteDraft application={application} />
    </ApplicationFrame>
  )
}
