import { NotificationBanner, texts, usePage } from '#platform'
import { webhooksPath } from './ours.ts'
import { triedForHours } from './types.ts'

const words = texts({
  alarm: { en: 'Messages could not be delivered', 'zh-Hant': '有通知未能送達' },
  alarmMore: {
    en: '{count} were given up after {hours} hours. Look at the address, and send them again.',
    'zh-Hant': '{count} 則通知經 {hours} 小時仍未能送達，已放棄。請檢查網址，然後重新送出。',
  },
  where: { en: 'Webhooks', 'zh-Hant': 'Webhook' },
})

/** What was given up, said first where somebody can do something about it. */
export function Alarm({ count }: { count: number }) {
  const { say, href } = usePage()
  return (
    <NotificationBanner title={say(words.alarm)} tone="warn" id="given-up">
      <p>{say(words.alarmMore, { count, hours: triedForHours })}</p>
      <p>
        <a href={href(webhooksPath)}>{say(words.where)}</a>
      </p>
    </NotificationBanner>
  )
}
