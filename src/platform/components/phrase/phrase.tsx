import { Fragment } from 'preact'
import { usePage } from '../../page.tsx'

const segmenters = new Map<string, Intl.Segmenter>()

/** The places where a Chinese heading may break: before a word that does not follow an opening mark. */
export function phrasesOf(text: string, language: string): string[] {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' })
  segmenters.set(language, segmenter)
  const phrases: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const before = phrases.at(-1)
    if (before === undefined || (isWordLike && !/[「『（《(\p{Ps}]$/u.test(before))) phrases.push(segment)
    else phrases[phrases.length - 1] = before + segment
  }
  return phrases
}

/** A heading that breaks between words, which browsers do not know of in Chinese. English stays as it is. */
export function Phrase({ text }: { text: string }) {
  const { language } = usePage()
  if (language === 'en') return <>{text}</>
  return (
    <span class="phrase">
      {phrasesOf(text, language).map((phrase, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {phrase}
        </Fragment>
      ))}
    </span>
  )
}
