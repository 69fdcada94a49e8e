import type { Complaint } from '#pack'
import { texts } from '#platform'
import type { Service } from '../service.ts'

const sentences = texts({
  unknown: {
    en: 'No page of the applicant asks “{id}” once. Name a question of one of them.',
    'zh-Hant': '申請人的頁內沒有只問一次的問題「{id}」。請指明其中一條問題。',
  },
  kind: {
    en: 'Sessions are chosen in a question of the kind choice that must be answered and has no options: officers write them. Make it so.',
    'zh-Hant': '選擇場次的問題須屬 choice 類、必須回答，而且沒有 options：場次由人員填寫。請更正。',
  },
  listed: {
    en: 'Officers see at each session who comes to it. Take “listed” out of its question.',
    'zh-Hant': '人員可在各場次查看參加者，請把該問題的 listed 刪去。',
  },
  signIn: {
    en: 'Whoever has a place must be told when it changes. Let signing in be needed.',
    'zh-Hant': '名額有變須通知當事人，請把 signIn 設為 needed。',
  },
  offer: {
    en: 'Say in “offerDays” how long a place is kept for whoever waits; without “wait” take it out.',
    'zh-Hant': '可輪候時，請以 offerDays 訂明為輪候者保留名額多少天；不設輪候則請刪去。',
  },
})

/** That the session is asked for by one question of the applicant, and that people who wait can be told. */
export function* checkSessions({ apply }: Service): Generator<Complaint> {
  const places = apply?.places
  if (!apply || !places) return
  const { question: id, wait = false, offerDays } = places
  const pages = apply.form.pages.filter(({ by, repeat }) => by === undefined && !repeat)
  const question = pages.flatMap(({ questions = [] }) => questions).find((each) => each.id === id)
  if (!question) yield { at: places, key: 'question', text: sentences.unknown, values: { id } }
  else if (question.kind !== 'choice' || question.options || question.optional || question.prefill)
    yield { at: question, text: sentences.kind }
  if (question?.listed) yield { at: question, key: 'listed', text: sentences.listed }
  if (apply.signIn !== 'needed') yield { at: apply, key: 'signIn', text: sentences.signIn }
  if (wait !== (offerDays !== undefined)) yield { at: places, text: sentences.offer }
}
