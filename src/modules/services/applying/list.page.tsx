import { Button, FieldError, SummaryList, Tag, texts, usePage } from '#platform'
import { ApplicationFrame, Caption, Heading, Onward, Paragraphs } from './frame.tsx'
import { capital } from './show.ts'
import type { ListData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  empty: { en: 'Nothing is in the list yet.', 'zh-Hant': '列表暫時未有內容。' },
  add: { en: 'Add {item}', 'zh-Hant': '加入{item}' },
  another: { en: 'Add another {item}', 'zh-Hant': '再加入{item}' },
  number: { en: '{item} {number}', 'zh-Hant': '{item} {number}' },
  full: { en: 'The list is full: there may be {max}.', 'zh-Hant': '列表已滿：最多 {max} 項。' },
  unfinished: { en: 'Not complete', 'zh-Hant': '未填妥' },
  remove: { en: 'Take away', 'zh-Hant': '刪去' },
})

/** A list of things: what is in it, and the button that adds another. */
export function ListPage(data: ListData) {
  const { say, href } = usePage()
  const { application, title, caption, text, item, things, max, mistakes, action, back, token } = data
  const errors = mistakes.map(({ text }) => ({ field: 'add', text: say(text) }))
  return (
    <ApplicationFrame application={application} title={say(title)} back={back} errors={errors}>
      <Caption application={application} caption={caption && say(caption)} />
      <Heading text={say(title)} />
      {text && <Paragraphs text={say(text)} />}
      {things.length === 0 && <p class="muted">{say(own.empty)}</p>}
      {things.map(({ id, rows, isComplete, change, remove }, at) => {
        const name = capital(say(own.number, { item, number: at + 1 }))
        return (
          <section key={id} aria-labelledby={`thing-${at}`}>
            <h2 id={`thing-${at}`}>
              {name} {!isComplete && <Tag tone="act">{say(own.unfinished)}</Tag>}
            </h2>
            <SummaryList
              rows={rows.map((row) => ({
                key: say(row.title),
                value: row.text ? say(row.text) : say(words.notAnswered),
              }))}
            />
            <div class="buttons">
              <Button kind="link" href={href(change)}>
                {say(words.change)}
                <span class="visually-hidden"> {name}</span>
              </Button>
              <Button kind="link" href={href(remove)}>
                {say(own.remove)}
                <span class="visually-hidden"> {name}</span>
              </Button>
            </div>
          </section>
        )
      })}
      <form method="post" action={href(action)} noValidate>
        <input type="hidden" name="token" value={token} />
        {errors[0] && <FieldError id="add">{errors[0].text}</FieldError>}
        {things.length < max ? (
          <p>
            <Button kind="second" name="act" value="add" id="add">
              {say(things.length === 0 ? own.add : own.another, { item })}
            </Button>
          </p>
        ) : (
          <p>{say(own.full, { max })}</p>
        )}
        <Onward />
      </form>
    </ApplicationFrame>
  )
}
