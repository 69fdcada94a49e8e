import { Chart, texts, usePage } from '#platform'

const words = texts({
  none: { en: 'Nothing was written in the last {days} days.', 'zh-Hant': '過去 {days} 日沒有寫入。' },
  found: { en: '{entries} entries written in the last {days} days', 'zh-Hant': '過去 {days} 日寫入 {entries} 個條目' },
  unit: { en: 'Entries on each day (UTC)', 'zh-Hant': '每日條目數目（協調世界時）' },
  day: { en: 'Day', 'zh-Hant': '日期' },
  entries: { en: 'Entries', 'zh-Hant': '條目' },
})

export const writeNumber = (value: number): string => value.toLocaleString('en-GB')

/** How much was written on each of the last days up to `today`, with the figures as a table under it. */
export function UseChart({
  today,
  days,
  use,
}: {
  today: string
  days: number
  use: readonly { day: string; entries: number }[]
}) {
  const { say } = usePage()
  const labels = Array.from({ length: days }, (_, back) =>
    new Date(Date.parse(today) - (days - 1 - back) * 86_400_000).toISOString().slice(0, 10),
  )
  const values = labels.map((label) => use.reduce((sum, { day, entries }) => (day === label ? sum + entries : sum), 0))
  const sum = values.reduce((one, other) => one + other, 0)
  if (sum === 0) return <p class="empty">{say(words.none, { days })}</p>
  return (
    <Chart
      chart={{ kind: 'bars', labels, series: [{ name: say(words.entries), values }], write: writeNumber }}
      title={say(words.found, { entries: writeNumber(sum), days })}
      subtitle={say(words.unit)}
      corner={say(words.day)}
    />
  )
}
