import { sayEverywhere, type Text, texts } from '#platform'
import { dayText } from '../applying/read.rules.ts'
import { dayAt } from '../cases/clocks.rules.ts'
import { nameOf, type Session } from './places.rules.ts'

/** What people are told of a place, beside what their case tells them. */
export type Told = 'waiting' | 'offered' | 'lapsed' | 'cancelled' | 'changed' | 'again' | 'waiting-again'

const subjects: Readonly<Record<Told, Text>> = texts({
  waiting: { en: 'You are on the waiting list: {reference}', 'zh-Hant': '你已加入輪候名單：{reference}' },
  offered: { en: 'A place is offered to you: {reference}', 'zh-Hant': '有名額可供你接受：{reference}' },
  lapsed: { en: 'The place went to somebody else: {reference}', 'zh-Hant': '名額已轉予他人：{reference}' },
  cancelled: { en: 'A session is cancelled: {reference}', 'zh-Hant': '場次取消：{reference}' },
  changed: { en: 'A session has changed: {reference}', 'zh-Hant': '場次更改：{reference}' },
  again: { en: 'You have your place again: {reference}', 'zh-Hant': '你的名額已恢復：{reference}' },
  'waiting-again': { en: 'Your place has gone: {reference}', 'zh-Hant': '你原有的名額已滿：{reference}' },
})
const bodies: Readonly<Record<Told, Text>> = texts({
  waiting: {
    en: '{session}\n\nAll places were taken when your application came. You are offered one as soon as it comes free and nobody waits before you.',
    'zh-Hant': '{session}\n\n收到你的申請時名額已滿。如有名額騰出，而你前面沒有其他輪候者，我們便會通知你。',
  },
  offered: {
    en: '{session}\n\nA place has come free. Accept it on the page of your application by {until}; after that it goes to the next person.',
    'zh-Hant': '{session}\n\n有名額騰出。請於 {until} 或之前在申請頁面接受，逾期名額會轉予下一位。',
  },
  lapsed: {
    en: '{session}\n\nYou did not accept the place in time, and it went to the next person who waits. You can apply again.',
    'zh-Hant': '{session}\n\n你未在限期內接受名額，名額已轉予下一位輪候者。你可重新申請。',
  },
  cancelled: {
    en: '{session}\n\nThis session does not take place. You can apply for another one.',
    'zh-Hant': '{session}\n\n這個場次已取消。你可報名參加其他場次。',
  },
  changed: {
    en: 'Your session is now:\n\n{session}\n{place}\n\nIf you cannot come, give your place up on the page of your application, so that somebody else can have it.',
    'zh-Hant': '你的場次現改為：\n\n{session}\n{place}\n\n如未能出席，請在申請頁面放棄名額，讓他人補上。',
  },
  again: {
    en: '{session}\n\nYour place was given up when your application was decided otherwise. That no longer stands, and you have a place again.',
    'zh-Hant': '{session}\n\n你的申請曾改為另一決定，名額隨之取消。該決定已不再生效，你的名額已恢復。',
  },
  'waiting-again': {
    en: '{session}\n\nThe decision that took your place no longer stands, but others have all places now. You wait in your old turn, and the department knows of it.',
    'zh-Hant': '{session}\n\n取消你名額的決定已不再生效，但名額現已由他人使用。你會按原來的次序輪候，部門亦已得悉。',
  },
})
const minute = texts({ at: { en: '{day}, {time}', 'zh-Hant': '{day} {time}' } })

/** A message about a place, in every language. */
export function textsFor(
  told: Told,
  session: Session,
  { reference, until, timeZone }: { reference: string; until: Date | null; timeZone: string },
): { subject: Text; text: Text } {
  const time = until && new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(until)
  const values = {
    ...{ reference, session: nameOf(session, timeZone), place: session.place },
    until: until ? sayEverywhere(minute.at, { day: dayText(dayAt(until, timeZone)), time: time! }) : '',
  }
  return { subject: sayEverywhere(subjects[told], values), text: sayEverywhere(bodies[told], values) }
}
