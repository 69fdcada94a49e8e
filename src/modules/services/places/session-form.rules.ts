import { sayEverywhere, type Text, texts } from '#platform'
import type { Filled } from '../applying/draft.ts'
import { type Mistake, readQuestions } from '../applying/read.rules.ts'
import { dayAt, endOfDay } from '../cases/clocks.rules.ts'
import type { Question } from '../definitions/form.ts'
import { instantOf, type Session } from './places.rules.ts'

const words = texts({
  service: { en: 'Service', 'zh-Hant': '服務' },
  titleEn: { en: 'Name in English', 'zh-Hant': '英文名稱' },
  titleZh: { en: 'Name in Chinese', 'zh-Hant': '中文名稱' },
  placeEn: { en: 'Where, in English', 'zh-Hant': '英文地點' },
  placeZh: { en: 'Where, in Chinese', 'zh-Hant': '中文地點' },
  on: { en: 'Day', 'zh-Hant': '日期' },
  from: { en: 'From', 'zh-Hant': '開始時間' },
  until: { en: 'Until', 'zh-Hant': '結束時間' },
  time: { en: 'Hours and minutes, like 14:30', 'zh-Hant': '時和分，例如 14:30' },
  capacity: { en: 'Places', 'zh-Hant': '名額' },
  opensOn: { en: 'First day on which people can apply', 'zh-Hant': '開始報名日期' },
  closesOn: { en: 'Last day on which people can apply', 'zh-Hant': '截止報名日期' },
  wrongTime: { en: 'Write “{title}” like 14:30.', 'zh-Hant': '「{title}」請照此填寫：14:30。' },
  notAfter: { en: 'The session must end after it begins.', 'zh-Hant': '結束時間須在開始時間之後。' },
  past: { en: 'The session must begin later than now.', 'zh-Hant': '場次須在現在之後開始。' },
  opensLate: {
    en: 'The first day to apply must not be after the last one, nor after the session.',
    'zh-Hant': '開始報名日期不可遲於截止日期或場次日期。',
  },
  fewer: {
    en: '{taken} places are given already. There cannot be fewer.',
    'zh-Hant': '已有 {taken} 個名額給予他人，名額不可少於此數。',
  },
})

const time = (id: string, title: Text): Question => ({ id, title, kind: 'text', max: 5, hint: words.time })

/** What is asked of a session: of a new one also for which service it is. */
export const questionsOf = (offered: readonly { id: string; title: Text }[] | undefined): Question[] => [
  ...(offered ? [{ id: 'service', title: words.service, kind: 'choice' as const, options: [...offered] }] : []),
  { id: 'title_en', title: words.titleEn, kind: 'text', max: 100 },
  { id: 'title_zh', title: words.titleZh, kind: 'text', max: 100 },
  { id: 'place_en', title: words.placeEn, kind: 'text', max: 200 },
  { id: 'place_zh', title: words.placeZh, kind: 'text', max: 200 },
  { id: 'on', title: words.on, kind: 'date' },
  time('from', words.from),
  time('until', words.until),
  { id: 'capacity', title: words.capacity, kind: 'number', whole: true, min: 1, max: 5000 },
  { id: 'opens_on', title: words.opensOn, kind: 'date' },
  { id: 'closes_on', title: words.closesOn, kind: 'date' },
]

export type Written = Pick<Session, 'title' | 'place' | 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt' | 'capacity'>

/** Mistakes in the order in which the form asks; parts of a day begin with the name of its question. */
const inOrder = (questions: readonly Question[], mistakes: readonly Mistake[]): Mistake[] => {
  const at = ({ control }: Mistake) => questions.findIndex(({ id }) => control === id || control.startsWith(`${id}-`))
  return mistakes.toSorted((one, other) => at(one) - at(other))
}

/**
 * What an officer typed of a session, or what is wrong with it. `taken` places are given already. One closes at the end of its last
 * day, or when the session begins.
 */
export function readSession(
  typed: Filled['typed'],
  { questions, now, timeZone, taken }: { questions: readonly Question[]; now: Date; timeZone: string; taken: number },
): { written: Written & { service?: string } } | { mistakes: Mistake[] } {
  const today = dayAt(now, timeZone)
  const { answers, mistakes } = readQuestions(questions, { typed, files: {} }, today)
  const text = (id: string) => String(answers[id] ?? '')
  for (const id of ['from', 'until'])
    if (answers[id] !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(text(id))) {
      const title = questions.find((each) => each.id === id)!.title
      mistakes.push({ control: id, text: sayEverywhere(words.wrongTime, { title }) })
    }
  if (mistakes.length > 0) return { mistakes: inOrder(questions, mistakes) }
  const startsAt = instantOf(text('on'), text('from'), timeZone)
  const endsAt = instantOf(text('on'), text('until'), timeZone)
  const opensAt = instantOf(text('opens_on'), '00:00', timeZone)
  const closesAt = new Date(Math.min(endOfDay(text('closes_on'), timeZone).getTime(), startsAt.getTime()))
  const capacity = answers.capacity as number
  if (endsAt <= startsAt) mistakes.push({ control: 'until', text: words.notAfter })
  if (startsAt <= now) mistakes.push({ control: 'on', text: words.past })
  if (opensAt >= closesAt) mistakes.push({ control: 'opens_on', text: words.opensLate })
  if (capacity < taken) mistakes.push({ control: 'capacity', text: sayEverywhere(words.fewer, { taken }) })
  if (mistakes.length > 0) return { mistakes }
  return {
    written: {
      title: { en: text('title_en'), 'zh-Hant': text('title_zh') },
      place: { en: text('place_en'), 'zh-Hant': text('place_zh') },
      ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      ...{ opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString(), capacity },
      ...(answers.service !== undefined && { service: text('service') }),
    },
  }
}

/** A session as its form shows it. */
export function typedOfSession(session: Session, timeZone: string): Record<string, string> {
  const clock = (at: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
  const day = (id: string, at: Date) => {
    const [year, month, date] = dayAt(at, timeZone).split('-').map(Number)
    return { [`${id}-day`]: `${date}`, [`${id}-month`]: `${month}`, [`${id}-year`]: `${year}` }
  }
  return {
    ...{ title_en: session.title.en, title_zh: session.title['zh-Hant'] },
    ...{ place_en: session.place.en, place_zh: session.place['zh-Hant'] },
    ...{ ...day('on', new Date(session.startsAt)), from: clock(session.startsAt), until: clock(session.endsAt) },
    ...{ capacity: `${session.capacity}`, ...day('opens_on', new Date(session.opensAt)) },
    // It closes with the end of a day, which is the first instant of the next.
    ...day('closes_on', new Date(Date.parse(session.closesAt) - 1)),
  }
}
