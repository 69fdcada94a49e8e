import { type Language, texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'

const words = texts({
  day: { en: '{day} {month} {year}', 'zh-Hant': '{year} 年 {month} 月 {day} 日' },
  time: { en: '{date}, {time}', 'zh-Hant': '{date} {time}' },
})

const parts = { year: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const forms = new Map<string, Intl.DateTimeFormat>()

/** Made once for each language and zone: making one costs more than all that it writes on a page. */
function formOf(language: Language, timeZone: string): Intl.DateTimeFormat {
  const [locale, month] = language === 'en' ? (['en-GB', 'long'] as const) : (['zh-HK', 'numeric'] as const)
  const make = () => new Intl.DateTimeFormat(locale, { ...parts, month, timeZone })
  return forms.get(locale + timeZone) ?? forms.set(locale + timeZone, make()).get(locale + timeZone)!
}

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>
const keptMax = 2000
const kept = new Map<string, Parts>()

/** Kept for a while: lists say the same days again and again, and taking one apart costs as much as the rest of their row. */
function partsOf(at: string, language: Language, timeZone: string): Parts {
  const minute = `${language} ${timeZone} ${at.slice(0, '2026-11-23T09:55'.length)}`
  const known = kept.get(minute)
  if (known) return known
  if (kept.size >= keptMax) kept.clear()
  const parts = writeParts(at, language, timeZone)
  kept.set(minute, parts)
  return parts
}

/** The parts of an instant where the government is; a day without a time is the same day everywhere. */
function writeParts(at: string, language: Language, timeZone: string): Parts {
  const form = formOf(language, at.length === dayLength ? 'UTC' : timeZone)
  const written = form.formatToParts(new Date(at)).map(({ type, value }) => [type, value.replace(/[年月日]$/, '')])
  return Object.fromEntries(written) as Parts
}

const dayLength = '2026-11-23'.length

/** `2026-11-23T09:55:00Z` as `23 November 2026, 17:55` or `2026 年 11 月 23 日 17:55`; a day alone without its time. */
export function writeMoment(
  at: string,
  { language, say, government }: Pick<ReturnType<typeof usePage>, 'language' | 'say' | 'government'>,
): string {
  const { hour, minute, ...parts } = partsOf(at, language, government.timeZone)
  const date = say(words.day, parts)
  return at.length === dayLength ? date : say(words.time, { date, time: `${hour}:${minute}` })
}

/** A day or an instant, in the government's time zone. */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{writeMoment(at, usePage())}</time>
}
