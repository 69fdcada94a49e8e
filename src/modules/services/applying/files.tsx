import type { Static } from 'typebox'
import { Button, FileField, Tag, texts, usePage } from '#platform'
import { acceptOf, kindsText } from '../files/kinds.rules.ts'
import { fileLimits } from '../files/receive.ts'
import { refusals } from '../files/refusals.ts'
import type { FileNote } from '../files/types.ts'
import { sizeText } from '../files/words.ts'
import type { Asked, MistakeNote } from './types.ts'
import { words } from './words.ts'

const own = texts({
  limits: { en: 'Send {kinds}, up to {megabytes} MB', 'zh-Hant': '請提交{kinds}，不超過 {megabytes} MB' },
  sent: { en: 'Sent so far', 'zh-Hant': '已上載' },
  send: { en: 'Upload', 'zh-Hant': '上載' },
  remove: { en: 'Take away', 'zh-Hant': '刪去' },
  held: { en: 'Received, being checked for viruses', 'zh-Hant': '已收到，正在掃描病毒' },
  unchecked: { en: 'Received, not checked for viruses', 'zh-Hant': '已收到，未掃描病毒' },
  released: { en: 'Received and checked', 'zh-Hant': '已收到並檢查' },
  refused: { en: 'Refused', 'zh-Hant': '不接收' },
})
const tones = { held: undefined, unchecked: 'warn', released: 'good', refused: 'bad' } as const

/** A question that is answered by files: one is sent at a time, and those that were sent are listed with how far they are. */
export function FileQuestion({
  asked,
  mistakes,
  action,
  page,
  notes,
}: {
  asked: Asked
  mistakes: readonly Static<typeof MistakeNote>[]
  action: string
  page: boolean
  notes: readonly FileNote[]
}) {
  const { say, href, language } = usePage()
  const { question } = asked
  const { files: kinds = [] } = question
  const mistake = mistakes.find(({ control }) => control === question.id)
  const title = say(question.title)
  const [path, query] = action.split('?') as [string, string | undefined]
  const to = (rest: string) => href(`${path}/${rest}${query ? `?${query}` : ''}`)
  const hints = [
    question.hint && say(question.hint),
    say(own.limits, { kinds: kindsText(kinds), megabytes: fileLimits.fileOctets / 1e6 }),
  ].filter((each) => typeof each === 'string')
  const sent = notes.filter((note) => note.question === question.id)
  return (
    <>
      <form method="post" action={to('files')} encType="multipart/form-data" noValidate>
        <FileField
          name={question.id}
          label={question.optional ? say(words.optional, { title }) : title}
          hint={hints.join(language === 'en' ? '. ' : '。')}
          accept={acceptOf(kinds)}
          error={mistake && say(mistake.text)}
          page={page}
        />
        <Button kind="second">{say(own.send)}</Button>
      </form>
      {sent.length > 0 && (
        <section>
          <h2>{say(own.sent)}</h2>
          <ul class="plain">
            {sent.map((note) => (
              <li key={note.id}>
                <form method="post" action={to(`files/${note.id}/remove`)}>
                  <FileLine note={note} path={`/applications/${path.split('/')[2]!}/files/${note.id}`} />{' '}
                  <Button kind="link">
                    {say(own.remove)}
                    <span class="visually-hidden"> {note.name}</span>
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

/** One file with how far it is. It can be opened at `path` when it was released, and not before. */
export function FileLine({ note, path }: { note: FileNote; path: string }) {
  const { say } = usePage()
  const { name, octets, state } = note
  const tone = tones[state]
  return (
    <>
      {state === 'released' ? <a href={path}>{name}</a> : name} <span class="muted">{say(sizeText(octets))}</span>{' '}
      <Tag {...(tone && { tone })}>{say(own[state])}</Tag>
      {state === 'refused' && <p>{say(refusals.infected, { name: note.finding ?? '' })}</p>}
    </>
  )
}
