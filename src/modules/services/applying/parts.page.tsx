import { Button, Tag, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Paragraphs } from './frame.tsx'
import type { PartsData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'What others answer', 'zh-Hant': '由他人填寫的部分' },
  about: {
    en: 'You ask each of them with a code that you hand over. They see what you wrote, answer their own pages, and sign.',
    'zh-Hant': '你把代碼交給對方。對方可看到你填寫的內容，填寫其部分，然後簽署。',
  },
  first: {
    en: 'Answer your own pages first; then you can hand these over.',
    'zh-Hant': '請先填妥你的部分，然後才可交給他人。',
  },
  open: { en: 'Nobody was asked yet', 'zh-Hant': '未交給任何人' },
  asked: { en: 'Has the code, and has not begun', 'zh-Hant': '已交代碼，未開始' },
  begun: { en: 'Has begun', 'zh-Hant': '填寫中' },
  signed: { en: 'Signed', 'zh-Hant': '已簽署' },
  changed: { en: 'Must sign again, as an answer has changed', 'zh-Hant': '答案有更改，須再簽署' },
  pages: { en: 'They are asked:', 'zh-Hant': '須填寫：' },
  hand: { en: 'Make a code for {party}', 'zh-Hant': '產生交給{party}的代碼' },
  again: { en: 'Make another code for {party}', 'zh-Hant': '另行產生交給{party}的代碼' },
  lost: {
    en: 'The former code then counts no more, and what was typed by it is gone.',
    'zh-Hant': '舊代碼隨即失效，以其填寫的內容會被刪除。',
  },
})
const tones = { open: 'act', asked: undefined, begun: undefined, signed: 'good', changed: 'bad' } as const

/** The parts of an application that others answer, and how far each is. */
export function PartsPage({ application, parts, onward, isOpen }: PartsData) {
  const { say, href } = usePage()
  return (
    <ApplicationFrame application={application} title={say(own.title)} back={application.path}>
      <Caption application={application} caption={null} />
      <Heading text={say(own.title)} />
      <p>{say(own.about)}</p>
      {!isOpen && <p>{say(own.first)}</p>}
      {parts.map(({ party, title, text, state, pages }) => (
        <section key={party}>
          <h2>
            {say(title)} <Tag {...(tones[state] && { tone: tones[state] })}>{say(own[state])}</Tag>
          </h2>
          {text && <Paragraphs text={say(text)} />}
          <p>{say(own.pages)}</p>
          <ul>
            {pages.map((page) => (
              <li key={say(page)}>{say(page)}</li>
            ))}
          </ul>
          {isOpen && state !== 'signed' && (
            <form method="post" action={href(`${application.path}/parts/${party}`)}>
              {state !== 'open' && <p class="muted">{say(own.lost)}</p>}
              <Button {...(state !== 'open' && { kind: 'second' as const })}>
                {say(state === 'open' ? own.hand : own.again, { party: title })}
              </Button>
            </form>
          )}
        </section>
      ))}
      {onward && (
        <p class="after-form">
          <Button href={href(onward)}>{say(words.continue)}</Button>
        </p>
      )}
    </ApplicationFrame>
  )
}
