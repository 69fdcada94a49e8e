import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { type Stage, StageLine } from './stage-line.tsx'

const words = texts({
  sent: { en: 'Sent', 'zh-Hant': '送出' },
  read: { en: 'Being read', 'zh-Hant': '審閱中' },
  visit: { en: 'A visit', 'zh-Hant': '實地視察' },
  outcome: { en: 'Outcome', 'zh-Hant': '結果' },
  either: { en: 'Granted or Refused', 'zh-Hant': '已批准或不獲批准' },
  granted: { en: 'Granted', 'zh-Hant': '已批准' },
  line: { en: 'A licence for a pier', 'zh-Hant': '碼頭牌照' },
})

export const examples: Example[] = [
  {
    name: 'Under way',
    render: () => {
      const { say } = usePage()
      const stages: Stage[] = [
        { title: say(words.sent), is: 'done', on: '2026-11-23' },
        { title: say(words.read), is: 'now', on: '2026-11-24' },
        { title: say(words.visit), is: 'perhaps' },
        { title: say(words.outcome), is: 'ahead', note: say(words.either) },
      ]
      return <StageLine stages={stages} />
    },
  },
  {
    name: 'At its end',
    render: () => {
      const { say } = usePage()
      const stages: Stage[] = [
        { title: say(words.sent), is: 'done', on: '2026-11-23' },
        { title: say(words.read), is: 'done', on: '2026-11-24' },
        { title: say(words.granted), is: 'ended', on: '2026-12-08' },
      ]
      return <StageLine stages={stages} label={say(words.line)} />
    },
  },
]
