import { type Figure, sayEverywhere, texts } from '#platform'
import { listAnswering } from './comments.sql.ts'
import { shareInTime, spanOf } from './comments.ts'
import { answerDays } from './types.ts'

const words = texts({
  title: {
    en: 'Comments on services answered within {days} working days',
    'zh-Hant': '{days} 個工作天內回覆的服務意見',
  },
  year: { en: 'the last 12 months', 'zh-Hant': '過去 12 個月' },
})

/** Of the comments whose answer was due or given, the share that was answered in time. */
export const commentsAnswered: Figure = {
  id: 'services.comments-answered-percent',
  title: sayEverywhere(words.title, { days: answerDays }),
  unit: 'ratio',
  period: words.year,
  evidence: '/services/figures',
  async compute(installation) {
    const rows = await listAnswering(installation.sql, spanOf(installation))
    const sum = (key: 'wanted' | 'inTime') => rows.reduce((total, each) => total + each[key], 0)
    return shareInTime({ wanted: sum('wanted'), inTime: sum('inTime') })
  },
}
