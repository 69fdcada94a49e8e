import type { Reading } from '../../figures.ts'
import { type Language, texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  title: { en: 'This installation, now', 'zh-Hant': '本系統此刻' },
  none: { en: 'None yet', 'zh-Hant': '未有' },
  empty: {
    en: 'Live figures appear here, one for each thing that a running module counts.',
    'zh-Hant': '運作中的模組所統計的數字會在這裏逐項顯示。',
  },
  failed: { en: 'Not known', 'zh-Hant': '未能計算' },
  seconds: { en: 's', 'zh-Hant': '秒' },
  milliseconds: { en: 'ms', 'zh-Hant': '毫秒' },
  dollars: { en: '$', 'zh-Hant': '元' },
})

const tags = { en: 'en-GB', 'zh-Hant': 'zh-HK', 'zh-Hans': 'zh-CN' } satisfies Record<Language, string>

/** A figure as it is written: its number, and its unit apart, as the board sets them in two sizes. */
export function writeFigure(
  { value, unit }: Pick<Reading, 'value' | 'unit'>,
  language: Language,
): { number: string; unit?: keyof typeof words } {
  if (typeof value !== 'number') {
    if (unit !== 'instant' || value === null || Number.isNaN(Date.parse(value))) return { number: String(value) }
    const form = new Intl.DateTimeFormat(tags[language], { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
    return { number: form.format(new Date(value)) }
  }
  const format = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tags[language], options).format(value)
  if (unit === 'ratio') return { number: format({ style: 'percent', maximumFractionDigits: 2 }) }
  if (unit === 'dollars' && language === 'en') return { number: `$${format({ maximumFractionDigits: 0 })}` }
  const number = format({ maximumFractionDigits: unit === 'seconds' ? 1 : 0 })
  return unit === 'seconds' || unit === 'milliseconds' || unit === 'dollars' ? { number, unit } : { number }
}

type BoardProps = { figures: readonly Reading[]; title?: string; id?: string }

/** The departure board: live figures, each a link to its evidence. */
export function FigureBoard({ figures, title, id = 'board' }: BoardProps) {
  const { say, href, language } = usePage()
  return (
    <section class="board" aria-labelledby={id}>
      <h2 id={id}>{title ?? say(words.title)}</h2>
      {figures.length === 0 && <p>{say(words.empty)}</p>}
      <ul>
        {figures.map((figure) => {
          const { number, unit } = writeFigure(figure, language)
          const shown = figure.failed ? say(words.failed) : figure.value === null ? say(words.none) : number
          return (
            <li key={figure.id}>
              <a href={href(figure.evidence)}>
                <span class="board__label">{say(figure.title)}</span>{' '}
                <span class="board__value">
                  {shown}
                  {unit && <small>{say(words[unit])}</small>}
                </span>{' '}
                <span class="board__when">{say(figure.period)}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
