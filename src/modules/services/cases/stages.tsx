import { type Language, StageLine, type Text, texts, usePage, writeMoment } from '#platform'
import type { StageNote } from '../types.ts'
import type { OwnCaseData } from './types.ts'

const words = texts({
  due: { en: 'We expect to be done with this by {day}.', 'zh-Hant': '這一步預計不遲於 {day}完成。' },
  late: {
    en: 'This was to be done by {day} and is late. You can complain about that.',
    'zh-Hant': '這一步原定不遲於 {day}完成，現已逾期。你可就此投訴。',
  },
  answer: {
    en: 'Answer by {day}. Until you do, the clock stands.',
    'zh-Hant': '請於 {day}或之前答覆；在你答覆前，處理時限暫停計算。',
  },
  yours: { en: 'Waits for your answer', 'zh-Hant': '等候你答覆' },
  workingLeft: {
    en: 'Working days left for this once you have answered: {days}.',
    'zh-Hant': '你答覆後，這一步尚餘 {days} 個工作天。',
  },
  calendarLeft: {
    en: 'Days left for this once you have answered: {days}.',
    'zh-Hant': '你答覆後，這一步尚餘 {days} 天。',
  },
})

const lists = new Map<Language, Intl.ListFormat>()
const listOf = (language: Language) =>
  lists.get(language) ??
  lists
    .set(language, new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'disjunction' }))
    .get(language)!

/** The line of an application from its sending to its end. `label` says of which, where several stand on one page. */
export function Stages({
  stages,
  wait,
  label,
}: {
  stages: readonly StageNote[]
  wait?: OwnCaseData['wait']
  label?: string
}) {
  const { say, language } = usePage()
  const either = (ends: readonly Text[]) => listOf(language).format(ends.map((end) => say(end)))
  return (
    <StageLine
      {...(label && { label })}
      stages={stages.map(({ title, is, on, ends }) => ({
        ...{ title: say(title), is, on },
        note: ends.length > 0 ? either(ends) : is === 'now' && wait === 'reply' ? say(words.yours) : undefined,
      }))}
    />
  )
}

/** Until when the present stage lasts by its clock, or why that stands and what it then has left. */
export function Clock({
  wait,
  dueOn,
  overdue,
  replyUntilOn,
  left,
}: Pick<OwnCaseData, 'wait' | 'dueOn' | 'overdue' | 'replyUntilOn' | 'left'>) {
  const page = usePage()
  const { say } = page
  const day = (on: string) => writeMoment(on, page)
  if (wait === 'reply' && replyUntilOn)
    return (
      <>
        <p>{say(words.answer, { day: day(replyUntilOn) })}</p>
        {left && <p>{say(left.count === 'working' ? words.workingLeft : words.calendarLeft, { days: left.days })}</p>}
      </>
    )
  if (dueOn === null) return null
  return <p>{say(overdue ? words.late : words.due, { day: day(dueOn) })}</p>
}
