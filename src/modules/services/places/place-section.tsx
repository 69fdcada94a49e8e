import { Button, Details, Moment, NotificationBanner, SummaryList, type Text, texts, usePage } from '#platform'
import { sessionPath } from './paths.ts'
import type { PlaceState } from './places.rules.ts'
import type { CasePlace } from './types.ts'
import { stateNames } from './words.ts'

const words = texts({
  title: { en: 'The session', 'zh-Hant': '場次' },
  attended: { en: 'Sessions that the person attended', 'zh-Hant': '當事人出席過的場次' },
  none: { en: 'No attendance is noted here.', 'zh-Hant': '這裏沒有出席記錄。' },
  session: { en: 'Session', 'zh-Hant': '場次' },
  where: { en: 'Where', 'zh-Hant': '地點' },
  state: { en: 'Place', 'zh-Hant': '名額' },
  lacking: {
    en: 'The enrolment is granted, and its session has no place for it',
    'zh-Hant': '報名已獲批准，但場次沒有名額',
  },
  lackingText: {
    en: 'Its place was freed, or all were taken, and others have them now. Add a place to the session, and whoever waits longest is offered it; or agree on another session with the person.',
    'zh-Hant': '原有名額已騰出或額滿，現由他人使用。請為場次增加名額，系統會按次序通知輪候者；或與當事人商定另一場次。',
  },
  toSession: { en: 'See the session', 'zh-Hant': '查看場次' },
  cancelled: { en: 'The session is cancelled', 'zh-Hant': '場次已取消' },
  offered: { en: 'A place is offered to you', 'zh-Hant': '有名額可供你接受' },
  until: { en: 'Accept it by', 'zh-Hant': '請於以下時間或之前接受：' },
  accept: { en: 'Accept the place', 'zh-Hant': '接受名額' },
  giveUp: { en: 'Give the place up', 'zh-Hant': '放棄名額' },
  first: { en: 'You wait for a place, and you are the next', 'zh-Hant': '你正輪候名額，排在首位' },
  stop: { en: 'Stop waiting', 'zh-Hant': '放棄輪候' },
  stopText: { en: 'You lose your turn, and cannot take it back.', 'zh-Hant': '你的輪候次序會取消，放棄後不能取回。' },
  giveUpText: {
    en: 'Somebody who waits is offered it then. You cannot take it back.',
    'zh-Hant': '名額會轉予輪候者，放棄後不能取回。',
  },
})
const yours: Readonly<Record<PlaceState, Text>> = texts({
  held: { en: 'A place is kept for you', 'zh-Hant': '已為你留位' },
  waiting: { en: 'You wait for a place; before you: {before}', 'zh-Hant': '你正輪候名額；前面人數：{before}' },
  offered: { en: 'A place waits for your answer', 'zh-Hant': '有名額待你接受' },
  taken: { en: 'You have a place', 'zh-Hant': '你已有名額' },
  attended: { en: 'You came', 'zh-Hant': '你已出席' },
  missed: { en: 'You did not come', 'zh-Hant': '你未有出席' },
  'given-up': { en: 'Given up', 'zh-Hant': '已放棄' },
})

/** The place of a case; `path` is that of the case for its person, who can accept it or give it up. */
export function PlaceSection({ place, path }: { place: CasePlace; path: string | null }) {
  const { say, href } = usePage()
  const { state, before, cancelled, offerUntilAt } = place
  const isNext = state === 'waiting' && before === 0
  const mine = isNext ? words.first : yours[state]
  const said = path === null ? say(stateNames[state]) : say(mine, { before: before ?? 0 })
  const [giveUp, giveUpText] = state === 'waiting' ? [words.stop, words.stopText] : [words.giveUp, words.giveUpText]
  return (
    <section>
      <h2>{say(words.title)}</h2>
      {path !== null && place.accept && (
        <NotificationBanner title={say(words.offered)} tone="warn" id="offer">
          {offerUntilAt && (
            <p>
              {say(words.until)} <Moment at={offerUntilAt} />
            </p>
          )}
          <form method="post" action={href(`${path}/place/accept`)}>
            <Button>{say(words.accept)}</Button>
          </form>
        </NotificationBanner>
      )}
      {path === null && place.lacking && (
        <NotificationBanner title={say(words.lacking)} tone="warn" id="lacking">
          <p>{say(words.lackingText)}</p>
          <p>
            <a href={href(sessionPath(place.id))}>{say(words.toSession)}</a>
          </p>
        </NotificationBanner>
      )}
      <SummaryList
        rows={[
          { key: say(words.session), value: say(place.session) },
          { key: say(words.where), value: say(place.where) },
          { key: say(words.state), value: cancelled ? say(words.cancelled) : said },
        ]}
      />
      {path !== null && place.giveUp && (
        <Details summary={say(giveUp)}>
          <p>{say(giveUpText)}</p>
          <form method="post" action={href(`${path}/place/give-up`)}>
            <Button kind="harm">{say(giveUp)}</Button>
          </form>
        </Details>
      )}
    </section>
  )
}

/** What was noted of the person’s attendance, for an officer who decides by it. */
export function AttendedSection({ sessions }: { sessions: readonly Text[] }) {
  const { say } = usePage()
  return (
    <section>
      <h2>{say(words.attended)}</h2>
      {sessions.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <ul>
          {sessions.map((session, at) => (
            <li key={at}>{say(session)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
