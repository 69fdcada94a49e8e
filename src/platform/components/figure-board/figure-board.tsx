import type { Reading } from '../../figures.ts'
import { type Language, texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import { writeMoment } from '../moment/moment.tsx'

const words = texts({
  title: { en: 'This installation, now', 'zh-Hant': '本系統現況' },
  none: { en: 'None yet', 'zh-Hant': '未有' },
  empty: {
    en: 'Live figures appear here, one for each thing that a running module counts.',
    'zh-Hant': '運作中的模組所統計的數字會在這裏逐項顯示。',
  },
  failed: { en: 'Not known', 'zh-Hant': '未能計算' },
  seconds: { en: 's', 'zh-Hant': '秒' },
  milliseconds: { en: 'ms', 'zh-Hant': '毫秒' },
  dollars: { en: '$', 'zh-Hant': '元' },
  // As the Estimates write large amounts.
  millions: { en: 'million', 'zh-Hant': '百萬元' },
  hundredMillions: { en: 'hundred million', 'zh-Hant': '億元' },
})
const [million, hundredMillion] = [1e6, 1e8]

const tags = { en: 'en-GB', 'zh-Hant': 'zh-HK', 'zh-Hans': 'zh-CN' } satisfies Record<Language, string>

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs more than all else on a board, and there are few. */
function format(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  const key = language + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.NumberFormat(tags[language], options)
  formats.set(key, known)
  return known.format(value)
}

/** A figure as it is written: its number, and its unit apart, as the board sets them in two sizes. */
export function writeFigure(
  { value, unit }: Pick<Reading, 'value' | 'unit'>,
  language: Language,
): { number: string; unit?: keyof typeof words } {
  if (typeof value !== 'number') return { number: String(value) }
  if (unit === 'ratio') return { number: format(value, language, { style: 'percent', maximumFractionDigits: 2 }) }
  if (unit === 'dollars' && value >= hundredMillion)
    return language === 'en'
      ? { number: `$${format(value / million, language, digits(1))}`, unit: 'millions' }
      : { number: format(value / hundredMillion, language, digits(3)), unit: 'hundredMillions' }
  const number = format(value, language, { maximumFractionDigits: unit === 'seconds' ? 1 : 0 })
  if (unit === 'dollars' && language === 'en') return { number: `$${number}` }
  return unit === 'seconds' || unit === 'milliseconds' || unit === 'dollars' ? { number, unit } : { number }
}

const digits = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count })

type BoardProps = { figures: readonly Reading[]; title?: string; id?: string }

/** The departure board: live figures, each a link to its evidence. */
export function FigureBoard({ figures, title, id = 'board' }: BoardProps) {
  const page = usePage()
  const { say, href, language } = page
  return (
    <section class="board" aria-labelledby={id}>
      <h2 id={id}>{title ?? say(words.title)}</h2>
      {figures.length === 0 && <p>{say(words.empty)}</p>}
      <ul>
        {figures.map((figure) => {
          const instant = figure.unit === 'instant' && typeof figure.value === 'string' && figure.value
          const { number, unit } = instant ? { number: writeMoment(instant, page) } : writeFigure(figure, language)
          const known = !figure.failed && figure.value !== null
          const shown = figure.failed ? say(words.failed) : known ? number : say(words.none)
          return (
            <li key={figure.id}>
              <a href={href(figure.evidence)}>
                <span class="board__label">{say(figure.title)}</span>{' '}
                <span class={known ? 'board__value' : 'board__value board__value--none'}>
                  {shown}
                  {known && unit && <small>{say(words[unit])}</small>}
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
