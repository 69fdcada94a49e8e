import type { Static } from 'typebox'
import { Button, FileField, texts, usePage } from '#platform'
import type { Asked, MistakeNote } from './types.ts'
import { words } from './words.ts'

const own = texts({
  sent: { en: 'Sent so far', 'zh-Hant': '已上載' },
  send: { en: 'Upload', 'zh-Hant': '上載' },
  remove: { en: 'Take away', 'zh-Hant': '刪去' },
})

/** A question that is answered by files: one is sent at a time, and those that were sent are listed. */
export function FileQuestion({
  asked,
  mistakes,
  action,
  page,
}: {
  asked: Asked
  mistakes: readonly Static<typeof MistakeNote>[]
  action: string
  page: boolean
}) {
  const { say, href } = usePage()
  const { question, files } = asked
  const mistake = mistakes.find(({ control }) => control === question.id)
  const title = say(question.title)
  const path = action.replace(/\?.*$/, '')
  return (
    <>
      <form method="post" action={href(`${path}/files`)} encType="multipart/form-data" noValidate>
        <FileField
          name={question.id}
          label={question.optional ? say(words.optional, { title }) : title}
          error={mistake && say(mistake.text)}
          page={page}
          {...(question.hint && { hint: say(question.hint) })}
        />
        <Button kind="second">{say(own.send)}</Button>
      </form>
      {files.length > 0 && (
        <section>
          <h2>{say(own.sent)}</h2>
          <ul class="plain">
            {files.map(({ id, name }) => (
              <li key={id}>
                <form method="post" action={href(`${path}/files/${id}/remove`)}>
                  <a href={`${path}/files/${id}`}>{name}</a>{' '}
                  <Button kind="link">
                    {say(own.remove)}
                    <span class="visually-hidden"> {name}</span>
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
