import { Button, SummaryList, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading } from './frame.tsx'
import type { RemoveData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'Take {item} {number} away?', 'zh-Hant': '是否刪去{item} {number}？' },
  lost: { en: 'What you typed about it is then gone.', 'zh-Hant': '刪去後，有關內容不會保留。' },
  remove: { en: 'Take it away', 'zh-Hant': '刪去' },
  keep: { en: 'Keep it', 'zh-Hant': '保留' },
})

/** Whether to take a thing away from a list. */
export function RemovePage({ application, list, item, number, rows, action, back }: RemoveData) {
  const { say, href } = usePage()
  const title = say(own.title, { item, number })
  return (
    <ApplicationFrame application={application} title={title} back={back}>
      <Caption application={application} caption={say(list)} />
      <Heading text={title} />
      <SummaryList
        rows={rows.map((row) => ({ key: say(row.title), value: row.text ? say(row.text) : say(words.notAnswered) }))}
      />
      <p>{say(own.lost)}</p>
      <form method="post" action={href(action)}>
        <div class="buttons">
          <Button kind="harm">{say(own.remove)}</Button>
          <Button kind="link" href={href(back)}>
            {say(own.keep)}
          </Button>
        </div>
      </form>
    </ApplicationFrame>
  )
}
