import { Fragment } from 'preact'
import { usePage } from '../../page.tsx'

const segmenters = new Map<string, Intl.Segmenter>()

/** The places where a Chinese heading may break: before a word that follows neither an opening mark nor a hyphen. */
export function phrasesOf(text: string, language: string): string[] {
  const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' })
  segmenters.set(language, segmenter)
  const phrases: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const before = phrases.at(-1)
    const joined = before !== undefined && (/[「『（《(\p{Ps}]$/u.test(before) || /[\p{L}\p{N}]-$/u.test(before))
    if (before === undefined || (isWordLike && !joined)) phrases.push(segment)
    else phrases[phrases.length - 1] = before + segment
  }
  return phrases
}

const whole = /(\b[a-z\d]{1,9}(?:-[a-z\d]{1,9})+\b|第 [\d 至]+ 行|lines? [\d–]+)/iu

/** Text that breaks neither after a hyphen nor before a number of lines: `2023-24`, `one-stop`, `第 164 行`. */
export function Unbroken({ text }: { text: string }) {
  return (
    <>
      {text.split(whole).map((part, at) =>
        at % 2 ? (
          <span key={at} class="number">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </>
  )
}

/** A heading that breaks between words, which browsers do not know of in Chinese; in English not after a hyphen. */
export function Phrase({ text }: { text: string }) {
  const { language } = usePage()
  if (language === 'en') return <Unbroken text={text} />
  return (
    <span class="phrase">
      {phrasesOf(text, language).map((phrase, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          <Unbroken text={phrase} />
        </Fragment>
      ))}
    </span>
  )
}
